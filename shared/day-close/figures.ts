import { z } from 'zod'
import { meal } from '../business-day.ts'
import { fundId } from '../ids.ts'
import { tenderKind } from '../site.ts'

const amount = z.int()
const count = z.int().nonnegative()
/** `count`: meals that the fund paid for. */
const fundPart = z.strictObject({ fund: fundId, count: amount, fen: amount })

const mealFigures = z.strictObject({
  /** Null: home services. */
  meal: meal.nullable(),
  people: amount,
  guests: amount,
  listFen: amount,
  discountFen: amount,
  subsidyFen: amount,
  /** The same by fund. */
  subsidies: z.array(fundPart),
  ownPayFen: amount,
})
export type MealFigures = z.infer<typeof mealFigures>

const tenderFigures = z.strictObject({
  kind: tenderKind,
  /** Payments, and what they took. */
  count,
  takenFen: amount,
  /** What went back by voids, by refunds, and for claims that were made good. */
  voidedFen: amount,
  refundedFen: amount,
  madeGoodFen: amount,
})
export type TenderFigures = z.infer<typeof tenderFigures>

/**
 * The sums of some records, in fen, as docs/record-format.md says under `totals`. Meals and money are without what was voided; refunds stand apart. Always
 * `listFen = discountFen + subsidies + ownPayFen`, and `ownPayFen = taken - voided + roundingFen` over all tenders.
 */
export const dayFigures = z.strictObject({
  people: amount,
  /** Of the people: guests, and those whom the terminal did not know. The rest are registered. */
  guests: amount,
  unknown: amount,
  /** Different registered persons. */
  persons: count,
  listFen: amount,
  discountFen: amount,
  /** Meals whose price the site lowered or raised. */
  discounted: amount,
  subsidies: z.array(fundPart),
  ownPayFen: amount,
  operatorFen: amount,
  roundingFen: amount,
  /** Claims that wait for the province, and what of them the limits allow. */
  claims: z.strictObject({ count: amount, fen: amount }),
  tenders: z.array(tenderFigures),
  meals: z.array(mealFigures),
  /** Late entries that were made in this time: they are in the sums above, and named here. */
  late: z.strictObject({ count: amount, held: amount, ownPayFen: amount }),
  voids: z.strictObject({ count, ownPayFen: amount }),
  refunds: z.strictObject({ count, ownPayFen: amount, subsidies: z.array(fundPart) }),
  madeGood: z.strictObject({ count, fen: amount }),
  overrides: count,
})
export type DayFigures = z.infer<typeof dayFigures>

/** The sums as a record has them: older ones do not say which fund paid at which meal. */
export const recordedFigures = dayFigures.extend({ meals: z.array(mealFigures.partial({ subsidies: true })) })
