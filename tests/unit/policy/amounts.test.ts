import { describe, expect, test } from 'vitest'
import { fundId } from '../../../shared/ids.ts'
import { roundRatio, splitByShares } from '../../../shared/policy/amounts.ts'
import { greatestFen } from '../../../shared/policy/facts.ts'
import { codes, discountStep, packOf, person, price, subsidyStep, visit, words } from '../../support/policy-kit.ts'

const paying = (amount: object, more: object = {}) =>
  packOf([discountStep('shop', 10), subsidyStep('meal', 0, { amount })], { version: more })
/** What a subsidy of this amount pays of a list price of 15.00, of which the shop has taken 1.50 off. */
const paid = (amount: object, more: object = {}, listFen = 1500) =>
  price(paying(amount, more), { visit: visit({ listFen }) }).subsidies[0]?.fen ?? 0

describe('an amount that is a part', () => {
  test('is taken of the list price or of the price that the steps before left', () => {
    expect(paid({ kind: 'percent', percent: 20, of: 'list' })).toBe(300)
    expect(paid({ kind: 'percent', percent: 20, of: 'running' })).toBe(270)
    expect(paid({ kind: 'fraction', numerator: 1, denominator: 3, of: 'list' })).toBe(500)
    expect(paid({ kind: 'fraction', numerator: 2, denominator: 3, of: 'running' })).toBe(900)
  })

  test('is rounded as the version says, or as it says itself', () => {
    const third = { kind: 'fraction', numerator: 1, denominator: 3, of: 'list' }
    const down = { rounding: { unitFen: 10, mode: 'down' } }
    expect(paid(third, {}, 1000)).toBe(333)
    expect(paid(third, down, 1000)).toBe(330)
    expect(paid({ ...third, rounding: { unitFen: 100, mode: 'up' } }, down, 1000)).toBe(400)
  })

  test('is held at its cap after rounding', () => {
    expect(paid({ kind: 'fraction', numerator: 1, denominator: 3, of: 'list', capFen: 400 })).toBe(400)
    expect(paid({ kind: 'fraction', numerator: 1, denominator: 3, of: 'list', capFen: 600 })).toBe(500)
    expect(paid({ kind: 'percent', percent: 50, of: 'list', capFen: 0 })).toBe(0)
  })
})

describe('an amount that brings the price down', () => {
  test('to a class price takes whatever is above it, and nothing below it', () => {
    expect(paid({ kind: 'price', fen: 1000 })).toBe(350)
    expect(paid({ kind: 'price', fen: 0 })).toBe(1350)
    expect(paid({ kind: 'price', fen: 1400 })).toBe(0)
  })

  test('may be capped', () => {
    expect(paid({ kind: 'price', fen: 1000, capFen: 200 })).toBe(200)
    expect(paid({ kind: 'price', fen: 1000, capFen: 400 })).toBe(350)
    expect(paid({ kind: 'price-percent', percent: 50, of: 'running', capFen: 200 })).toBe(200)
    expect(paid({ kind: 'price-percent', percent: 50, of: 'running', capFen: 900 })).toBe(675)
  })

  test('to a percentage leaves that percentage, of the list price or of the running one', () => {
    expect(paid({ kind: 'price-percent', percent: 50, of: 'list' })).toBe(600)
    expect(paid({ kind: 'price-percent', percent: 50, of: 'running' })).toBe(675)
    expect(paid({ kind: 'price-percent', percent: 0, of: 'list' })).toBe(1350)
    expect(paid({ kind: 'price-percent', percent: 95, of: 'list' })).toBe(0)
  })

  test('to a percentage rounds the price that is left, not what is taken off', () => {
    const half = { kind: 'price-percent', percent: 50, of: 'list', rounding: { unitFen: 50, mode: 'up' } }
    const quote = price(packOf([subsidyStep('half', 0, { amount: half })]), { visit: visit({ listFen: 1110 }) })
    expect(quote.ownPayFen).toBe(600)
    const byVersion = packOf([subsidyStep('half', 0, { amount: { kind: 'price-percent', percent: 50, of: 'list' } })], {
      version: { rounding: { unitFen: 50, mode: 'down' } },
    })
    expect(price(byVersion, { visit: visit({ listFen: 1110 }) }).ownPayFen).toBe(550)
  })
})

