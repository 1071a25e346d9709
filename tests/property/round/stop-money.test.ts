import fc from 'fast-check'
import { expect, test } from 'vitest'
import { moneyOf } from '../../../electron/core/round/stop-price.ts'
import { paymentsOf } from '../../../shared/payments.ts'
import { runs } from '../../support/property-runs.ts'

const amount = fc.integer({ min: 0, max: 5000 })

test('whatever was told and whatever it costs now, it adds up, and the senior gives no more than they were told', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('cash', 'account'),
      amount,
      fc.boolean(),
      amount,
      (pays, toldFen, collected, ownPayFen) => {
        const { payBy, carriedFen, collectedFen } = moneyOf({ pays, toldFen }, { collected }, ownPayFen)
        const payments = paymentsOf(payBy, ownPayFen)
        const sumOf = (kinds: readonly string[]) =>
          payments.filter(({ kind }) => kinds.includes(kind)).reduce((sum, { fen }) => sum + fen, 0)
        const roundedFen = ownPayFen - sumOf(['cash', 'account', 'agreement'])
        expect(sumOf(['agreement'])).toBe(carriedFen)
        expect(sumOf(['cash', 'account'])).toBeLessThanOrEqual(toldFen)
        expect(sumOf(['cash'])).toBeLessThanOrEqual(collectedFen)
        expect(roundedFen).toBeGreaterThanOrEqual(0)
        expect(roundedFen).toBeLessThanOrEqual(payments.at(-1)?.kind === 'cash' || ownPayFen < 10 ? 9 : 0)
        expect(collectedFen).toBeLessThanOrEqual(toldFen)
      },
    ),
    runs(2000),
  )
})
