import { z } from 'zod'
import { businessDate, meal } from '../business-day.ts'
import { channel, heldCategory, personFacts, placeFacts, siteFacts, visitFacts } from './facts.ts'

const fenByName = z.record(z.string(), z.int())
const fenLeft = z.record(z.string(), z.int().min(0))

/** A case of docs/case.schema.json: who comes, what was before, what is bought, and what must come out. Money in fen. */
export const policyCase = z.strictObject({
  id: z.string().min(1),
  scheme: z.string().min(1),
  person: z.union([
    z.literal('guest'),
    z.strictObject({
      ...personFacts.shape,
      categories: z.array(z.union([z.string().min(1).max(64), heldCategory])).optional(),
      household: placeFacts.optional(),
    }),
  ]),
  prior: z
    .array(
      z.strictObject({
        date: businessDate,
        meal: meal.optional(),
        service: z.string().optional(),
        subsidyFen: fenByName.optional(),
        voided: z.boolean().optional(),
      }),
    )
    .optional(),
  /** Allowance or voucher id -> fen left in its period before the visit. */
  balances: fenLeft.optional(),
  /** Fund id -> fen left in its pot before the visit. */
  pots: fenLeft.optional(),
  visit: z.strictObject({
    date: visitFacts.shape.businessDate,
    time: visitFacts.shape.time,
    meal: visitFacts.shape.meal,
    service: visitFacts.shape.service,
    minutes: visitFacts.shape.minutes,
    channel: channel.optional(),
    set: visitFacts.shape.set,
    listPriceFen: visitFacts.shape.listFen,
    paidByInsurance: visitFacts.shape.paidByInsurance,
    site: z
      .strictObject({
        ...placeFacts.shape,
        grade: siteFacts.shape.grade,
        mode: siteFacts.shape.mode,
        listed: z.boolean().optional(),
      })
      .optional(),
  }),
  expect: z.strictObject({
    discountFen: z.int(),
    subsidyFen: fenByName,
    ownPayFen: z.int(),
    operatorFen: z.int().optional(),
    stipendFen: fenByName.optional(),
    reasons: z.array(z.string()).optional(),
  }),
  basis: z.string().optional(),
  note: z.string().optional(),
})
export type PolicyCase = z.infer<typeof policyCase>
