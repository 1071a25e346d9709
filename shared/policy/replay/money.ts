import type { Countable } from '../../countable.ts'
import type { FundId } from '../../ids.ts'

/** What a record comes to, in fen. `list = discount + sum(byFund) + ownPay + refunded`. */
export interface Money {
  readonly list: number
  readonly discount: number
  readonly byFund: ReadonlyMap<FundId, number>
  readonly ownPay: number
  /** What went back to funds and senior, and is no longer in the sums above. */
  readonly refunded: number
  readonly operator: number
}

type Amounts = Pick<Countable, 'listFen' | 'discountFen' | 'subsidies' | 'ownPayFen' | 'operatorFen'>
type Refund = Pick<Countable, 'subsidies' | 'ownPayFen'>

export function subsidyOf({ byFund }: Money): number {
  return [...byFund.values()].reduce((sum, fen) => sum + fen, 0)
}

/** The amounts of a record or of a quote, nothing gone back. */
export function moneyOf({ listFen, discountFen, subsidies, ownPayFen, operatorFen }: Amounts): Money {
  const byFund = new Map<FundId, number>()
  for (const { fund, fen } of subsidies) byFund.set(fund, (byFund.get(fund) ?? 0) + fen)
  return { list: listFen, discount: discountFen, byFund, ownPay: ownPayFen, refunded: 0, operator: operatorFen }
}

/**
 * Takes a refund off the money of then, and off the money under the draft the same part of each amount, half a fen up. Where an amount
 * was 0 then, the part that went back of the whole stands for it.
 */
export function refundBoth(
  before: Money,
  after: Money,
  refund: Refund,
): { readonly before: Money; readonly after: Money } {
  const back = new Map(refund.subsidies.map(({ fund, fen }) => [fund, Math.min(fen, before.byFund.get(fund) ?? 0)]))
  const ownBack = Math.min(refund.ownPayFen, before.ownPay)
  const wholeBack = [...back.values()].reduce((sum, fen) => sum + fen, ownBack)
  const whole = subsidyOf(before) + before.ownPay
  const samePart = (fen: number, gone: number, of: number) =>
    of > 0 ? partOf(fen, gone, of) : partOf(fen, wholeBack, whole)
  const backAfter = new Map(
    [...after.byFund].map(([fund, fen]) => [fund, samePart(fen, back.get(fund) ?? 0, before.byFund.get(fund) ?? 0)]),
  )
  return {
    before: without(before, back, ownBack),
    after: without(after, backAfter, samePart(after.ownPay, ownBack, before.ownPay)),
  }
}

/** `fen * gone / of`, half up; 0 where `of` is. Whole numbers of any size, since a product of two amounts may be no safe integer. */
function partOf(fen: number, gone: number, of: number): number {
  if (of === 0) return 0
  return Number((2n * BigInt(fen) * BigInt(gone) + BigInt(of)) / (2n * BigInt(of)))
}

function without(money: Money, back: ReadonlyMap<FundId, number>, ownBack: number): Money {
  const byFund = new Map([...money.byFund].map(([fund, fen]) => [fund, fen - (back.get(fund) ?? 0)]))
  const refunded = [...back.values()].reduce((sum, fen) => sum + fen, ownBack)
  return { ...money, byFund, ownPay: money.ownPay - ownBack, refunded }
}
