import type { TerminalView } from '../../../shared/terminal-api.ts'
import { Brand } from '../../design/Brand.tsx'
import { classes } from '../../design/classes.ts'
import { Icon } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { longDate, shortDate } from '../../i18n/dates.ts'
import { reportYuan } from '../../i18n/money.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { fenOf } from '../../state/amount-text.ts'
import { openShift } from '../../state/cashier-actions.ts'
import { useCashier } from '../../state/cashier-store.ts'
import { endFloat, openClose, openFloat, pressFloat } from '../../state/close-actions.ts'
import { useClose } from '../../state/close-store.ts'
import { AmountField } from '../close/AmountField.tsx'
import { AmountPad } from '../close/AmountPad.tsx'
import styles from './shift-card.module.css'

/** The day is over: what can still be looked at, and when the next one begins. */
function ClosedDay() {
  const { words } = useSpeech()
  return (
    <section className={styles.card} data-middle="day-closed">
      <p className={styles.title}>
        <Brand size={44} />
        {words.dayTitle}
      </p>
      <h1 className={styles.question}>{words.dayIsClosed}</h1>
      <p className={styles.over}>{words.dayIsClosedLead}</p>
      <Key onPress={openClose} tone="primary" cap="F12" className={styles.open}>
        <Icon name="list" size={34} />
        <span>{words.dayLook}</span>
      </Key>
    </section>
  )
}

/** The cash in the drawer at the start, typed by touch or keys. */
function FloatPad({ text }: { text: string }) {
  const { words } = useSpeech()
  return (
    <section className={classes(styles.card, styles.counting)} data-middle="float">
      <AmountField
        name="float"
        title={words.floatLabel}
        note={words.floatHint}
        text={text}
        chosen
        onChoose={() => undefined}
      />
      <div className={styles.pad}>
        <AmountPad onKey={pressFloat} />
      </div>
      <div className={styles.pair}>
        <Key onPress={() => endFloat(false)} cap="Esc">
          {words.back}
        </Key>
        <Key onPress={() => endFloat(true)} tone="primary" cap={words.enter}>
          <Icon name="check" size={28} />
          {words.floatTake}
        </Key>
      </div>
    </section>
  )
}

/** A shift begins with the date said aloud: one wrong year would stick for weeks. */
export function ShiftCard({ terminal }: { terminal: TerminalView }) {
  const { words, language } = useSpeech()
  const chosen = useCashier(state => state.chosenOperator) ?? terminal.operators[0]?.id
  const meal = terminal.meal ? words[terminal.meal.name] : words.noMeal
  const { floatPad, floatText } = useClose()
  const floatFen = fenOf(floatText)
  if (terminal.close.today) return <ClosedDay />
  if (floatPad !== null) return <FloatPad text={floatPad} />
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
      <div className={styles.pair}>
        <Key onPress={openFloat} cap="F" className={styles.float}>
          <Icon name="cash" size={30} />
          <span>
            <small>{words.floatLabel}</small>
            <strong data-float={floatFen ?? ''}>{floatFen === null ? words.floatNone : reportYuan(floatFen)}</strong>
          </span>
        </Key>
        <Key onPress={openShift} tone="primary" cap={words.enter} className={styles.open}>
          <Icon name="check" size={34} />
          <span>{words.openNow}</span>
        </Key>
      </div>
      <p className={styles.note}>{words.dateWrong}</p>
      {terminal.close.before !== null && (
        <Key onPress={openClose} cap="F12" className={styles.before}>
          <Icon name="info" size={28} />
          <span>{words.dayBefore(shortDate(terminal.close.before, language))}</span>
          <strong>{words.dayBeforeDo}</strong>
        </Key>
      )}
    </section>
  )
}
