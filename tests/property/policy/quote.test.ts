import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, businessDate, meal } from '../../../shared/business-day.ts'
import { countersFor } from '../../../shared/policy/counters.ts'
import { channel, personFacts, visitFacts } from '../../../shared/policy/facts.ts'
import { packHash, parsePack } from '../../../shared/policy/parse-pack.ts'
import { quote } from '../../../shared/policy/quote.ts'
import { type Quote, type QuoteInputs, quoteInputs, quoteResult } from '../../../shared/policy/quote-form.ts'
import { packJson, soundPack, subsidyStep } from '../../support/policy-kit.ts'

const categories = ['dibao', 'tekun', 'in_institution']
const funds = ['city', 'street']
const limitIds = ['l0', 'l1', 'l2']
const monday = businessDate.parse('2026-11-16')

const dateText = fc.integer({ min: -20, max: 40 }).map(days => addDays(monday, days))
const place = fc.record(
  { city: fc.constantFrom('A', 'B'), district: fc.constantFrom('D1', 'D2'), street: fc.constantFrom('S1', 'S2') },
  { requiredKeys: [] },
)
const placeMatch = fc.record({
  unit: fc.constantFrom('city', 'district', 'street'),
  is: fc.oneof(fc.constant('site'), fc.subarray(['A', 'D1', 'S2'], { minLength: 1 })),
})
const bounds = fc.oneof(
  fc.record({ atLeast: fc.integer({ min: 0, max: 3000 }) }),
  fc.record({ moreThan: fc.integer({ min: 0, max: 3000 }) }),
)

const condition: fc.Arbitrary<object> = fc.letrec<{ tree: object; leaf: object }>(tie => ({
  leaf: fc.oneof(
    fc.record({ age: fc.record({ atLeast: fc.integer({ min: 50, max: 90 }) }) }),
    fc.record({ age: fc.record({ below: fc.integer({ min: 50, max: 90 }) }) }),
    fc.record({ category: fc.subarray(categories, { minLength: 1 }) }),
    fc.record({ household: placeMatch }),
    fc.record({ residence: placeMatch }),
    fc.record({ meal: fc.subarray([...meal.options], { minLength: 1 }) }),
    fc.record({ weekday: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }) }),
    fc.record({ workingDay: fc.boolean() }),
    fc.record({ channel: fc.subarray([...channel.options], { minLength: 1 }) }),
    fc.record({ listPrice: bounds }),
    fc.record({ runningPrice: bounds }),
  ),
  tree: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    tie('leaf'),
    fc.record({ all: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ none: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
  ),
})).tree

const rounding = fc.record({ unitFen: fc.constantFrom(1, 10, 50, 100), mode: fc.constantFrom('half-up', 'up', 'down') })
const plainAmount = fc.oneof(
  fc.record({ kind: fc.constant('fixed'), fen: fc.integer({ min: 0, max: 1200 }) }),
  fc.record(
    {
      kind: fc.constant('percent'),
      percent: fc.integer({ min: 1, max: 100 }),
      of: fc.constantFrom('list', 'running'),
      capFen: fc.integer({ min: 0, max: 1500 }),
      rounding,
    },
    { requiredKeys: ['kind', 'percent', 'of'] },
  ),
)
const amount = fc.oneof(
  { weight: 3, arbitrary: plainAmount },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('classes'),
      classes: fc.array(fc.record({ when: condition, amount: plainAmount }, { requiredKeys: ['amount'] }), {
        minLength: 1,
        maxLength: 3,
      }),
    }),
  },
)
const step = fc
  .record(
    {
      kind: fc.constantFrom('discount', 'subsidy', 'subsidy', 'subsidy', 'surcharge', 'operator'),
      for: fc.constantFrom('person', 'guest', 'anyone'),
      when: condition,
      amount,
      fund: fc.constantFrom(...funds),
      limits: fc.subarray(limitIds),
    },
    { requiredKeys: ['kind', 'amount', 'fund', 'limits'] },
  )
  .map(({ fund, limits, ...rest }) => ({
    ...rest,
    ...(rest.kind === 'subsidy' || rest.kind === 'operator' ? { fund } : {}),
    ...(rest.kind === 'subsidy' || rest.kind === 'discount' ? { limits } : {}),
  }))

