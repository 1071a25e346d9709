import { canGoFirst, type Payment } from '../../shared/payments.ts'
import type { TenderKind } from '../../shared/site.ts'
import type { PricedView } from '../../shared/terminal-api.ts'
import { takesNotes } from './cash-notes.ts'
import { ask, calls } from './cashier-actions.ts'
import { useCashier } from './cashier-store.ts'

/** Everything that is taken, in order, as the screen says it. */
export function paymentsShown({ parts, tender, dueFen }: PricedView): readonly Payment[] {
  return parts.length > 0 ? parts : [{ kind: tender, fen: dueFen }]
}

/** A card account is a senior's own: a guest is not offered it. */
export function isOffered(kind: TenderKind, isGuest: boolean): boolean {
  return !isGuest || kind !== 'account'
}

/** Part of the payment can go by another tender. */
export function canSplit(priced: PricedView): boolean {
  return priced.needs === null && priced.ownPayFen > 10
}

/** The outside payment, whose reference can be entered; null where there is none. */
export function outsidePayment(priced: PricedView): Payment | null {
  if (priced.needs !== null) return null
  return paymentsShown(priced).find(({ kind, fen }) => kind === 'outside' && fen > 0) ?? null
}

/** A row of keys about the payment stands under the amount. */
export function hasPayRow(priced: PricedView): boolean {
  return takesNotes(priced) || outsidePayment(priced) !== null
}

export function openPaymentPad(priced: PricedView, asks: 'part' | 'reference'): void {
  if (asks === 'part' ? canSplit(priced) : outsidePayment(priced) !== null)
    useCashier.setState({ paymentPad: { checkIn: priced.checkIn, asks }, adding: false, answer: null })
}

export const closePaymentPad = () => useCashier.setState({ paymentPad: null })

/** So much first, the rest by the tender that was chosen; false where that cannot be. */
export function takeFirst(priced: PricedView, first: Payment, rest: TenderKind): boolean {
  if (!canGoFirst(first, rest, priced.ownPayFen)) return false
  closePaymentPad()
  void ask(calls.payment.split({ checkIn: priced.checkIn, first, rest }))
  return true
}

export function keepReference(priced: PricedView, reference: string): boolean {
  const payment = outsidePayment(priced)
  if (payment === null || !/^\d{4,32}$/.test(reference)) return false
  closePaymentPad()
  void ask(calls.payment.reference({ checkIn: priced.checkIn, fen: payment.fen, reference }))
  return true
}

/** True where the key was one of these. */
export function actOnPayment(code: string, priced: PricedView): boolean {
  if (code !== 'KeyF' && code !== 'KeyR') return false
  openPaymentPad(priced, code === 'KeyF' ? 'part' : 'reference')
  return true
}
