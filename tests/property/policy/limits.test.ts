import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '../../../shared/business-day.ts'
import { rulesOf } from '../../../shared/policy/conditions.ts'
import { capFor, countersFor, type Debit, greatestCap } from '../../../shared/policy/counters.ts'
import type { PersonFacts, VisitFacts } from '../../../shared/policy/facts.ts'
import type { PolicyPack } from '../../../shared/policy/language.ts'
import { quote, versionInForce } from '../../../shared/policy/quote.ts'
import type { Quote, QuoteInputs } from '../../../shared/policy/quote-form.ts'
import { aMonday } from '../../support/any-condition.ts'
import { anyPack } from '../../support/any-pack.ts'
import { anyPerson, anyQuoted, anyVisit } from '../../support/any-visit.ts'
import { runs } from '../../support/property-runs.ts'

type Amounts = Record<string, number>

/** Visits that crowd into a fortnight, so that they meet in their periods. */
const visits = <T>(more: fc.Arbitrary<T>) =>
  fc.array(
    fc
      .tuple(anyVisit, fc.nat({ max: 13 }), more)
      .map(([visit, days, rest]) => ({ visit: { ...visit, businessDate: addDays(aMonday, days) }, rest })),
    { minLength: 1, maxLength: 20 },
  )

function add(amounts: Amounts, debits: readonly Debit[], sign: 1 | -1): void {
  for (const { key, amount } of debits) amounts[key] = (amounts[key] ?? 0) + sign * amount
}

/** The person's own cap of each counter that a visit could draw on, by key. */
function ownCaps(pack: PolicyPack, person: PersonFacts | null, visit: VisitFacts): Amounts {
  const version = versionInForce(pack, visit.businessDate)
  if (version === null) return {}
  const rules = rulesOf(pack, version)
  const at = { person, visit, rules }
  return Object.fromEntries(countersFor(version, visit).map(({ key, limit }) => [key, capFor(version, limit, at).cap]))
}

test('debits fit what the own cap leaves and what the rights cover, one a counter, and those of pots are what their funds pay, the operator included', () => {
  fc.assert(
    fc.property(anyQuoted, ({ pack, inputs }) => {
      const { debits, subsidies, operatorFen } = quote(pack, inputs)
      const caps = ownCaps(pack, inputs.person, inputs.visit)
      expect(new Set(debits.map(({ key }) => key)).size).toBe(debits.length)
      for (const { key, limit, amount, unit } of debits) {
        expect(amount).toBeGreaterThan(0)
        if (unit === 'count') expect(amount).toBe(1)
        const fund = limit.startsWith('pot:') ? limit.slice('pot:'.length) : undefined
        if (fund !== undefined) {
          const paid = subsidies.find(item => item.fund === fund)?.fen ?? 0
          expect(amount).toBeGreaterThanOrEqual(paid)
          expect(amount - paid).toBeLessThanOrEqual(operatorFen)
          continue
        }
        expect((inputs.used[key] ?? 0) + amount).toBeLessThanOrEqual(caps[key] ?? 0)
        if (inputs.rights !== 'whole-cap') expect(amount).toBeLessThanOrEqual(inputs.rights[key] ?? 0)
      }
      const drawn = new Set(debits.map(({ limit }) => limit))
      for (const { id, pot } of pack.funds)
        if (pot !== undefined && subsidies.some(({ fund }) => fund === id)) expect(drawn).toContain(`pot:${id}`)
    }),
    runs(350),
  )
})

