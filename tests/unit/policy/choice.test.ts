import { describe, expect, test } from 'vitest'
import { codes, discountStep, packOf, person, price, subsidyStep, visit, words } from '../../support/policy-kit.ts'

const choice = (choose: string, options: readonly object[], more: object = {}) => ({
  id: 'one',
  kind: 'choice',
  title: words('one of'),
  choose,
  options,
  ...more,
})
const dinner = { meal: ['dinner'] }

describe('a choice of the first', () => {
  const pack = (first: object, more: object = {}) =>
    packOf([
      choice(
        'first',
        [
          subsidyStep('a', 100, first),
          subsidyStep('b', 300),
          subsidyStep('c', 500, { when: { channel: ['delivery'] } }),
        ],
        more,
      ),
    ])

  test('takes the first option that gives anything, and only that', () => {
    expect(price(pack({})).ladder.map(({ benefit, fen }) => [benefit, fen])).toEqual([['a', 100]])
    expect(price(pack({ when: dinner })).ladder.map(({ benefit, fen }) => [benefit, fen])).toEqual([['b', 300]])
    expect(price(pack({ amount: { kind: 'fixed', fen: 0 } })).subsidies).toEqual([{ fund: 'city', fen: 300 }])
  })

  test('tells what stood in the way before the one taken, and nothing of those after it', () => {
    expect(codes(price(pack({ when: dinner })))).toEqual(['MEAL_NOT_COVERED'])
    expect(codes(price(pack({})))).toEqual([])
  })

  test('of which none gives anything tells of all', () => {
    const none = packOf([
      choice('first', [
        subsidyStep('a', 100, { when: dinner }),
        subsidyStep('b', 300, { when: { channel: ['delivery'] } }),
      ]),
    ])
    expect(price(none)).toMatchObject({ ownPayFen: 1500, ladder: [] })
    expect(codes(price(none))).toEqual(['MEAL_NOT_COVERED', 'CHANNEL'])
  })

  test('asks for its own condition and for whom it is', () => {
    expect(price(pack({}, { when: dinner }))).toMatchObject({
      ladder: [],
      reasons: [{ code: 'MEAL_NOT_COVERED', benefit: 'one', values: { covered: 'dinner' } }],
    })
    expect(price(pack({}, { for: 'guest' }))).toMatchObject({ ladder: [], reasons: [] })
    expect(price(pack({}, { for: 'anyone' })).ladder).toHaveLength(1)
  })
})

describe('a choice of the best', () => {
  test('takes the option that takes most off, by what it really takes', () => {
    const half = discountStep('half', 50)
    const pack = packOf([choice('best', [subsidyStep('fixed', 600), half])])
    expect(price(pack).ladder).toMatchObject([{ benefit: 'half', fen: 750 }])
    expect(price(pack, { visit: visit({ listFen: 1000 }) }).ladder).toMatchObject([{ benefit: 'fixed', fen: 600 }])
    expect(price(pack, { visit: visit({ listFen: 400 }) }).ladder).toMatchObject([{ benefit: 'fixed', fen: 400 }])
  })

  test('takes an option of a single fen', () => {
    const pack = packOf([choice('best', [subsidyStep('a', 0), subsidyStep('b', 1)])])
    expect(price(pack).ladder).toMatchObject([{ benefit: 'b', fen: 1 }])
  })

  test('takes the first of equals', () => {
    expect(price(packOf([choice('best', [subsidyStep('a', 300), subsidyStep('b', 300)])])).ladder).toMatchObject([
      { benefit: 'a' },
    ])
  })

  test('tells nothing of those not taken', () => {
    const pack = packOf([choice('best', [subsidyStep('a', 900, { when: dinner }), subsidyStep('b', 300)])])
    expect(price(pack)).toMatchObject({ ladder: [{ benefit: 'b' }], reasons: [] })
  })

  test('tells of all where none gives anything', () => {
    const pack = packOf([
      choice('best', [
        subsidyStep('a', 900, { when: dinner }),
        subsidyStep('b', 1, { when: { channel: ['delivery'] } }),
      ]),
    ])
    expect(codes(price(pack))).toEqual(['MEAL_NOT_COVERED', 'CHANNEL'])
  })

  test('passes over an option whose limit is used up, and draws only on the limits of the one taken', () => {
    const limits = ['day', 'week'].map(id => ({ id, period: id, unit: 'count', cap: 1 }))
    const pack = packOf(
      [choice('best', [subsidyStep('a', 900, { limits: ['day'] }), subsidyStep('b', 300, { limits: ['week'] })])],
      { limits },
    )
    expect(price(pack).debits.map(({ limit }) => limit)).toEqual(['day'])
    expect(price(pack, { used: { 'day|2026-11-20': 1 } })).toMatchObject({
      subsidies: [{ fen: 300 }],
      debits: [{ limit: 'week' }],
    })
  })
})

test('options stop at what the person pays at least like any step', () => {
  const pack = packOf([choice('first', [subsidyStep('a', 900, { leavesAtLeastFen: 1000 }), subsidyStep('b', 300)])])
  expect(price(pack)).toMatchObject({
    ownPayFen: 1000,
    reasons: [{ code: 'MIN_OWN_PAY', benefit: 'a', values: { minFen: 1000 } }],
  })
})

test('an option may be for a guest alone', () => {
  const pack = packOf([
    choice('first', [discountStep('guests', 10, { for: 'guest' }), subsidyStep('b', 300)], { for: 'anyone' }),
  ])
  expect(price(pack, { person: null }).discountFen).toBe(150)
  expect(price(pack, { person: person() }).subsidies).toEqual([{ fund: 'city', fen: 300 }])
})
