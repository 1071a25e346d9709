import { describe, expect, test } from 'vitest'
import { discountStep, packOf, person, price, subsidyStep, visit, words } from '../../support/policy-kit.ts'

const potted = (pots: Record<string, object>) => ({
  pack: {
    funds: ['city', 'street', 'valueOf'].map(id => ({
      ...{ id, title: words(id), source: 'public' },
      ...(Object.hasOwn(pots, id) ? { pot: pots[id] } : {}),
    })),
  },
})
const shared = (fen: number, more: object = {}) => ({
  ...{ id: 'shared', kind: 'subsidy', title: words('shared'), amount: { kind: 'fixed', fen } },
  funds: [
    { fund: 'city', share: 2 },
    { fund: 'street', share: 1 },
  ],
  ...more,
})

describe('a subsidy of several funds', () => {
  test('has a line for each, in the order of its shares, and funds stand in the order of the pack', () => {
    const turned = shared(301, {
      funds: [
        { fund: 'street', share: 1 },
        { fund: 'city', share: 2 },
      ],
    })
    const quote = price(packOf([turned]))
    expect(quote.ladder.map(({ fund, fen, runningFen }) => [fund, fen, runningFen])).toEqual([
      ['street', 100, 1400],
      ['city', 201, 1199],
    ])
    expect(quote.subsidies).toEqual([
      { fund: 'city', fen: 201 },
      { fund: 'street', fen: 100 },
    ])
    expect(quote.ownPayFen).toBe(1199)
  })

  test('leaves out a fund whose part is nothing', () => {
    expect(price(packOf([shared(1)])).ladder).toMatchObject([{ fund: 'city', fen: 1 }])
  })

  test('is paid by the funds of the class that holds, where the class names its own', () => {
    const classes = [
      { when: { category: ['dibao'] }, amount: { kind: 'fixed', fen: 500 }, funds: [{ fund: 'street', share: 1 }] },
      { amount: { kind: 'fixed', fen: 300 } },
    ]
    const pack = packOf([shared(0, { amount: { kind: 'classes', classes } })])
    expect(price(pack, { person: person({ categories: [{ id: 'dibao' }] }) }).subsidies).toEqual([
      { fund: 'street', fen: 500 },
    ])
    expect(price(pack).subsidies).toEqual([
      { fund: 'city', fen: 200 },
      { fund: 'street', fen: 100 },
    ])
  })

  test('may leave the payer to its classes altogether; the innermost says it', () => {
    const inner = {
      kind: 'classes',
      classes: [{ amount: { kind: 'fixed', fen: 70 }, funds: [{ fund: 'city', share: 1 }] }],
    }
    const classes = [{ amount: inner, funds: [{ fund: 'street', share: 1 }] }]
    const { funds: _none, ...step } = { ...shared(0), amount: { kind: 'classes', classes } }
    expect(price(packOf([step])).subsidies).toEqual([{ fund: 'city', fen: 70 }])
  })
})

