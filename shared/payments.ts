import type { TenderKind } from './site.ts'

/** What one tender takes, in fen. */
export interface Payment {
  readonly kind: TenderKind
  readonly fen: number
}

/** How an own payment is to be made: `first` takes its part, `tender` the rest. */
export interface PayBy {
  readonly tender: TenderKind
  readonly first: Payment | null
}

/** There are no fen coins: what a tender takes of an amount (fen), cash rounded down to 0.10 yuan. */
export function dueFen(kind: TenderKind, fen: number): number {
  return kind === 'cash' ? fen - (fen % 10) : fen
}

/**
 * How an own payment (fen) is made, in the order of taking; empty where nothing is owed. What is missing to the own payment is what cash as the last
 * of them was rounded off, 0 to 9 fen, which the site bears. A first part that the price has fallen below takes all of it.
 */
export function paymentsOf({ tender, first }: PayBy, ownPayFen: number): readonly Payment[] {
  if (ownPayFen === 0) return []
  const whole = (kind: TenderKind) => [{ kind, fen: dueFen(kind, ownPayFen) }]
  if (first === null || first.kind === tender) return whole(tender)
  if (first.fen >= ownPayFen) return whole(first.kind)
  return [first, { kind: tender, fen: dueFen(tender, ownPayFen - first.fen) }]
}

/** True where a part may be taken first: it leaves something to the other tender, and cash is given in steps of 0.10 yuan. */
export function canGoFirst(first: Payment, rest: TenderKind, ownPayFen: number): boolean {
  const isCoins = Number.isSafeInteger(first.fen) && first.fen > 0 && first.fen === dueFen(first.kind, first.fen)
  return isCoins && first.kind !== rest && first.fen < ownPayFen && dueFen(rest, ownPayFen - first.fen) > 0
}

/** What of an amount (fen) that goes back each payment gives back: what it took, the first ones first; the last bears what is more. */
export function givenBack(payments: readonly Payment[], fen: number): readonly Payment[] {
  const [next, ...rest] = payments
  if (next === undefined) return fen === 0 ? [] : [{ kind: 'cash', fen }]
  const part = rest.length === 0 ? fen : Math.min(fen, next.fen)
  return [{ kind: next.kind, fen: part }, ...(rest.length === 0 ? [] : givenBack(rest, fen - part))]
}
