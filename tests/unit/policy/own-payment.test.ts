import { describe, expect, test } from 'vitest'
import { codes, discountStep, packOf, person, price, subsidyStep, visit } from '../../support/policy-kit.ts'

const minimum = (minimumOwnPay: readonly object[], ...steps: object[]) => packOf(steps, { version: { minimumOwnPay } })

describe('the minimum that a person pays', () => {
  const pack = minimum(
    [{ when: { category: ['dibao'] }, fen: 100 }, { fen: 500 }],
    discountStep('shop', 50),
    subsidyStep('meal', 900),
  )

  test('stops discounts and subsidies there, and says so', () => {
    const quote = price(pack)
    expect(quote).toMatchObject({ discountFen: 750, ownPayFen: 500, subsidies: [{ fund: 'city', fen: 250 }] })
    expect(quote.reasons).toEqual([{ code: 'MIN_OWN_PAY', benefit: 'meal', values: { minFen: 500 } }])
  })

  test('is the first that holds', () => {
    expect(price(pack, { person: person({ categories: [{ id: 'dibao' }] }) }).ownPayFen).toBe(100)
  })

  test('that is reached exactly is not worth telling', () => {
    expect(price(minimum([{ fen: 500 }], subsidyStep('meal', 1000)))).toMatchObject({ ownPayFen: 500, reasons: [] })
  })

  test('does not raise a price that is lower anyway', () => {
    const cheap = price(pack, { visit: visit({ listFen: 300 }) })
    expect(cheap).toMatchObject({ ownPayFen: 300, ladder: [] })
    expect(codes(cheap)).toEqual(['MIN_OWN_PAY'])
  })

  test('is none where no condition holds, and none where none is named', () => {
    const only = minimum([{ when: { meal: ['dinner'] }, fen: 500 }], subsidyStep('meal', 2000))
    expect(price(only).ownPayFen).toBe(0)
    expect(price(packOf([subsidyStep('meal', 2000)])).ownPayFen).toBe(0)
  })

  test('may depend on the price that is reached', () => {
    const cheap = { when: { runningPrice: { below: 1000 } }, fen: 0 }
    const pack = minimum([cheap, { fen: 600 }], subsidyStep('a', 800), subsidyStep('b', 2000))
    expect(price(pack).ladder.map(({ fen }) => fen)).toEqual([800, 700])
  })
})

describe('what a step leaves at least', () => {
  test('bounds that step alone', () => {
    const pack = packOf([subsidyStep('a', 900, { leavesAtLeastFen: 1000 }), subsidyStep('b', 900)])
    const quote = price(pack)
    expect(quote.ladder.map(({ fen, runningFen }) => [fen, runningFen])).toEqual([
      [500, 1000],
      [900, 100],
    ])
    expect(quote.reasons).toEqual([{ code: 'MIN_OWN_PAY', benefit: 'a', values: { minFen: 1000 } }])
  })

  test('bounds a discount too', () => {
    expect(price(packOf([discountStep('shop', 50, { leavesAtLeastFen: 1000 })]))).toMatchObject({
      discountFen: 500,
      ownPayFen: 1000,
    })
  })

  test('and the minimum of the version: the higher of the two holds', () => {
    const with500 = (leavesAtLeastFen: number) =>
      price(minimum([{ fen: 500 }], subsidyStep('a', 2000, { leavesAtLeastFen }))).ownPayFen
    expect([with500(300), with500(700)]).toEqual([500, 700])
  })
})

test('only what is left after the minimum draws on a limit in fen', () => {
  const limits = [{ id: 'm', period: 'month', unit: 'fen', cap: 2000 }]
  const pack = packOf([subsidyStep('a', 2000, { limits: ['m'] })], {
    limits,
    version: { minimumOwnPay: [{ fen: 500 }] },
  })
  expect(price(pack).debits).toMatchObject([{ amount: 1000 }])
})
