import { z } from 'zod'

/**
 * Why a price is not lower, the weightiest first: quotes list their reasons in this order. Values that each carries:
 * - `POLICY_NOT_IN_FORCE` {date}: no version of the pack holds on that date
 * - `SITE_SUSPENDED` {}: the site is not on the whitelist
 * - `CLAIM_PENDING` {fen}: allowed by the limits, not provable by this terminal's rights; made good later
 * - `FUND_EXHAUSTED` {fund, leftFen}: the fund's pot holds no more than this
 * - `PAID_BY_INSURANCE` {}: long-term-care insurance pays this visit
 * - `LIMIT_*` {limit, unit, cap, used, resumes}: `resumes` is the first date of the next period; `LIMIT_MEAL` has none
 * - `ALLOWANCE_SPENT` {allowance, cap, used, resumes}: what was left of it, maybe nothing, did not cover the amount
 * - `ENTITLEMENT_EXPIRED` {to}: last day on which it held
 * - `EXCLUDED_CLASS` {}: paid by another scheme
 * - `MEAL_NOT_COVERED` {covered}, `CHANNEL` {covered}, `SET_NOT_COVERED` {covered}: comma-separated
 * - `SERVICE_NOT_COVERED` {}: not a service that this benefit pays
 * - `TOO_SHORT` {minMinutes, minutes}: 0 minutes where no check-out tells the length
 * - `TIME_NOT_COVERED` {from, before}: clock times, empty where there is no bound
 * - `SITE_NOT_COVERED` {}: not at a site of this grade, mode or place
 * - `WEEKDAY_ONLY` {resumes}: next date that counts
 * - `BELOW_MIN` {minFen, priceFen, bound}: `bound` is `at-least` or `more-than`
 * - `ABOVE_MAX` {maxFen, priceFen, bound}: `bound` is `at-most` or `below`
 * - `OUT_OF_AREA` {unit}: the widest unit that differs
 * - `AGE_NOT_YET` {from}: date from which the age, or a category already granted, counts
 * - `MIN_OWN_PAY` {minFen}: the price goes no lower than this
 *
 * Values may be derived from personal inputs (a date from a birthday): they are for the staff's screen, never for a public one, and never for the open part of a record.
 */
export const reasonCode = z.enum([
  'POLICY_NOT_IN_FORCE',
  'SITE_SUSPENDED',
  'CLAIM_PENDING',
  'FUND_EXHAUSTED',
  'PAID_BY_INSURANCE',
  'LIMIT_YEAR',
  'LIMIT_MONTH',
  'LIMIT_WEEK',
  'LIMIT_DAY',
  'LIMIT_MEAL',
  'ALLOWANCE_SPENT',
  'ENTITLEMENT_EXPIRED',
  'EXCLUDED_CLASS',
  'MEAL_NOT_COVERED',
  'SERVICE_NOT_COVERED',
  'TOO_SHORT',
  'TIME_NOT_COVERED',
  'WEEKDAY_ONLY',
  'CHANNEL',
  'SET_NOT_COVERED',
  'SITE_NOT_COVERED',
  'BELOW_MIN',
  'ABOVE_MAX',
  'OUT_OF_AREA',
  'AGE_NOT_YET',
  'MIN_OWN_PAY',
])
export type ReasonCode = z.infer<typeof reasonCode>

export const reason = z.strictObject({
  code: reasonCode,
  benefit: z.string().optional(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
})
export type Reason = z.infer<typeof reason>

/** A reason before it is tied to a benefit: what stands between a person and a benefit that is worth telling. */
export type Obstacle = Omit<Reason, 'benefit'>

/** Orders reasons by weight and tells each once, though several benefits share it. */
export function distinctReasons(reasons: readonly Reason[]): Reason[] {
  const told = new Map<string, Reason>()
  for (const item of reasons) {
    const values = Object.entries(item.values).map(([name, value]) => `${name}=${value}`)
    const sameness = [item.code, ...values.sort()].join('|')
    if (!told.has(sameness)) told.set(sameness, item)
  }
  return [...told.values()].sort(
    (left, right) => reasonCode.options.indexOf(left.code) - reasonCode.options.indexOf(right.code),
  )
}
