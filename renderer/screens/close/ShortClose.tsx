import type { CloseView } from '../../../shared/close-api.ts'
import type { TerminalView } from '../../../shared/terminal-api.ts'
import { classes } from '../../design/classes.ts'
import { Icon } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { clockText, dateText, weekdayDate } from '../../i18n/dates.ts'
import { reportYuan } from '../../i18n/money.ts'
import { type Speech, useSpeech } from '../../i18n/use-words.ts'
import { countAgain, differs, endDay, leaveClose } from '../../state/close-actions.ts'
import { useClose } from '../../state/close-store.ts'
import { Blocked, Frame } from './Frame.tsx'
import { ReasonKeys } from './ReasonKeys.tsx'
import short from './short-close.module.css'

type Closing = Extract<CloseView, { step: 'check' | 'day' }>

/** Meals that were served, without those entered late. */
function mealsOf(closing: Closing, { lastSales }: TerminalView): number {
  if (closing.step === 'check') return lastSales.filter(({ voided }) => !voided).length
  const { people, late } = closing.day.figures
  return people - late.count
}

function cashText(closing: Closing, { words }: Speech): string {
  const shifts = closing.step === 'check' ? [closing.shift] : closing.day.shifts
  const sum = (of: (shift: (typeof shifts)[number]) => number) => shifts.reduce((all, shift) => all + of(shift), 0)
  const differenceFen = sum(shift => shift.differenceFen ?? 0)
  if (differenceFen > 0) return words.neighbourCashOver(reportYuan(differenceFen))
  if (differenceFen < 0) return words.neighbourCashShort(reportYuan(-differenceFen))
  const expectedFen = sum(shift => shift.sums.expectedFen)
  return expectedFen === 0 ? words.neighbourNoCash : words.neighbourCashFits(reportYuan(expectedFen))
}

/** A meal of this day that is still to come, or goes on: nothing of it is recorded after the end. */
function mealToCome({ meal, nextMeal, businessDate }: TerminalView, { words }: Speech): string | null {
  if (meal) return words.neighbourEndNow(words[meal.name], clockText(meal.endsAt))
  if (nextMeal === null || dateText(nextMeal.startsAt) !== businessDate) return null
  return words.neighbourEndNote(words[nextMeal.name], clockText(nextMeal.startsAt))
}

function Reasons() {
  const { words } = useSpeech()
  return (
    <section className={short.why} data-asks-reason>
      <p>{words.neighbourCashWhy}</p>
      <ReasonKeys className={short.reasons} />
    </section>
  )
}

/** The close of a neighbour household: how many meals, whether the cash fits, and one key that ends the day. */
export function ShortClose({ closing, terminal }: { closing: Closing; terminal: TerminalView }) {
  const speech = useSpeech()
  const { words, language } = speech
  const { reason, busy } = useClose()
  const date = closing.step === 'check' ? closing.date : closing.day.date
  const blocked = closing.blocked
  const closed = closing.step === 'day' ? closing.day.closed : null
  const held = closing.step === 'day' ? closing.day.figures.late.held : 0
  const asks = differs(closing)
  const isToday = date === terminal.businessDate
  const toCome = closed === null && isToday ? mealToCome(terminal, speech) : null
  const { unsent } = terminal
  const { waiting, notPaid } = closing.step === 'check' ? closing.phone : closing.day.phone
  return (
    <Frame
      step={closing.step}
      title={words.neighbourCloseTitle}
      lead={weekdayDate(date, language)}
      keys={
        <>
          {closing.step === 'check' && (
            <Key onPress={countAgain} cap="A">
              <Icon name="undo" />
              {words.checkAgain}
            </Key>
          )}
          {closing.step === 'day' && (
            <Key onPress={() => useClose.setState({ details: true })} cap="D">
              <Icon name="list" />
              {words.neighbourDetails}
            </Key>
          )}
          <Key onPress={leaveClose} cap="Esc">
            {words.back}
          </Key>
        </>
      }
    >
      <section className={classes(short.sheet, closed && short.closed)} data-short={closed ? 'closed' : 'open'}>
        {closed && (
          <p className={short.done} role="status">
            <Icon name="check" size={44} />
            {words.neighbourEnded}
          </p>
        )}
        <p className={short.meals}>{words.neighbourMeals(mealsOf(closing, terminal))}</p>
        <p className={short.line} data-cash>
          <Icon name="cash" size={34} />
          {cashText(closing, speech)}
        </p>
        {held > 0 && (
          <p className={short.line} data-held={held}>
            <Icon name="pause" size={34} />
            {words.neighbourHeld(held)}
          </p>
        )}
        {waiting.count > 0 && (
          <p className={short.line} data-phone-waiting={waiting.fen}>
            <Icon name="phone" size={34} />
            {words.checkPhoneWaiting(waiting.count, reportYuan(waiting.fen))}
          </p>
        )}
        {notPaid.count > 0 && (
          <p className={short.line} data-phone-not-paid={notPaid.fen}>
            <Icon name="phone" size={34} />
            {words.checkPhoneNotPaid(notPaid.count, reportYuan(notPaid.fen))}
          </p>
        )}
        <p className={short.line}>
          <Icon name={unsent.count === 0 ? 'check' : 'up'} size={34} />
          {unsent.count === 0 ? words.neighbourSent : words.neighbourUnsent(unsent.count)}
        </p>
        {asks && <Reasons />}
        <Blocked notice={closed ? null : blocked} />
        {!closed && (
          <>
            {toCome !== null && <p className={short.toCome}>{toCome}</p>}
            <Key
              onPress={endDay}
              tone="primary"
              cap={words.enter}
              disabled={busy || blocked !== null || (asks && reason === null)}
              className={short.end}
            >
              <Icon name="check" size={34} />
              {words.neighbourEnd}
            </Key>
          </>
        )}
      </section>
    </Frame>
  )
}
