import { describe, expect, test } from 'vitest'
import { type PolicyCase, policyCase } from '../../../shared/policy/case.ts'
import type { PolicyPack } from '../../../shared/policy/language.ts'
import { differences, rulesFor, runCase } from '../../../shared/policy/run-case.ts'
import { packJson, packOf, soundPack, subsidyStep, words } from '../../support/policy-kit.ts'

/** A lunch for 10.00 on Friday 20 November 2026 of somebody aged 82. */
const item = (more: object = {}): PolicyCase =>
  policyCase.parse({
    id: 'case',
    scheme: 'TEST',
    person: { birthDate: '1944-03-02' },
    visit: { date: '2026-11-20', meal: 'lunch', listPriceFen: 1000 },
    expect: { discountFen: 0, subsidyFen: {}, ownPayFen: 0 },
    ...more,
  })
const run = (pack: PolicyPack, more: object = {}) => {
  const rules = rulesFor([pack], item(more))
  return rules === null ? undefined : runCase(rules, item(more))
}
const own = (pack: PolicyPack, more: object = {}) => run(pack, more)?.quote.ownPayFen
const visit = (more: object) => ({ visit: { date: '2026-11-20', meal: 'lunch', listPriceFen: 1000, ...more } })

describe('the rules of a case', () => {
  const [version] = packJson([subsidyStep('meal', 300)]).versions
  const versions = [
    { ...version, id: 'OLD', to: '2020-12-31' },
    { ...version, id: 'NEW', from: '2026-01-01', benefits: [subsidyStep('meal', 500)] },
  ]
  const pack = soundPack({ ...packJson([]), versions })
  const other = soundPack({ ...packJson([]), id: 'OTHER', versions: [{ ...version, id: 'OTHER-1' }] })
  const named = (scheme: string, date = '2026-11-20') => {
    const rules = rulesFor([other, pack], item({ scheme, ...visit({ date }) }))
    return rules === null ? null : [rules.pack.id, rules.version?.id]
  }

  test('are the version that it names, whatever its date, or the policy’s version in force', () => {
    expect(named('OLD')).toEqual(['TEST', 'OLD'])
    expect(named('TEST')).toEqual(['TEST', 'NEW'])
    expect(named('TEST', '2020-12-31')).toEqual(['TEST', 'OLD'])
    expect(named('OTHER')).toEqual(['OTHER', 'OTHER-1'])
  })

  test('are none in force in a gap, and none at all of an unknown scheme', () => {
    expect(named('TEST', '2023-01-01')).toEqual(['TEST', undefined])
    expect(named('MARS')).toBeNull()
    expect(run(pack, visit({ date: '2023-01-01' }))).toMatchObject({
      quote: { version: null, ownPayFen: 1000 },
      stipends: [],
    })
  })
})

describe('what a case leaves out', () => {
  const paidTo = (when: object, more: object = {}) => own(packOf([subsidyStep('meal', 300, { when })]), more)

  test('is a listed site without grade, mode or place, at the table, and nothing known of the person', () => {
    expect(paidTo({ channel: ['dine-in'], listed: true })).toBe(700)
    expect(paidTo({ siteGrade: [1] })).toBe(1000)
    expect(paidTo({ category: ['dibao'] })).toBe(1000)
    expect(paidTo({ household: { unit: 'city', is: ['A'] } })).toBe(1000)
  })

  test('and what it states', () => {
    const site = { city: 'A', grade: 1, mode: 'kitchen' }
    expect(
      paidTo({ siteGrade: [1], siteMode: ['kitchen'], sitePlace: { unit: 'city', is: ['A'] } }, visit({ site })),
    ).toBe(700)
    expect(paidTo({ channel: ['delivery'] }, visit({ channel: 'delivery' }))).toBe(700)
    expect(paidTo({ listed: true }, visit({ site: { listed: false } }))).toBe(1000)
    expect(paidTo({ time: { from: '11:00' } }, visit({ time: '11:00' }))).toBe(700)
    expect(paidTo({ minutes: { atLeast: 30 } }, visit({ minutes: 30 }))).toBe(700)
    expect(paidTo({ set: ['A'] }, visit({ set: 'A' }))).toBe(700)
    expect(paidTo({ paidByInsurance: true }, visit({ paidByInsurance: true }))).toBe(700)
    expect(paidTo({ careGrade: { atLeast: 3 } }, { person: { birthDate: '1944-03-02', careGrade: 3 } })).toBe(700)
  })

  test('a category may be a name, or a name with dates', () => {
    const holding = (...categories: unknown[]) =>
      paidTo({ category: ['dibao'] }, { person: { birthDate: '1944-03-02', categories } })
    expect([
      holding('dibao'),
      holding({ id: 'dibao', to: '2026-11-20' }),
      holding({ id: 'dibao', to: '2026-11-19' }),
    ]).toEqual([700, 700, 1000])
  })

  test('a guest is nobody', () => {
    expect(paidTo({ meal: ['lunch'] }, { person: 'guest' })).toBe(1000)
  })
})

