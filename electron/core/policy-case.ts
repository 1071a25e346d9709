import { z } from 'zod'
import { businessDate, meal } from '../../shared/business-day.ts'
import { counterLabel, countersFor } from '../../shared/policy/counters.ts'
import { channel, heldCategory, personFacts, placeFacts, siteFacts, visitFacts } from '../../shared/policy/facts.ts'
import type { PolicyPack, PolicyVersion } from '../../shared/policy/language.ts'
import type { Quote, QuoteInputs } from '../../shared/policy/quote.ts'
import { quoteUnder, versionInForce } from '../../shared/policy/quote.ts'

const fenByFund = z.record(z.string(), z.int())

/** A case of docs/case.schema.json. */
export const policyCase = z.strictObject({
  id: z.string(),
  scheme: z.string(),
  person: z.union([
    z.literal('guest'),
    z.object({
      ...personFacts.shape,
      categories: z.array(z.union([z.string().transform(id => ({ id })), heldCategory])).default([]),
      household: placeFacts.default({}),
    }),
  ]),
  prior: z
    .array(
      z.object({
        date: businessDate,
        meal: meal.optional(),
        service: z.string().optional(),
        subsidyFen: fenByFund.optional(),
        voided: z.boolean().optional(),
      }),
    )
    .default([]),
  balances: fenByFund.optional(),
  pots: fenByFund.optional(),
  visit: z.object({
    date: visitFacts.shape.businessDate,
    time: visitFacts.shape.time,
    meal: visitFacts.shape.meal,
    service: visitFacts.shape.service,
    minutes: visitFacts.shape.minutes,
    channel: channel.default('dine-in'),
    set: visitFacts.shape.set,
    listPriceFen: visitFacts.shape.listFen,
    paidByInsurance: visitFacts.shape.paidByInsurance,
    site: z
      .object({
        ...placeFacts.shape,
        grade: siteFacts.shape.grade,
        mode: siteFacts.shape.mode,
        listed: z.boolean().default(true),
      })
      .default({ listed: true }),
  }),
  expect: z.object({
    discountFen: z.int(),
    subsidyFen: fenByFund,
    ownPayFen: z.int(),
    operatorFen: z.int().optional(),
    reasons: z.array(z.string()).optional(),
  }),
  basis: z.string().optional(),
  note: z.string().optional(),
})
export type PolicyCase = z.infer<typeof policyCase>

/** The rules that a case is for. `version: null` = the policy has none in force on that date. */
export type CaseRules = { readonly pack: PolicyPack; readonly version: PolicyVersion | null }

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
export function quoteCase({ pack, version }: CaseRules, item: PolicyCase): Quote {
  const { date, listPriceFen, site, ...visitRest } = item.visit
  const { grade, mode, listed, ...place } = site
  const visit = { ...visitRest, businessDate: date, listFen: listPriceFen, site: { place, grade, mode, listed } }
  const used = version === null ? {} : usageBefore(version, visit, item.prior)
  return quoteUnder(pack, version, {
    person: item.person === 'guest' ? null : item.person,
    visit,
    used,
    rights: 'whole-cap',
  })
}

/** What earlier visits took from the visit's counters: one each of a count, their subsidies of an amount; a voided visit nothing. */
function usageBefore(
  version: PolicyVersion,
  visit: QuoteInputs['visit'],
  prior: PolicyCase['prior'],
): Record<string, number> {
  const standing = prior.filter(({ voided }) => voided !== true)
  return Object.fromEntries(
    countersFor(version, visit).map(({ key, label, period, unit }) => {
      const within = standing.filter(item => counterLabel(period, item.date, item.meal) === label)
      return [key, within.reduce((sum, item) => sum + (unit === 'count' ? 1 : total(item.subsidyFen ?? {})), 0)]
    }),
  )
}

function total(amounts: Record<string, number>): number {
  return Object.values(amounts).reduce((sum, amount) => sum + amount, 0)
}

/** What differs between a quote and what its case expects, as `name: expected X, got Y`; empty = passed. */
export function differences(expected: PolicyCase['expect'], got: Quote): string[] {
  const differing = (name: string, left: string | number, right: string | number) =>
    left === right ? [] : [`${name}: expected ${left}, got ${right}`]
  const paid: Record<string, number> = Object.fromEntries(got.subsidies.map(({ fund, fen }) => [fund, fen]))
  const funds = [...new Set([...Object.keys(expected.subsidyFen), ...Object.keys(paid)])].sort()
  const codes = (list: readonly string[]) => [...new Set(list)].sort().join(' ') || '-'
  return [
    ...differing('discountFen', expected.discountFen, got.discountFen),
    ...funds.flatMap(fund => differing(`subsidyFen ${fund}`, expected.subsidyFen[fund] ?? 0, paid[fund] ?? 0)),
    ...differing('ownPayFen', expected.ownPayFen, got.ownPayFen),
    ...(expected.operatorFen === undefined ? [] : differing('operatorFen', expected.operatorFen, got.operatorFen)),
    ...(expected.reasons === undefined
      ? []
      : differing('reasons', codes(expected.reasons), codes(got.reasons.map(({ code }) => code)))),
  ]
}
