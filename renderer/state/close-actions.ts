import type { CloseView } from '../../shared/close-api.ts'
import { differenceReasons } from '../../shared/day-close/close-reasons.ts'
import { fenOf, isTooLarge, typeAmount } from './amount-text.ts'
import { answerOf, ask, calls } from './cashier-actions.ts'
import { useCashier } from './cashier-store.ts'
import { forgetDraft, keepDraft, takeDraft } from './close-draft.ts'
import { endNote } from './close-note.ts'
import { type CloseState, closedScreen, type PadField, useClose } from './close-store.ts'
import { isQuiet } from './entry.ts'
import { isResting } from './resting.ts'

const { getState: state, setState } = useClose

/** Opens shift and day close; not while a check-in goes on, whose bar nobody could see then. */
export function openClose(): void {
  const { view } = useCashier.getState()
  if (!isQuiet(view)) return
  useCashier.setState({ syncOpen: false, cameraOpen: false, facesOpen: false, drawerOpen: false, answer: null })
  setState({ ...closedScreen, open: true })
  void look(null)
}

export function leaveClose(): void {
  forgetDraft()
  useCashier.setState({ answer: null })
  setState(closedScreen)
}

/**
 * A check-in that begins has the screen to itself, and what was typed stands there again later; what waits outside the screen is looked at
 * again when the core tells news.
 */
export function watchClose(): void {
  useCashier.subscribe(({ view, terminal }, before) => {
    if (!state().open) return
    if (!isQuiet(view)) {
      keepDraft(state())
      setState(closedScreen)
    } else if (terminal !== before.terminal) void look(dateOf(state().view))
  })
}

function dateOf(view: CloseView | null): string | null {
  if (view === null) return null
  return view.step === 'day' ? view.day.date : view.date
}

let asked = 0

async function look(date: string | null): Promise<void> {
  asked += 1
  const mine = asked
  try {
    const view = await calls.close.look({ date })
    if (mine === asked && state().open) setState({ view, ...takeDraft(view) })
  } catch (error) {
    console.info('no close to look at:', error instanceof Error ? error.message : String(error))
  }
}

/** Who is asked to stand for it: whoever is on shift, else whom staff chose, else the shift's own operator. */
export function closingOperator(): string | null {
  const { terminal, chosenOperator } = useCashier.getState()
  const { view } = state()
  const own = view?.step === 'count' || view?.step === 'check' ? view.shift.operator : null
  return terminal?.operator?.id ?? chosenOperator ?? own ?? terminal?.operators[0]?.id ?? null
}

/** The fields of the pad that are asked for now. */
export function padFields({ view, correction }: Pick<CloseState, 'view' | 'correction'>): readonly PadField[] {
  if (correction?.what === 'float') return ['cash']
  if (view?.step === 'count') return view.asksOutside ? ['cash', 'outside'] : ['cash']
  if (view?.step === 'check') return asksOutside(view) ? ['cash', 'outside'] : ['cash']
  return ['cash']
}

function asksOutside({ shift }: Extract<CloseView, { step: 'check' }>): boolean {
  return shift.sums.outsideFen !== 0 || shift.count?.outsideFen != null
}

/** True where amounts are typed. */
export function isTyping({ view, recounting, correction }: CloseState): boolean {
  return correction !== null || view?.step === 'count' || (view?.step === 'check' && recounting)
}

export function pressPad(key: string): void {
  const { typed, field } = state()
  const text = typeAmount(typed[field], key)
  setState({ typed: { ...typed, [field]: text } })
  sayIfTooLarge([text])
}

/** True where one of the amounts is beyond what a drawer holds; then the screen says so, until it is not. */
function sayIfTooLarge(texts: readonly string[]): boolean {
  const tooLarge = texts.some(isTooLarge)
  if (tooLarge) useCashier.setState({ answer: { code: 'AMOUNT_TOO_LARGE', values: {} } })
  else if (useCashier.getState().answer?.code === 'AMOUNT_TOO_LARGE') useCashier.setState({ answer: null })
  return tooLarge
}

export function chooseField(field: PadField): void {
  setState({ field })
}

export function nextField(): void {
  const fields = padFields(state())
  const next = fields[(fields.indexOf(state().field) + 1) % fields.length]
  if (next) setState({ field: next })
}

/** Does one thing at a time with whoever stands for it, and looks again. */
async function act(work: (operator: string) => Promise<boolean>, then: Partial<CloseState>): Promise<void> {
  const operator = closingOperator()
  if (state().busy || operator === null) return
  setState({ busy: true })
  const went = await work(operator)
  if (went) forgetDraft()
  setState({ busy: false, ...(went ? then : {}) })
  if (state().open) await look(dateOf(state().view))
}

const emptyPad = { typed: closedScreen.typed, field: 'cash', recounting: false, correction: null } as const

/** Every field has an amount. */
export function isCounted({ typed, ...rest }: CloseState): boolean {
  return padFields(rest).every(field => fenOf(typed[field]) !== null)
}

export function recordCount(): void {
  const { view, typed } = state()
  if (view?.step !== 'count' && view?.step !== 'check') return
  const cashFen = fenOf(typed.cash)
  if (!isCounted(state()) || cashFen === null) {
    nextField()
    return
  }
  if (sayIfTooLarge(Object.values(typed))) return
  const shift = view.shift.record
  const outsideFen = padFields(state()).includes('outside') ? fenOf(typed.outside) : null
  void act(operator => ask(calls.close.count({ shift, operator, cashFen, outsideFen })), { ...emptyPad, reason: null })
}

