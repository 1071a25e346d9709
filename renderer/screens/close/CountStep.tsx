import type { CloseView } from '../../../shared/close-api.ts'
import type { TerminalView } from '../../../shared/terminal-api.ts'
import { Icon } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { clockText, shortDate } from '../../i18n/dates.ts'
import { reportYuan } from '../../i18n/money.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { useCashier } from '../../state/cashier-store.ts'
import {
  chooseField,
  closingOperator,
  isCounted,
  leaveClose,
  nextField,
  padFields,
  pressPad,
  recordCount,
  skipCount,
} from '../../state/close-actions.ts'
import { useClose } from '../../state/close-store.ts'
import { AmountField } from './AmountField.tsx'
import { AmountPad } from './AmountPad.tsx'
import styles from './close.module.css'
import { Blocked, Frame } from './Frame.tsx'

/** Whoever stands for a close while no shift is open. */
function WhoDoesIt({ terminal }: { terminal: TerminalView }) {
  const { words } = useSpeech()
  useCashier(state => state.chosenOperator)
  if (terminal.shift) return null
  return (
    <div className={styles.who}>
      <span>{words.countWho}</span>
      {terminal.operators.slice(0, 4).map(({ id, name }) => (
        <Key
          key={id}
          onPress={() => useCashier.setState({ chosenOperator: id })}
          pressed={id === closingOperator()}
          tone={id === closingOperator() ? 'primary' : 'plain'}
        >
          <Icon name="person" />
          {name}
        </Key>
      ))}
    </div>
  )
}

/** The drawer is counted before any sum is shown. */
export function CountStep({
  counting,
  terminal,
}: {
  counting: Extract<CloseView, { step: 'count' | 'check' }>
  terminal: TerminalView
}) {
  const { words, language } = useSpeech()
  const state = useClose()
  const { shift } = counting
  const fields = padFields(state)
  const all = isCounted(state)
  const notes = {
    cash: shift.floatFen === null ? words.countNoFloat : words.countOfShift(reportYuan(shift.floatFen)),
    outside: words.countOutsideNote,
  }
  const titles = { cash: words.countCash, outside: words.countOutside }
  const lead = [
    shortDate(counting.date, language),
    words.shiftNumber(shift.number),
    shift.operatorName,
    words.openedAt(clockText(shift.openedAt)),
  ].join(' · ')
  return (
    <Frame
      step="count"
      title={words.closeTitle}
      lead={lead}
      keys={
        <Key onPress={leaveClose} cap="Esc">
          {words.back}
        </Key>
      }
    >
      <div className={styles.columns}>
        <div className={styles.counting}>
          <h2 className={styles.question}>
            <Icon name="cash" size={44} />
            {words.closeLead}
          </h2>
          {fields.map(field => (
            <AmountField
              key={field}
              name={field}
              title={titles[field]}
              note={notes[field]}
              text={state.typed[field]}
              chosen={state.field === field}
              onChoose={() => chooseField(field)}
            />
          ))}
          <WhoDoesIt terminal={terminal} />
          {counting.step === 'count' && <Blocked notice={counting.blocked} />}
        </div>
        <div className={styles.typing}>
          <AmountPad onKey={pressPad} />
          {fields.length > 1 && !all ? (
            <Key onPress={nextField} cap="↓" className={styles.big}>
              {words.padNext}
            </Key>
          ) : null}
          <Key
            onPress={recordCount}
            tone="primary"
            cap={words.enter}
            disabled={!all || state.busy}
            className={styles.big}
          >
            <Icon name="check" size={34} />
            {words.countDone}
          </Key>
          {counting.step === 'count' && counting.isPast && (
            <Key onPress={skipCount} cap="N" className={styles.big}>
              {words.countSkip}
            </Key>
          )}
        </div>
      </div>
    </Frame>
  )
}
