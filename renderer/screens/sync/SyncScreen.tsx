import type { TerminalView } from '../../../shared/terminal-api.ts'
import { Icon } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { clockText } from '../../i18n/dates.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { closeSync, syncNow } from '../../state/cashier-actions.ts'
import { useCashier } from '../../state/cashier-store.ts'
import { toggleStick } from '../../state/stick-actions.ts'
import { useFocusHere } from '../../state/use-focus-here.ts'
import { LookCard } from './LookCard.tsx'
import { NetworkCard } from './NetworkCard.tsx'
import { PolicyCard } from './PolicyCard.tsx'
import { RosterCard } from './RosterCard.tsx'
import { StickCard } from './StickCard.tsx'
import styles from './sync.module.css'
import { thingsToLookAt } from './to-look-at.ts'

function TopRow() {
  const { words } = useSpeech()
  const title = useFocusHere()
  const syncing = useCashier(state => state.syncing)
  const askedAt = useCashier(state => state.syncAskedAt)
  const stickOpen = useCashier(state => state.stick !== null)
  return (
    <div className={styles.top}>
      <h1 ref={title} tabIndex={-1}>
        {words.syncTitle}
      </h1>
      <p className={styles.lead}>{words.syncLead}</p>
      <p className={styles.asked} role="status">
        {askedAt !== null && words.triedAt(clockText(askedAt))}
      </p>
      <Key onPress={closeSync} cap="Esc">
        {words.back}
      </Key>
      <Key onPress={toggleStick} cap="U" pressed={stickOpen}>
        <Icon name="stick" size={26} />
        {words.stick}
      </Key>
      <Key onPress={() => void syncNow()} tone="primary" cap="S" disabled={syncing}>
        <Icon name="sync" size={26} />
        {syncing ? words.trying : words.tryNow}
      </Key>
    </div>
  )
}

/** Offline and upload: all that the terminal knows of its province, and what a person must look at. */
export function SyncScreen({ terminal }: { terminal: TerminalView }) {
  const things = thingsToLookAt(terminal)
  const stick = useCashier(state => state.stick)
  const noVersion = terminal.policy === null || terminal.policy.version === null
  const rim = terminal.roster.stale ? 'roster' : noVersion ? 'policy' : things.length > 0 ? 'look' : 'network'
  return (
    <main className={styles.screen} data-screen="sync">
      <TopRow />
      <div className={styles.cards}>
        <NetworkCard terminal={terminal} rimmed={rim === 'network'} />
        <RosterCard terminal={terminal} rimmed={rim === 'roster'} />
        <PolicyCard policy={terminal.policy} rimmed={rim === 'policy'} />
      </div>
      {stick ? (
        <StickCard terminal={terminal} stick={stick} />
      ) : (
        <LookCard
          things={things}
          details={terminal}
          hasPolicy={terminal.policy !== null}
          rimmed={rim === 'look'}
          elsewhere={rim === 'roster' || rim === 'policy'}
        />
      )}
    </main>
  )
}
