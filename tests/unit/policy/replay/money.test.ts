import { expect, test } from 'vitest'
import { fundId } from '../../../../shared/ids.ts'
import { type Money, refundBoth } from '../../../../shared/policy/replay/money.ts'

const [city, street] = [fundId.parse('city'), fundId.parse('street')]
const money = (cityFen: number, streetFen: number, ownPay: number): Money => ({
  ...{ list: cityFen + streetFen + ownPay, discount: 0, ownPay, refunded: 0, operator: 0 },
  byFund: new Map([
    [city, cityFen],
    [street, streetFen],
  ]),
})

test('a refund that names no part of a fund leaves what that fund paid, then and under the draft', () => {
  const refund = { subsidies: [{ fund: city, fen: 150 }], ownPayFen: 500 }
  const { before, after } = refundBoth(money(300, 200, 1000), money(400, 100, 1000), refund)
  expect(Object.fromEntries(before.byFund)).toEqual({ city: 150, street: 200 })
  expect(Object.fromEntries(after.byFund)).toEqual({ city: 200, street: 100 })
  expect([before.ownPay, before.refunded, after.ownPay, after.refunded]).toEqual([500, 650, 500, 700])
})
