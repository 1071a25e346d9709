import type { TerminalView } from '../../../shared/terminal-api.ts'
import type { IconName } from '../../design/Icon.tsx'
import { countText, momentText, offlineDay, waitText } from '../../i18n/spans.ts'
import { type Speech, useSpeech } from '../../i18n/use-words.ts'
import { sayNotice } from '../../i18n/words.ts'
import { useCashier } from '../../state/cashier-store.ts'
import { isTurnedAway } from '../../state/turned-away.ts'
import { Card } from './Card.tsx'
import { isAway } from './StickCard.tsx'
import styles from './sync.module.css'

function headOf(terminal: TerminalView, connected: boolean, { words }: Speech): [IconName, string] {
  const { network, businessDate } = terminal
  if (!connected) return ['sync', words.coreLost]
  if (network.state === 'connecting') return ['cloud', words.connecting]
  if (network.state === 'online') return ['cloud', words.connected]
  const day = network.since === null ? null : offlineDay(network.since, businessDate)
  if (isTurnedAway(terminal)) return ['triangle', day === null ? words.notTaken : words.notTakenDay(day)]
  return ['cloudOff', day === null ? words.offline : words.offlineDay(day)]
}

function Oldest({ at }: { at: number }) {
  const { words, language } = useSpeech()
  const now = useCashier(state => state.now)
  const when = momentText(at, now, language)
  const age = waitText(at, now, language)
  return <p>{age === null ? words.oldestNew(when) : words.oldest(when, age)}</p>
}

/** How it stands with the network, and what has not reached the province yet. */
export function NetworkCard({ terminal, rimmed }: { terminal: TerminalView; rimmed: boolean }) {
  const speech = useSpeech()
  const { words, language } = speech
  const connected = useCashier(state => state.connected)
  const now = useCashier(state => state.now)
  const { count, oldestAt } = terminal.unsent
  const { out } = terminal.usb
  const [icon, title] = headOf(terminal, connected, speech)
  const unreachable = terminal.notices.find(({ code }) => code === 'PROVINCE_UNREACHABLE')
  const tone = connected && terminal.network.state === 'online' ? 'green' : 'slate'
  return (
    <Card name="network" icon={icon} title={title} rim={rimmed ? tone : 'none'}>
      <p className={styles.waiting}>
        <strong>{countText(count)}</strong>
        {words.notSent}
      </p>
      {count === 0 && <p>{words.allSent}</p>}
      {count > 0 && oldestAt !== null && <Oldest at={oldestAt} />}
      <p>{count === 0 ? words.ledgerHere : words.keptHere}</p>
      {out && isAway(terminal.usb) && (
        <p>{words.stickAway(momentText(out.at, now, language), countText(out.records))}</p>
      )}
      {unreachable && !isAway(terminal.usb) && <p className={styles.soft}>{sayNotice(unreachable, language).next}</p>}
    </Card>
  )
}
