import type { ServiceKind } from '../../shared/visit/service.ts'
import type { CarerView, DayLine, EarlyReason, Seen, ServiceView, StationView } from '../../shared/visit-api.ts'
import { untilAnswered } from '../connect.ts'
import { ask, calls } from './cashier-actions.ts'
import { useCashier } from './cashier-store.ts'
import { isQuiet } from './entry.ts'
import { freshDesk, type StationState, useStation } from './station-store.ts'

const { getState: state, setState } = useStation

export type Desk = StationView['desk']
export type Arriving = Extract<Desk, { state: 'arriving' }>
export type Running = Extract<Desk, { state: 'visit' }>
export type Leaving = Extract<Desk, { state: 'leaving' }>

/** How many of a list have a digit. */
export const digits = 9
export const earlyReasons: readonly EarlyReason[] = ['unwell', 'asked', 'called-away', 'not-home', 'other']
export const allSeen: readonly Seen[] = ['well', 'unwell', 'not-seen']

/** Somebody looks whether the senior is well: what was seen belongs to the record. */
export const asksWhatWasSeen = ({ kind }: ServiceView) => kind === 'calling' || kind === 'doctor'

export function openStation(): void {
  const { view, terminal } = useCashier.getState()
  if (!state().view?.station || !isQuiet(view) || !terminal?.shift) return
  useCashier.setState({ syncOpen: false, cameraOpen: false, facesOpen: false, drawerOpen: false, answer: null })
  void ask(calls.visit.open())
}

export const closeStation = () => void ask(calls.visit.close())
export const backToList = () => void ask(calls.visit.back())
export const lookAt = (visit: string) => void ask(calls.visit.look({ visit }))
export const chooseOrder = (order: string) => void ask(calls.visit.chooseOrder({ order }))
export const choosePerson = (senior: string) => void ask(calls.visit.choose({ senior }))

export function showPanel(panel: StationState['panel']): void {
  useCashier.setState({ answer: null })
  setState({ ...freshDesk, panel })
}

/** Lists what is to be chosen anew; the same key again leaves it as it was. */
export function chooseAnew(choosing: NonNullable<StationState['choosing']>): void {
  useCashier.setState({ answer: null })
  setState({ choosing: state().choosing === choosing ? null : choosing, kind: null, nine: 0, code: '' })
}

/** A kind opens its services; where it has one, that is it. */
export function chooseKind(kind: ServiceKind, services: readonly ServiceView[]): void {
  const [only, ...more] = services
  if (only && more.length === 0) chooseService(only)
  else setState({ kind, nine: 0 })
}

export const backToKinds = () => setState({ kind: null, nine: 0 })
export const showNine = (nine: number) => setState({ nine })

export function chooseService(service: ServiceView): void {
  setState({ choosing: null, kind: null, nine: 0, seen: null })
  void ask(calls.visit.chooseService({ service: service.id }))
}

/** A carer says by their PIN that it is they; one who has none yet is given one by a lead first. */
export function pressCarer({ carer, name, pin }: CarerView): void {
  useCashier.setState({ answer: null })
  if (pin === 'set') useCashier.setState({ pinPad: { asks: 'carer', carer, name } })
  else void askForCarerPin(carer, name)
}

/** A lead who can approve by their PIN; null, and said so, where there is none. */
export async function leadWithPin(): Promise<{ operator: string; name: string } | null> {
  const { staff } = await calls.settings.look()
  const lead = staff.find(({ role, on, pin }) => role === 'lead' && on && pin === 'set')
  if (lead) return { operator: lead.operator, name: lead.name }
  useCashier.setState({ answer: { code: 'LEAD_PIN_NONE', values: {} } })
  return null
}

/** The lead who approves a carer's new PIN, by theirs. */
async function askForCarerPin(carer: string, carerName: string): Promise<void> {
  const lead = await leadWithPin()
  if (lead) useCashier.setState({ pinPad: { asks: 'carer-lead', carer, carerName, ...lead } })
}

export async function sendCode(): Promise<void> {
  const { code } = state()
  if (code !== '' && (await ask(calls.visit.stationCode({ text: code })))) setState({ choosing: null, code: '' })
  else setState({ code: '' })
}

/** What the carer's phone answers: it says who they are, and that they are here. */
export async function sendAnswer(): Promise<void> {
  const { code } = state()
  if (code !== '' && (await ask(calls.visit.answer({ text: code })))) setState({ choosing: null, code: '', nine: 0 })
  else setState({ code: '' })
}