describe('rounding', () => {
  test.each([
    ['half-up', 1, 5, 2, 3],
    ['half-up', 1, 7, 5, 1],
    ['half-up', 1, 8, 5, 2],
    ['up', 1, 6, 5, 2],
    ['up', 1, 10, 5, 2],
    ['down', 1, 9, 5, 1],
    ['half-up', 50, 24, 1, 0],
    ['half-up', 50, 25, 1, 50],
    ['up', 100, 1, 1, 100],
    ['down', 100, 199, 1, 100],
  ] as const)('%s to %i fen: %i/%i is %i', (mode, unitFen, numerator, denominator, expected) => {
    expect(roundRatio(numerator, denominator, { mode, unitFen })).toBe(expected)
  })
})

describe('of several classes that hold', () => {
  const dibao = { category: ['dibao'] }
  const old = { age: { atLeast: 80 } }
  const classes = [
    { when: dibao, amount: { kind: 'fixed', fen: 200 }, note: words('dibao') },
    { when: old, amount: { kind: 'fixed', fen: 500 }, note: words('old') },
    { when: { category: ['tekun'] }, amount: { kind: 'fixed', fen: 900 } },
  ]
  const both = { person: person({ categories: [{ id: 'dibao' }] }) }
  const chosen = (choose: string | undefined, more: object = both) =>
    price(
      packOf([
        subsidyStep('s', 0, { amount: { kind: 'classes', classes, ...(choose === undefined ? {} : { choose }) } }),
      ]),
      more,
    )

  test('the first counts where nothing or "first" is said', () => {
    expect(chosen(undefined).subsidies).toEqual([{ fund: 'city', fen: 200 }])
    expect(chosen('first').ladder).toMatchObject([{ fen: 200, note: words('dibao') }])
  })

  test('the best counts where "best" is said, with its note, wherever it stands', () => {
    expect(chosen('best').ladder).toMatchObject([{ fen: 500, note: words('old') }])
    expect(chosen('best', { person: person({ categories: [{ id: 'dibao' }, { id: 'tekun' }] }) }).subsidies).toEqual([
      { fund: 'city', fen: 900 },
    ])
    expect(
      chosen('best', { person: person({ birthDate: '1960-01-01', categories: [{ id: 'dibao' }] }) }).subsidies,
    ).toEqual([{ fund: 'city', fen: 200 }])
  })

  test('of equals the first is the best', () => {
    const equals = classes.map(item => ({ ...item, amount: { kind: 'fixed', fen: 300 } }))
    const pack = packOf([subsidyStep('s', 0, { amount: { kind: 'classes', choose: 'best', classes: equals } })])
    expect(price(pack, both).ladder).toMatchObject([{ fen: 300, note: words('dibao') }])
  })

  test('all count where "sum" is said, with the note of the first', () => {
    expect(chosen('sum').ladder).toMatchObject([{ fen: 700, note: words('dibao') }])
    expect(chosen('sum', {}).ladder).toMatchObject([{ fen: 500, note: words('old') }])
  })

  test('none: nothing is paid, and the nearest class says why', () => {
    const young = { birthDate: '1947-01-01', categories: [{ id: 'dibao', to: '2026-11-01' }] }
    for (const choose of ['first', 'best', 'sum']) {
      const quote = chosen(choose, { person: person(young) })
      expect(quote.subsidies).toEqual([])
      expect(quote.reasons).toEqual([{ code: 'ENTITLEMENT_EXPIRED', benefit: 's', values: { to: '2026-11-01' } }])
    }
  })

  test('a class without a condition always holds', () => {
    const last = { amount: { kind: 'fixed', fen: 50 } }
    const pack = packOf([subsidyStep('s', 0, { amount: { kind: 'classes', classes: [{ ...classes[0] }, last] } })])
    expect(price(pack).subsidies).toEqual([{ fund: 'city', fen: 50 }])
  })
})

