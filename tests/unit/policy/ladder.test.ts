import { describe, expect, test } from 'vitest'
import { greatestFen } from '../../../shared/policy/facts.ts'
import {
  codes,
  discountStep,
  packOf,
  person,
  price,
  shippedPack,
  subsidyStep,
  visit,
} from '../../support/policy-kit.ts'

const demoVisit = (more: object = {}) =>
  visit({ site: { place: { city: 'DEMO-CITY', district: 'DONG', street: 'HUAI' }, listed: true }, ...more })
const demoPerson = (more: object = {}) =>
  person({ household: { city: 'DEMO-CITY', district: 'DONG', street: 'HUAI' }, ...more })

test('the ladder of an 82-year-old in the demo city goes 15.00, 13.50, 10.50, 8.50, 7.50', () => {
  const quote = price(shippedPack('DEMO'), { person: demoPerson(), visit: demoVisit() })
  expect(
    quote.ladder.map(({ title, note, fund, fen, runningFen }) => [title.zh, note?.zh, fund, fen, runningFen]),
  ).toEqual([
    ['本店优惠', '九折', undefined, 150, 1350],
    ['市级补贴', undefined, 'city', 300, 1050],
    ['区级补贴', undefined, 'district', 200, 850],
    ['街道补贴', undefined, 'street', 100, 750],
  ])
  expect(quote).toMatchObject({
    pack: 'DEMO',
    version: 'DEMO-2026',
    discountFen: 150,
    ownPayFen: 750,
    pendingFen: 0,
    operatorFen: 0,
  })
})

test('three funds of one visit take one from each shared limit', () => {
  const { debits } = price(shippedPack('DEMO'), { person: demoPerson(), visit: demoVisit() })
  expect(debits).toEqual([
    { key: 'meal|2026-11-20/lunch', limit: 'meal', label: '2026-11-20/lunch', unit: 'count', amount: 1 },
    { key: 'week|2026-W47', limit: 'week', label: '2026-W47', unit: 'count', amount: 1 },
  ])
})

describe('the order of steps is data', () => {
  test('a discount before the subsidies leaves 12.00 of 20.00', () => {
    const pack = packOf([discountStep('shop', 10), subsidyStep('one', 300), subsidyStep('two', 300)])
    expect(price(pack, { visit: visit({ listFen: 2000 }) }).ownPayFen).toBe(1200)
  })

  test('a discount after the subsidies leaves 12.60 of 20.00', () => {
    const pack = packOf([subsidyStep('one', 300), subsidyStep('two', 300), discountStep('shop', 10)])
    expect(price(pack, { visit: visit({ listFen: 2000 }) }).ownPayFen).toBe(1260)
  })
})

test('a subsidy stops at the running price and the meal costs nothing', () => {
  const quote = price(packOf([discountStep('shop', 50), subsidyStep('one', 900), subsidyStep('two', 100)]))
  expect(quote).toMatchObject({ discountFen: 750, subsidies: [{ fund: 'city', fen: 750 }], ownPayFen: 0 })
  expect(quote.ladder).toHaveLength(2)
})

test('two benefits of one fund are one sum, and funds stand in the order of the pack', () => {
  const pack = packOf([subsidyStep('a', 100, { fund: 'street' }), subsidyStep('b', 200), subsidyStep('c', 50)])
  expect(price(pack).subsidies).toEqual([
    { fund: 'city', fen: 250 },
    { fund: 'street', fen: 100 },
  ])
})

describe('a percentage that does not divide', () => {
  const rounded = (mode: string, unitFen: number, listFen = 990) =>
    price(
      packOf([
        subsidyStep('quarter', 0, {
          amount: { kind: 'percent', percent: 25, of: 'list', rounding: { mode, unitFen } },
        }),
      ]),
      {
        visit: visit({ listFen }),
      },
    ).subsidies[0]?.fen

  test.each([
    ['half-up', 1, 990, 248],
    ['half-up', 1, 989, 247],
    ['up', 1, 989, 248],
    ['down', 1, 991, 247],
    ['half-up', 50, 900, 250],
    ['half-up', 50, 899, 200],
    ['down', 50, 996, 200],
    ['up', 50, 804, 250],
    ['up', 50, 800, 200],
  ])('is rounded %s to %i fen: a quarter of %i is %i', (mode, unit, list, expected) => {
    expect(rounded(mode, unit, list)).toBe(expected)
  })

  test('is held at its cap', () => {
    const pack = packOf([
      subsidyStep('quarter', 0, { amount: { kind: 'percent', percent: 25, of: 'list', capFen: 300 } }),
    ])
    expect(price(pack).subsidies[0]?.fen).toBe(300)
    expect(price(pack, { visit: visit({ listFen: 1000 }) }).subsidies[0]?.fen).toBe(250)
  })
})

