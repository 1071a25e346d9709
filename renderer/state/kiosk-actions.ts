import type { KioskNow, KioskView } from '../../shared/kiosk-api.ts'
import type { ConfirmResult, Done, Notice } from '../../shared/terminal-api.ts'
import { uuidV7 } from '../../shared/uuid.ts'
import { connect, untilAnswered, watching } from '../connect.ts'
import type { Language } from '../i18n/dates.ts'
import { createTillVoice } from '../voice/till-voice.ts'
import { ringWhileWaiting } from './bell.ts'
import { type KioskPanel, useKiosk } from './kiosk-store.ts'
import { createScanReader } from './scan-reader.ts'

/** The second tap of a double tap comes within this (ms). */
const SETTLING_MILLISECONDS = 450

const { getState: state, setState, subscribe } = useKiosk

const voice = createTillVoice(() => undefined)

/** Typed calls to the core, which answers a kiosk's page those under `kiosk` and no others. */
export const { calls } = connect({
  role: 'kiosk',
  watches: [watching((client, signal) => client.kiosk.watch(undefined, { signal }), show)],
  onConnected: connected => setState({ connected, busy: false }),
})

function show(view: KioskView): void {
  if (view.front === 'staff') {
    location.replace('cashier.html?kiosk')
    return
  }
  const before = state()
  const isNew = view.turn !== before.view?.turn || view.now.state !== before.view.now.state
  setState({ view, now: Date.now() })
  // What a person opened belongs to what stood there before; staff are on their way whoever comes next.
  if (isNew && view.now.state !== 'idle') setState({ panel: null })
  if (isNew) setState({ told: null, onceMore: null })
  // The next person must not meet the language of the one before.
  if (before.view !== null && isOver(before.view, view)) setLanguage('zh')
  const another = anotherOf(view)
  if (another !== null && before.view !== null && another !== anotherOf(before.view)) {
    setState({ touchedAt: Date.now(), secondsLeft: null })
    voice.play('knock')
  }
  voice.see(view)
}

/** When another card or code was read while somebody's visit stands here. */
function anotherOf({ now }: KioskView): number | null {
  return 'another' in now ? (now.another ?? null) : null
}

/** Whether the visit that stood there is over: the start has come, or the next person after a meal. */
function isOver({ now: before, turn }: KioskView, { now, turn: next }: KioskView): boolean {
  return before.state !== 'idle' && (now.state === 'idle' || (before.state === 'confirmed' && turn !== next))
}

async function ask(request: Promise<Done | ConfirmResult | null>): Promise<Notice | null> {
  setState({ busy: true, told: null })
  const told = await request.then(
    answer => (answer === null ? unexpected : answer.result === 'refused' ? answer.notice : null),
    error => {
      console.info('not done:', error instanceof Error ? error.message : String(error))
      return unexpected
    },
  )
  setState({ busy: false, told })
  return told
}
const unexpected: Notice = { code: 'UNEXPECTED', values: {} }

/** Records the meal that is shown. It may be asked again: the core records it once. */
export async function takeMeal({ checkIn, digest }: Extract<KioskNow, { state: 'priced' }>): Promise<void> {
  setState({ busy: true, told: null })
  const answer = await untilAnswered(() => calls.kiosk.confirm({ checkIn, digest }))
  const changed: Notice = { code: 'PRICE_CHANGED', values: {} }
  const told = answer?.result === 'price-changed' ? changed : answer?.result === 'refused' ? answer.notice : null
  setState({ busy: false, told: answer === null ? unexpected : told })
}

export async function enterPin(checkIn: string, pin: string): Promise<void> {
  const told = await ask(calls.kiosk.enterPin({ checkIn, pin }))
  if (told?.code !== 'PIN_WRONG') setState({ panel: null })
}

export function takeListPrice(checkIn: string): void {
  void ask(calls.kiosk.takeListPrice({ checkIn }))
}

export function answerFace(look: string, isMe: boolean): void {
  void ask(isMe ? calls.kiosk.face.isMe({ look }) : calls.kiosk.face.isNotMe({ look }))
}

/** Takes away what stands there; what came after it stays. */
export function resetTurn(): void {
  const turn = state().view?.turn
  if (turn !== undefined) void ask(calls.kiosk.reset({ turn }))
}

/** The person goes back to the start by themselves. */
export function leaveTurn(): void {
  endPanel()
  if (state().view?.now.state !== 'idle') resetTurn()
}

export function callHelp(): void {
  openPanel({ shows: 'help' })
  void ask(calls.kiosk.callHelp())
}

export function endHelp(): void {
  endPanel()
  void ask(calls.kiosk.endHelp())
}

/** Lets a member of staff to the cashier's page; the core's view takes this page there. */
export async function letStaffIn(operator: string, pin: string): Promise<void> {
  await ask(calls.kiosk.leave({ operator, pin }))
}

export function openPanel(panel: KioskPanel): void {
  setState({ panel, told: null })
}

export function endPanel(): void {
  setState({ panel: null, told: null })
}

export function setLanguage(language: Language): void {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  setState({ language })
}

function listenToScanners(): void {
  const scans = createScanReader({
    onBegin: () => undefined,
    onDropped: () => undefined,
    onScan(text) {
      const eventId = uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)))
      calls.kiosk.wedgeTyped({ eventId, text }).catch(() => setState({ told: unexpected }))
    },
  })
  window.addEventListener(
    'keydown',
    event => {
      // A key that is held down, a chord and a function key do nothing on a screen for fingers.
      const isScan = !event.repeat && scans.press({ code: event.code, shift: event.shiftKey, at: event.timeStamp })
      if (isScan || event.repeat || /^F\d+$/.test(event.code)) event.preventDefault()
    },
    true,
  )
  window.addEventListener('contextmenu', event => event.preventDefault())
}

/** After each change of the screen its keys rest for a moment. */
function settleAfterChanges(): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  subscribe(({ view, panel, onceMore }, before) => {
    const same =
      view?.turn === before.view?.turn && view?.now.state === before.view?.now.state && onceMore === before.onceMore
    if (same && panel?.shows === before.panel?.shows) return
    clearTimeout(timer)
    setState({ settling: true })
    timer = setTimeout(() => setState({ settling: false }), SETTLING_MILLISECONDS)
  })
}

function ringForHelp(): void {
  let stop: (() => void) | null = null
  subscribe(({ view }) => {
    const isCalled = (view?.helpSince ?? null) !== null
    if (isCalled === (stop !== null)) return
    stop?.()
    stop = isCalled ? ringWhileWaiting() : null
  })
}

export function startKiosk(): void {
  addEventListener('pointerdown', voice.touched)
  listenToScanners()
  settleAfterChanges()
  ringForHelp()
}