test('a price that is reached already takes nothing off, nor anything from a sum', () => {
  const reached = [
    { kind: 'price', fen: 2000 },
    { kind: 'price-percent', percent: 100, of: 'list' },
    { kind: 'price-percent', percent: 100, of: 'running' },
  ]
  for (const amount of reached) {
    const classes = [{ amount }, { amount: { kind: 'fixed', fen: 100 } }]
    expect(paid({ kind: 'classes', choose: 'sum', classes })).toBe(100)
  }
})

describe('classes within a class', () => {
  const inner = {
    kind: 'classes',
    choose: 'best',
    classes: [
      { when: { meal: ['lunch'] }, amount: { kind: 'fixed', fen: 100 }, note: words('inner') },
      { when: { channel: ['dine-in'] }, amount: { kind: 'percent', percent: 10, of: 'list' } },
    ],
  }
  const outer = (first: object) => ({
    kind: 'classes',
    classes: [
      { when: { age: { atLeast: 80 } }, amount: first, note: words('outer') },
      { amount: { kind: 'fixed', fen: 40 } },
    ],
  })

  test('give what they choose, with their own note before that of the class around them', () => {
    const quote = (listFen: number) =>
      price(packOf([subsidyStep('s', 0, { amount: outer(inner) })]), { visit: visit({ listFen }) })
    expect(quote(1500).ladder).toMatchObject([{ fen: 150, note: words('outer') }])
    expect(quote(900).ladder).toMatchObject([{ fen: 100, note: words('inner') }])
  })

  test('of which none holds are passed over for the next class', () => {
    const none = { kind: 'classes', classes: [{ when: { meal: ['dinner'] }, amount: { kind: 'fixed', fen: 100 } }] }
    expect(price(packOf([subsidyStep('s', 0, { amount: outer(none) })])).subsidies).toEqual([{ fund: 'city', fen: 40 }])
  })

  test('of which none holds at all say why', () => {
    const none = { kind: 'classes', classes: [{ when: { meal: ['dinner'] }, amount: { kind: 'fixed', fen: 100 } }] }
    const only = { kind: 'classes', choose: 'sum', classes: [{ amount: none }] }
    expect(codes(price(packOf([subsidyStep('s', 0, { amount: only })])))).toEqual(['MEAL_NOT_COVERED'])
  })
})

describe('notes', () => {
  const noted = (kind: string, classNote?: object) => ({
    ...{ id: 'step', kind, title: words('step'), note: words('of the step') },
    amount: {
      kind: 'classes',
      classes: [{ amount: { kind: 'fixed', fen: 100 }, ...(classNote === undefined ? {} : { note: classNote }) }],
    },
  })
  test.each(['discount', 'surcharge'])('of the class stand before that of the step, of a %s too', kind => {
    expect(price(packOf([noted(kind)])).ladder).toMatchObject([{ note: words('of the step') }])
    expect(price(packOf([noted(kind, words('of the class'))])).ladder).toMatchObject([{ note: words('of the class') }])
  })
})

test('a line of the ladder names a fund only where one pays, and a note only where there is one', () => {
  const surcharge = { id: 'more', kind: 'surcharge', title: words('more'), amount: { kind: 'fixed', fen: 1 } }
  const keys = price(packOf([surcharge, discountStep('shop', 10), subsidyStep('meal', 300)])).ladder.map(line =>
    Object.keys(line).sort(),
  )
  const plain = ['benefit', 'fen', 'kind', 'runningFen', 'title']
  expect(keys).toEqual([plain, plain, [...plain, 'fund'].sort()])
})

