import type { DeskView, PricedView } from '../../shared/terminal-api.ts'
import { openAfterwards } from './afterwards-actions.ts'
import { actOnAfterwards } from './afterwards-keys.ts'
import { createBurstFilter } from './burst-filter.ts'
import { actOnNotes } from './cash-notes.ts'
import {
  chooseSetByKey,
  chooseTenderAt,
  closeSync,
  confirmClock,
  confirmSale,
  dismiss,
  hold,
  openShift,
  priceAsStranger,
  printLast,
  putLaneVisitsAway,
  removeItem,
  startGuest,
  switchLanguage,
  syncNow,
  toggleAdding,
  toggleChannel,
  wedgeTyped,
} from './cashier-actions.ts'
import { closeCamera } from './cashier-camera.ts'
import { useCashier } from './cashier-store.ts'
import { openClose, openFloat } from './close-actions.ts'
import { actOnClose, actOnFloat } from './close-keys.ts'
import {
  askForNewPin,
  askForPin,
  askProvince,
  askToUnbindNext,
  cardToUnbind,
  clearPin,
  comparePerson,
  deskEnter,
  keepCard,
  openDesk,
  switchCard,
  takeListPrice,
  unbindCard,
} from './desk-actions.ts'
import { createDoubleKeys, swallowDoubleTaps } from './double-press.ts'
import { openPersonFace } from './face-actions.ts'
import { actOnFaces } from './face-keys.ts'
import { pressFaceKey } from './face-look.ts'
import { rememberField } from './field-before-scan.ts'
import { actOnGroup, pressGroup } from './group-actions.ts'
import { actOnNeighbour } from './neighbour-keys.ts'
import { actOnParked, pressPark } from './park-actions.ts'
import { actOnPayment } from './payment-actions.ts'
import { actOnProxy, pressProxy } from './proxy-actions.ts'
import { actOnProxyDesk, openProxyDesk, proxyDeskOf } from './proxy-desk-actions.ts'
import { createScanReader } from './scan-reader.ts'
import { actOnSettings, actOnSetup } from './settings-keys.ts'
import { readCode } from './setup-actions.ts'
import { actOnStatement, openStatement } from './statement-actions.ts'
import { openStation } from './station-actions.ts'
import { actOnStation } from './station-keys.ts'
import { lookForSticks, readStick, toggleStick, writeStick } from './stick-actions.ts'
import { undoNewest } from './undo-actions.ts'

const { getState: state, setState } = useCashier

/** Keys that must reach the page and never the browser. */
const functionKey = /^F([1-9]|1[0-2])$/
const ownKeys =
  /^(F([1-9]|1[0-2])|Digit\d|Numpad\d|NumpadEnter|NumpadDivide|NumpadAdd|NumpadSubtract|NumpadDecimal|Equal|Minus|Period|Backspace|Arrow(Up|Down)|Slash|Key[QWELSABCDFGIMNOPRTUVXYZ]|Space|Enter|Escape)$/

/** Keys that do nothing by themselves but stop the bar, as any key does. */
const quietKey = /^(Tab|(Shift|Control|Alt|Meta)(Left|Right)|CapsLock)$/

const tenderKeys = ['KeyQ', 'KeyW', 'KeyE']

