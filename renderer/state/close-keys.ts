import { padKey } from './amount-text.ts'
import { switchLanguage } from './cashier-actions.ts'
import { useCashier } from './cashier-store.ts'
import {
  changeCorrection,
  chooseReason,
  closeDay,
  closeShift,
  correctNextShift,
  countAgain,
  endDay,
  endFloat,
  isTyping,
  leaveClose,
  nextField,
  pressFloat,
  pressPad,
  printSlip,
  recordCorrection,
  recordCount,
  saveToStick,
  show,
  skipCount,
  startCorrection,
  toggleSlip,
} from './close-actions.ts'
import { isShort, useClose } from './close-store.ts'
import { actOnWhys } from './correction-why.ts'

const isEnter = (code: string) => code === 'Enter' || code === 'NumpadEnter'

/** What a key does on the screen of the close, which has the keys to itself. False where it does not stand there. */
export function actOnClose(code: string, digit: number | null): boolean {
  const { open, view, correction } = useClose.getState()
  if (!open) return false
  if (isTyping(useClose.getState())) actOnPad(code)
  else if (code === 'Escape') leave()
  else if (isShort(useClose.getState())) actOnShort(code, digit)
  else if (view?.step === 'check') actOnCheck(code, digit)
  else if (view?.step === 'day') actOnDay(code, digit)
  if (code === 'KeyL' && correction === null) switchLanguage()
  return true
}

function leave(): void {
  if (useClose.getState().slip) void toggleSlip()
  else leaveClose()
}

function actOnPad(code: string): void {
  const { correction, recounting, view } = useClose.getState()
  const key = padKey(code)
  if (key !== null) pressPad(key)
  else if (correction && code === 'ArrowDown') correctNextShift()
  else if (code === 'ArrowDown' || code === 'ArrowUp') nextField()
  else if (code === 'Escape') {
    if (correction) useClose.setState({ correction: null })
    else if (recounting) useClose.setState({ recounting: false })
    else leaveClose()
  } else if (isEnter(code) || code === 'F12') correction ? recordCorrection() : recordCount()
  else if (correction && code === 'KeyF') changeCorrection({ what: correction.what === 'float' ? 'drawer' : 'float' })
  else if (correction && actOnWhys(code)) return
  else if (correction && code === 'Slash') focusNote()
  else if (code === 'KeyN' && view?.step === 'count') skipCount()
}

const focusNote = () => document.querySelector<HTMLInputElement>('[data-close-note]')?.focus()

function actOnCheck(code: string, digit: number | null): void {
  if (digit !== null) chooseReason(digit - 1)
  else if (isEnter(code) || code === 'F12') closeShift()
  else if (code === 'KeyA') countAgain()
  else if (code === 'Slash') focusNote()
}

/** The short close of a neighbour household: one key ends the day, one shows what a larger site sees. */
function actOnShort(code: string, digit: number | null): void {
  if (digit !== null) chooseReason(digit - 1)
  else if (isEnter(code) || code === 'F12') endDay()
  else if (code === 'KeyA') countAgain()
  else if (code === 'KeyD') useClose.setState({ details: true })
}

const dayViews = ['chart', 'table', 'persons'] as const

function actOnDay(code: string, digit: number | null): void {
  const view = digit === null ? undefined : dayViews[digit - 1]
  if (view) show(view)
  else if (code === 'F12') closeDay()
  else if (code === 'KeyP') void toggleSlip()
  else if (code === 'KeyT' && useClose.getState().slip) printSlip()
  else if (code === 'KeyU') void saveToStick()
  else if (code === 'KeyC') startCorrection()
}

/** The pad of the float has the keys to itself while it is open. */
export function actOnFloat(code: string): boolean {
  if (useClose.getState().floatPad === null || useCashier.getState().terminal?.shift) return false
  const key = padKey(code)
  if (key !== null) pressFloat(key)
  else if (isEnter(code)) endFloat(true)
  else if (code === 'Escape') endFloat(false)
  return true
}
