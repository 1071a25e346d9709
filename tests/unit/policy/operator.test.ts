import { describe, expect, test } from 'vitest'
import { codes, packJson, price, soundPack, subsidyStep, visit } from '../../support/policy-kit.ts'

const operator = (fen: number, more: object = {}) => ({
  id: 'op',
  kind: 'operator',
  title: { zh: '运营补贴', en: 'Operator' },
  amount: { kind: 'fixed', fen },
  fund: 'city',
  ...more,
})

/** The operator earns 2.00 from the fund that pays the senior 3.00; `pot` makes that fund one that can run out. */
const pack = (pot?: object, more: object = {}) => {
  const json = packJson([operator(200, more), subsidyStep('city', 300)])
  return soundPack({ ...json, funds: json.funds.map(fund => (fund.id === 'city' && pot ? { ...fund, pot } : fund)) })
}

describe('what the operator earns', () => {
  test('never touches the price, wherever its step stands', () => {
    expect(price(pack())).toMatchObject({ ownPayFen: 1200, operatorFen: 200, subsidies: [{ fund: 'city', fen: 300 }] })
  })

  test('is nothing where nobody was subsidised', () => {
    expect(price(pack(), { person: null }).operatorFen).toBe(0)
    expect(price(pack(), { visit: visit({ site: { place: { city: 'A' }, listed: false } }) }).operatorFen).toBe(0)
  })

  test('is nothing where its own condition fails', () => {
    expect(price(pack(undefined, { when: { siteGrade: [1] } })).operatorFen).toBe(0)
  })

  test("is drawn on its fund's pot beside the subsidy", () => {
    expect(price(pack({ period: 'month' })).debits).toEqual([
      { key: 'pot:city|2026-11', limit: 'pot:city', label: '2026-11', unit: 'fen', amount: 500 },
    ])
  })

  test('falls, with the reason, where the pot holds the subsidy but not both', () => {
    const quote = price(pack({ period: 'month' }), { pots: { city: 499 } })
    expect([quote.ownPayFen, quote.operatorFen, codes(quote)]).toEqual([1200, 0, ['FUND_EXHAUSTED']])
    expect(price(pack({ period: 'month' }), { pots: { city: 500 } }).operatorFen).toBe(200)
  })

  test('is what is left where the fund pays the rest', () => {
    const quote = price(pack({ period: 'month', beyond: 'rest' }), { pots: { city: 420 } })
    expect([quote.ownPayFen, quote.operatorFen]).toEqual([1200, 120])
  })
})
