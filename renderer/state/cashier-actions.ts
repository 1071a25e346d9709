import type { Channel } from '../../shared/policy/facts.ts'
import type { Bilingual, SetMeal } from '../../shared/site.ts'
import type { CashierView, Done, Notice, PricedView, SimulatedPerson } from '../../shared/terminal-api.ts'
import { uuidV7 } from '../../shared/uuid.ts'
import { connect, watching } from '../connect.ts'
import { fenOf } from './amount-text.ts'
import { connectCamera, tellCamera } from './cashier-camera.ts'
import { coreLost, useCashier } from './cashier-store.ts'
import { watchPublic } from './cashier-voice.ts'
import { useClose } from './close-store.ts'
import { isQuiet } from './entry.ts'
import { watchNeighbour } from './neighbour-store.ts'
import { watchRounds } from './rounds-store.ts'
import { watchStation } from './station-watch.ts'

type Refused = Extract<Done, { result: 'refused' }>

const RECORDED_MILLISECONDS = 1000
const { getState: state, setState } = useCashier

/** This page stands on a kiosk's own screen, where staff gave their PIN. */
const onKiosk = new URLSearchParams(location.search).has('kiosk')

/** Typed calls to the core; the desk's actions have a file of their own. */
export const { calls, confirm } = connect({
  role: onKiosk ? 'kiosk' : 'staff',
  watches: [
    watching(
      (client, signal) => client.watchTerminal(undefined, { signal }),
      terminal => setState({ terminal }),
    ),
    watching((client, signal) => client.watchCashier(undefined, { signal }), showView),
    watchPublic,
    watchRounds,
    watchNeighbour,
    watchStation,
  ],
  onConnected(connected, refusal) {
    setState({ connected, lost: refusal ?? coreLost, now: Date.now() })
    if (connected) tellCamera()
    // The core begins as a kiosk, and ends this line where the kiosk comes back.
    else if (onKiosk) location.replace('kiosk.html')
  },
})

function checkInOf(view: CashierView): string | null {
  return view.state === 'priced' ? view.checkIn : null
}

/** Another card or code has just been read while a price stands. */
function isAnotherNow(before: CashierView, view: CashierView): boolean {
  if (view.state !== 'priced' || view.another === null) return false
  return before.state !== 'priced' || before.another !== view.another
}

/** A card or code took the place of a question about a face. */
function isAfterFace(before: CashierView, view: CashierView): boolean {
  return before.state === 'face-to-confirm' && view.state === 'priced' && view.checkIn !== before.look
}

let recordedTimer: ReturnType<typeof setTimeout> | undefined
let sawAView = false

function showView(view: CashierView): void {
  const before = state().view
  const sameSale = before.state === 'confirmed' && view.state === 'confirmed' && before.sale.record === view.sale.record
  // The core tells the view again whenever anything changed, and a word to staff must outlast that.
  const isSame = JSON.stringify(before) === JSON.stringify(view)
  const sameCheckIn = checkInOf(view) !== null && checkInOf(view) === checkInOf(before)
  if (!sameCheckIn && !isSame && document.activeElement instanceof HTMLButtonElement) document.activeElement.blur()
  // A page that just loaded may find a sale that was confirmed long ago.
  const isOld = !sawAView && view.state === 'confirmed' && Date.now() - view.at > RECORDED_MILLISECONDS
  sawAView = true
  if (view.state === 'confirmed' && !sameSale && !isOld) {
    clearTimeout(recordedTimer)
    recordedTimer = setTimeout(() => setState({ showRecorded: false }), RECORDED_MILLISECONDS)
    setState({ showRecorded: true })
  }
  setState({
    view,
    now: Date.now(),
    ...(sameCheckIn || isSame
      ? {}
      : { answer: null, choosingSet: false, choosingProxy: null, adding: false, amountFor: null, paymentPad: null }),
    ...(isAnotherNow(before, view) ? { answer: { code: 'ANOTHER_CAME' as const, values: {} } } : {}),
    ...(isAfterFace(before, view) ? { answer: { code: 'MEANS_AFTER_FACE' as const, values: {} } } : {}),
    ...(sameCheckIn ? {} : { savingCheckIn: null }),
    ...(isQuiet(view) || sameCheckIn ? {} : { takenBack: null }),
    ...(sameCheckIn || isSame || (before.state === 'desk' && view.state === 'desk') ? {} : { pinPad: null }),
    ...(view.state === 'desk' ? {} : { deskText: '', proxyDesk: null }),
    ...(view.state === 'ready' ? {} : { groupGiven: null }),
    ...(isQuiet(view) ? {} : { parkedOpen: false, syncOpen: false, stick: null, cameraOpen: false, facesOpen: false }),
  })
}

