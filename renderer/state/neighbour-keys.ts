import type { CashierView, PricedView } from '../../shared/terminal-api.ts'
import { openAfterwards } from './afterwards-actions.ts'
import {
  chooseTenderAt,
  confirmSale,
  dismiss,
  hold,
  priceAsStranger,
  printLast,
  startGuest,
  switchLanguage,
} from './cashier-actions.ts'
import { useCashier } from './cashier-store.ts'
import { openClose } from './close-actions.ts'
import { askForPin, askProvince, comparePerson, openDesk, takeListPrice } from './desk-actions.ts'
import { nextMeal, personAt, pressPerson, toggleWhy } from './neighbour-actions.ts'
import { isNeighbour } from './neighbour-store.ts'
import { undoNewest } from './undo-actions.ts'

const tenderKeys = ['KeyQ', 'KeyW', 'KeyE']
const isEnter = (code: string) => code === 'Enter' || code === 'NumpadEnter'
const isFind = (code: string) => code === 'Slash' || code === 'NumpadDivide'

/** What a key does on the household's one screen, which has the keys to itself. False where it does not stand there. */
export function actOnNeighbour(code: string): boolean {
  const { view, syncOpen, cameraOpen } = useCashier.getState()
  if (!isNeighbour() || syncOpen || cameraOpen) return false
  const person = personAt(code)
  if (view.state === 'priced' && !isEnter(code)) hold(view)
  if (code === 'KeyL') switchLanguage()
  else if (person !== null) pressPerson(person)
  else if (view.state === 'priced') actOnPrice(code, view)
  else if (view.state === 'problem' && isEnter(code)) leaveProblem(view)
  else if (view.state === 'problem' && code === 'KeyA') askProvince()
  else if (code === 'Escape') dismiss()
  else if (code === 'F2') startGuest()
  else if (isFind(code)) void openDesk()
  else if (code === 'F9') undoNewest()
  else if (code === 'F10') openAfterwards()
  else if (code === 'F12') openClose()
  else if (code === 'KeyT') printLast()
  return true
}

function actOnPrice(code: string, priced: PricedView): void {
  const tender = tenderKeys.indexOf(code)
  if (isEnter(code)) {
    // Who it is comes first, by the keys that stand there.
    if (priced.needs === null) void confirmSale(priced)
  } else if (code === 'Escape') dismiss()
  else if (tender >= 0) chooseTenderAt(tender)
  else if (code === 'ArrowDown') nextMeal(priced, 1)
  else if (code === 'ArrowUp') nextMeal(priced, -1)
  else if (code === 'KeyI') toggleWhy(priced)
  else if (code === 'KeyV') comparePerson(priced)
  else if (code === 'KeyP') askForPin(priced)
  else if (code === 'KeyB') takeListPrice(priced)
}

/** The likeliest thing: an unknown person eats at the list price, anything else is read and put away. */
export function leaveProblem({ stranger }: Extract<CashierView, { state: 'problem' }>): void {
  if (stranger) priceAsStranger(stranger)
  else dismiss()
}
