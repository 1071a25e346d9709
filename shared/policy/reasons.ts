import { z } from 'zod'

/**
 * Why a price is not lower, the weightiest first: quotes list their reasons in this order. Values that each carries:
 * - `POLICY_NOT_IN_FORCE` {date}: no version of the pack holds on that date
 * - `SITE_SUSPENDED` {}: the site is not on the whitelist
 * - `CLAIM_PENDING` {fen}: allowed by the limits, not provable by this terminal's rights; made good later
 * - `LIMIT_*` {limit, unit, cap, used, resumes}: `resumes` is the first date of the next period; `LIMIT_MEAL` has none
 * - `ENTITLEMENT_EXPIRED` {to}: last day on which it held
 * - `EXCLUDED_CLASS` {}: paid by another scheme
 * - `MEAL_NOT_COVERED` {covered}, `CHANNEL` {covered}: comma-separated
 * - `WEEKDAY_ONLY` {resumes}: next date that counts
 * - `BELOW_MIN` {minFen, priceFen, bound}: `bound` is `at-least` or `more-than`
 * - `OUT_OF_AREA` {unit}: the widest unit that differs
 * - `AGE_NOT_YET` {from}: date from which the age, or a category already granted, counts
 *
 * Values may be derived from personal inputs (a date from a birthday): they are for the staff's screen, never for a public one, and never for the open part of a record.
 */
export const reasonCode = z.enum([
  'POLICY_NOT_IN_FORCE',
  'SITE_SUSPENDED',
  'CLAIM_PENDING',
  'LIMIT_YEAR',
  'LIMIT_MONTH',
  'LIMIT_WEEK',
  'LIMIT_DAY',
  'LIMIT_MEAL',
  'ENTITLEMENT_EXPIRED',
  'EXCLUDED_CLASS',
  'MEAL_NOT_COVERED',
  'WEEKDAY_ONLY',
  'CHANNEL',
  'BELOW_MIN',
  'OUT_OF_AREA',
  'AGE_NOT_YET',
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

const rank = new Map(reasonCode.options.map((code, index) => [code, index]))

/** Orders reasons by weight and tells each once, though several benefits share it. */
export function distinctReasons(reasons: readonly Reason[]): Reason[] {
  const told = new Map<string, Reason>()
  for (const item of reasons) {
    const values = Object.entries(item.values).map(([name, value]) => `${name}=${value}`)
    const sameness = [item.code, ...values.sort()].join('|')
    if (!told.has(sameness)) told.set(sameness, item)
  }
  return [...told.values()].sort((left, right) => (rank.get(left.code) ?? 0) - (rank.get(right.code) ?? 0))
}
