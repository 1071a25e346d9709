import fc from 'fast-check'
import { meal } from '../../shared/business-day.ts'
import { countersFor } from '../../shared/policy/counters.ts'
import {
  channel,
  greatestFen,
  type PersonFacts,
  personFacts,
  type VisitFacts,
  visitFacts,
} from '../../shared/policy/facts.ts'
import type { PolicyPack } from '../../shared/policy/language.ts'
import { versionInForce } from '../../shared/policy/quote.ts'
import type { QuoteInputs } from '../../shared/policy/quote-form.ts'
import { birthDate, categoryIds, clock, nearDate, place, serviceIds, setIds, siteModes } from './any-condition.ts'
import { anyPack, fundIds } from './any-pack.ts'

/** Arbitrary people and visits, with usage, rights and pots that are about the pack's own counters. */

export const anyPerson: fc.Arbitrary<PersonFacts> = fc
  .record(
    {
      birthDate,
      categories: fc.array(
        fc.record({ id: fc.constantFrom(...categoryIds), from: nearDate, to: nearDate }, { requiredKeys: ['id'] }),
        { maxLength: 3 },
      ),
      household: place,
      residence: place,
      careGrade: fc.integer({ min: 0, max: 5 }),
      heightCm: fc.integer({ min: 80, max: 180 }),
    },
    { requiredKeys: ['birthDate', 'categories', 'household'] },
  )
  .map(facts => personFacts.parse(facts))

const site = fc.record(
  {
    place,
    grade: fc.integer({ min: 1, max: 3 }),
    mode: fc.constantFrom(...siteModes),
    listed: fc.constantFrom(true, true, true, true, false),
  },
  { requiredKeys: ['place', 'listed'] },
)
const anywhere = {
  businessDate: nearDate,
  time: clock,
  channel: fc.constantFrom(...channel.options),
  listFen: fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 0, max: 3000 }) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: greatestFen }) },
  ),
  paidByInsurance: fc.boolean(),
  site,
}
const aMeal = { ...anywhere, meal: fc.constantFrom(...meal.options), set: fc.constantFrom(...setIds, 'C') }
const aService = {
  ...anywhere,
  service: fc.constantFrom(...serviceIds, 'none'),
  minutes: fc.integer({ min: 0, max: 90 }),
}
const required: ('businessDate' | 'channel' | 'listFen' | 'site')[] = ['businessDate', 'channel', 'listFen', 'site']

/** Meals, and visits for a service. */
export const anyVisit: fc.Arbitrary<VisitFacts> = fc
  .oneof(
    { weight: 3, arbitrary: fc.record(aMeal, { requiredKeys: required }) },
    { weight: 1, arbitrary: fc.record(aService, { requiredKeys: required }) },
  )
  .map(facts => visitFacts.parse(facts))

/** Who comes for what (half of those without facts have shown who they are), and figures from which usage, rights and pots are made for a pack. */
export const anyComing = fc.record({
  person: fc.option(anyPerson, { freq: 8 }),
  isStranger: fc.boolean(),
  visit: anyVisit,
  ninths: fc.array(fc.nat({ max: 9 }), { minLength: 13, maxLength: 13 }),
  hasWholeCap: fc.boolean(),
  arePotsKnown: fc.boolean(),
})
type Coming = typeof anyComing extends fc.Arbitrary<infer T> ? T : never

/** Inputs for a pack: of each counter up to nine eighths of its cap is used, and covered by rights; some pots are known to hold up to 27.00 yuan. */
export function inputsFor(
  pack: PolicyPack,
  { person, isStranger, visit, ninths, hasWholeCap, arePotsKnown }: Coming,
): QuoteInputs {
  let taken = 0
  const next = () => ninths[taken++ % ninths.length] ?? 0
  const version = versionInForce(pack, visit.businessDate)
  const counters = version === null ? [] : countersFor(version, visit)
  const perCounter = () => Object.fromEntries(counters.map(({ key, cap }) => [key, Math.floor((cap * next()) / 8)]))
  return {
    person,
    ...(person === null && isStranger ? { stranger: true } : {}),
    visit,
    used: perCounter(),
    rights: hasWholeCap ? 'whole-cap' : perCounter(),
    ...(arePotsKnown
      ? { pots: Object.fromEntries(fundIds.flatMap(id => (next() < 3 ? [] : [[id, next() * 300]]))) }
      : {}),
  }
}

/** A pack with a person or guest, a visit, and what was before. */
export const anyQuoted = fc
  .tuple(anyPack, anyComing)
  .map(([pack, coming]) => ({ pack, inputs: inputsFor(pack, coming) }))
