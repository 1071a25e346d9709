import { z } from 'zod'
import { businessDate, limitPeriod, meal } from '../business-day.ts'
import { fundId } from '../ids.ts'
import { channel, greatestFen, placeUnit } from './facts.ts'

/*
 * The one definition of a policy pack. A key added later is optional and absent from older packs, so their bytes, hashes and prices stay
 * as they are: no key has a default here, the meaning of an absent key is in the code that reads it.
 */

const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._+-]{0,63}$/)
const amountFen = z.int().min(0).max(greatestFen)

/** The same words in Chinese and English. */
export const words = z.strictObject({ zh: z.string().min(1).max(400), en: z.string().min(1).max(400) })
export type Words = z.infer<typeof words>

const someOf = <T extends z.ZodType>(item: T) => z.array(item).min(1).max(64)

/** A unit of the person's place: the site's own (`site`), or one of those stated. A unit unknown on either side never matches. */
const placeMatch = z.strictObject({
  unit: placeUnit,
  is: z.union([z.literal('site'), someOf(z.string().min(1).max(64))]),
})
export type PlaceMatch = z.infer<typeof placeMatch>

/** Bounds on a price in fen; all that are given hold. */
const priceBounds = z.strictObject({ atLeast: amountFen.optional(), moreThan: amountFen.optional() })
export type PriceBounds = z.infer<typeof priceBounds>

/** A condition: all keys given hold together. Keys about a person never hold for a guest. */
export const condition = z.strictObject({
  /** Every one of these holds. */
  get all() {
    return z.array(condition).min(1).max(64).optional()
  },
  /** One or more of these holds. */
  get any() {
    return z.array(condition).min(1).max(64).optional()
  },
  /** Not one of these holds. */
  get none() {
    return z.array(condition).min(1).max(64).optional()
  },
  /** Whole years on the business date, counted from the birthday itself. */
  age: z
    .strictObject({ atLeast: z.int().min(0).max(200).optional(), below: z.int().min(0).max(200).optional() })
    .optional(),
  /** The person holds one or more of these categories on the business date. */
  category: someOf(id).optional(),
  household: placeMatch.optional(),
  residence: placeMatch.optional(),
  meal: someOf(meal).optional(),
  /** ISO weekdays of the business date, 1 Monday .. 7 Sunday. */
  weekday: someOf(z.int().min(1).max(7)).optional(),
  /** A working day of the pack's calendar: Monday to Friday without holidays, and make-up days. */
  workingDay: z.boolean().optional(),
  channel: someOf(channel).optional(),
  listPrice: priceBounds.optional(),
  /** The price as the steps before this one left it. */
  runningPrice: priceBounds.optional(),
})
export type Condition = z.infer<typeof condition>

/** How a computed amount becomes whole: to a multiple of `unitFen`. */
const rounding = z.strictObject({ unitFen: z.int().min(1).max(10_000), mode: z.enum(['half-up', 'up', 'down']) })
export type Rounding = z.infer<typeof rounding>

const fixedAmount = z.strictObject({ kind: z.literal('fixed'), fen: amountFen })
const percentAmount = z.strictObject({
  kind: z.literal('percent'),
  percent: z.int().min(1).max(100),
  of: z.enum(['list', 'running']),
  capFen: amountFen.optional(),
  /** Instead of the version's rounding. */
  rounding: rounding.optional(),
})
const plainAmount = z.discriminatedUnion('kind', [fixedAmount, percentAmount])
export type PlainAmount = z.infer<typeof plainAmount>

/** The first class whose condition holds (none given = always) says the amount; where none holds there is no benefit. */
const classAmount = z.strictObject({
  kind: z.literal('classes'),
  classes: someOf(z.strictObject({ when: condition.optional(), amount: plainAmount, note: words.optional() })),
})
const amount = z.discriminatedUnion('kind', [fixedAmount, percentAmount, classAmount])
export type Amount = z.infer<typeof amount>

const step = {
  id,
  title: words,
  note: words.optional(),
  /** Whom the step is for; absent = `person`, somebody whose facts are known. */
  for: z.enum(['person', 'guest', 'anyone']).optional(),
  when: condition.optional(),
  amount,
}

/** One step on the running price. Steps are taken in the order in which they stand; none takes more than the running price. */
export const benefit = z.discriminatedUnion('kind', [
  /** The site's own reduction. Stays where the site is off the whitelist. */
  z.strictObject({ kind: z.literal('discount'), ...step, limits: z.array(id).max(16).optional() }),
  /** Paid by a fund. Nothing where the site is off the whitelist. */
  z.strictObject({ kind: z.literal('subsidy'), ...step, fund: fundId, limits: z.array(id).max(16).optional() }),
  /** Added to the price; counts as a negative discount. */
  z.strictObject({ kind: z.literal('surcharge'), ...step }),
  /** Earned by the operator where the visit is subsidised; never changes the price. Worked out after all other steps. */
  z.strictObject({ kind: z.literal('operator'), ...step, fund: fundId }),
])
export type Benefit = z.infer<typeof benefit>

/** A cap per person and period, on the number of visits (`count`) or on money (`fen`). Benefits that name the same limit share it. */
const limit = z.strictObject({
  id,
  title: words.optional(),
  period: limitPeriod,
  unit: z.enum(['count', 'fen']),
  cap: z.int().min(1).max(1e9),
})
export type Limit = z.infer<typeof limit>

/** Rules with the business dates on which they are in force, both inclusive; no `to` = open-ended. */
export const policyVersion = z.strictObject({
  id,
  title: words.optional(),
  from: businessDate,
  to: businessDate.optional(),
  /** What the notice leaves open and this version assumes. */
  assumptions: z.array(words).max(64).optional(),
  rounding,
  limits: z.array(limit).max(64),
  benefits: z.array(benefit).min(1).max(256),
})
export type PolicyVersion = z.infer<typeof policyVersion>

const fundSource = z.enum(['public', 'collective', 'charity', 'family', 'insurance', 'site'])

/** Public holidays that fall on weekdays, and weekend days that are worked instead (调休). A day in neither list is what its weekday says. */
const workCalendar = z.strictObject({
  holidays: z.array(businessDate).max(2000),
  makeUpDays: z.array(businessDate).max(2000),
})
export type WorkCalendar = z.infer<typeof workCalendar>

export const policyPack = z.strictObject({
  format: z.literal(1),
  id,
  title: words,
  /** Nobody's real rule: said wherever the pack is shown. */
  fictional: z.boolean().optional(),
  /** Unit that the policy is for: short name or GB/T 2260 code. */
  area: z.string().min(1).max(64),
  calendar: workCalendar.optional(),
  funds: z.array(z.strictObject({ id: fundId, title: words, source: fundSource })).max(64),
  categories: z.array(z.strictObject({ id, title: words })).max(256),
  versions: z.array(policyVersion).min(1).max(64),
})
export type PolicyPack = z.infer<typeof policyPack>
