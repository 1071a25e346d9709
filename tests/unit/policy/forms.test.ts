import { describe, expect, test } from 'vitest'
import { policyCase } from '../../../shared/policy/case.ts'
import { counter, debit } from '../../../shared/policy/counters.ts'
import { greatestFen, personFacts, visitFacts } from '../../../shared/policy/facts.ts'
import { quoteInputs, quoteResult } from '../../../shared/policy/quote-form.ts'
import { distinctReasons, reason, reasonCode } from '../../../shared/policy/reasons.ts'
import { packOf, person, price, subsidyStep, visit } from '../../support/policy-kit.ts'

const plain = (value: object) => JSON.parse(JSON.stringify(value))
const aPerson = (more: object = {}) => personFacts.safeParse({ ...plain(person()), ...more }).success
const aVisit = (more: object = {}) => visitFacts.safeParse({ ...plain(visit()), ...more }).success
const aSite = (more: object) => aVisit({ site: { ...plain(visit().site), ...more } })
const caseVisit = { date: '2026-11-20', listPriceFen: 1000 }
const theCase = {
  id: 'c',
  scheme: 'S',
  person: 'guest',
  visit: caseVisit,
  expect: { discountFen: 0, subsidyFen: {}, ownPayFen: 1000 },
}
const aCase = (more: object = {}) => policyCase.safeParse({ ...theCase, ...more }).success
const casePerson = (more: object) => aCase({ person: { birthDate: '1944-03-02', ...more } })
const letters = (length: number) => 'x'.repeat(length)

test('the greatest amount is a million yuan', () => {
  expect(greatestFen).toBe(100_000_000)
})

describe('what is known', () => {
  /** What is bounded, whether this figure passes there, the least and the greatest that pass. */
  const bounds: [string, (figure: number) => boolean, number, number][] = [
    ['a care grade', careGrade => aPerson({ careGrade }), 0, 9],
    ['a height', heightCm => aPerson({ heightCm }), 0, 300],
    ['a list price', listFen => aVisit({ listFen }), 0, greatestFen],
    ['the minutes of a service', minutes => aVisit({ minutes }), 0, 100_000],
    ['the grade of a site', grade => aSite({ grade }), 0, 9],
    ['a list price in a case', listPriceFen => aCase({ visit: { ...caseVisit, listPriceFen } }), 0, greatestFen],
    ['the care grade of a case', careGrade => casePerson({ careGrade }), 0, 9],
    ['the grade of a case’s site', grade => aCase({ visit: { ...caseVisit, site: { grade } } }), 0, 9],
  ]
  test.each(bounds)('of %s lies between bounds and is whole', (_name, passes, least, greatest) => {
    expect([least, greatest].map(passes)).toEqual([true, true])
    expect([least - 1, greatest + 1, least + 0.5].map(passes)).toEqual([false, false, false])
  })

  const lengths: [string, (length: number) => boolean][] = [
    ['the id of a category held', length => aPerson({ categories: [{ id: letters(length) }] })],
    ['the name of a place', length => aPerson({ household: { street: letters(length) } })],
    ['a set', length => aVisit({ set: letters(length) })],
    ['a service', length => aVisit({ service: letters(length) })],
    ['the mode of a site', length => aSite({ mode: letters(length) })],
    ['a category in a case', length => casePerson({ categories: [letters(length)] })],
  ]
  test.each(lengths)('of %s has a name of 1 to 64 letters', (_name, passes) => {
    expect([0, 1, 64, 65].map(passes)).toEqual([false, true, true, false])
  })

  test('of dates lies between 1800 and 2999', () => {
    const dates = ['1799-12-31', '1800-01-01', '2999-12-31', '3000-01-01', '2026-02-29']
    const expected = [false, true, true, false, false]
    expect(dates.map(birthDate => aPerson({ birthDate }))).toEqual(expected)
    expect(dates.map(businessDate => aVisit({ businessDate }))).toEqual(expected)
    expect(dates.map(from => aPerson({ categories: [{ id: 'a', from }] }))).toEqual(expected)
    expect(dates.map(to => aPerson({ categories: [{ id: 'a', to }] }))).toEqual(expected)
  })

  test('of the clock is a time of one day', () => {
    const times = ['00:00', '19:59', '20:00', '23:59', '24:00', '12:60', '9:00', '']
    expect(times.map(time => aVisit({ time }))).toEqual([true, true, true, true, false, false, false, false])
  })

  test('may be little: a birth date, and a day, a channel, a price and a listed site', () => {
    expect(personFacts.safeParse({ birthDate: '1944-03-02', categories: [], household: {} }).success).toBe(true)
    const least = { businessDate: '2026-11-20', channel: 'dine-in', listFen: 1, site: { place: {}, listed: true } }
    expect(visitFacts.safeParse(least).success).toBe(true)
    for (const key of Object.keys(least))
      expect([key, visitFacts.safeParse({ ...least, [key]: undefined }).success]).toEqual([key, false])
  })

  test('has no key that no rule knows', () => {
    const odd = { odd: 1 }
    const passing = [
      aPerson(odd),
      aPerson({ categories: [{ id: 'a', ...odd }] }),
      aPerson({ household: { city: 'A', ...odd } }),
      aVisit(odd),
      aSite(odd),
      aSite({ place: { city: 'A', ...odd } }),
    ]
    expect(passing).toEqual(passing.map(() => false))
  })
})

