import { z } from 'zod'
import { businessDate, limitPeriod, meal } from '../business-day.ts'
import { fundId } from '../ids.ts'
import { policyCase } from './case.ts'
import { channel, clockText, greatestFen, placeUnit } from './facts.ts'

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
const priceBounds = z.strictObject({
  atLeast: amountFen.optional(),
  moreThan: amountFen.optional(),
  atMost: amountFen.optional(),
  below: amountFen.optional(),
})
export type PriceBounds = z.infer<typeof priceBounds>

const years = z.int().min(0).max(200)

/** What a condition may ask of a person. None of it ever holds for a guest. */
const aboutPerson = {
  /** Whole years on the business date, counted as the version's `ageRule` says. */
  age: z.strictObject({ atLeast: years.optional(), below: years.optional() }).optional(),
  /** Birth date between two dates, both inclusive. */
  born: z.strictObject({ from: businessDate.optional(), to: businessDate.optional() }).optional(),
  /** The person holds one or more of these categories on the business date. */
  category: someOf(id).optional(),
  household: placeMatch.optional(),
  residence: placeMatch.optional(),
  /** Care grade (失能等级); an unknown one is in no range. */
  careGrade: z
    .strictObject({ atLeast: z.int().min(0).max(9).optional(), atMost: z.int().min(0).max(9).optional() })
    .optional(),
  heightCm: z
    .strictObject({ atLeast: z.int().min(0).max(300).optional(), below: z.int().min(0).max(300).optional() })
    .optional(),
}

/** A condition about the person alone: all keys given hold together. */
export const personCondition = z.strictObject({
  get all() {
    return z.array(personCondition).min(1).max(64).optional()
  },
  get any() {
    return z.array(personCondition).min(1).max(64).optional()
  },
  get none() {
    return z.array(personCondition).min(1).max(64).optional()
  },
  age: aboutPerson.age,
  born: aboutPerson.born,
  category: aboutPerson.category,
  household: aboutPerson.household,
  residence: aboutPerson.residence,
  careGrade: aboutPerson.careGrade,
  heightCm: aboutPerson.heightCm,
})
export type PersonCondition = z.infer<typeof personCondition>

/** A condition: all keys given hold together. */
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
  /** True: nobody was identified; false: somebody was. */
  guest: z.boolean().optional(),
  age: aboutPerson.age,
  born: aboutPerson.born,
  category: aboutPerson.category,
  household: aboutPerson.household,
  residence: aboutPerson.residence,
  careGrade: aboutPerson.careGrade,
  heightCm: aboutPerson.heightCm,
  meal: someOf(meal).optional(),
  /** ISO weekdays of the business date, 1 Monday .. 7 Sunday. */
  weekday: someOf(z.int().min(1).max(7)).optional(),
  /** A working day of the pack's calendar: Monday to Friday without holidays, and make-up days. */
  workingDay: z.boolean().optional(),
  /** Clock time of the visit, `from` inclusive, `before` exclusive; both lie between 00:00 and 23:59 of one day. */
  time: z.strictObject({ from: clockText.optional(), before: clockText.optional() }).optional(),
  channel: someOf(channel).optional(),
  /** Set meals, by the ids of the site's menu. */
  set: someOf(z.string().min(1).max(64)).optional(),
  /** Services of the version's catalogue. */
  service: someOf(id).optional(),
  serviceGroup: someOf(id).optional(),
  /** Length of a service; without a check-out it is not known and never enough. */
  minutes: z.strictObject({ atLeast: z.int().min(1).max(100_000) }).optional(),
  /** Long-term-care insurance pays this visit. */
  paidByInsurance: z.boolean().optional(),
  siteGrade: someOf(z.int().min(0).max(9)).optional(),
  siteMode: someOf(z.string().min(1).max(64)).optional(),
  sitePlace: z.strictObject({ unit: placeUnit, is: someOf(z.string().min(1).max(64)) }).optional(),
  /** The site is on the whitelist. */
  listed: z.boolean().optional(),
  listPrice: priceBounds.optional(),
  /** The price as the steps before this one left it. */
  runningPrice: priceBounds.optional(),
})
export type Condition = z.infer<typeof condition>

/** How a computed amount becomes whole: to a multiple of `unitFen`. */
const rounding = z.strictObject({ unitFen: z.int().min(1).max(10_000), mode: z.enum(['half-up', 'up', 'down']) })
export type Rounding = z.infer<typeof rounding>

const part = { of: z.enum(['list', 'running']), capFen: amountFen.optional(), rounding: rounding.optional() }

