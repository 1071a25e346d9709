import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canGoFirst, givenBack, paymentsOf } from '../../../shared/payments.ts'

const kind = fc.constantFrom('cash' as const, 'account' as const, 'outside' as const, 'agreement' as const)
const fen = fc.integer({ min: 0, max: 200_000 })
const payment = fc.record({ kind, fen })
const sum = (parts: readonly { fen: number }[]) => parts.reduce((total, part) => total + part.fen, 0)

test('whatever is paid by whatever tenders, its parts and what cash was rounded off are the own payment to the fen', () => {
  fc.assert(
    fc.property(kind, fc.option(payment), fen, (tender, first, ownPayFen) => {
      fc.pre(first === null || canGoFirst(first, tender, ownPayFen))
      const payments = paymentsOf({ tender, first }, ownPayFen)
      const rounded = ownPayFen - sum(payments)
      expect(rounded).toBeGreaterThanOrEqual(0)
      expect(rounded).toBeLessThanOrEqual(payments.at(-1)?.kind === 'cash' ? 9 : 0)
      expect(payments).toHaveLength(ownPayFen === 0 ? 0 : first === null ? 1 : 2)
      for (const part of payments) if (part.kind === 'cash') expect(part.fen % 10).toBe(0)
      expect(new Set(payments.map(part => part.kind)).size).toBe(payments.length)
    }),
    { numRuns: 2000 },
  )
})

test('a price that changes after it was split is still paid to the fen, and never by more than was said first', () => {
  fc.assert(
    fc.property(kind, payment, fen, fen, (tender, first, before, after) => {
      fc.pre(canGoFirst(first, tender, before))
      const payments = paymentsOf({ tender, first }, after)
      const rounded = after - sum(payments)
      expect(rounded).toBeGreaterThanOrEqual(0)
      expect(rounded).toBeLessThanOrEqual(payments.at(-1)?.kind === 'cash' ? 9 : 0)
      const byFirst = payments.find(part => part.kind === first.kind)?.fen ?? 0
      expect(byFirst).toBeLessThanOrEqual(Math.min(first.fen, after))
    }),
    { numRuns: 2000 },
  )
})

test('what goes back sums to what is given back, and of all of it each tender gives what it took', () => {
  fc.assert(
    fc.property(fc.array(payment, { maxLength: 3 }), fen, (payments, back) => {
      expect(sum(givenBack(payments, back))).toBe(back)
      expect(givenBack(payments, sum(payments))).toEqual(payments)
    }),
  )
})