/** What each key does now. Enter and Space on a focused key press that key instead. */
function act(code: string): void {
  const { view, terminal, pinPad, amountFor, paymentPad } = state()
  if (quietKey.test(code)) {
    if (view.state === 'priced') hold(view)
    return
  }
  // The pad has the keys to itself; what it does not take would be a slip of the finger.
  if (pinPad || amountFor || paymentPad) return
  const focused = document.activeElement
  if ((code === 'Enter' || code === 'Space') && focused instanceof HTMLButtonElement) {
    focused.click()
    return
  }
  if (view.state === 'desk' && proxyDeskOf(view)?.picking) return
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(code)?.[1]
  if (terminal?.clockJump) {
    actOnClock(code, digit)
    return
  }
  const number = digit === undefined ? null : Number(digit)
  if (actOnSetup(code) || actOnSettings(code, number)) return
  if (actOnClose(code, number)) return
  if (actOnFloat(code)) return
  if (actOnStatement(code)) return
  if (actOnAfterwards(code, digit === undefined ? null : Number(digit))) return
  if (actOnFaces(code, digit === undefined ? null : Number(digit))) return
  if (actOnStation(code, number) || actOnNeighbour(code)) return
  if (view.state === 'priced' && code === 'Escape') setState({ heldCheckIn: view.checkIn })
  else if (view.state === 'priced' && code !== 'Enter' && code !== 'NumpadEnter') hold(view)
  if (state().syncOpen || state().cameraOpen) actOnOtherScreen(code)
  else if (terminal && !terminal.shift) actBeforeShift(code, digit)
  else if (view.state === 'desk') actAtDesk(code, digit, view)
  else if (actOnParked(code, digit) || actOnProxy(code, digit) || actOnGroup(code, digit)) return
  else if (view.state === 'priced' && isPlus(code)) toggleAdding()
  else if (view.state === 'priced' && isMinus(code)) removeItem(view.checkIn, view.beside.length - 1)
  else if (digit) chooseSetByKey(Number(digit))
  else if (tenderKeys.includes(code)) chooseTenderAt(tenderKeys.indexOf(code))
  else if (code === 'Enter' || code === 'NumpadEnter') enter()
  else if (code === 'Escape') dismiss()
  else if (code === 'F1') void pressFaceKey()
  else if (code === 'F2') startGuest()
  else if (code === 'F3') toggleChannel('delivery')
  else if (code === 'F4') pressProxy()
  else if (code === 'F5') pressGroup()
  else if (code === 'KeyG') toggleChannel('takeaway')
  else if (code === 'F8') pressPark()
  else if (code === 'F9') undoNewest()
  else if (code === 'F10') openAfterwards()
  else if (code === 'KeyY') openStation()
  else if (code === 'KeyT') printLast()
  else if (code === 'F12') openClose()
  else if (isFind(code)) void openDesk()
  else if (view.state === 'priced' && (actOnNotes(code, view) || actOnPayment(code, view))) return
  else if (view.state === 'priced') actOnProof(code, view)
  else if (code === 'KeyA') askProvince()
  actAnywhere(code)
}

const isPlus = (code: string) => code === 'NumpadAdd' || code === 'Equal'
const isMinus = (code: string) => code === 'NumpadSubtract' || code === 'Minus'
const isFind = (code: string) => code === 'Slash' || code === 'NumpadDivide' || code === 'F6'

/** Ways to prove who it is, where the subsidy needs it. */
function actOnProof(code: string, priced: PricedView): void {
  if (code === 'KeyV') comparePerson(priced)
  if (code === 'KeyP') askForPin(priced)
  if (code === 'KeyB') takeListPrice(priced)
  if (code === 'KeyA') askProvince()
}

/** At the desk no key chooses a meal; digits stand beside the person's cards. */
function actAtDesk(code: string, digit: string | undefined, desk: DeskView): void {
  if (state().deskText.trim() !== '' || actOnProxyDesk(code, digit, desk)) return
  if (cardToUnbind(desk, state().unbinding)) {
    if (code === 'Enter' || code === 'NumpadEnter') unbindCard(desk)
    else if (code === 'KeyU') askToUnbindNext(desk)
    else keepCard()
  } else if (isFind(code)) document.querySelector<HTMLInputElement>('[data-desk-search]')?.focus()
  else if (digit) switchCard(desk, Number(digit) - 1)
  else if (code === 'Enter' || code === 'NumpadEnter') deskEnter(desk)
  else if (code === 'Escape') dismiss()
  else if (code === 'F2') startGuest()
  else if (code === 'F1') void pressFaceKey()
  else if (code === 'KeyR') openPersonFace(desk)
  else if (code === 'KeyG') openProxyDesk(desk)
  else if (code === 'KeyM') openStatement(desk)
  else if (code === 'KeyP') askForNewPin(desk)
  else if (code === 'KeyC') clearPin(desk)
  else if (code === 'KeyU') askToUnbindNext(desk)
}

function actAnywhere(code: string): void {
  if (code === 'KeyL') switchLanguage()
  if (code === 'KeyS') void syncNow()
}