describe('over any sequence of visits and voids', () => {
  test('no limit and no allowance is exceeded, and a void restores exactly', () => {
    fc.assert(
      fc.property(anyPack, anyPerson, visits(fc.nat({ max: 40 })), (pack, person, sequence) => {
        const used: Amounts = {}
        const standing: (readonly Debit[])[] = []
        for (const { visit, rest } of sequence) {
          const inputs: QuoteInputs = { person, visit, used: { ...used }, rights: 'whole-cap' }
          const { debits } = quote(pack, inputs)
          const caps = ownCaps(pack, person, visit)
          add(used, debits, 1)
          for (const { key, limit } of debits)
            if (!limit.startsWith('pot:')) expect(used[key]).toBeLessThanOrEqual(caps[key] ?? 0)
          standing.push(debits)
          const [voided] = rest < standing.length ? standing.splice(rest, 1) : []
          if (voided === undefined) continue
          add(used, voided, -1)
          expect(Object.values(used).every(amount => amount >= 0)).toBe(true)
          if (voided === debits) expect(quote(pack, { ...inputs, used: { ...used } })).toEqual(quote(pack, inputs))
        }
        for (const debits of standing) add(used, debits, -1)
        expect(Object.values(used).every(amount => amount === 0)).toBe(true)
      }),
      runs(160),
    )
  })

  test('two terminals that share a right never debit more than the cap together, though neither hears of the other', () => {
    const turns = fc.record({ terminal: fc.constantFrom(0, 1), voids: fc.boolean(), hears: fc.boolean() })
    fc.assert(
      fc.property(anyPack, anyPerson, visits(turns), fc.nat({ max: 8 }), (pack, person, sequence, eighths) => {
        const own: [Amounts, Amounts] = [{}, {}]
        const rights: [Amounts, Amounts] = [{}, {}]
        const together: Amounts = {}
        for (const { visit, rest } of sequence) {
          const { terminal } = rest
          const version = versionInForce(pack, visit.businessDate)
          const limits = version === null ? [] : [...version.limits, ...(version.allowances ?? [])]
          for (const { key, limit } of version === null ? [] : countersFor(version, visit)) {
            const cap = limits.flatMap(item => (item.id === limit ? [greatestCap(item.cap)] : []))[0] ?? 0
            rights[0][key] ??= Math.floor((cap * eighths) / 8)
            rights[1][key] ??= cap - rights[0][key]
          }
          const used = rest.hears ? together : own[terminal === 0 ? 0 : 1]
          const here = rights[terminal === 0 ? 0 : 1]
          const { debits } = quote(pack, { person, visit, used: { ...used }, rights: { ...here } })
          const drawn = debits.filter(({ limit }) => !limit.startsWith('pot:'))
          if (rest.voids) continue
          add(own[terminal === 0 ? 0 : 1], drawn, 1)
          add(together, drawn, 1)
          add(here, drawn, -1)
          for (const { key } of drawn) expect(here[key]).toBeGreaterThanOrEqual(0)
        }
        for (const version of pack.versions)
          for (const { visit } of sequence)
            for (const { key, cap } of countersFor(version, visit)) expect(together[key] ?? 0).toBeLessThanOrEqual(cap)
      }),
      runs(160),
    )
  })

  test('a pot never pays more than it holds, and where it holds enough nobody notices it', () => {
    const pots = fc.array(fc.nat({ max: 4000 }), { minLength: 3, maxLength: 3 })
    fc.assert(
      fc.property(anyPack, visits(anyPerson), pots, (pack, sequence, held) => {
        const left: Amounts = Object.fromEntries(pack.funds.map(({ id }, index) => [id, held[index] ?? 0]))
        for (const { visit, rest: person } of sequence) {
          const inputs: QuoteInputs = { person, visit, used: {}, rights: 'whole-cap', pots: { ...left } }
          const result = quote(pack, inputs)
          const { pots: _unbounded, ...boundless } = inputs
          const wanted = quote(pack, boundless)
          const fundOf = ({ limit }: Quote['debits'][number]) => limit.slice('pot:'.length)
          const ofPots = ({ debits }: Quote) => debits.filter(({ limit }) => limit.startsWith('pot:'))
          if (ofPots(wanted).every(debit => debit.amount <= (left[fundOf(debit)] ?? 0))) expect(result).toEqual(wanted)
          for (const debit of ofPots(result)) {
            const fund = fundOf(debit)
            left[fund] = (left[fund] ?? 0) - debit.amount
            expect(left[fund]).toBeGreaterThanOrEqual(0)
          }
        }
      }),
      runs(160),
    )
  })
})