describe('a case', () => {
  const prior = { date: '2026-11-02' }

  test('may leave out whatever there is none of', () => {
    expect(aCase()).toBe(true)
    expect(aCase({ prior: [prior], balances: {}, pots: {}, basis: '', note: '' })).toBe(true)
    expect(
      aCase({ prior: [{ ...prior, meal: 'lunch', service: 'bath', subsidyFen: { city: 300 }, voided: true }] }),
    ).toBe(true)
    expect(casePerson({ categories: ['dibao', { id: 'tekun', to: '2026-11-20' }] })).toBe(true)
  })

  test.each(['id', 'scheme', 'person', 'visit', 'expect'])('must state %s', key => {
    expect(aCase({ [key]: undefined })).toBe(false)
    if (key === 'id' || key === 'scheme') expect(aCase({ [key]: '' })).toBe(false)
  })

  test.each(['discountFen', 'subsidyFen', 'ownPayFen'])('must expect %s', key => {
    expect(aCase({ expect: { ...theCase.expect, [key]: undefined } })).toBe(false)
  })

  test('has nothing less than nothing left', () => {
    expect([aCase({ balances: { purse: 0 } }), aCase({ balances: { purse: -1 } })]).toEqual([true, false])
    expect([aCase({ pots: { city: 0 } }), aCase({ pots: { city: -1 } })]).toEqual([true, false])
  })

  test('has no key that no form knows', () => {
    const odd = { odd: 1 }
    const passing = [
      aCase(odd),
      casePerson(odd),
      aCase({ prior: [{ ...prior, ...odd }] }),
      aCase({ visit: { ...caseVisit, ...odd } }),
      aCase({ visit: { ...caseVisit, site: odd } }),
      aCase({ expect: { ...theCase.expect, ...odd } }),
    ]
    expect(passing).toEqual(passing.map(() => false))
  })
})