function actOnStick(code: string): void {
  if (code === 'KeyU') toggleStick()
  else if (code === 'KeyH' && state().stick === null) putLaneVisitsAway()
  else if (state().stick === null) return
  else if (code === 'KeyF') void lookForSticks()
  else if (code === 'KeyW') void writeStick()
  else if (code === 'KeyR') void readStick()
}

/** No key chooses, pays or undoes what this screen covers; a guest's check-in closes it by itself. */
function actOnOtherScreen(code: string): void {
  if (state().syncOpen) actOnStick(code)
  if (code === 'Escape') {
    closeSync()
    closeCamera()
  }
  if (code === 'F2') startGuest()
}

/** Until somebody has said that the clock is right, no key does anything else. */
function actOnClock(code: string, digit: string | undefined): void {
  const operator = digit ? state().terminal?.operators[Number(digit) - 1] : undefined
  if (operator) setState({ chosenOperator: operator.id })
  else if (code === 'Enter' || code === 'NumpadEnter') confirmClock()
  else actAnywhere(code)
}

function actBeforeShift(code: string, digit: string | undefined): void {
  const operator = digit ? state().terminal?.operators[Number(digit) - 1] : undefined
  if (operator) setState({ chosenOperator: operator.id })
  if (code === 'F12') openClose()
  else if (state().terminal?.close.today) return
  else if (code === 'KeyF') openFloat()
  else if (code === 'Enter' || code === 'NumpadEnter') openShift()
}

function enter(): void {
  const { view } = state()
  if (view.state === 'priced') void confirmSale(view)
  if (view.state === 'problem') {
    if (view.stranger) priceAsStranger(view.stranger)
    else dismiss()
  }
}

const filter = createBurstFilter(act)

/** True while a key is still being told from a scanner's burst; the entry bar waits for it. */
export const keyWaiting = () => filter.waiting()

let restoreField: () => boolean = () => false

const scans = createScanReader({
  onBegin() {
    restoreField = rememberField()
  },
  onScan(text) {
    restoreField()
    // Before the first start there is nobody to serve: what a gun reads is the enrolment code.
    if (state().terminal?.setup === 'code') void readCode(text)
    else wedgeTyped(text)
  },
  onDropped() {
    if (restoreField()) setState({ answer: { code: 'SCANNER_TYPED', values: {} } })
  },
})

function isWriting(event: KeyboardEvent): boolean {
  return event.isComposing || event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement
}

const doubleKeys = createDoubleKeys()

function onKeyDown(event: KeyboardEvent): void {
  if (functionKey.test(event.code)) event.preventDefault()
  const isQuietKey = quietKey.test(event.code)
  if ((event.ctrlKey || event.altKey || event.metaKey) && !isQuietKey) return
  if (!event.repeat && scans.press({ code: event.code, shift: event.shiftKey, at: event.timeStamp })) {
    event.preventDefault()
    event.stopPropagation()
  } else if (!event.repeat && !isQuietKey && doubleKeys.isSecond(event.code, event.timeStamp)) {
    event.preventDefault()
    event.stopPropagation()
    return
  }
  if (isWriting(event)) return
  if (ownKeys.test(event.code)) event.preventDefault()
  if (event.repeat) return
  filter.press(event.code, event.timeStamp)
}

/** What stands on the screen, as far as a touch could mean it. */
function standing(): string {
  const { view } = state()
  if (view.state === 'priced') return view.checkIn
  return view.state === 'desk' ? `desk ${view.person?.senior ?? ''}` : view.state
}

/** Any touch outside the demo's drawer stops the entry bar, whatever else it does. */
function onPointerDown(event: PointerEvent): void {
  const { view } = state()
  const target = event.target
  if (view.state !== 'priced' || !(target instanceof Element)) return
  if (target.closest('[data-leaves-entry]') === null) hold(view)
}

/** Listens to the staff's keys and touches; returns how to stop. */
export function listenToKeys(): () => void {
  window.addEventListener('keydown', onKeyDown, true)
  const stopTaps = swallowDoubleTaps(standing, onPointerDown)
  return () => {
    filter.stop()
    scans.stop()
    window.removeEventListener('keydown', onKeyDown, true)
    stopTaps()
  }
}
