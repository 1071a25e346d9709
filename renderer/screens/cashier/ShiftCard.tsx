import type { TerminalView } from '../../../shared/terminal-api.ts'
import { Brand } from '../../design/Brand.tsx'
import { Icon } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { longDate } from '../../i18n/dates.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { openShift } from '../../state/cashier-actions.ts'
import { useCashier } from '../../state/cashier-store.ts'
import styles from './shift-card.module.css'

/** A shift begins with the date said aloud: one wrong year would stick for weeks. */
export function ShiftCard({ terminal }: { terminal: TerminalView }) {
  const { words, language } = useSpeech()
  const chosen = useCashier(state => state.chosenOperator) ?? terminal.operators[0]?.id
  const meal = terminal.meal ? words[terminal.meal.name] : words.noMeal
  const comma = language === 'zh' ? '，' : ', '
  return (
    <section className={styles.card} data-middle="shift">
      <p className={styles.title}>
        <Brand size={44} />
        {words.openShift}
      </p>
      <h1 className={styles.question}>
        <small>{words.todayIs}</small>
        {longDate(terminal.businessDate, language)}
        {comma}
        {meal}
        {words.questionMark}
      </h1>
      <p className={styles.label}>{words.whoWorks}</p>
      <div className={styles.operators}>
        {terminal.operators.slice(0, 9).map((operator, index) => (
          <Key
            key={operator.id}
            cap={String(index + 1)}
            tone={operator.id === chosen ? 'primary' : 'plain'}
            pressed={operator.id === chosen}
            onPress={() => useCashier.setState({ chosenOperator: operator.id })}
          >
            <Icon name="person" />
            {operator.name}
          </Key>
        ))}
      </div>
      <Key onPress={openShift} tone="primary" cap={words.enter} className={styles.open}>
        <Icon name="check" size={34} />
        <span>{words.openNow}</span>
      </Key>
      <p className={styles.note}>{words.dateWrong}</p>
    </section>
  )
}