describe('what goes into a quote and what comes out', () => {
  const inputs = { person: plain(person()), visit: plain(visit()), used: { a: 0 }, rights: { a: 0 }, pots: { city: 0 } }
  const takes = (more: object) => quoteInputs.safeParse({ ...inputs, ...more }).success

  test('is usage, rights and pots of nothing or more', () => {
    expect(takes({})).toBe(true)
    expect(takes({ person: null, rights: 'whole-cap', pots: undefined })).toBe(true)
    expect([takes({ used: { a: -1 } }), takes({ rights: { a: -1 } }), takes({ pots: { city: -1 } })]).toEqual([
      false,
      false,
      false,
    ])
    expect([takes({ used: undefined }), takes({ rights: 'all' }), takes({ odd: 1 })]).toEqual([false, false, false])
  })

  const limits = [{ id: 'day', period: 'day', unit: 'count', cap: 1 }]
  const whole = plain(price(packOf([subsidyStep('meal', 300, { limits: ['day'] })], { limits })))
  const gives = (more: object) => quoteResult.safeParse({ ...whole, ...more }).success

  test('is a whole quote, nothing of it negative but a discount', () => {
    expect(gives({})).toBe(true)
    expect(gives({ version: null, discountFen: -1 })).toBe(true)
    for (const key of ['listFen', 'ownPayFen', 'operatorFen', 'pendingFen'])
      expect([key, gives({ [key]: -1 })]).toEqual([key, false])
    for (const key of Object.keys(whole)) expect([key, gives({ [key]: undefined })]).toEqual([key, false])
    expect(gives({ odd: 1 })).toBe(false)
  })

  test('is lines, subsidies, reasons and debits without another key', () => {
    const odd = { odd: 1 }
    for (const key of ['ladder', 'subsidies', 'debits']) {
      expect([key, gives({ [key]: whole[key] })]).toEqual([key, true])
      expect([key, gives({ [key]: [{ ...whole[key][0], ...odd }] })]).toEqual([key, false])
    }
    const [line] = whole.ladder
    expect(
      gives({ ladder: [{ ...line, fund: undefined, note: line.title, kind: 'surcharge', fen: -1, runningFen: 0 }] }),
    ).toBe(true)
    expect([
      gives({ ladder: [{ ...line, runningFen: -1 }] }),
      gives({ ladder: [{ ...line, kind: 'choice' }] }),
    ]).toEqual([false, false])
    expect(gives({ subsidies: [{ fund: 'city', fen: -1 }] })).toBe(false)
    expect(reason.safeParse({ code: 'CHANNEL', values: { covered: 'dine-in', n: 1 } }).success).toBe(true)
    expect(reason.safeParse({ code: 'CHANNEL', values: {}, ...odd }).success).toBe(false)
    expect(reason.safeParse({ code: 'OTHER', values: {} }).success).toBe(false)
  })

  test('has no negative nothing', () => {
    const nothing = quoteResult.parse({ ...whole, discountFen: -0, ownPayFen: -0 })
    const free = visitFacts.parse({ ...plain(visit()), listFen: -0 })
    for (const fen of [nothing.discountFen, nothing.ownPayFen, free.listFen]) expect(Object.is(fen, 0)).toBe(true)
  })

  test('is a debit of one or more, on a counter', () => {
    const [one] = whole.debits
    const amounts = [0, 1, 2].map(amount => debit.safeParse({ ...one, amount }).success)
    expect(amounts).toEqual([false, true, true])
    const aCounter = { limit: 'day', period: 'day', label: '2026-11-20', unit: 'count', cap: 1, key: 'day|2026-11-20' }
    expect(counter.safeParse(aCounter).success).toBe(true)
    expect([counter.safeParse({ ...aCounter, odd: 1 }).success, debit.safeParse({ ...one, odd: 1 }).success]).toEqual([
      false,
      false,
    ])
  })
})

describe('reasons', () => {
  test('are these, the weightiest first', () => {
    expect(reasonCode.options).toEqual([
      ...['POLICY_NOT_IN_FORCE', 'SITE_SUSPENDED', 'CLAIM_PENDING', 'FUND_EXHAUSTED', 'PAID_BY_INSURANCE'],
      ...['LIMIT_YEAR', 'LIMIT_MONTH', 'LIMIT_WEEK', 'LIMIT_DAY', 'LIMIT_MEAL', 'ALLOWANCE_SPENT'],
      ...['ENTITLEMENT_EXPIRED', 'EXCLUDED_CLASS', 'MEAL_NOT_COVERED', 'SERVICE_NOT_COVERED', 'TOO_SHORT'],
      ...['TIME_NOT_COVERED', 'WEEKDAY_ONLY', 'CHANNEL', 'SET_NOT_COVERED', 'SITE_NOT_COVERED'],
      ...['BELOW_MIN', 'ABOVE_MAX', 'OUT_OF_AREA', 'AGE_NOT_YET', 'MIN_OWN_PAY'],
    ])
  })

  test('with the same values are one, in whatever order the values stand', () => {
    const channel = { code: 'CHANNEL', values: { covered: 'a', more: 1 } } as const
    const turned = { code: 'CHANNEL', benefit: 'b', values: { more: 1, covered: 'a' } } as const
    const other = { code: 'CHANNEL', values: { covered: 'b', more: 1 } } as const
    const year = { code: 'LIMIT_YEAR', values: {} } as const
    expect(distinctReasons([channel, turned, other, year])).toEqual([year, channel, other])
  })
})
