import { describe, expect, test } from 'vitest'
import { countersFor } from '../../../shared/policy/counters.ts'
import { discountStep, packOf, price, subsidyStep, visit } from '../../support/policy-kit.ts'

const counted = (period: string, cap: number) => ({ id: period, period, unit: 'count', cap })
const meal = subsidyStep('meal', 300, { limits: ['meal', 'day', 'week', 'month', 'year'] })
const every = packOf([discountStep('shop', 10), meal], {
  limits: [counted('meal', 1), counted('day', 2), counted('week', 5), counted('month', 20), counted('year', 200)],
})

test('a visit names its counter of each limit by the label of its period', () => {
  const version = every.versions[0]
  expect(version && countersFor(version, visit()).map(({ key, cap }) => [key, cap])).toEqual([
    ['meal|2026-11-20/lunch', 1],
    ['day|2026-11-20', 2],
    ['week|2026-W47', 5],
    ['month|2026-11', 20],
    ['year|2026', 200],
  ])
})

test('a service without a meal counts as one meal of its day', () => {
  const version = every.versions[0]
  const bath = visit({ meal: undefined, service: 'bath' })
  expect(version && countersFor(version, bath)[0]?.key).toBe('meal|2026-11-20/-')
})

describe('a used-up limit leaves the discount, takes nothing, and says when it resumes', () => {
  test.each([
    ['meal|2026-11-20/lunch', 'LIMIT_MEAL', 1, undefined],
    ['day|2026-11-20', 'LIMIT_DAY', 2, '2026-11-21'],
    ['week|2026-W47', 'LIMIT_WEEK', 5, '2026-11-23'],
    ['month|2026-11', 'LIMIT_MONTH', 20, '2026-12-01'],
    ['year|2026', 'LIMIT_YEAR', 200, '2027-01-01'],
  ])('%s', (key, code, cap, resumes) => {
    const limit = key.slice(0, key.indexOf('|'))
    const quote = price(every, { used: { [key]: cap } })
    expect(quote).toMatchObject({ discountFen: 150, subsidies: [], ownPayFen: 1350, pendingFen: 0, debits: [] })
    const values = { limit, unit: 'count', cap, used: cap, ...(resumes === undefined ? {} : { resumes }) }
    expect(quote.reasons).toEqual([{ code, benefit: 'meal', values }])
    expect(price(every, { used: { [key]: cap - 1 } }).subsidies).toEqual([{ fund: 'city', fen: 300 }])
  })
})

test('a used-up limit is not worth telling where there was nothing to take off', () => {
  expect(price(every, { visit: visit({ listFen: 0 }), used: { 'day|2026-11-20': 2 } }).reasons).toEqual([])
})

test('a month that ends the year resumes on 1 January', () => {
  const quote = price(every, { visit: visit({ businessDate: '2026-12-05' }), used: { 'month|2026-12': 20 } })
  expect(quote.reasons[0]?.values.resumes).toBe('2027-01-01')
})

test('usage of another week does not count', () => {
  expect(price(every, { used: { 'week|2026-W46': 5 } }).subsidies).toHaveLength(1)
})

describe('a limit in fen', () => {
  const pack = packOf([subsidyStep('a', 300, { limits: ['money'] }), subsidyStep('b', 200, { limits: ['money'] })], {
    limits: [{ id: 'money', period: 'month', unit: 'fen', cap: 1000 }],
  })

  test('is drawn on by the sum of the benefits that share it', () => {
    expect(price(pack).debits).toMatchObject([{ key: 'money|2026-11', unit: 'fen', amount: 500 }])
    expect(price(pack, { used: { 'money|2026-11': 500 } }).subsidies).toEqual([{ fund: 'city', fen: 500 }])
  })

  test('grants a benefit whole or not at all', () => {
    expect(price(pack, { used: { 'money|2026-11': 501 } }).subsidies).toEqual([{ fund: 'city', fen: 300 }])
    const short = price(pack, { used: { 'money|2026-11': 701 } })
    expect(short.subsidies).toEqual([{ fund: 'city', fen: 200 }])
    expect(short.reasons).toMatchObject([
      { code: 'LIMIT_MONTH', benefit: 'a', values: { unit: 'fen', cap: 1000, used: 701 } },
    ])
  })
})

test('a benefit over one of its limits draws on none of them', () => {
  const pack = packOf(
    [subsidyStep('a', 300, { limits: ['day', 'week'] }), subsidyStep('b', 100, { limits: ['day'] })],
    {
      limits: [counted('day', 1), counted('week', 1)],
    },
  )
  const quote = price(pack, { used: { 'week|2026-W47': 1 } })
  expect(quote.subsidies).toEqual([{ fund: 'city', fen: 100 }])
  expect(quote.debits).toMatchObject([{ key: 'day|2026-11-20', amount: 1 }])
})

describe('rights that this terminal cannot prove', () => {
  const pack = packOf([subsidyStep('a', 300, { limits: ['day'] }), subsidyStep('b', 200), discountStep('shop', 10)], {
    limits: [counted('day', 1)],
  })

  test('become a pending claim; what needs no right is granted at once', () => {
    const quote = price(pack, { rights: {} })
    expect(quote).toMatchObject({ subsidies: [{ fund: 'city', fen: 200 }], pendingFen: 300, debits: [] })
    expect(quote.reasons).toEqual([{ code: 'CLAIM_PENDING', values: { fen: 300 } }])
  })

  test('once settled, bring exactly the price of a proven claim, though a percentage comes after', () => {
    const pending = price(pack, { rights: {} })
    const proven = price(pack)
    expect(pending.ownPayFen - pending.pendingFen).toBe(proven.ownPayFen)
    expect(pending.discountFen).toBe(proven.discountFen)
  })

  test('are told down to a single fen', () => {
    const one = packOf([subsidyStep('a', 1, { limits: ['day'] })], { limits: [counted('day', 1)] })
    expect(price(one, { rights: {} }).reasons).toEqual([{ code: 'CLAIM_PENDING', values: { fen: 1 } }])
  })

  test('suffice when they cover the debit', () => {
    expect(price(pack, { rights: { 'day|2026-11-20': 1 } })).toEqual(price(pack))
  })

  test('are not asked for where the limit is used up: that is a limit, not a claim', () => {
    const quote = price(pack, { rights: {}, used: { 'day|2026-11-20': 1 } })
    expect(quote.pendingFen).toBe(0)
    expect(quote.reasons.map(({ code }) => code)).toEqual(['LIMIT_DAY'])
  })

  test('in fen must cover the whole amount, each benefit for itself', () => {
    const money = packOf([subsidyStep('a', 300, { limits: ['m'] }), subsidyStep('b', 200, { limits: ['m'] })], {
      limits: [{ id: 'm', period: 'month', unit: 'fen', cap: 600 }],
    })
    const quote = price(money, { rights: { 'm|2026-11': 299 } })
    expect(quote).toMatchObject({ subsidies: [{ fund: 'city', fen: 200 }], pendingFen: 300 })
    expect(quote.debits).toMatchObject([{ amount: 200 }])
    expect(price(money, { rights: { 'm|2026-11': 299 }, used: { 'm|2026-11': 101 } })).toMatchObject({
      pendingFen: 300,
      subsidies: [],
    })
  })
})
