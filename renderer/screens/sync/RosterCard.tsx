import type { TerminalView } from '../../../shared/terminal-api.ts'
import { classes } from '../../design/classes.ts'
import { dateSeenFrom } from '../../i18n/dates.ts'
import { countText, momentText, type RosterLeft, rosterBlocks, rosterLeft } from '../../i18n/spans.ts'
import { type Speech, useSpeech } from '../../i18n/use-words.ts'
import { useCashier } from '../../state/cashier-store.ts'
import { Card } from './Card.tsx'
import styles from './sync.module.css'

/** From so many days on the blocks that are left ask for attention. */
const FEW_DAYS = 2

function headOf(left: RosterLeft, { words }: Speech): string {
  switch (left.kind) {
    case 'none':
      return words.noRoster
    case 'over':
      return words.rosterOver
    case 'days':
      return left.days === 0 ? words.rosterLastDay : words.rosterDays(left.days)
    case 'weeks':
      return words.rosterWeeks(left.weeks, left.more)
  }
}

function Blocks({ left, validDays }: { left: number; validDays: number }) {
  return (
    <div className={styles.blocks} aria-hidden="true">
      {rosterBlocks(left, validDays).map(({ day, isLeft }) => (
        <span key={day} className={classes(isLeft && (left <= FEW_DAYS ? styles.few : styles.left))} />
      ))}
    </div>
  )
}

/** How long the terminal can still tell by itself who has which right. */
export function RosterCard({ terminal, rimmed }: { terminal: TerminalView; rimmed: boolean }) {
  const speech = useSpeech()
  const { words, language } = speech
  const now = useCashier(state => state.now)
  const { roster, businessDate } = terminal
  const left = rosterLeft(roster, businessDate)
  const isOver = left.kind === 'over'
  const people = countText(roster.members)
  return (
    <Card name="roster" icon="list" title={words.seniorList} rim={rimmed ? 'ochre' : 'none'}>
      <p className={classes(styles.head, (isOver || left.kind === 'none') && styles.attention)}>
        {headOf(left, speech)}
      </p>
      {left.kind === 'days' && <Blocks left={left.days} validDays={roster.validDays} />}
      {isOver && <Blocks left={0} validDays={roster.validDays} />}
      {left.kind === 'none' && <p>{words.rosterComes}</p>}
      {roster.syncedAt !== null && <p>{words.rosterSynced(momentText(roster.syncedAt, now, language))}</p>}
      {left.kind !== 'none' && (
        <p>
          {(isOver ? words.rosterWasUntil : words.rosterUntil)(
            people,
            dateSeenFrom(left.until, businessDate, language),
          )}
        </p>
      )}
      {isOver && <p>{words.rosterOverNote}</p>}
      {isOver && (
        <p>
          <strong>{words.rosterConnect}</strong>
        </p>
      )}
    </Card>
  )
}
