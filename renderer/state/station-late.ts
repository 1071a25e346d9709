import type { Approvers } from '../../shared/afterwards-api.ts'
import type { TenderKind } from '../../shared/site.ts'
import type { FoundSenior } from '../../shared/terminal-api.ts'
import { longestVisitMinutes, minutesUntil } from '../../shared/visit/minutes.ts'
import type { ServiceView, StationView } from '../../shared/visit-api.ts'
import { clockText, dateAfter } from '../i18n/dates.ts'
import { stationZh } from '../i18n/station-zh.ts'
import { ask, calls } from './cashier-actions.ts'
import { useCashier } from './cashier-store.ts'
import { offeredDays } from './late-actions.ts'
import { freshDesk, type LateVisitDraft, type LateVisitReason, useStation } from './station-store.ts'

const { getState: state, setState } = useStation
const MINUTES_OF_A_DAY = 24 * 60

export const lateReasons: readonly LateVisitReason[] = ['power cut', 'machine', 'elsewhere', 'forgotten']

function change(part: Partial<LateVisitDraft>): void {
  const { late } = state()
  if (late === null || late.busy) return
  useCashier.setState({ answer: null })
  setState({ late: { ...late, recorded: null, priced: null, ...part } })
  void price()
}

let question = 0

/** How long it lasted, over midnight too; null where no service lasts so long. */
export function lateMinutes({ from, until }: Pick<LateVisitDraft, 'from' | 'until'>): number | null {
  const minutes = minutesUntil(from, until)
  return minutes > longestVisitMinutes ? null : minutes
}

/** What the core asks about a late visit; null while something of it is missing. */
function wanted(late: LateVisitDraft) {
  const { who, service, carer, servedOn, from, until, tender } = late
  if (who === null || service === null || carer === null || lateMinutes(late) === null) return null
  return { senior: who.senior, service, carer, servedOn, from: asClock(from), until: asClock(until), tender }
}

/** Prices the draft as it is now; an answer to an older draft is dropped. */
async function price(): Promise<void> {
  const { late } = state()
  const asked = late && wanted(late)
  question += 1
  const mine = question
  if (!asked) return
  try {
    const priced = await calls.visit.priceLate(asked)
    const now = state().late
    if (mine === question && now) setState({ late: { ...now, priced } })
  } catch (error) {
    console.info('not priced:', error instanceof Error ? error.message : String(error))
  }
}

async function approvers(): Promise<Approvers | null> {
  try {
    return await calls.afterwards.approvers()
  } catch (error) {
    console.info('no approvers:', error instanceof Error ? error.message : String(error))
    return null
  }
}

const minutesOf = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))

/** Minutes of a day as a clock shows them: `09:30`. */
export const asClock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** Four digits as a time of the day; null for what is none. */
export function minutesTyped(text: string): number | null {
  const [, hour, minute] = /^(\d{2}):?(\d{2})$/.exec(text) ?? []
  if (hour === undefined || minute === undefined || Number(hour) > 23 || Number(minute) > 59) return null
  return Number(hour) * 60 + Number(minute)
}

export async function openLateVisit(): Promise<void> {
  const { terminal, now } = useCashier.getState()
  if (!terminal) return
  const staff = await approvers()
  const until = Math.floor(minutesOf(clockText(now)) / 5) * 5
  const from = Math.max(0, until - 60)
  setState({
    ...freshDesk,
    panel: 'late',
    late: {
      ...{ who: null, service: null, carer: null, servedOn: terminal.businessDate, from, until },
      ...{ tender: terminal.chosenTender, reason: 'power cut', staff, priced: null, busy: false, recorded: null },
      approver: staff?.others.find(({ pin }) => pin === 'set')?.operator ?? null,
    },
  })
}

export const lateWho = (who: FoundSenior) => change({ who })
export const lateCarer = (carer: string) => change({ carer })
export const lateTender = (tender: TenderKind) => change({ tender })
export const lateReason = (reason: LateVisitReason) => change({ reason })
export const lateApprover = (approver: string | null) => change({ approver })

/** A service lasts as long as it usually does, until somebody says otherwise. */
export function lateService(service: string): void {
  const { late, view } = state()
  const chosen = view?.station?.services.find(({ id }) => id === service)
  if (late && chosen) change({ service, until: within(late.from + chosen.usualMinutes) })
}

export function lateDay(servedOn: string): void {
  const last = useCashier.getState().terminal?.businessDate
  if (last !== undefined && servedOn <= last && servedOn >= dateAfter(last, -offeredDays)) change({ servedOn })
}

export function stepLateDay(days: number): void {
  const { late } = state()
  if (late) lateDay(dateAfter(late.servedOn, days))
}

/** A minute of the day; past midnight it is the next morning. */
const within = (minutes: number) => (minutes + MINUTES_OF_A_DAY) % MINUTES_OF_A_DAY

/** The end keeps its distance when the beginning moves. */
export function lateFrom(minutes: number): void {
  const { late } = state()
  if (late) change({ from: within(minutes), until: within(late.until + within(minutes) - late.from) })
}
export const lateUntil = (minutes: number) => change({ until: within(minutes) })

function after<T>(all: readonly T[], now: T): T | undefined {
  return all[(all.indexOf(now) + 1) % all.length]
}

export function nextLateCarer(): void {
  const carers = (state().view?.station?.carers ?? []).map(({ carer }) => carer as string)
  const next = after<string>(carers, state().late?.carer ?? '')
  if (next !== undefined) lateCarer(next)
}

export function nextLateReason(): void {
  const next = after(lateReasons, state().late?.reason ?? 'power cut')
  if (next) lateReason(next)
}

export function nextLateApprover(): void {
  const ready = (state().late?.staff?.others ?? []).filter(({ pin }) => pin === 'set').map(({ operator }) => operator)
  lateApprover(after<string | null>([...ready, null], state().late?.approver ?? null) ?? null)
}

/** Nothing is missing and it has a price. */
export function isWhole(late: LateVisitDraft): boolean {
  return wanted(late) !== null && late.priced?.result === 'priced'
}

/** What can be entered late: attendance without money is noted when it happens. */
export function lateServices(view: StationView | null): readonly ServiceView[] {
  return (view?.station?.services ?? []).filter(({ fen }) => fen !== null)
}

/** Records it: with a colleague's PIN where one was chosen, else held. */
export function enterLateVisit(): void {
  const { late } = state()
  if (!late || !isWhole(late) || late.busy || late.recorded) return
  const approver = late.staff?.others.find(({ operator }) => operator === late.approver)
  if (approver) {
    const { operator, name } = approver
    useCashier.setState({ answer: null, pinPad: { asks: 'visit-late', operator, name } })
  } else void recordLateVisit(null)
}

/** False where the core did not take it. */
export async function recordLateVisit(pin: string | null): Promise<boolean> {
  const { late } = state()
  const asked = late && wanted(late)
  if (!late || !asked || late.busy || late.priced?.result !== 'priced') return false
  setState({ late: { ...late, busy: true } })
  const { approver, priced } = late
  const done = await ask(
    calls.visit.late({
      ...asked,
      digest: priced.price.digest,
      reason: stationZh.lateVisitReasons[late.reason],
      approval: pin === null || approver === null ? null : { operator: approver, pin },
    }),
  )
  setState({ late: { ...late, busy: false, recorded: done ? { held: pin === null } : null } })
  return done
}

/** Another one of the same day, carer and approver. */
export function nextLateVisit(): void {
  change({ who: null, recorded: null })
  document.querySelector<HTMLInputElement>('[data-sale-search]')?.focus()
}
