import type { DayView } from '../../../shared/close-api.ts'
import { classes } from '../../design/classes.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import styles from './chart.module.css'
import { axisOf, type Bar, barsOf } from './merge-quarters.ts'

export function Legend() {
  const { words } = useSpeech()
  return (
    <p className={styles.legend} aria-hidden="true">
      <i className={styles.seniors} />
      {words.daySeniors}
      <i className={styles.guests} />
      {words.dayGuests}
    </p>
  )
}

/** How many came when: a bar a quarter of an hour, guests hatched on top, the value above. */
export function QuarterChart({ quarters }: Pick<DayView, 'quarters'>) {
  const { words } = useSpeech()
  const { bars } = barsOf(quarters)
  if (bars.length === 0) return <p className={styles.nobody}>{words.dayNobody}</p>
  const axis = axisOf(Math.max(...bars.map(({ seniors, guests }) => seniors + guests)))
  const top = axis.at(-1) ?? 1
  return (
    <div className={styles.chart} aria-hidden="true" data-chart>
      <div className={styles.field}>
        {axis.map(value => (
          <p key={value} className={styles.line} style={{ bottom: `${(value / top) * 100}%` }}>
            <span>{value}</span>
          </p>
        ))}
        <div className={styles.bars}>
          {bars.map(({ from, seniors, guests, afterGap }, place) => (
            <div key={from} className={classes(styles.column, afterGap && styles.gap)}>
              <div className={styles.bar} style={{ height: `${((seniors + guests) / top) * 100}%` }}>
                <strong>{seniors + guests}</strong>
                {guests > 0 && <i className={styles.guests} style={{ flexGrow: guests }} />}
                {seniors > 0 && <i className={styles.seniors} style={{ flexGrow: seniors }} />}
              </div>
              {isNamed(bars, place) && <span className={styles.from}>{from}</span>}
            </div>
          ))}
        </div>
      </div>
    </div>
  )
}

/** Times stand below each bar, or below every other one where there are many. */
function isNamed(bars: readonly Bar[], place: number): boolean {
  if (bars.length <= 10) return true
  const begin = bars.findLastIndex((bar, at) => at <= place && (at === 0 || bar.afterGap))
  return (place - begin) % 2 === 0
}

/** The same numbers, quarter by quarter. */
export function QuarterTable({ quarters }: Pick<DayView, 'quarters'>) {
  const { words } = useSpeech()
  const half = Math.max(6, Math.ceil(quarters.length / 3))
  const parts = [quarters.slice(0, half), quarters.slice(half, 2 * half), quarters.slice(2 * half)]
  return (
    <div className={styles.quarters} data-quarters>
      {parts
        .filter(part => part.length > 0)
        .map(part => (
          <table key={part[0]?.from}>
            <thead>
              <tr>
                <th>{words.dayFrom}</th>
                <th>{words.daySeniors}</th>
                <th>{words.dayGuests}</th>
              </tr>
            </thead>
            <tbody>
              {part.map(({ from, seniors, guests }) => (
                <tr key={from}>
                  <td>{from}</td>
                  <td>{seniors}</td>
                  <td>{guests}</td>
                </tr>
              ))}
            </tbody>
          </table>
        ))}
    </div>
  )
}
