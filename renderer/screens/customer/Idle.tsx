import type { CustomerView } from '../../../shared/terminal-api.ts'
import { CardWay, CodeWay } from '../../design/WayDrawings.tsx'
import { menuPrice } from '../../i18n/money.ts'
import { speechIn } from '../../i18n/use-words.ts'
import { useCustomer } from '../../state/customer-store.ts'
import styles from './idle.module.css'

/** As many as fit without a cut line. */
const MENU_LINES = 4

/** Nobody is at the counter: a greeting, the ways that are all the same, and the menu at list prices. */
export function Idle({ view }: { view: CustomerView }) {
  const { words, say } = speechIn(useCustomer(state => state.language))
  return (
    <main className={styles.idle}>
      <div className={styles.welcome}>
        <h1>
          {words.hello}
          <br />
          {words.chooseWay}
        </h1>
        <p>{words.sameWays}</p>
        <ul className={styles.ways}>
          <li>
            <CardWay />
            <strong>{words.wayCard}</strong>
            <span>{words.wayCardNote}</span>
          </li>
          <li>
            <CodeWay />
            <strong>{words.wayCode}</strong>
            <span>{view.needsLight ? words.wayCodeDark : words.wayCodeNote}</span>
          </li>
        </ul>
      </div>
      <section className={styles.menu}>
        <h2>
          {view.meal ? words.todayMeal(words[view.meal.name]) : words.todayMenu}
          {view.meal && (
            <small>
              {view.meal.from}–{view.meal.to}
            </small>
          )}
        </h2>
        <ul>
          {view.menu.slice(0, MENU_LINES).map(item => (
            <li key={item.id}>
              <p>
                <strong>{say(item.name)}</strong>
                <strong>
                  {menuPrice(item.priceFen)} {words.yuan}
                </strong>
              </p>
              <small>{say(item.dish)}</small>
            </li>
          ))}
        </ul>
        <p className={styles.menuNote}>{words.menuNote}</p>
      </section>
    </main>
  )
}
