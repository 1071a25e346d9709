import type { TerminalView } from '../../../shared/terminal-api.ts'
import { Icon } from '../../design/Icon.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import { LastSales } from '../cashier/LastSales.tsx'
import { FaultStrip } from '../cashier/MiddleCards.tsx'
import styles from './today-panel.module.css'

/** As many as a neighbour household could sell in a day, so that all of them stand in the list. */
const allOfToday = 60

/** The day so far: how many meals, what still waits to be sent, and each meal with its undo. */
export function TodayPanel({ terminal }: { terminal: TerminalView }) {
  const { words } = useSpeech()
  const { lastSales, unsent } = terminal
  const count = lastSales.filter(({ voided }) => !voided).length
  return (
    <div className={styles.panel} data-panel="today">
      <FaultStrip terminal={terminal} />
      <section className={styles.day} data-meals={count}>
        <p className={styles.count}>
          <span>{words.neighbourToday}</span>
          <strong>{count}</strong>
          <span>{words.portions}</span>
        </p>
        <p className={styles.unsent} data-unsent={unsent.count}>
          <Icon name={unsent.count === 0 ? 'check' : 'up'} size={24} />
          {unsent.count === 0 ? words.neighbourSent : words.neighbourUnsent(unsent.count)}
        </p>
      </section>
      <div className={styles.list}>
        <LastSales most={allOfToday} />
      </div>
    </div>
  )
}