/** Shows what the core could not do; a call that finds no line needs no word of its own, the screen already says so. Null where it was not done. */
async function heard<A extends { result: 'done' }>(request: Promise<A | Refused>): Promise<A | null> {
  try {
    const answer = await request
    if (!('notice' in answer)) return answer
    setState({ answer: answer.notice })
  } catch (error) {
    console.info('not done:', error instanceof Error ? error.message : String(error))
    if (state().connected) setState({ answer: { code: 'UNEXPECTED', values: {} } })
  }
  return null
}

/** What was done takes the word of an earlier key off the screen. */
export async function answerOf<A extends { result: 'done' }>(request: Promise<A | Refused>): Promise<A | null> {
  const answer = await heard(request)
  if (answer !== null) setState({ answer: null })
  return answer
}

export async function ask(request: Promise<Done>): Promise<boolean> {
  return (await answerOf(request)) !== null
}

/** Asks until the core has answered; the views follow from its streams. */
export async function confirmSale(priced: PricedView): Promise<void> {
  if (state().savingCheckIn === priced.checkIn) return
  setState({ savingCheckIn: priced.checkIn, answer: null })
  const result = await confirm({ checkIn: priced.checkIn, digest: priced.digest })
  // A recorded sale leaves by the core's next view; until then the page must not ask again.
  if (result?.result === 'recorded' || result?.result === 'listed') return
  const answer: Notice =
    result?.result === 'refused'
      ? result.notice
      : { code: result?.result === 'price-changed' ? 'PRICE_CHANGED' : 'UNEXPECTED', values: {} }
  setState({ savingCheckIn: null, heldCheckIn: priced.checkIn, cashGiven: null, answer })
}

let holding: Promise<unknown> = Promise.resolve()

/** Stops the entry bar at once on this page and tells the core. */
export function hold(priced: PricedView): void {
  if (state().heldCheckIn === priced.checkIn) return
  setState({ heldCheckIn: priced.checkIn })
  // It stops beside what the key does, whose word stays.
  if (!priced.entry.held) holding = heard(calls.hold({ checkIn: priced.checkIn }))
}

export function chooseSetByKey(key: number): void {
  const set = state().terminal?.menu.find(item => item.key === key)
  if (set) pressSet(set)
}

/** A key of the menu: another meal, or, after the plus key, one more of it on the ticket. What has no fixed price is always added. */
export function pressSet(set: SetMeal): void {
  const { view, adding } = state()
  if (view.state !== 'priced') {
    if (!set.open) chooseSet(set.id)
  } else if (set.open) setState({ amountFor: { checkIn: view.checkIn, set }, adding: false, answer: null })
  else if (adding) addItem(view.checkIn, set.id, null)
  else chooseSet(set.id)
}

export function addItem(checkIn: string, set: string, openFen: number | null): void {
  setState({ adding: false, amountFor: null, choosingSet: false })
  void ask(calls.addItem({ checkIn, set, openFen }))
}

export function removeItem(checkIn: string, place: number): void {
  if (place >= 0) void ask(calls.removeItem({ checkIn, place }))
}

export function toggleAdding(): void {
  const { view, adding } = state()
  if (view.state === 'priced') setState({ adding: !adding, choosingSet: !adding })
}

function chooseSet(set: string): void {
  setState({ choosingSet: false })
  void ask(calls.chooseSet({ set }))
}

export function chooseTenderAt(place: number): void {
  const tender = state().terminal?.tenders[place]
  if (tender) void ask(calls.chooseTender({ tender: tender.kind }))
}

export function chooseChannel(channel: Channel): void {
  void ask(calls.chooseChannel({ channel }))
}

/** F3 and G choose where the meal goes; pressed again it is eaten here. */
export function toggleChannel(channel: Channel): void {
  const { view, terminal } = state()
  const now = view.state === 'priced' ? view.channel : terminal?.chosenChannel
  chooseChannel(now === channel ? 'dine-in' : channel)
}

