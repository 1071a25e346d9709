import type { TerminalView } from '../../../shared/terminal-api.ts'
import { Brand } from '../../design/Brand.tsx'
import { Icon } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { clockText, dateText, longDate } from '../../i18n/dates.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { confirmClock } from '../../state/cashier-actions.ts'
import { useCashier } from '../../state/cashier-store.ts'
import styles from './shift-card.module.css'

/** The clock jumped far ahead: nothing is dated by it before somebody has said that it is right. */
export function ClockCard({
  terminal,
  jump,
}: {
  terminal: TerminalView
  jump: NonNullable<TerminalView['clockJump']>
}) {
  const { words, language } = useSpeech()
  const chosen = useCashier(state => state.chosenOperator) ?? terminal.operator?.id ?? terminal.operators[0]?.id
  const told = (at: number) => `${longDate(dateText(at), language)} ${clockText(at)}`
  return (
    <section className={styles.card} data-middle="clock">
      <p className={styles.title}>
        <Brand size={44} />
        {words.clockTitle}
      </p>
      <h1 className={styles.question}>
        <small>{words.clockWas(told(jump.before))}</small>
        {told(jump.after)}
        {words.questionMark}
      </h1>
      <p className={styles.label}>{words.clockWho}</p>
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
      <Key onPress={confirmClock} tone="primary" cap={words.enter} className={styles.open}>
        <Icon name="check" size={34} />
        <span>{words.clockRight}</span>
      </Key>
      <p className={styles.note}>{words.clockWrong}</p>
    </section>
  )
}