describe('the pot of a fund', () => {
  const month = { period: 'month' }
  const one = packOf([subsidyStep('meal', 300)], potted({ city: month }))

  test('pays while it holds enough, to the last fen, and is debited', () => {
    const quote = price(one, { pots: { city: 300 } })
    expect(quote).toMatchObject({ ownPayFen: 1200, reasons: [] })
    expect(quote.debits).toEqual([
      { key: 'pot:city|2026-11', limit: 'pot:city', label: '2026-11', unit: 'fen', amount: 300 },
    ])
  })

  test('that holds too little pays nothing and says what it holds', () => {
    const quote = price(one, { pots: { city: 299 } })
    expect(quote).toMatchObject({ subsidies: [], ownPayFen: 1500, debits: [] })
    expect(quote.reasons).toEqual([{ code: 'FUND_EXHAUSTED', benefit: 'meal', values: { fund: 'city', leftFen: 299 } }])
  })

  test('that holds too little leaves limits and later steps as if the step were not there', () => {
    const limits = [{ id: 'day', period: 'day', unit: 'count', cap: 1 }]
    const tenth = { amount: { kind: 'percent', percent: 10, of: 'running' }, fund: 'street' }
    const steps = [subsidyStep('meal', 300, { limits: ['day'] }), subsidyStep('tenth', 0, tenth)]
    const quote = price(packOf(steps, { limits, ...potted({ city: month }) }), { pots: { city: 299 } })
    expect(quote).toMatchObject({ subsidies: [{ fund: 'street', fen: 150 }], ownPayFen: 1350, debits: [] })
  })

  test('pays the rest where the fund says so', () => {
    const rest = packOf([subsidyStep('meal', 300)], potted({ city: { ...month, beyond: 'rest' } }))
    const quote = price(rest, { pots: { city: 299 } })
    expect(quote).toMatchObject({ subsidies: [{ fund: 'city', fen: 299 }], ownPayFen: 1201 })
    expect(quote.reasons.map(({ code }) => code)).toEqual(['FUND_EXHAUSTED'])
    expect(price(rest, { pots: { city: 0 } })).toMatchObject({ subsidies: [], ladder: [] })
  })

  test('is drawn on by all steps of a visit together', () => {
    const pack = packOf([subsidyStep('a', 300), subsidyStep('b', 200)], potted({ city: month }))
    expect(price(pack, { pots: { city: 500 } }).subsidies).toEqual([{ fund: 'city', fen: 500 }])
    const short = price(pack, { pots: { city: 499 } })
    expect(short.subsidies).toEqual([{ fund: 'city', fen: 300 }])
    expect(short.reasons).toMatchObject([{ benefit: 'b', values: { leftFen: 199 } }])
  })

  test('bounds a shared subsidy: the whole step falls, or the other fund pays its own part', () => {
    const short = { pots: { city: 199, street: 500 } }
    const falls = packOf([shared(300)], potted({ city: month, street: month }))
    expect(price(falls, short)).toMatchObject({ subsidies: [], ownPayFen: 1500, debits: [] })
    const rest = packOf([shared(300)], potted({ city: { ...month, beyond: 'rest' }, street: month }))
    expect(price(rest, short).subsidies).toEqual([
      { fund: 'city', fen: 199 },
      { fund: 'street', fen: 100 },
    ])
  })

  test('that nobody knows bounds nothing, nor does a figure for a fund without one', () => {
    expect(price(one).ownPayFen).toBe(1200)
    expect(price(one, { pots: { street: 0 } }).ownPayFen).toBe(1200)
    expect(price(packOf([subsidyStep('meal', 300)]), { pots: { city: 0 } })).toMatchObject({
      ownPayFen: 1200,
      debits: [],
    })
  })

  test('bounds no discount of the site', () => {
    expect(price(packOf([discountStep('shop', 10)], potted({ city: month })), { pots: { city: 0 } }).discountFen).toBe(
      150,
    )
  })

  test('is not overdrawn by pending claims: they hold their part of it', () => {
    const limits = [{ id: 'day', period: 'day', unit: 'count', cap: 1 }]
    const pack = packOf([subsidyStep('a', 300, { limits: ['day'] }), subsidyStep('b', 300)], {
      limits,
      ...potted({ city: month }),
    })
    const quote = price(pack, { rights: {}, pots: { city: 500 } })
    expect(quote).toMatchObject({ pendingFen: 300, subsidies: [] })
    expect(quote.reasons.map(({ code, values }) => [code, values.leftFen])).toEqual([
      ['CLAIM_PENDING', undefined],
      ['FUND_EXHAUSTED', 200],
    ])
  })

  test('pays the operator too, from what the subsidies leave', () => {
    const earning = (id: string, fen: number, fund = 'city') => ({
      ...{ id, kind: 'operator', title: words(id), fund, amount: { kind: 'fixed', fen } },
    })
    const steps = [earning('op', 100), earning('again', 50), subsidyStep('meal', 300)]
    const pack = packOf(steps, potted({ city: month }))
    expect(price(pack, { pots: { city: 450 } })).toMatchObject({
      operatorFen: 150,
      debits: [{ amount: 450 }],
      reasons: [],
    })
    const short = price(pack, { pots: { city: 449 } })
    expect(short).toMatchObject({ operatorFen: 100, ownPayFen: 1200, debits: [{ amount: 400 }] })
    expect(short.reasons).toEqual([{ code: 'FUND_EXHAUSTED', benefit: 'again', values: { fund: 'city', leftFen: 49 } }])
    const rest = packOf(steps, potted({ city: { ...month, beyond: 'rest' } }))
    expect(price(rest, { pots: { city: 420 } })).toMatchObject({ operatorFen: 120, debits: [{ amount: 420 }] })
    const other = packOf([earning('op', 100, 'street'), subsidyStep('meal', 300)], potted({ street: month }))
    expect(price(other).debits).toMatchObject([{ limit: 'pot:street', amount: 100 }])
  })

  test('hears nothing of an operator whose amount has no class that holds', () => {
    const amount = { kind: 'classes', classes: [{ when: { meal: ['dinner'] }, amount: { kind: 'fixed', fen: 100 } }] }
    const operator = { id: 'op', kind: 'operator', title: words('op'), fund: 'city', amount }
    const pack = packOf([operator, subsidyStep('meal', 300)], potted({ city: month }))
    expect(price(pack, { pots: { city: 300 } })).toMatchObject({
      operatorFen: 0,
      reasons: [],
      debits: [{ amount: 300 }],
    })
  })

  test('has periods of its own: a day, a week, a month, a year', () => {
    const keys = ['day', 'week', 'month', 'year'].map(
      period => price(packOf([subsidyStep('meal', 300)], potted({ city: { period } }))).debits[0]?.key,
    )
    expect(keys).toEqual(['pot:city|2026-11-20', 'pot:city|2026-W47', 'pot:city|2026-11', 'pot:city|2026'])
  })

  test('of a fund named like something that every object has is one like any other', () => {
    const pack = packOf([subsidyStep('meal', 300, { fund: 'valueOf' })], potted({ valueOf: month }))
    expect(price(pack, { pots: {} }).subsidies).toEqual([{ fund: 'valueOf', fen: 300 }])
    expect(price(pack, { pots: { valueOf: 299 }, visit: visit() }).subsidies).toEqual([])
  })

  test('is debited after the counters of the person', () => {
    const limits = [{ id: 'day', period: 'day', unit: 'count', cap: 1 }]
    const pack = packOf([subsidyStep('meal', 300, { limits: ['day'] })], { limits, ...potted({ city: month }) })
    expect(price(pack).debits.map(({ key }) => key)).toEqual(['day|2026-11-20', 'pot:city|2026-11'])
  })
})