/** By touch the tag on the ticket goes through all of them. */
export function nextChannel(now: Channel): void {
  const channels: readonly Channel[] = ['dine-in', 'takeaway', 'delivery']
  chooseChannel(channels[(channels.indexOf(now) + 1) % channels.length] ?? 'dine-in')
}

/** The core has heard of the key that stopped the bar: what is asked next must not record the sale before it. */
export const afterHold = (): Promise<unknown> => holding

export function startGuest(): void {
  void afterHold().then(() => ask(calls.startGuest()))
}

export function priceAsStranger(checkIn: string): void {
  void ask(calls.priceAsStranger({ checkIn }))
}

export function dismiss(): void {
  setState({ answer: null, groupGiven: null, takenBack: null })
  if (state().choosingSet || state().adding) setState({ choosingSet: false, adding: false })
  else if (state().parkedOpen) setState({ parkedOpen: false })
  else if (state().view.state !== 'ready') void ask(calls.dismiss())
}

export function answerHelp(): void {
  void ask(calls.answerHelp())
}

/** The answer may be lost with the line, which the core ends; the page then comes back as the kiosk. */
export function backToKiosk(): void {
  calls.backToKiosk().catch(error => console.info('back to the kiosk:', error instanceof Error ? error.message : error))
}

export function printReceipt(record: string): void {
  void ask(calls.printer.receipt({ sale: record }))
}

/** The receipt of the last sale, where there is a printer. */
export function printLast(): void {
  const { terminal } = state()
  const last = terminal?.lastSales[0]
  if (terminal?.printer && last) printReceipt(last.record)
}

/** Lines that stand on the screen, to take home, where there is a printer. */
export function printLines(lines: readonly Bilingual[]): void {
  if (state().terminal?.printer) void ask(calls.printer.lines({ lines: [...lines] }))
}

export function openShift(): void {
  const terminal = state().terminal
  const operator = state().chosenOperator ?? terminal?.operators[0]?.id
  if (!terminal || !operator) return
  const floatFen = fenOf(useClose.getState().floatText)
  void ask(calls.openShift({ operator, date: terminal.businessDate, floatFen })).then(opened => {
    if (opened) useClose.setState({ floatText: '' })
  })
}

/** Says that the clock, which jumped far ahead, is right. */
export function confirmClock(): void {
  const { terminal, chosenOperator } = state()
  const operator = chosenOperator ?? terminal?.operator?.id ?? terminal?.operators[0]?.id
  if (!terminal?.clockJump || operator === undefined) return
  void ask(calls.confirmClock({ operator, date: terminal.clockJump.date }))
}

export async function syncNow(): Promise<void> {
  if (state().syncing) return
  setState({ syncing: true })
  const asked = await ask(calls.syncNow())
  setState({ syncing: false, ...(asked ? { syncAskedAt: Date.now() } : {}) })
}

/** Staff have read that a till which was asked to sell is out of service. */
export function putLaneVisitsAway(): void {
  if (state().terminal?.notices.some(({ code }) => code === 'LANE_GONE')) void ask(calls.putLaneVisitsAway())
}

/** Opens the screen of what waits for the network; not while a check-in goes on, whose bar nobody could see then. */
export function openSync(): void {
  if (isQuiet(state().view))
    setState({ syncOpen: true, stick: null, drawerOpen: false, cameraOpen: false, facesOpen: false })
}

export function closeSync(): void {
  setState({ syncOpen: false, stick: null })
}

export function switchLanguage(): void {
  const language = state().language === 'zh' ? 'en' : 'zh'
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  setState({ language })
}

export async function openDrawer(open: boolean): Promise<void> {
  setState({ drawerOpen: open })
  if (!open || state().people.length > 0) return
  try {
    setState({ people: await calls.simulatedPeople() })
  } catch (error) {
    console.info('no simulated people yet:', error instanceof Error ? error.message : String(error))
    setState({ drawerOpen: false })
  }
}

/** What a scanner or card reader typed, told apart from a person's typing. */
export function wedgeTyped(text: string): void {
  const eventId = uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)))
  void ask(calls.wedgeTyped({ eventId, text }))
}

export function present(person: SimulatedPerson, what: 'card' | 'dynamic-code' | 'paper-code'): void {
  void ask(calls.simulate({ senior: person.senior, present: what }))
}

connectCamera({
  told: input => void ask(calls.cameraState(input)),
  seen: input => void ask(calls.codeSeen(input)),
  chosen: input => void ask(calls.chooseCamera(input)),
})
