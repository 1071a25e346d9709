import { backToMenu, closeAfterwards } from './afterwards-actions.ts'
import { useAfterwards } from './afterwards-store.ts'
import { startGuest, switchLanguage } from './cashier-actions.ts'
import { useCashier } from './cashier-store.ts'
import { openClose } from './close-actions.ts'
import {
  askForOwnPin,
  chooseSet,
  chooseTender,
  chooseWho,
  enterLate,
  nextApprover,
  nextMeal,
  nextPerson,
  nextReason,
  openLate,
  stepDay,
} from './late-actions.ts'
import { actOnPhonePayments, openPhonePayments } from './phone-payment-actions.ts'
import {
  chooseReason,
  chooseSale,
  confirmFirst,
  nextSales,
  openRefund,
  refundNow,
  stepDate,
  waitsFor,
} from './refund-actions.ts'
import { actOnRounds, openRounds } from './rounds-actions.ts'
import { openSettings } from './settings-actions.ts'
import { isNext, nineOf } from './station-choices.ts'

const isSearch = (code: string) => code === 'Slash' || code === 'NumpadDivide'
const toSearch = () => document.querySelector<HTMLInputElement>('[data-sale-search]')?.focus()
const isEnter = (code: string) => code === 'Enter' || code === 'NumpadEnter'

/** What a key does on the screens about earlier meals, which have the keys to themselves. False where none of them stands there. */
export function actOnAfterwards(code: string, digit: number | null): boolean {
  const { screen, phone } = useAfterwards.getState()
  if (screen === null) return false
  // The pad has the keys to itself.
  if (phone?.typing) return true
  if (code === 'F2') startGuest()
  else if (code === 'F10') closeAfterwards()
  else if (code === 'F12') {
    closeAfterwards()
    openClose()
  } else if (screen === 'menu') actOnMenu(code, digit)
  else if (screen === 'late') actOnLate(code, digit)
  else if (screen === 'rounds') actOnRounds(code, digit)
  else if (screen === 'phone') actOnPhonePayments(code, digit, backToMenu)
  else actOnRefund(code, digit)
  if (code === 'KeyL') switchLanguage()
  return true
}

function actOnMenu(code: string, digit: number | null): void {
  if (code === 'Escape') closeAfterwards()
  else if (digit === 1) openRefund()
  else if (digit === 2) void openLate()
  else if (digit === 3) void askForOwnPin()
  else if (digit === 4) void openSettings('sold-out')
  else if (digit === 5) void openSettings('devices')
  else if (digit === 6) void openSettings('gate')
  else if (digit === 7) openRounds()
  else if (digit === 8) openPhonePayments()
}

const tenderKeys = ['KeyQ', 'KeyW', 'KeyE']

function actOnLate(code: string, digit: number | null): void {
  const { late } = useAfterwards.getState()
  const { terminal } = useCashier.getState()
  if (late === null) return
  const set = digit === null ? undefined : terminal?.menu.find(item => item.key === digit)
  const tender = terminal?.tenders[tenderKeys.indexOf(code)]
  if (code === 'Escape') backToMenu()
  else if (isEnter(code)) late.recorded ? nextPerson() : enterLate()
  else if (late.recorded) return
  else if (isSearch(code)) toSearch()
  else if (set) chooseSet(set.id)
  else if (tender) chooseTender(tender.kind)
  else lateKeys[code]?.()
}

const lateKeys: Readonly<Record<string, () => void>> = {
  KeyA: () => stepDay(-1),
  KeyD: () => stepDay(1),
  KeyM: nextMeal,
  KeyR: nextReason,
  KeyV: nextApprover,
  KeyG: () => chooseWho('guest'),
}

function actOnRefund(code: string, digit: number | null): void {
  const { refund } = useAfterwards.getState()
  if (refund === null) return
  if (code === 'Slash' || code === 'NumpadDivide')
    document.querySelector<HTMLInputElement>('[data-sale-search]')?.focus()
  else if (code === 'KeyA') stepDate(-1)
  else if (code === 'KeyD') stepDate(1)
  else if (refund.chosen === null) {
    if (code === 'Escape') backToMenu()
    else if (digit !== null) chooseSale(nineOf(refund.sales, refund.nine).shown[digit - 1]?.record ?? null)
    else if (isNext(code)) nextSales()
  } else if (code === 'Escape') chooseSale(null)
  else if (digit !== null) chooseReason(digit - 1)
  else if (isEnter(code) && refund.given) chooseSale(null)
  else if (isEnter(code)) void (waitsFor(refund) ? confirmFirst() : refundNow())
}