describe('what was before', () => {
  const counted = packOf([subsidyStep('meal', 300, { limits: ['week'] })], {
    limits: [{ id: 'week', period: 'week', unit: 'count', cap: 2 }],
  })
  const ownAfter = (...prior: object[]) => own(counted, { prior })
  const lunch = { date: '2026-11-16', meal: 'lunch', subsidyFen: { city: 300 } }

  test('counts once a visit in the same period, a voided one not at all', () => {
    expect(ownAfter(lunch)).toBe(700)
    expect(ownAfter(lunch, lunch)).toBe(1000)
    expect(ownAfter(lunch, { ...lunch, voided: true })).toBe(700)
    expect(ownAfter(lunch, { ...lunch, voided: false })).toBe(1000)
    expect(ownAfter(lunch, { ...lunch, date: '2026-11-15' })).toBe(700)
  })

  test('counts its subsidies for a limit in fen', () => {
    const money = packOf([subsidyStep('meal', 300, { limits: ['m'] })], {
      limits: [{ id: 'm', period: 'month', unit: 'fen', cap: 700 }],
    })
    expect(own(money, { prior: [{ ...lunch, subsidyFen: { city: 400 } }] })).toBe(700)
    expect(own(money, { prior: [{ ...lunch, subsidyFen: { city: 401 } }] })).toBe(1000)
    expect(own(money, { prior: [lunch, { ...lunch, subsidyFen: { city: 100 } }] })).toBe(700)
    expect(own(money, { prior: [lunch, { ...lunch, subsidyFen: { city: 101 } }] })).toBe(1000)
  })

  test('is told by a balance instead, of the person’s own cap', () => {
    const purse = {
      id: 'purse',
      title: words('purse'),
      period: 'month',
      cap: { classes: [{ when: { category: ['dibao'] }, cap: 900 }, { cap: 400 }] },
    }
    const spending = packOf([subsidyStep('spend', 0, { amount: { kind: 'price', fen: 0 }, allowance: 'purse' })], {
      version: { allowances: [purse] },
    })
    const balance = (left: number, more: object = {}) => own(spending, { balances: { purse: left }, ...more })
    expect([balance(400), balance(150), balance(0), balance(5000)]).toEqual([600, 850, 1000, 600])
    expect(balance(900, { person: { birthDate: '1944-03-02', categories: ['dibao'] } })).toBe(100)
    expect(balance(300, { prior: [{ ...lunch, subsidyFen: { city: 400 } }] })).toBe(700)
    expect(own(spending, {})).toBe(600)
  })

  test('a pot holds what the case says', () => {
    const funds = [{ id: 'city', title: words('city'), source: 'public', pot: { period: 'month', beyond: 'rest' } }]
    const pack = packOf([subsidyStep('meal', 300)], { pack: { funds } })
    expect([own(pack, { pots: { city: 120 } }), own(pack)]).toEqual([880, 700])
  })
})

describe('differences', () => {
  const stipends = [{ id: 'old', title: words('old'), fund: 'city', fen: 5000 }]
  const operator = { id: 'op', kind: 'operator', title: words('op'), fund: 'city', amount: { kind: 'fixed', fen: 50 } }
  const pack = packOf([subsidyStep('meal', 300), operator, subsidyStep('dinner', 1, { when: { meal: ['dinner'] } })], {
    version: { stipends },
  })
  const right = { discountFen: 0, subsidyFen: { city: 300 }, ownPayFen: 700 }
  const differing = (more: object) => {
    const result = run(pack)
    return result === undefined ? undefined : differences(item({ expect: { ...right, ...more } }).expect, result)
  }

  test('are none where all that is stated is so', () => {
    expect(differing({})).toEqual([])
    expect(differing({ operatorFen: 50, stipendFen: { old: 5000 }, reasons: ['MEAL_NOT_COVERED'] })).toEqual([])
    expect(differing({ subsidyFen: { city: 300, street: 0 } })).toEqual([])
  })

  test('name what was expected and what came', () => {
    expect(differing({ discountFen: 1, ownPayFen: 699 })).toEqual([
      'discountFen: expected 1, got 0',
      'ownPayFen: expected 699, got 700',
    ])
    expect(differing({ subsidyFen: { street: 300 } })).toEqual([
      'subsidyFen city: expected 0, got 300',
      'subsidyFen street: expected 300, got 0',
    ])
    expect(differing({ subsidyFen: { city: 300, valueOf: 1 } })).toEqual(['subsidyFen valueOf: expected 1, got 0'])
    expect(differing({ operatorFen: 0 })).toEqual(['operatorFen: expected 0, got 50'])
    expect(differing({ stipendFen: {} })).toEqual(['stipendFen old: expected 0, got 5000'])
    expect(differing({ reasons: [] })).toEqual(['reasons: expected -, got MEAL_NOT_COVERED'])
    expect(differing({ reasons: ['CHANNEL', 'ABOVE_MAX', 'CHANNEL'] })).toEqual([
      'reasons: expected ABOVE_MAX CHANNEL, got MEAL_NOT_COVERED',
    ])
  })
})
