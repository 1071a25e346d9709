import type { PricedView } from '../../../shared/terminal-api.ts'
import { classes } from '../../design/classes.ts'
import { yuan } from '../../i18n/money.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { hasPayRow } from '../../state/payment-actions.ts'
import styles from './ladder.module.css'

interface Row {
  readonly name: string
  readonly title: string
  readonly note: string | null
  readonly amount: string
  /** What is left of the list price after this row, and what this row took, in fen. */
  readonly left: number
  readonly took: number
}

function Bar({ row, listFen }: { row: Row; listFen: number }) {
  const share = (amount: number) => `${listFen > 0 ? (Math.max(0, amount) / listFen) * 100 : 0}%`
  return (
    <div className={styles.track} aria-hidden="true">
      <span className={styles.left} style={{ width: share(Math.min(row.left, listFen)) }} />
      <span className={row.name === 'discount' ? styles.discount : styles.subsidy} style={{ width: share(row.took) }} />
    </div>
  )
}

function LadderRow({ row, listFen }: { row: Row; listFen: number }) {
  return (
    <li className={styles.row} data-step={row.name}>
      <p className={styles.words}>
        <span className={styles.title}>{row.title}</span>
        {row.note !== null && <small>{row.note}</small>}
        <strong>{row.amount}</strong>
      </p>
      <Bar row={row} listFen={listFen} />
    </li>
  )
}

/** The price on its way down: the list price, then each step with what it took off. */
export function Ladder({ priced, setNote }: { priced: PricedView; setNote: boolean }) {
  const { words, say } = useSpeech()
  const list: Row = {
    name: 'list',
    title: words.listPrice,
    note: setNote ? `${say(priced.set.name)} ${say(priced.set.dish)}` : null,
    amount: yuan(priced.listFen),
    left: priced.listFen,
    took: 0,
  }
  const steps = priced.ladder.map(
    (step): Row => ({
      name: step.kind,
      title: say(step.title),
      note: step.note ? say(step.note) : null,
      amount: yuan(-step.fen),
      left: step.runningFen,
      took: step.fen,
    }),
  )
  const last = steps.at(-1) ?? list
  const nothing: Row = {
    name: 'none',
    title: words.noSubsidy,
    note: words.noSubsidyNote,
    amount: yuan(0),
    left: last.left,
    took: 0,
  }
  const rows = [list, ...steps, ...(priced.person && priced.subsidyFen === 0 ? [nothing] : [])]
  const room =
    5 - [setNote, priced.beside.length > 0, hasPayRow(priced), setNote && hasPayRow(priced)].filter(Boolean).length
  return (
    <ol
      className={classes(styles.ladder, rows.length > room && styles.tight, rows.length > room + 1 && styles.tighter)}
    >
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a step is known by its place on the ladder
        <LadderRow key={index} row={row} listFen={priced.listFen} />
      ))}
    </ol>
  )
}