/** What a step takes off the running price. `capFen` bounds what is taken off; `rounding` stands instead of the version's. */
const plainAmount = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('fixed'), fen: amountFen }),
  z.strictObject({ kind: z.literal('percent'), percent: z.int().min(1).max(100), ...part }),
  /** A part that is no whole percentage, such as 1/3. At most the whole. */
  z.strictObject({
    kind: z.literal('fraction'),
    numerator: z.int().min(1).max(1000),
    denominator: z.int().min(1).max(1000),
    ...part,
  }),
  /** Whatever is above `fen`: a class price, or a fixed own payment where a fund pays the rest. */
  z.strictObject({ kind: z.literal('price'), fen: amountFen, capFen: amountFen.optional() }),
  /** Whatever is above that percentage: here the price that is left is rounded, not the amount. */
  z.strictObject({ kind: z.literal('price-percent'), percent: z.int().min(0).max(100), ...part }),
])
export type PlainAmount = z.infer<typeof plainAmount>

const share = z.strictObject({ fund: fundId, share: z.int().min(1).max(1_000_000) })
/** Funds that pay a step together, each by its share; single fen go to the largest remainders, then to the first. */
const shares = z.array(share).min(1).max(16)
export type Shares = z.infer<typeof shares>

/**
 * Classes of people or visits, each with its amount (which may be classes again). `choose` says what counts where several hold: the
 * `first` (also where absent), the `best` (greatest) or the `sum`. A class without `when` always holds; where none holds, nothing.
 */
const classAmount = z.strictObject({
  kind: z.literal('classes'),
  choose: z.enum(['first', 'best', 'sum']).optional(),
  get classes() {
    return z.array(amountClass).min(1).max(64)
  },
})
export type ClassAmount = z.infer<typeof classAmount>
const amountClass = z.strictObject({
  when: condition.optional(),
  get amount() {
    return amount
  },
  note: words.optional(),
  /** Who pays this class, instead of the step's funds. */
  funds: shares.optional(),
})
const amount = z.discriminatedUnion('kind', [...plainAmount.options, classAmount])
export type Amount = z.infer<typeof amount>

const step = {
  id,
  title: words,
  note: words.optional(),
  /** Whom the step is for; absent = `person`, somebody whose facts are known. */
  for: z.enum(['person', 'guest', 'anyone']).optional(),
  when: condition.optional(),
}
const reduction = {
  ...step,
  amount,
  limits: z.array(id).max(16).optional(),
  /** What this step never takes the price below. */
  leavesAtLeastFen: amountFen.optional(),
}

/** The site's own reduction. Stays where the site is off the whitelist. */
const discount = z.strictObject({ kind: z.literal('discount'), ...reduction })
/** Paid by a fund, or by several with their shares. Nothing where the site is off the whitelist. */
const subsidy = z.strictObject({
  kind: z.literal('subsidy'),
  ...reduction,
  fund: fundId.optional(),
  funds: shares.optional(),
  /** The allowance or voucher of the person that is spent down; what is left of it is used up. */
  allowance: id.optional(),
})
const reductionStep = z.discriminatedUnion('kind', [discount, subsidy])
export type Reduction = z.infer<typeof reductionStep>

/** One step on the running price. Steps are taken in the order in which they stand; none takes more than the running price. */
export const benefit = z.discriminatedUnion('kind', [
  discount,
  subsidy,
  /** Added to the price, which it never takes above `greatestFen`; counts as a negative discount. */
  z.strictObject({ kind: z.literal('surcharge'), ...step, amount }),
  /** Earned by the operator where the visit is subsidised; never changes the price. Worked out after all other steps. */
  z.strictObject({ kind: z.literal('operator'), ...step, fund: fundId, amount }),
  /** One of several: the first that gives anything, or the one that gives most (the first of equals). */
  z.strictObject({
    kind: z.literal('choice'),
    ...step,
    choose: z.enum(['first', 'best']),
    options: z.array(reductionStep).min(2).max(16),
  }),
])
export type Benefit = z.infer<typeof benefit>

const capNumber = z.int().min(0).max(1e9)
/** The same for all, or by the first class that holds; where none holds there is nothing to draw on. */
const cap = z.union([
  capNumber.min(1),
  z.strictObject({ classes: someOf(z.strictObject({ when: personCondition.optional(), cap: capNumber })) }),
])
export type Cap = z.infer<typeof cap>

/** A cap per person and period, on the number of visits (`count`) or on money (`fen`). Benefits that name the same limit share it. */
const limit = z.strictObject({
  id,
  title: words.optional(),
  period: limitPeriod,
  unit: z.enum(['count', 'fen']),
  cap,
  /** Of an amount that no longer fits into a limit on money: `nothing` (also where absent) or the `rest` that fits is paid. No `rest` of a count. */
  beyond: z.enum(['nothing', 'rest']).optional(),
})

/** An allowance or voucher: fen issued to a person for a period, spent down by visits, gone with the period. */
const allowance = z.strictObject({
  id,
  title: words,
  note: words.optional(),
  period: limitPeriod.exclude(['meal']),
  cap,
  /** When its classes are judged: on the `day` of the visit (also where absent), or also on the first day of the `period`, so that a class lost in mid-period keeps it to the end. */
  entitledOn: z.enum(['day', 'period']).optional(),
})

