import { describe, expect, test } from 'vitest'
import { type PolicyCase, policyCase } from '../../../shared/policy/case.ts'
import type { PolicyPack } from '../../../shared/policy/language.ts'
import { differences, rulesFor, runCase, wrongVectors } from '../../../shared/policy/run-case.ts'
import { discountStep, packJson, packOf, soundPack, subsidyStep, words } from '../../support/policy-kit.ts'

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

  describe('counts where a step with that limit could have paid it:', () => {
    const services = ['bath', 'hair', 'walk'].map((id, index) => ({
      ...{ id, title: words(id), unit: words('time') },
      ...(index === 2 ? {} : { group: index === 0 ? 'care' : 'house' }),
    }))
    const limits = [{ id: 'week', period: 'week', unit: 'count', cap: 1 }]
    const pack = (...steps: object[]) => packOf(steps, { limits, version: { services } })
    const limited = (id: string, more: object) => subsidyStep(id, 300, { limits: ['week'], ...more })
    const counts = (of: PolicyPack, prior: object) => own(of, { prior: [{ date: '2026-11-16', ...prior }] }) === 1000
    const meals = pack(
      limited('lunch', { when: { meal: ['lunch'] } }),
      limited('dinner', { when: { meal: ['dinner'] } }),
    )

    test('by its meal', () => {
      expect(['lunch', 'dinner', 'breakfast'].map(meal => counts(meals, { meal }))).toEqual([true, true, false])
      expect(counts(meals, {})).toBe(true)
    })

    test('by its service or the group of it', () => {
      const ownAfterService = (when: object) => (service: string) =>
        own(pack(limited('a', { when })), {
          ...visit({ meal: undefined, service: 'bath' }),
          prior: [{ date: '2026-11-16', service }],
        })
      expect(['bath', 'hair', 'walk'].map(ownAfterService({ service: ['bath'] }))).toEqual([1000, 700, 700])
      expect(['bath', 'hair', 'walk'].map(ownAfterService({ serviceGroup: ['care'] }))).toEqual([1000, 700, 700])
    })

    test('a visit whose service is not stated, whatever service is paid', () => {
      for (const when of [{ service: ['bath'] }, { serviceGroup: ['care'] }]) {
        const bath = { ...visit({ meal: undefined, service: 'bath' }), prior: [{ date: '2026-11-16' }] }
        expect(own(pack(limited('a', { when })), bath)).toBe(1000)
      }
    })

    test('by the funds that paid it, as far as they are stated', () => {
      const paidBy = (step: object) => (subsidyFen: object | undefined) =>
        counts(pack(step), subsidyFen === undefined ? {} : { subsidyFen })
      const given = [{ city: 1 }, { street: 1 }, {}, undefined]
      expect(given.map(paidBy(limited('a', {})))).toEqual([true, false, false, true])
      const funds = [{ fund: 'street', share: 1 }]
      const { fund: _none, ...unpaid } = { fund: '', ...limited('a', {}) }
      expect(given.map(paidBy({ ...unpaid, funds }))).toEqual([false, true, false, true])
      const fixed = { kind: 'fixed', fen: 300 }
      const classes = (item: object) => ({ kind: 'classes', classes: [item] })
      expect(given.map(paidBy({ ...unpaid, amount: classes({ amount: fixed, funds }) }))).toEqual([
        false,
        true,
        false,
        true,
      ])
      const nested = classes({ amount: classes({ amount: fixed, funds }) })
      expect(given.map(paidBy({ ...unpaid, amount: nested }))).toEqual([false, true, false, true])
      const both = limited('a', { amount: classes({ amount: fixed, funds }) })
      expect(given.map(paidBy(both))).toEqual([true, true, false, true])
    })

    test('a discount, whoever paid beside it, and an option of a choice', () => {
      const discount = discountStep('shop', 30, { limits: ['week'] })
      expect(own(pack(discount), { prior: [{ date: '2026-11-16', subsidyFen: { city: 1 } }] })).toBe(1000)
      const options = [limited('a', {}), limited('b', {})]
      const choice = { id: 'c', kind: 'choice', title: words('c'), choose: 'first', options }
      expect(counts(pack(choice), { subsidyFen: { city: 1 } })).toBe(true)
    })

    test('and not another step, of no limit or of another one', () => {
      const free = subsidyStep('free', 100, { when: { meal: ['dinner'] }, fund: 'street' })
      const of = pack(limited('lunch', { when: { meal: ['lunch'] } }), free)
      expect(counts(of, { meal: 'dinner', subsidyFen: { street: 100 } })).toBe(false)
    })

    test('in fen by what those funds paid', () => {
      const money = [{ id: 'm', period: 'month', unit: 'fen', cap: 700 }]
      const of = packOf([subsidyStep('meal', 300, { limits: ['m'] })], { limits: money })
      expect(own(of, { prior: [{ date: '2026-11-16', subsidyFen: { city: 400, street: 5000 } }] })).toBe(700)
      expect(own(of, { prior: [{ date: '2026-11-16', subsidyFen: { city: 401, street: 5000 } }] })).toBe(1000)
    })
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

describe('the vectors of a pack', () => {
  const vector = (id: string, more: object = {}) => ({
    ...{ id, scheme: 'TEST', person: { birthDate: '1944-03-02' }, visit: { date: '2026-11-20', listPriceFen: 1000 } },
    expect: { discountFen: 0, subsidyFen: { city: 300 }, ownPayFen: 700 },
    ...more,
  })
  const wrong = (...vectors: object[]) => wrongVectors(packOf([subsidyStep('meal', 300)], { pack: { vectors } }))

  test('that come out as stated are not told, nor is there anything to tell of none', () => {
    expect(wrong(vector('a'), vector('b', { scheme: 'TEST-1' }))).toEqual([])
    expect(wrongVectors(packOf([]))).toEqual([])
  })

  test('that come out otherwise, or are for another policy, are told with their place', () => {
    const other = vector('b', { expect: { discountFen: 0, subsidyFen: { city: 200 }, ownPayFen: 800 } })
    expect(wrong(vector('a'), other, vector('c', { scheme: 'MARS' }))).toEqual([
      {
        index: 1,
        id: 'b',
        differences: ['subsidyFen city: expected 200, got 300', 'ownPayFen: expected 800, got 700'],
      },
      { index: 2, id: 'c', differences: ['scheme: MARS is not in TEST'] },
    ])
  })
})
