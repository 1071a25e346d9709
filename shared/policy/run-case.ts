import type { PolicyCase } from './case.ts'
import { type Rules, rulesOf } from './conditions.ts'
import { capFor, counterLabel, countersFor, figureOf } from './counters.ts'
import type { PersonFacts, VisitFacts } from './facts.ts'
import type { Amount, PolicyPack, PolicyVersion, Reduction } from './language.ts'
import { quoteUnder, versionInForce } from './quote.ts'
import type { Quote } from './quote-form.ts'
import { type DueStipend, stipendsDue } from './stipends.ts'

/** The rules that a case is for. `version: null` = the policy has none in force on that date. */
export type CaseRules = { readonly pack: PolicyPack; readonly version: PolicyVersion | null }

/** What a case brings: the price, and what the person is due beside it. */
export type CaseResult = { readonly quote: Quote; readonly stipends: readonly DueStipend[] }

/** Finds the version that a scheme id names, or the version in force of the policy that it names; null where no pack knows the id. */
export function rulesFor(packs: readonly PolicyPack[], item: PolicyCase): CaseRules | null {
  for (const pack of packs) {
    const version = pack.versions.find(({ id }) => id === item.scheme)
    if (version !== undefined) return { pack, version }
    if (pack.id === item.scheme) return { pack, version: versionInForce(pack, item.visit.date) }
  }
  return null
}

/** Prices a case by its rules, as a terminal that holds the whole cap. */
export function runCase({ pack, version }: CaseRules, item: PolicyCase): CaseResult {
  const { person, visit, used } = factsOfCase({ pack, version }, item)
  const pots = item.pots === undefined ? {} : { pots: item.pots }
  const quote = quoteUnder(pack, version, { person, visit, used, rights: 'whole-cap', ...pots })
  const stipends =
    version === null
      ? []
      : stipendsDue(version, { person, visit, rules: rulesOf(pack, version), runningFen: visit.listFen })
  return { quote, stipends }
}

/** Who comes in a case, what they come for, and what their counters had used before. */
export function factsOfCase({ pack, version }: CaseRules, item: PolicyCase) {
  const [person, visit] = [personOf(item), visitOf(item)]
  return { person, visit, used: version === null ? {} : usageBefore(pack, version, person, visit, item) }
}

function personOf({ person }: PolicyCase): PersonFacts | null {
  if (person === 'guest') return null
  const categories = (person.categories ?? []).map(held => (typeof held === 'string' ? { id: held } : held))
  return { ...person, categories, household: person.household ?? {} }
}

function visitOf({ visit: { date, listPriceFen, site = {}, channel = 'dine-in', ...rest } }: PolicyCase): VisitFacts {
  const { grade, mode, listed = true, ...place } = site
  return { ...rest, channel, businessDate: date, listFen: listPriceFen, site: { place, grade, mode, listed } }
}

/**
 * What earlier visits took from the visit's counters: one each of a count, their subsidies of an amount; a voided visit nothing. A visit
 * counts where a step with that limit could have paid it, by its meal, service and funds as far as they are stated. A stated balance of an
 * allowance stands instead: what is missing to the person's cap is used.
 */
function usageBefore(
  pack: PolicyPack,
  version: PolicyVersion,
  person: PersonFacts | null,
  visit: VisitFacts,
  { prior = [], balances = {} }: PolicyCase,
): Record<string, number> {
  const rules = rulesOf(pack, version)
  const standing = prior.filter(({ voided }) => voided !== true)
  return Object.fromEntries(
    countersFor(version, visit).map(({ key, label, limit, period, unit }) => {
      const left = figureOf(balances, limit)
      if (left !== undefined) return [key, Math.max(0, capFor(version, limit, { person, visit, rules }).cap - left)]
      const steps = reductionsUnder(version, limit)
      const funds = new Set(steps.flatMap(fundsOf))
      const paidFen = ({ subsidyFen = {} }: Prior) =>
        Object.entries(subsidyFen).reduce((sum, [fund, fen]) => sum + (funds.has(fund) ? fen : 0), 0)
      const within = standing.filter(
        item =>
          counterLabel(period, item.date, item.meal) === label &&
          steps.some(step => couldHavePaid(step, item, rules)) &&
          (funds.size === 0 || item.subsidyFen === undefined || paidFen(item) > 0),
      )
      return [key, within.reduce((sum, item) => sum + (unit === 'count' ? 1 : paidFen(item)), 0)]
    }),
  )
}