const packParts = fc.record({
  benefits: fc
    .array(step, { minLength: 1, maxLength: 7 })
    .map(steps => steps.map((item, index) => ({ ...item, id: `b${index}`, title: { zh: '项', en: 'step' } }))),
  limits: fc
    .tuple(
      ...limitIds.map(() =>
        fc.record({
          period: fc.constantFrom('meal', 'day', 'week', 'month', 'year'),
          unit: fc.constantFrom('count', 'fen'),
          cap: fc.integer({ min: 1, max: 12 }),
        }),
      ),
    )
    .map(limits =>
      limits.map((limit, index) => ({
        ...limit,
        id: `l${index}`,
        cap: limit.unit === 'fen' ? limit.cap * 250 : limit.cap,
      })),
    ),
  calendar: fc.record({
    holidays: fc.array(dateText, { maxLength: 3 }),
    makeUpDays: fc.array(dateText, { maxLength: 3 }),
  }),
})
const pack = packParts.map(({ benefits, ...more }) => soundPack(packJson(benefits, more)))

const person = fc
  .record(
    {
      birthDate: fc.integer({ min: -365 * 95, max: -365 * 48 }).map(days => addDays(monday, days)),
      categories: fc.array(
        fc.record({ id: fc.constantFrom(...categories), from: dateText, to: dateText }, { requiredKeys: ['id'] }),
        { maxLength: 3 },
      ),
      household: place,
      residence: place,
    },
    { requiredKeys: ['birthDate', 'categories', 'household'] },
  )
  .map(facts => personFacts.parse(facts))
const visit = fc
  .record(
    {
      businessDate: dateText,
      meal: fc.constantFrom(...meal.options),
      channel: fc.constantFrom(...channel.options),
      listFen: fc.oneof(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 100_000_000 })),
      site: fc.record({ place, listed: fc.boolean() }),
    },
    { requiredKeys: ['businessDate', 'channel', 'listFen', 'site'] },
  )
  .map(facts => visitFacts.parse(facts))

/** A pack with inputs whose usage and rights are about the pack's own counters. */
const quoted = fc
  .tuple(pack, fc.option(person, { freq: 8 }), visit, fc.infiniteStream(fc.nat({ max: 9 })), fc.boolean())
  .map(([pack, person, visit, numbers, whole]) => {
    const next = () => Number(numbers.next().value)
    const counters = pack.versions.flatMap(version => countersFor(version, visit))
    const perCounter = () =>
      Object.fromEntries(counters.map(({ key, unit }) => [key, next() * (unit === 'fen' ? 100 : 1)]))
    const inputs: QuoteInputs = { person, visit, used: perCounter(), rights: whole ? 'whole-cap' : perCounter() }
    return { pack, inputs }
  })

/** The long run looks at twenty times as many worlds. */
const scale = Number(process.env.AIXIN_RUNS ?? 1)
const runs = { numRuns: 600 * scale }
const subsidised = ({ subsidies }: Quote) => subsidies.reduce((sum, item) => sum + item.fen, 0)

