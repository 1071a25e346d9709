import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { simulatedTenderDesk } from '../../../electron/core/tenders.ts'
import { fundId } from '../../../shared/ids.ts'
import { dueFen, givenBack, paymentsOf } from '../../../shared/payments.ts'
import { refundOf } from '../../../shared/refund.ts'

const sum = (parts: readonly { fen: number }[]) => parts.reduce((total, { fen }) => total + fen, 0)
const kind = fc.constantFrom('cash' as const, 'account' as const, 'outside' as const)
const part = fc.integer({ min: 0, max: 100_000 })
/** A sale as the till makes them: its parts sum to the price, and cash is rounded by the tender's own desk. */
const sale = fc
  .record({
    subsidies: fc.array(part, { maxLength: 6 }),
    ownPayFen: part,
    kind,
    first: fc.option(fc.record({ kind, fen: part }).map(({ kind: by, fen }) => ({ kind: by, fen: dueFen(by, fen) }))),
  })
  .map(({ subsidies, ownPayFen, kind, first }) => {
    const tenders = paymentsOf({ tender: kind, first }, ownPayFen).map(one =>
      simulatedTenderDesk.settle(one, true, null),
    )
    const funds = subsidies.map((fen, at) => ({ fund: fundId.parse(`fund-${at}`), fen }))
    return { subsidies: funds, ownPayFen, cashRoundingFen: ownPayFen - sum(tenders), tenders }
  })

describe('a refund', () => {
  it('gives the senior to the fen what they paid, and every fund to the fen what it paid', () => {
    fc.assert(
      fc.property(sale, made => {
        const back = refundOf(made)
        expect(back.ownPayFen).toBe(sum(made.tenders))
        expect(givenBack(made.tenders, back.ownPayFen)).toEqual(
          made.tenders.map(({ kind: by, fen }) => ({ kind: by, fen })),
        )
        expect(sum(back.subsidies)).toBe(sum(made.subsidies))
        expect(back.ownPayFen + made.cashRoundingFen + sum(back.subsidies)).toBe(made.ownPayFen + sum(made.subsidies))
        for (const { fund, fen } of back.subsidies) expect(made.subsidies).toContainEqual({ fund, fen })
        expect(back.subsidies.every(({ fen }) => fen > 0)).toBe(true)
      }),
    )
  })
})