type Prior = NonNullable<PolicyCase['prior']>[number]

function reductionsUnder({ benefits }: PolicyVersion, limit: string): Reduction[] {
  const reductions = benefits.flatMap((benefit): Reduction[] => {
    if (benefit.kind === 'choice') return benefit.options
    return benefit.kind === 'discount' || benefit.kind === 'subsidy' ? [benefit] : []
  })
  return reductions.filter(
    step => step.limits?.includes(limit) || (step.kind === 'subsidy' && step.allowance === limit),
  )
}

function fundsOf(step: Reduction): string[] {
  if (step.kind === 'discount') return []
  const own = step.fund === undefined ? (step.funds ?? []).map(({ fund }) => fund) : [step.fund]
  return [...own, ...classFunds(step.amount)]
}

function classFunds(amount: Amount): string[] {
  if (amount.kind !== 'classes') return []
  return amount.classes.flatMap(item => [...(item.funds ?? []).map(({ fund }) => fund), ...classFunds(item.amount)])
}

function couldHavePaid({ when }: Reduction, { meal, service }: Prior, { services }: Rules): boolean {
  const group = services?.find(({ id }) => id === service)?.group
  return (
    (meal === undefined || when?.meal === undefined || when.meal.includes(meal)) &&
    (service === undefined || when?.service === undefined || when.service.includes(service)) &&
    (service === undefined || when?.serviceGroup === undefined || when.serviceGroup.includes(group ?? ''))
  )
}

/** What differs between the result of a case and what it expects, as `name: expected X, got Y`; empty = passed. */
export function differences(expected: PolicyCase['expect'], { quote, stipends }: CaseResult): string[] {
  const differing = (name: string, left: string | number, right: string | number) =>
    left === right ? [] : [`${name}: expected ${left}, got ${right}`]
  const byName = (name: string, wanted: Record<string, number>, got: Record<string, number>) =>
    [...new Set([...Object.keys(wanted), ...Object.keys(got)])]
      .sort()
      .flatMap(key => differing(`${name} ${key}`, figureOf(wanted, key) ?? 0, figureOf(got, key) ?? 0))
  const paid = Object.fromEntries(quote.subsidies.map(({ fund, fen }) => [fund, fen]))
  const due = Object.fromEntries(stipends.map(({ id, fen }) => [id, fen]))
  const codes = (list: readonly string[]) => [...new Set(list)].sort().join(' ') || '-'
  return [
    ...differing('discountFen', expected.discountFen, quote.discountFen),
    ...byName('subsidyFen', expected.subsidyFen, paid),
    ...differing('ownPayFen', expected.ownPayFen, quote.ownPayFen),
    ...(expected.operatorFen === undefined ? [] : differing('operatorFen', expected.operatorFen, quote.operatorFen)),
    ...(expected.stipendFen === undefined ? [] : byName('stipendFen', expected.stipendFen, due)),
    ...(expected.reasons === undefined
      ? []
      : differing('reasons', codes(expected.reasons), codes(quote.reasons.map(({ code }) => code)))),
  ]
}

/** A vector of a pack that the pack itself prices otherwise, or that is for another policy. */
export type WrongVector = { readonly index: number; readonly id: string; readonly differences: readonly string[] }

/** Runs the vectors that a pack carries; empty = all come out as stated. */
export function wrongVectors(pack: PolicyPack): WrongVector[] {
  return (pack.vectors ?? []).flatMap((item, index) => {
    const rules = rulesFor([pack], item)
    const found =
      rules === null ? [`scheme: ${item.scheme} is not in ${pack.id}`] : differences(item.expect, runCase(rules, item))
    return found.length === 0 ? [] : [{ index, id: item.id, differences: found }]
  })
}