describe('for any pack, person and visit', () => {
  test('discount, subsidies and own payment make the list price, and nothing is negative', () => {
    fc.assert(
      fc.property(quoted, ({ pack, inputs }) => {
        const result = quote(pack, inputs)
        expect(result.discountFen + subsidised(result) + result.ownPayFen).toBe(result.listFen)
        const amounts = [
          result.ownPayFen,
          result.operatorFen,
          result.pendingFen,
          ...result.subsidies.map(({ fen }) => fen),
        ]
        expect(amounts.every(fen => Number.isSafeInteger(fen) && fen >= 0)).toBe(true)
        expect(result.subsidies.every(({ fen }) => fen > 0)).toBe(true)
        expect(quoteResult.parse(result)).toEqual(result)
      }),
      runs,
    )
  })

  test('the ladder leads from the list price to the own payment, step by step', () => {
    fc.assert(
      fc.property(quoted, ({ pack, inputs }) => {
        const { ladder, listFen, ownPayFen } = quote(pack, inputs)
        const end = ladder.reduce((price, step) => {
          expect(step.runningFen).toBe(price - step.fen)
          return step.runningFen
        }, listFen)
        expect(end).toBe(ownPayFen)
      }),
      runs,
    )
  })

  test('debits fit what the cap leaves and what the rights cover, one a counter', () => {
    fc.assert(
      fc.property(quoted, ({ pack, inputs }) => {
        const { debits } = quote(pack, inputs)
        const caps = new Map(
          pack.versions.flatMap(version => countersFor(version, inputs.visit)).map(({ key, cap }) => [key, cap]),
        )
        expect(new Set(debits.map(({ key }) => key)).size).toBe(debits.length)
        for (const { key, amount, unit } of debits) {
          expect(amount).toBeGreaterThan(0)
          if (unit === 'count') expect(amount).toBe(1)
          expect((inputs.used[key] ?? 0) + amount).toBeLessThanOrEqual(caps.get(key) ?? 0)
          if (inputs.rights !== 'whole-cap') expect(amount).toBeLessThanOrEqual(inputs.rights[key] ?? 0)
        }
      }),
      runs,
    )
  })

  test('a pending claim is what full rights would bring, to the fen', () => {
    fc.assert(
      fc.property(quoted, ({ pack, inputs }) => {
        const now = quote(pack, inputs)
        const proven = quote(pack, { ...inputs, rights: 'whole-cap' })
        expect(now.ownPayFen - now.pendingFen).toBe(proven.ownPayFen)
        expect(proven.pendingFen).toBe(0)
        expect(now.pendingFen > 0).toBe(now.reasons.some(({ code }) => code === 'CLAIM_PENDING'))
      }),
      runs,
    )
  })

  test('the same inputs give the same bytes, through JSON and back', () => {
    fc.assert(
      fc.property(quoted, ({ pack, inputs }) => {
        const again = quote(
          soundPack(JSON.parse(JSON.stringify(pack))),
          quoteInputs.parse(JSON.parse(JSON.stringify(inputs))),
        )
        expect(JSON.stringify(again)).toBe(JSON.stringify(quote(pack, inputs)))
      }),
      runs,
    )
  })

  test('a benefit for nobody changes nothing, wherever it stands', () => {
    fc.assert(
      fc.property(packParts, person, visit, fc.nat(), ({ benefits, ...more }, person, visit, at) => {
        const none = subsidyStep('none', 500, { when: { age: { atLeast: 190 } }, limits: limitIds })
        const place = at % (benefits.length + 1)
        const inputs: QuoteInputs = { person, visit, used: {}, rights: 'whole-cap' }
        const added = soundPack(packJson([...benefits.slice(0, place), none, ...benefits.slice(place)], more))
        expect(quote(added, inputs)).toEqual(quote(soundPack(packJson(benefits, more)), inputs))
      }),
      runs,
    )
  })

  test('a delisted site costs no fund anything', () => {
    fc.assert(
      fc.property(quoted, ({ pack, inputs }) => {
        const visit = { ...inputs.visit, site: { ...inputs.visit.site, listed: false } }
        const result = quote(pack, { ...inputs, visit })
        expect(result).toMatchObject({ subsidies: [], operatorFen: 0 })
      }),
      runs,
    )
  })
})

test('over any sequence of visits and voids no cap is exceeded, and a void restores exactly', () => {
  const visits = fc.array(fc.record({ visit, voids: fc.boolean() }), { minLength: 1, maxLength: 25 })
  fc.assert(
    fc.property(pack, person, visits, (pack, person, sequence) => {
      const used: Record<string, number> = {}
      const caps = new Map<string, number>()
      for (const { visit, voids } of sequence) {
        for (const version of pack.versions) for (const { key, cap } of countersFor(version, visit)) caps.set(key, cap)
        const inputs: QuoteInputs = { person, visit, used: { ...used }, rights: 'whole-cap' }
        const result = quote(pack, inputs)
        for (const { key, amount } of result.debits) used[key] = (used[key] ?? 0) + amount
        for (const [key, amount] of Object.entries(used)) expect(amount).toBeLessThanOrEqual(caps.get(key) ?? 0)
        if (!voids) continue
        for (const { key, amount } of result.debits) used[key] = (used[key] ?? 0) - amount
        expect(quote(pack, { ...inputs, used: { ...used } })).toEqual(result)
      }
    }),
    { numRuns: 500 * scale },
  )
})

test('parsing a pack never throws, whatever it is given, and a sound pack keeps its hash', () => {
  fc.assert(
    fc.property(fc.jsonValue(), packParts, fc.string(), fc.jsonValue(), (json, { benefits, ...more }, key, value) => {
      const changed = { ...packJson(benefits, more), [key]: value }
      for (const input of [json, changed]) {
        const parsed = parsePack(input)
        if (parsed.ok) expect(packHash(soundPack(JSON.parse(JSON.stringify(parsed.pack))))).toBe(packHash(parsed.pack))
        else expect(parsed.problems.length).toBeGreaterThan(0)
      }
    }),
    { numRuns: 500 * scale },
  )
})