test('of several classes the first that holds says the amount and the note', () => {
  const classes = [
    { when: { category: ['dibao'] }, amount: { kind: 'fixed', fen: 500 }, note: { zh: '甲', en: 'first' } },
    { when: { age: { atLeast: 80 } }, amount: { kind: 'fixed', fen: 300 } },
    { when: { age: { atLeast: 60 } }, amount: { kind: 'fixed', fen: 100 } },
  ]
  const pack = packOf([subsidyStep('street', 0, { amount: { kind: 'classes', classes } })])
  const paid = (who: object) => price(pack, { person: person(who) }).subsidies[0]?.fen
  expect(paid({ categories: [{ id: 'dibao' }] })).toBe(500)
  expect(paid({})).toBe(300)
  expect(paid({ birthDate: '1960-01-01' })).toBe(100)
  expect(paid({ birthDate: '1970-01-01' })).toBeUndefined()
  expect(price(pack, { person: person({ categories: [{ id: 'dibao' }] }) }).ladder[0]?.note).toEqual({
    zh: '甲',
    en: 'first',
  })
})

describe('guests', () => {
  const pack = packOf([
    subsidyStep('everyone', 100),
    subsidyStep('not-in-care', 100, { when: { none: [{ category: ['in_institution'] }] } }),
    {
      id: 'guest',
      kind: 'surcharge',
      title: { zh: '访客', en: 'guest' },
      for: 'guest',
      amount: { kind: 'fixed', fen: 500 },
    },
  ])

  test('get no benefit meant for persons, and a surcharge is a negative discount', () => {
    const quote = price(pack, { person: null })
    expect(quote).toMatchObject({ discountFen: -500, subsidies: [], ownPayFen: 2000, reasons: [] })
    expect(quote.ladder).toMatchObject([{ kind: 'surcharge', fen: -500, runningFen: 2000 }])
  })

  test('get what is open to anyone on top of the raised price', () => {
    const surcharge = {
      id: 'guest',
      kind: 'surcharge',
      title: { zh: '访客', en: 'guest' },
      for: 'guest',
      amount: { kind: 'fixed', fen: 500 },
    }
    const both = packOf([surcharge, discountStep('shop', 10, { for: 'anyone' })])
    expect(price(both, { person: null })).toMatchObject({ discountFen: -300, ownPayFen: 1800 })
  })

  test('leave persons without the surcharge', () => {
    expect(price(pack)).toMatchObject({ discountFen: 0, ownPayFen: 1300 })
  })
})

test('nobody is charged above the highest of all prices, be a claim pending that lowers what the next steps see', () => {
  const raising = packOf(
    [
      subsidyStep('meal', 300, { limits: ['day'] }),
      { id: 'more', kind: 'surcharge', title: { zh: '加', en: 'more' }, amount: { kind: 'fixed', fen: 500 } },
    ],
    { limits: [{ id: 'day', period: 'day', unit: 'count', cap: 1 }] },
  )
  const visitAt = visit({ listFen: greatestFen })
  expect(price(raising, { visit: visitAt, rights: {} })).toMatchObject({ pendingFen: 300, ownPayFen: greatestFen })
})

describe('what the operator earns', () => {
  const earning = {
    id: 'op',
    kind: 'operator',
    title: { zh: '运营', en: 'operator' },
    amount: { kind: 'fixed', fen: 200 },
    fund: 'city',
  }
  const pack = packOf([earning, subsidyStep('meal', 300, { when: { meal: ['lunch'] } })])

  test('never changes the price, wherever the step stands', () => {
    expect(price(pack)).toMatchObject({ operatorFen: 200, ownPayFen: 1200, subsidies: [{ fund: 'city', fen: 300 }] })
  })

  test('is nothing on a visit that no fund pays for', () => {
    expect(price(pack, { visit: visit({ meal: 'dinner' }) })).toMatchObject({ operatorFen: 0, ownPayFen: 1500 })
  })
})

test('a delisted site keeps its own discount, grants no subsidy and says why', () => {
  const site = { place: { city: 'A' }, listed: false }
  const quote = price(packOf([discountStep('shop', 10), subsidyStep('meal', 300)]), { visit: visit({ site }) })
  expect(quote).toMatchObject({ discountFen: 150, subsidies: [], ownPayFen: 1350, debits: [] })
  expect(quote.reasons).toEqual([{ code: 'SITE_SUSPENDED', benefit: 'meal', values: {} }])
})

test('a free list price takes nothing and counts nothing', () => {
  const pack = packOf([subsidyStep('meal', 300, { limits: ['day'] })], {
    limits: [{ id: 'day', period: 'day', unit: 'count', cap: 1 }],
  })
  expect(price(pack, { visit: visit({ listFen: 0 }) })).toMatchObject({
    ownPayFen: 0,
    debits: [],
    ladder: [],
    reasons: [],
  })
})

test('the digest changes with the amount and with nothing else', () => {
  const pack = packOf([subsidyStep('meal', 300)])
  expect(price(pack).digest).toBe(price(pack, { used: { unrelated: 3 } }).digest)
  expect(price(pack).digest).not.toBe(price(pack, { visit: visit({ listFen: 1501 }) }).digest)
  expect(price(pack).digest).toMatch(/^[A-Za-z0-9_-]{43}$/)
})

test('reasons are told once though several benefits share them, the weightiest first', () => {
  const when = { age: { atLeast: 83 } }
  const limits = [{ id: 'day', period: 'day', unit: 'count', cap: 1 }]
  const pack = packOf(
    [subsidyStep('a', 100, { when }), subsidyStep('b', 100, { when }), subsidyStep('c', 1, { limits: ['day'] })],
    { limits },
  )
  expect(codes(price(pack, { used: { 'day|2026-11-20': 1 } }))).toEqual(['LIMIT_DAY', 'AGE_NOT_YET'])
})