export function countAgain(): void {
  useCashier.setState({ answer: null })
  setState({ ...emptyPad, recounting: true })
}

/** Closes a shift of a day that is over, in which nobody counted. */
export function skipCount(): void {
  const { view } = state()
  if (view?.step !== 'count' || !view.isPast) return
  const closing = { shift: view.shift.record, count: null, reason: null, note: '' }
  void act(operator => ask(calls.close.closeShift({ ...closing, operator })), {})
}

export function chooseReason(place: number): void {
  const reason = differenceReasons[place]
  if (!reason || !differs(state().view)) return
  useCashier.setState({ answer: null })
  setState({ reason })
}

/** The shift's drawer or the payment device has another amount than the records. */
export function differs(view: CloseView | null): boolean {
  if (view?.step !== 'check') return false
  return (view.shift.differenceFen ?? 0) !== 0 || (view.shift.outsideDifferenceFen ?? 0) !== 0
}

async function closeThisShift(): Promise<void> {
  if (!endNote(null)) return
  const { view, reason, note } = state()
  if (view?.step !== 'check' || !view.shift.count || view.blocked) return
  if (differs(view) && reason === null) {
    useCashier.setState({ answer: { code: 'DIFFERENCE_REASON', values: {} } })
    return
  }
  const closing = { shift: view.shift.record, count: view.shift.count.record, reason, note: note.trim() }
  await act(operator => ask(calls.close.closeShift({ ...closing, operator })), { reason: null, note: '' })
}

async function closeThisDay(): Promise<void> {
  const { view } = state()
  if (view?.step !== 'day' || view.day.closed || view.blocked) return
  const { day, shown } = view
  await act(operator => ask(calls.close.closeDay({ date: day.date, shown, operator })), {})
}

export function closeShift(): void {
  void closeThisShift()
}

export function closeDay(): void {
  if (!isResting()) void closeThisDay()
}

/** Closes the shift, and its day with it where nothing stands in the way: one key where one person does both. */
export function endDay(): void {
  if (!isResting()) void closeThisShift().then(closeThisDay)
}

export function show(shows: CloseState['shows']): void {
  setState({ shows })
}

export function startCorrection(place = 0): void {
  const { view } = state()
  const shift = view?.step === 'day' ? view.day.shifts[place] : null
  if (shift) setState({ ...emptyPad, correction: { shift: shift.record, what: 'drawer' }, note: '', slip: null })
}

export function changeCorrection(change: { shift?: string; what?: 'float' | 'drawer' }): void {
  const { correction } = state()
  if (correction) setState({ correction: { ...correction, ...change } })
}

/** The next shift of the day is put right instead. */
export function correctNextShift(): void {
  const { view, correction } = state()
  const shifts = view?.step === 'day' ? view.day.shifts : []
  const place = shifts.findIndex(({ record }) => record === correction?.shift)
  const next = shifts[(place + 1) % shifts.length]
  if (next) changeCorrection({ shift: next.record })
}

export function recordCorrection(): void {
  if (!endNote(null)) return
  const { correction, typed, note, view } = state()
  const cashFen = fenOf(typed.cash)
  if (!correction || cashFen === null || view?.step !== 'day' || sayIfTooLarge([typed.cash])) return
  // What the payment device said stays as it was counted.
  const outsideFen = view.day.shifts.find(({ record }) => record === correction.shift)?.count?.outsideFen ?? null
  const right = { ...correction, cashFen, outsideFen, note: note.trim() }
  void act(operator => ask(calls.close.correct({ ...right, operator })), { ...emptyPad, note: '' })
}

export async function toggleSlip(): Promise<void> {
  const { view, slip } = state()
  if (slip) setState({ slip: null })
  else if (view?.step === 'day') {
    const { language } = useCashier.getState()
    const answer = await answerOf(calls.close.slip({ date: view.day.date, language }))
    setState({ slip: answer?.slip ?? null })
  }
}

export function printSlip(): void {
  const { view } = state()
  const { terminal, language } = useCashier.getState()
  if (view?.step === 'day' && terminal?.printer) void answerOf(calls.close.printSlip({ date: view.day.date, language }))
}

/** Writes the table of the day to the first stick that is plugged in. */
export async function saveToStick(): Promise<void> {
  const { view, busy } = state()
  if (view?.step !== 'day' || busy) return
  setState({ busy: true, stick: null })
  const [stick] = await calls.usbSticks().catch((): [] => [])
  const answer = stick && (await answerOf(calls.close.tableToStick({ date: view.day.date, path: stick.path })))
  setState({ busy: false, stick: stick && !answer ? null : { file: answer?.file ?? null } })
}

export function openFloat(): void {
  setState(({ floatText }) => ({ floatPad: floatText }))
}

export function pressFloat(key: string): void {
  const { floatPad } = state()
  if (floatPad === null) return
  const text = typeAmount(floatPad, key)
  setState({ floatPad: text })
  sayIfTooLarge([text])
}

/** Takes the float from the pad, or leaves it as it was. */
export function endFloat(taken: boolean): void {
  if (sayIfTooLarge([taken ? (state().floatPad ?? '') : ''])) return
  setState(({ floatPad, floatText }) => ({ floatPad: null, floatText: taken ? (floatPad ?? '') : floatText }))
}
