import type { PricedView } from '../../../shared/terminal-api.ts'
import { Icon } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { fullDate } from '../../i18n/dates.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { dismiss } from '../../state/cashier-actions.ts'
import { pressPark } from '../../state/park-actions.ts'
import { askProxyLead, chooseProxy, pressProxy } from '../../state/proxy-actions.ts'
import { type Action, ActionKeys } from './ActionKeys.tsx'
import styles from './meal-column.module.css'

/** Who may collect this senior's meal today; each is one key away. */
export function ProxyColumn({ priced }: { priced: PricedView }) {
  const { words, language } = useSpeech()
  const actions = priced.proxy.offered.map(({ proxy, name, until }, place) => ({
    ...{ key: proxy, icon: 'person' as const, name, note: words.proxyUntil(fullDate(until, language)) },
    ...{ cap: String(place + 1), press: () => chooseProxy(priced, place) },
  }))
  return (
    <div className={styles.column} data-proxies={actions.length}>
      <ActionKeys title={words.proxyWho} note={words.proxyWhoNote} actions={actions} />
      <div className={styles.foot}>
        <Key onPress={pressProxy} cap="Esc" className={styles.leave}>
          <Icon name="cross" />
          {words.proxyNobody}
        </Key>
      </div>
    </div>
  )
}

/** The proxy has collected as many as one may: a station lead looks, or the meal is not collected. */
export function ProxyLimitColumn({ priced }: { priced: PricedView }) {
  const { words } = useSpeech()
  const leads = priced.proxy.leads ?? []
  const actions: Action[] = [
    ...leads.slice(0, 5).map(
      ({ name }, place): Action => ({
        ...{ icon: 'key', name: words.proxyLead(name), note: words.proxyLeadNote, cap: String(place + 1) },
        ...{ primary: place === 0, press: () => askProxyLead(priced, place) },
      }),
    ),
    { icon: 'person', name: words.proxyTakeBack, note: words.proxyTakeBackNote, cap: 'F4', press: pressProxy },
    { icon: 'pause', name: words.parkFirst, note: words.parkFirstNote, cap: 'F8', press: pressPark },
    { icon: 'cross', name: words.notToday, note: words.notTodayNote, cap: 'Esc', press: dismiss },
  ]
  return (
    <div className={styles.column}>
      <ActionKeys title={words.whatToDo} note={words.heldByItself} actions={actions} />
    </div>
  )
}
