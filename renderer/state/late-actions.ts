import { lateReasons } from '../../shared/afterwards-reasons.ts'
import type { Meal } from '../../shared/business-day.ts'
import type { FoundSenior } from '../../shared/terminal-api.ts'
import { dateAfter } from '../i18n/dates.ts'
import { type LateDraft, useAfterwards } from './afterwards-store.ts'
import { ask, calls } from './cashier-actions.ts'
import { type PinPad, useCashier } from './cashier-store.ts'
import { useNeighbour } from './neighbour-store.ts'
import { isOffered } from './payment-actions.ts'

const { getState: state, setState } = useAfterwards

/** How far back the screen offers days; the core has the last word. */
export const offeredDays = 7
export const meals: readonly Meal[] = ['breakfast', 'lunch', 'dinner']

const today = () => useCashier.getState().terminal?.businessDate

function change(part: Partial<LateDraft>): void {
  const { late } = state()
  if (late) setState({ late: { ...late, ...part } })
}

/** Who is on shift and who could approve. */
export async function askForStaff(): Promise<void> {
  try {
    const staff = await calls.afterwards.approvers()
    // A neighbour household asks nobody else: what would need them is held.
    setState({ staff: useNeighbour.getState().view === null ? staff : { ...staff, others: [] } })
  } catch (error) {
    console.info('no approvers:', error instanceof Error ? error.message : String(error))
  }
}

export async function openLate(): Promise<void> {
  const { terminal } = useCashier.getState()
  if (!terminal) return
  await askForStaff()
  const ready = state().staff?.others.find(({ pin }) => pin === 'set')
  setState({
    screen: 'late',
    late: {
      ...{ who: null, servedOn: terminal.businessDate, meal: terminal.meal?.name ?? 'lunch' },
      ...{ set: terminal.chosenSet, tender: 'cash', reason: 'power cut', approver: ready?.operator ?? null },
      ...{ priced: null, notice: null, busy: false, recorded: null },
    },
  })
}

let question = 0

/** Prices the draft as it is now; an answer to an older draft is dropped. */
async function price(): Promise<void> {
  const { late } = state()
  if (!late || late.who === null) return
  question += 1
  const mine = question
  const senior = late.who === 'guest' ? null : late.who.senior
  try {
    const { servedOn, meal, set, tender } = late
    const answer = await calls.afterwards.priceLate({ servedOn, meal, senior, set, tender })
    if (mine !== question) return
    if (answer.result === 'priced') change({ priced: answer.late, notice: null })
    else change({ priced: null, notice: answer.notice })
  } catch (error) {
    console.info('not priced:', error instanceof Error ? error.message : String(error))
  }
}

/** What changes the price: it is asked for anew. */
function changeMeal(part: Partial<LateDraft>): void {
  if (state().late?.busy) return
  useCashier.setState({ answer: null })
  change({ ...part, priced: null, notice: null, recorded: null })
  void price()
}

export const chooseSet = (set: string) => changeMeal({ set })
export const chooseMeal = (meal: LateDraft['meal']) => changeMeal({ meal })
export const chooseLateReason = (reason: LateDraft['reason']) => change({ reason })
export const chooseApprover = (approver: string | null) => change({ approver })

export function chooseWho(who: FoundSenior | 'guest'): void {
  const tender = state().late?.tender ?? 'cash'
  changeMeal({ who, tender: isOffered(tender, who === 'guest') ? tender : 'cash' })
}

export function chooseTender(tender: LateDraft['tender']): void {
  if (isOffered(tender, state().late?.who === 'guest')) changeMeal({ tender })
  else useCashier.setState({ answer: { code: 'GUEST_ACCOUNT', values: {} } })
}

export function chooseDay(servedOn: string): void {
  const last = today()
  if (last !== undefined && servedOn <= last && servedOn >= dateAfter(last, -offeredDays)) changeMeal({ servedOn })
}

export function stepDay(days: number): void {
  const { late } = state()
  if (late) chooseDay(dateAfter(late.servedOn, days))
}

function after<T>(all: readonly T[], now: T): T | undefined {
  return all[(all.indexOf(now) + 1) % all.length]
}

/** The next of each, for the one key that changes it. */
export function nextMeal(): void {
  const next = after(meals, state().late?.meal ?? 'lunch')
  if (next) chooseMeal(next)
}

export function nextReason(): void {
  const next = after(lateReasons, state().late?.reason ?? 'other')
  if (next) chooseLateReason(next)
}

export function nextApprover(): void {
  const ready = (state().staff?.others ?? []).filter(({ pin }) => pin === 'set').map(({ operator }) => operator)
  chooseApprover(after<string | null>([...ready, null], state().late?.approver ?? null) ?? null)
}

/** A fresh line of the paper list: same day, meal and approver, another person. */
export function nextPerson(): void {
  change({ who: null, priced: null, notice: null, recorded: null })
  document.querySelector<HTMLInputElement>('[data-sale-search]')?.focus()
}

/** Records what was priced: with a colleague's PIN where one was chosen, else held. */
export function enterLate(): void {
  const { late, staff } = state()
  if (!late?.priced || late.busy || late.recorded) return
  const approver = staff?.others.find(({ operator }) => operator === late.approver)
  if (approver) useCashier.setState({ answer: null, pinPad: { asks: 'approve', ...approver } })
  else void record(null)
}

async function record(pin: string | null): Promise<boolean> {
  const { late } = state()
  if (!late?.priced || late.busy) return false
  change({ busy: true })
  const { entry, digest } = late.priced
  const approval = pin === null || late.approver === null ? null : { operator: late.approver, pin }
  try {
    const answer = await calls.afterwards.enterLate({ entry, digest, reason: late.reason, approval })
    if (answer.result === 'recorded') {
      useCashier.setState({ answer: null })
      change({ busy: false, recorded: { held: answer.held } })
      return true
    }
    if (answer.result === 'price-changed') change({ priced: answer.late })
    const notice = answer.result === 'refused' ? answer.notice : { code: 'PRICE_CHANGED' as const, values: {} }
    useCashier.setState({ answer: notice })
    if (notice.code === 'STAFF_PIN_LOCKED') await askForStaff()
  } catch (error) {
    console.info('not entered:', error instanceof Error ? error.message : String(error))
    useCashier.setState({ answer: { code: 'UNEXPECTED', values: {} } })
  }
  change({ busy: false })
  return false
}

export async function askForOwnPin(): Promise<void> {
  // The key may be quicker than the answer to who is on shift.
  if (state().staff === null) await askForStaff()
  if (state().staff?.own) useCashier.setState({ answer: null, pinPad: { asks: 'set-own' } })
}

/** Hands over a PIN of the staff; false where it was not taken, and the pad stays. */
export async function handOverStaffPin(
  pad: Extract<PinPad, { asks: 'approve' | 'set-own' }>,
  pin: string,
): Promise<boolean> {
  if (pad.asks === 'approve') return (await record(pin)) || useCashier.getState().answer?.code === 'STAFF_PIN_LOCKED'
  const set = await ask(calls.afterwards.setPin({ pin }))
  if (set) {
    setState({ pinDone: true })
    await askForStaff()
  }
  return set
}
