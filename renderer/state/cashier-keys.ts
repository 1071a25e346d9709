import { createBurstFilter } from './burst-filter.ts'
import {
  chooseSetByKey,
  chooseTenderAt,
  closeSync,
  confirmSale,
  dismiss,
  hold,
  openShift,
  priceAsStranger,
  startGuest,
  switchLanguage,
  syncNow,
  undoLast,
} from './cashier-actions.ts'
import { closeCamera } from './cashier-camera.ts'
import { useCashier } from './cashier-store.ts'

const { getState: state, setState } = useCashier

/** Keys that must reach the page and never the browser. */
const functionKey = /^F([1-9]|1[0-2])$/
const ownKeys = /^(F([1-9]|1[0-2])|Digit[1-9]|Numpad[1-9]|NumpadEnter|Key[QWELS]|Space|Enter|Escape)$/

const tenderKeys = ['KeyQ', 'KeyW', 'KeyE']

/** What each key does now. Enter and Space on a focused key press that key instead. */
function act(code: string): void {
  const { view, terminal } = state()
  const focused = document.activeElement
  if ((code === 'Enter' || code === 'Space') && focused instanceof HTMLButtonElement) {
    focused.click()
    return
  }
  if (view.state === 'priced' && code === 'Escape') setState({ heldCheckIn: view.checkIn })
  else if (view.state === 'priced' && code !== 'Enter' && code !== 'NumpadEnter') hold(view)
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(code)?.[1]
  if (state().syncOpen || state().cameraOpen) actOnOtherScreen(code)
  else if (terminal && !terminal.shift) actBeforeShift(code, digit)
  else if (digit) chooseSetByKey(Number(digit))
  else if (tenderKeys.includes(code)) chooseTenderAt(tenderKeys.indexOf(code))
  else if (code === 'Enter' || code === 'NumpadEnter') enter()
  else if (code === 'Escape') dismiss()
  else if (code === 'F2') startGuest()
  else if (code === 'F9') undoLast()
  actAnywhere(code)
}

function actAnywhere(code: string): void {
  if (code === 'KeyL') switchLanguage()
  if (code === 'KeyS') void syncNow()
}

/** No key chooses, pays or undoes what this screen covers; a guest's check-in closes it by itself. */
function actOnOtherScreen(code: string): void {
  if (code === 'Escape') {
    closeSync()
    closeCamera()
  }
  if (code === 'F2') startGuest()
}

function actBeforeShift(code: string, digit: string | undefined): void {
  const operator = digit ? state().terminal?.operators[Number(digit) - 1] : undefined
  if (operator) setState({ chosenOperator: operator.id })
  if (code === 'Enter' || code === 'NumpadEnter') openShift()
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

function isWriting(event: KeyboardEvent): boolean {
  return event.isComposing || event.target instanceof HTMLInputElement
}

function onKeyDown(event: KeyboardEvent): void {
  if (functionKey.test(event.code)) event.preventDefault()
  if (isWriting(event) || event.ctrlKey || event.altKey || event.metaKey) return
  if (ownKeys.test(event.code)) event.preventDefault()
  if (event.repeat || event.code === 'Tab' || /^(Shift|CapsLock)/.test(event.code)) return
  filter.press(event.code, event.timeStamp)
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
  window.addEventListener('pointerdown', onPointerDown, true)
  return () => {
    filter.stop()
    window.removeEventListener('keydown', onKeyDown, true)
    window.removeEventListener('pointerdown', onPointerDown, true)
  }
}