/** Something due to a person beside any visit, such as a monthly age allowance: shown and counted, never spent at the till. `fen` a month. */
const stipend = z.strictObject({ id, title: words, fund: fundId, when: personCondition.optional(), fen: amountFen })

/** A service that a version knows, with its price for one unit. */
const service = z.strictObject({
  id,
  title: words,
  group: id.optional(),
  unit: words,
  fen: amountFen.optional(),
})

/** The name of a group of services. */
const serviceGroup = z.strictObject({ id, title: words })

/** When an age counts: from the birthday, the day before or after it, the first of its month or of the next, or 1 January of its year. */
export const ageRule = z.enum(['birthday', 'day-before', 'day-after', 'month', 'next-month', 'year'])
export type AgeRule = z.infer<typeof ageRule>

/**
 * What a till gives without the province: what it holds of leased rights (`lease`, also where absent), nothing that was not asked for
 * (`online`), or stated amounts where no right stands behind them (`bounded`). Fen of subsidies: to one senior a day and until the province
 * was heard, and at one till to all until then. What turns out to be beyond the caps is borne by the fund `bearer`, never by the senior.
 */
const offline = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('lease') }),
  z.strictObject({ mode: z.literal('online') }),
  z.strictObject({
    mode: z.literal('bounded'),
    seniorDayFen: amountFen.min(1),
    seniorFen: amountFen.min(1),
    terminalFen: z.int().min(1).max(1e9),
    bearer: fundId,
  }),
])
export type Offline = z.infer<typeof offline>

/** Rules with the business dates on which they are in force, both inclusive; no `to` = open-ended. */
export const policyVersion = z.strictObject({
  id,
  title: words.optional(),
  from: businessDate,
  to: businessDate.optional(),
  /** What the notice leaves open and this version assumes. */
  assumptions: z.array(words).max(64).optional(),
  rounding,
  /** Absent = `birthday`. */
  ageRule: ageRule.optional(),
  /** Birthday, in common years, of those born on 29 February; absent = `03-01`. */
  leapDayBirthday: z.enum(['02-28', '03-01']).optional(),
  /** The first that holds is what a person pays at least; discounts and subsidies stop there. */
  minimumOwnPay: z
    .array(z.strictObject({ when: condition.optional(), fen: amountFen }))
    .max(16)
    .optional(),
  services: z.array(service).max(512).optional(),
  /** The groups of the catalogue. Where given, every service's group is among them. */
  serviceGroups: z.array(serviceGroup).min(1).max(64).optional(),
  /** How sure a visit has to be of who came before it is subsidised, and verified above this subsidy a visit; absent = as the site demands. The stricter of both holds. */
  leastAssurance: z.enum(['possessed', 'verified']).optional(),
  verifiedAboveFen: amountFen.optional(),
  offline: offline.optional(),
  limits: z.array(limit).max(64),
  allowances: z.array(allowance).max(16).optional(),
  benefits: z.array(benefit).max(256),
  stipends: z.array(stipend).max(64).optional(),
})
export type PolicyVersion = z.infer<typeof policyVersion>

const fundSource = z.enum(['public', 'collective', 'charity', 'family', 'insurance', 'site'])

/** Public holidays that fall on weekdays, and weekend days that are worked instead (调休). A day in neither list is what its weekday says. */
const workCalendar = z.strictObject({
  holidays: z.array(businessDate).max(2000),
  makeUpDays: z.array(businessDate).max(2000),
})
export type WorkCalendar = z.infer<typeof workCalendar>

/** Money of a fund that can run out. `beyond`: of a share that no longer fits, `nothing` (also where absent: the whole step falls) or the `rest` is paid. */
const pot = z.strictObject({
  period: limitPeriod.exclude(['meal']),
  beyond: z.enum(['nothing', 'rest']).optional(),
})

const fund = z.strictObject({ id: fundId, title: words, source: fundSource, pot: pot.optional() })
/** `follows`: held also by everybody of whom this is true, such as centenarians. It may name categories that stand before this one. */
const category = z.strictObject({ id, title: words, follows: personCondition.optional() })
export type Category = z.infer<typeof category>

export const policyPack = z.strictObject({
  /** Where an editor finds the JSON Schema of this file. */
  $schema: z.string().max(400).optional(),
  format: z.literal(1),
  id,
  title: words,
  /** Nobody's real rule: said wherever the pack is shown. */
  fictional: z.boolean().optional(),
  /** The notice that the pack was written from. */
  source: z.string().min(1).max(400).optional(),
  /** Unit that the policy is for: short name or GB/T 2260 code. */
  area: z.string().min(1).max(64),
  calendar: workCalendar.optional(),
  funds: z.array(fund).max(64),
  categories: z.array(category).max(256),
  versions: z.array(policyVersion).min(1).max(64),
  /** Cases that the pack itself must price right. */
  vectors: z.array(policyCase).max(1000).optional(),
})
export type PolicyPack = z.infer<typeof policyPack>
