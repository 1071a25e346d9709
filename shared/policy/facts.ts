import { z } from 'zod'
import { businessDate, meal } from '../business-day.ts'
import { fen } from '../money.ts'

/** The greatest amount a visit or a pack may name: 1,000,000.00 yuan. Keeps every product of the quote a safe integer. */
export const greatestFen = 100_000_000

/** Dates of facts lie in 1800..2999, so that every date computed from them is a date too. */
const factDate = businessDate.refine(date => date >= '1800-01-01' && date <= '2999-12-31', {
  error: '1800-01-01 .. 2999-12-31',
})

const unitName = z.string().min(1).max(64)

/** Administrative units, widest first. */
export const placeUnit = z.enum(['province', 'city', 'district', 'street', 'village'])
export type PlaceUnit = z.infer<typeof placeUnit>

/** Units of a place, as short names or GB/T 2260 codes; a unit that is not known is absent. */
export const placeFacts = z.strictObject({
  province: unitName.optional(),
  city: unitName.optional(),
  district: unitName.optional(),
  street: unitName.optional(),
  village: unitName.optional(),
})
export type PlaceFacts = z.infer<typeof placeFacts>

/** A category held by a person; `from` and `to` are inclusive business dates, absent = unbounded. */
export const heldCategory = z.strictObject({
  id: z.string().min(1).max(64),
  from: factDate.optional(),
  to: factDate.optional(),
})
export type HeldCategory = z.infer<typeof heldCategory>

/** What a policy may know of a person. JSON only: these facts are committed into the signed record. */
export const personFacts = z.strictObject({
  birthDate: factDate,
  categories: z.array(heldCategory),
  household: placeFacts,
  residence: placeFacts.optional(),
  careGrade: z.int().min(0).max(9).optional(),
  heightCm: z.int().min(0).max(300).optional(),
})
export type PersonFacts = z.infer<typeof personFacts>

/** What a policy may know of a site. `listed: false` = taken off the whitelist (摘牌). */
export const siteFacts = z.strictObject({
  place: placeFacts,
  grade: z.int().min(0).max(9).optional(),
  mode: z.string().min(1).max(64).optional(),
  listed: z.boolean(),
})
export type SiteFacts = z.infer<typeof siteFacts>

/** Clock time in Shanghai, `HH:MM`. */
export const clockText = z.string().regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/)

export const channel = z.enum(['dine-in', 'takeaway', 'delivery'])
export type Channel = z.infer<typeof channel>

/** What a policy may know of one meal or service. `listFen` is the list price in fen, `time` is Shanghai time, `minutes` the length of a service. */
export const visitFacts = z.strictObject({
  businessDate: factDate,
  meal: meal.optional(),
  time: clockText.optional(),
  channel,
  listFen: z.int().min(0).max(greatestFen).transform(fen),
  set: z.string().min(1).max(64).optional(),
  service: z.string().min(1).max(64).optional(),
  minutes: z.int().min(0).max(100_000).optional(),
  paidByInsurance: z.boolean().optional(),
  site: siteFacts,
})
export type VisitFacts = z.infer<typeof visitFacts>
