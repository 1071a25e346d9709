import type { TerminalView } from '../../../shared/terminal-api.ts'
import { classes } from '../../design/classes.ts'
import { clockText } from '../../i18n/dates.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import styles from './pace-card.module.css'

function Bars({ steps }: { steps: TerminalView['served']['perFiveMinutes'] }) {
  const most = Math.max(1, ...steps.map(step => step.count))
  return (
    <div className={styles.bars} aria-hidden="true">
      {steps.map((step, index) => (
        <span
          key={step.from}
          className={classes(styles.bar, index === steps.length - 1 && styles.now)}
          style={{ height: `${Math.max(step.count === 0 ? 3 : 6, (step.count / most) * 100)}%` }}
        />
      ))}
    </div>
  )
}

/** How many have eaten, and how fast: bars of five minutes, the running one in colour. */
export function PaceCard({ terminal }: { terminal: TerminalView }) {
  const { words } = useSpeech()
  const { served, meal } = terminal
  const first = served.perFiveMinutes[0]
  return (
    <section className={styles.card}>
      <dl className={styles.figures}>
        <div>
          <dt>{meal ? words.mealServed(words[meal.name]) : words.today}</dt>
          <dd>
            <strong>{served.inMeal}</strong> {words.portions}
          </dd>
        </div>
        <div>
          <dt>{words.lastTenMinutes}</dt>
          <dd>
            <strong>{served.lastTenMinutes}</strong> {words.persons}
          </dd>
        </div>
      </dl>
      {first ? (
        <>
          <Bars steps={served.perFiveMinutes} />
          <p className={styles.axis}>
            <span>{clockText(first.from)}</span>
            <span>{words.perFiveMinutes}</span>
            <span>{words.now}</span>
          </p>
        </>
      ) : (
        <p className={styles.empty}>{words.noMealsYet}</p>
      )}
    </section>
  )
}
