import { addDays, type BusinessDate, meal } from '../../shared/business-day.ts'
import { countersFor } from '../../shared/policy/counters.ts'
import {
  channel,
  type PersonFacts,
  personFacts,
  placeUnit,
  type VisitFacts,
  visitFacts,
} from '../../shared/policy/facts.ts'
import type { PolicyPack, PolicyVersion } from '../../shared/policy/language.ts'
import { quoteUnder } from '../../shared/policy/quote.ts'
import type { QuoteInputs } from '../../shared/policy/quote-form.ts'
import type { Random } from '../support/random.ts'

/**
 * One visit each of made-up seniors under a version of a pack, with counters partly used: what the pack names is met often. People come
 * where they are subsidised, so that three of four are drawn until something is paid for them.
 */
export function madeUpVisits(pack: PolicyPack, version: PolicyVersion, random: Random, seniors: number): QuoteInputs[] {
  const named = namesIn([pack.categories, version], version)
  const draw = () => madeUpVisit(pack, version, named, random)
  const isSubsidised = (inputs: QuoteInputs) => quoteUnder(pack, version, inputs).subsidies.length > 0
  return Array.from({ length: seniors }, () => {
    let inputs = draw()
    if (random.chance(0.75)) for (let more = 200; more > 0 && !isSubsidised(inputs); more -= 1) inputs = draw()
    return inputs
  })
}

function madeUpVisit(pack: PolicyPack, version: PolicyVersion, named: Names, random: Random): QuoteInputs {
  const date = addDays(lastDay(version), -random.below(60))
  const visit = madeUpFacts(named, date, random)
  const counters = countersFor(version, visit)
  return {
    person: madeUpSenior(pack, visit, named, random),
    visit,
    used: Object.fromEntries(counters.map(({ key, cap }) => [key, random.chance(0.4) ? 0 : random.below(cap + 1)])),
    rights: random.chance(0.5)
      ? 'whole-cap'
      : Object.fromEntries(counters.map(({ key, cap }) => [key, random.below(cap + 1)])),
    pots: Object.fromEntries(
      pack.funds.flatMap(({ id, pot }) => (pot === undefined ? [] : [[id, random.below(20_000)]])),
    ),
  }
}

/** A day on which the version is in force, late enough for a season before it. */
function lastDay({ from, to }: PolicyVersion): BusinessDate {
  return to ?? addDays(from, 90)
}

function madeUpSenior(pack: PolicyPack, { businessDate, site }: VisitFacts, named: Names, random: Random): PersonFacts {
  return personFacts.parse({
    birthDate: addDays(businessDate, -365 * 55 - random.below(365 * 50)),
    categories: pack.categories.flatMap(({ id }) => (random.chance(0.2) ? [{ id }] : [])),
    household: random.chance(0.7) ? site.place : madeUpPlace(named, random),
    ...(random.chance(0.5) ? { residence: madeUpPlace(named, random) } : {}),
    careGrade: random.below(6),
  })
}

function madeUpFacts(named: Names, businessDate: BusinessDate, random: Random): VisitFacts {
  const isService = named.services.length > 0 && random.chance(0.5)
  return visitFacts.parse({
    businessDate,
    time: `${String(6 + random.below(14)).padStart(2, '0')}:30`,
    channel: random.oneOf('dine-in', ...channel.options),
    listFen: 300 + random.below(2700),
    ...(isService
      ? { service: random.oneOf('none', ...named.services), minutes: random.below(120) }
      : { meal: random.oneOf('lunch', ...meal.options) }),
    site: {
      place: madeUpPlace(named, random),
      grade: 1 + random.below(5),
      mode: random.oneOf('point', ...named.modes),
      listed: random.chance(0.95),
    },
  })
}

/** Names that a version knows of places (by unit), services and modes of a site. */
type Names = {
  readonly places: Partial<Record<string, string[]>>
  readonly services: readonly string[]
  readonly modes: readonly string[]
}

function namesIn(rules: unknown, { services = [] }: PolicyVersion): Names {
  const places: Record<string, string[]> = {}
  const modes: string[] = []
  const look = (item: unknown): void => {
    if (typeof item !== 'object' || item === null) return
    if ('unit' in item && typeof item.unit === 'string' && 'is' in item && Array.isArray(item.is))
      places[item.unit] = [...(places[item.unit] ?? []), ...item.is.map(String)]
    if ('siteMode' in item && Array.isArray(item.siteMode)) modes.push(...item.siteMode.map(String))
    for (const part of Object.values(item)) look(part)
  }
  look(rules)
  return { places, modes, services: services.map(({ id }) => id) }
}

function madeUpPlace({ places }: Names, random: Random): object {
  return Object.fromEntries(
    placeUnit.options.map(unit => {
      const [first, ...others] = places[unit] ?? []
      return [unit, first === undefined ? random.oneOf('A', 'A', 'A', 'B') : random.oneOf(first, ...others)]
    }),
  )
}