describe('a surcharge', () => {
  const surcharge = (fen: number, more: object = {}) => ({
    id: `s${fen}`,
    kind: 'surcharge',
    title: words('more'),
    amount: { kind: 'fixed', fen },
    ...more,
  })

  test('is added where its condition holds, and later steps see the raised price', () => {
    const pack = packOf([surcharge(100, { when: { meal: ['dinner'] } }), surcharge(200), discountStep('shop', 10)])
    expect(price(pack).ladder).toMatchObject([
      { kind: 'surcharge', benefit: 's200', fen: -200, runningFen: 1700 },
      { kind: 'discount', fen: 170, runningFen: 1530 },
    ])
    expect(price(pack)).toMatchObject({ discountFen: -30, ownPayFen: 1530 })
  })

  test('of nothing leaves no line', () => {
    const none = { kind: 'classes', classes: [{ when: { meal: ['dinner'] }, amount: { kind: 'fixed', fen: 100 } }] }
    expect(price(packOf([surcharge(0), surcharge(1, { amount: none })])).ladder).toEqual([])
  })

  test('takes no price above a million yuan', () => {
    const doubling = Array.from({ length: 40 }, (_, index) =>
      surcharge(1, { id: `d${index}`, amount: { kind: 'percent', percent: 100, of: 'running' } }),
    )
    expect(price(packOf(doubling)).ownPayFen).toBe(greatestFen)
    expect(price(packOf([surcharge(1)]), { visit: visit({ listFen: greatestFen }) })).toMatchObject({
      ladder: [],
      discountFen: 0,
    })
  })
})

describe('what the operator earns', () => {
  const earning = (more: object) => ({
    id: 'op',
    kind: 'operator',
    title: words('op'),
    amount: { kind: 'percent', percent: 10, of: 'running' },
    fund: 'city',
    ...more,
  })
  const pack = (more: object = {}) => packOf([earning(more), subsidyStep('meal', 300)])

  test('is worked out on the price that all steps left, and adds up', () => {
    expect(price(pack()).operatorFen).toBe(120)
    const two = packOf([
      earning({}),
      earning({ id: 'op2', amount: { kind: 'fixed', fen: 5 } }),
      subsidyStep('meal', 300),
    ])
    expect(price(two).operatorFen).toBe(125)
  })

  test('asks for its own condition and for whom it is', () => {
    expect(price(pack({ when: { meal: ['dinner'] } })).operatorFen).toBe(0)
    expect(price(pack({ when: { runningPrice: { below: 1500 } } })).operatorFen).toBe(120)
    expect(price(pack({ for: 'guest' })).operatorFen).toBe(0)
    const none = { kind: 'classes', classes: [{ when: { meal: ['dinner'] }, amount: { kind: 'fixed', fen: 100 } }] }
    expect(price(pack({ amount: none })).operatorFen).toBe(0)
  })
})

describe('shares', () => {
  const split = (fen: number, ...shares: number[]) =>
    splitByShares(
      fen,
      shares.map((share, index) => ({ fund: fundId.parse(`f${index}`), share })),
    ).map(part => part.fen)

  test.each([
    [100, [1, 1], [50, 50]],
    [101, [1, 1], [51, 50]],
    [100, [1, 1, 1], [34, 33, 33]],
    [101, [1, 1, 1], [34, 34, 33]],
    [10, [1, 2], [3, 7]],
    [11, [1, 2], [4, 7]],
    [100, [6, 3, 1], [60, 30, 10]],
    [101, [6, 3, 1], [61, 30, 10]],
    [103, [3, 5, 2], [31, 51, 21]],
    [1, [1, 999_999], [0, 1]],
    [0, [1, 1], [0, 0]],
    [7, [5], [7]],
  ])('of %i fen by %j are %j: single fen go to the largest remainders, then to the first', (fen, shares, expected) => {
    expect(split(fen, ...shares)).toEqual(expected)
  })
})
