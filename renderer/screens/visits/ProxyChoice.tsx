import type { ProxyChoice as Choice } from '../../../shared/visit-api.ts'
import { Icon } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import type { Desk } from '../../state/station-actions.ts'
import { openProxies, pressProxy, proxiesAt } from '../../state/station-proxies.ts'
import { useStation } from '../../state/station-store.ts'
import styles from './arriving.module.css'
import station from './station.module.css'

/** The key by which a registered proxy may vouch for whom the screen is about; nothing where a card or code did. */
export function ProxyKey({ desk, wide = false }: { desk: Desk; wide?: boolean }) {
  const { words } = useSpeech()
  const isOpen = useStation(state => state.choosing === 'proxy')
  if (proxiesAt(desk) === null) return null
  return (
    <Key onPress={() => openProxies(desk)} cap="D" pressed={isOpen} className={wide ? styles.proxy : station.side}>
      <Icon name="key" size={26} />
      {words.visitProxy}
    </Key>
  )
}

/** Who is registered for the senior; each says by their PIN that it is they. */
export function ProxyChoice({ proxies }: { proxies: readonly Choice[] }) {
  const { words } = useSpeech()
  return (
    <>
      <h3>
        {words.visitProxyWho} <small>{words.visitProxyLead}</small>
      </h3>
      {proxies.length === 0 && <p className={station.soft}>{words.visitProxyNobody}</p>}
      <div className={styles.options} data-proxies>
        {proxies.map((choice, place) => (
          <Key key={choice.proxy} onPress={() => pressProxy(choice)} cap={String(place + 1)} className={styles.option}>
            <span className={styles.two}>
              <strong>{choice.name}</strong>
              <small>
                {choice.problem?.code === 'PROXY_NOT_YET'
                  ? words.visitProxyFrom(choice.from)
                  : choice.problem !== null
                    ? words.visitProxyEnded(choice.until)
                    : words.visitProxyPins[choice.pin] || words.visitProxyUntil(choice.until)}
              </small>
            </span>
          </Key>
        ))}
      </div>
    </>
  )
}