export const typeCode = (code: string) => setState({ code })
export const chooseSeen = (seen: Seen) => setState({ seen })
export const writeNote = (note: string) => setState({ note })

/** True where what is chosen can begin. */
export function canBegin({ needs, service }: Arriving, seen: Seen | null): boolean {
  return needs.length === 0 && service !== null && (!asksWhatWasSeen(service) || seen !== null)
}

/** A visit or a stay that goes on. */
export function isGoingOn({ state: is }: DayLine): boolean {
  return is === 'running' || is === 'paused' || is === 'present'
}

/** One answer at a time: a second press of the same key records nothing twice. */
async function once(record: () => Promise<unknown>): Promise<void> {
  if (state().busy) return
  setState({ busy: true })
  await record()
  setState({ busy: false })
}

export function begin(desk: Arriving): void {
  const { seen, note } = state()
  if (!canBegin(desk, seen)) return
  void once(() => ask(calls.visit.begin({ seen, note: note.trim() === '' ? null : note.trim() })))
}

export function pauseOrGoOn({ visit }: Running): void {
  const which = { visit: visit.visit }
  void ask(visit.pausedAt === null ? calls.visit.pause(which) : calls.visit.goOn(which))
}

/** Staff compared the senior, who leaves; before the least minutes a reason is asked for. */
export function leave({ visit }: Running): void {
  if (visit.minutes < visit.service.leastMinutes) chooseAnew('early')
  else void ask(calls.visit.leave({ visit: visit.visit, early: null }))
}

export function leaveEarly(visit: string, early: EarlyReason): void {
  setState({ choosing: null })
  void ask(calls.visit.leave({ visit, early }))
}

export function chooseVisitTender(desk: Leaving, place: number): void {
  const tender = useCashier.getState().terminal?.tenders[place]
  if (tender && desk.visit.price) void ask(calls.visit.chooseTender({ tender: tender.kind }))
}

/** True where the subsidy of a sign-out asks that staff compare the senior. */
export const asksToCompare = ({ proof }: Leaving): boolean => proof === 'needed'

/** Staff compared the senior as they leave. */
export function compare({ visit }: Leaving): void {
  void ask(calls.visit.compare({ visit: visit.visit }))
}

/** Nobody is here who could be compared: the list price now. */
export function takeVisitListPrice({ visit }: Leaving): void {
  void ask(calls.visit.takeListPrice({ visit: visit.visit }))
}

/** Records the end as it was shown, and asks until the core has answered. */
export function finish({ visit, early }: Leaving): void {
  if (early === 'needed') return
  void once(async () => {
    useCashier.setState({ answer: null })
    const question = { visit: visit.visit, digest: visit.price?.digest ?? null }
    const answer = await untilAnswered(() => calls.visit.finish(question))
    if (answer?.result === 'recorded') return
    const code = answer === null ? 'UNEXPECTED' : 'PRICE_CHANGED'
    useCashier.setState({ answer: answer?.result === 'refused' ? answer.notice : { code, values: {} } })
  })
}

export function rate(visit: string, rating: 1 | 2 | 3 | null): void {
  void once(() => ask(calls.visit.rate({ visit, rating })))
}

/** Takes a visit of today back; the list says what became of it. */
export function takeBack(line: DayLine): void {
  const { visit } = line
  if (visit === null) return
  void once(async () => {
    if (await ask(calls.visit.takeBack({ visit }))) setState({ panel: 'desk', line: null })
  })
}

/** A line of the list: what goes on is looked at, what is done may be taken back. */
export function pressLine(line: DayLine): void {
  useCashier.setState({ answer: null })
  if (line.visit === null) return
  if (isGoingOn(line)) lookAt(line.visit)
  else setState({ ...freshDesk, panel: 'line', line })
}

/** The newest visit that may still be taken back. */
export function lastDone(): DayLine | null {
  return state().view?.day.findLast(({ takesBack }) => takesBack) ?? null
}

/** Somebody was seen after all. */
export async function endFollowUp(seen: 'well' | 'unwell'): Promise<void> {
  const { followUp, note } = state()
  const by = useCashier.getState().terminal?.operator?.id
  if (!followUp || !by) return
  await once(async () => {
    const done = await ask(calls.visit.followUp({ of: followUp.of, seen, by, note: note.trim() }))
    if (done) setState({ followUp: null, note: '' })
  })
}
