import { describe, expect, it } from 'vitest'
import { simulatedTenderDesk } from '../../../electron/core/tenders.ts'

describe('the tender desk', () => {
  it('rounds cash down to ten fen and says what the site bears', () => {
    expect(simulatedTenderDesk.settle('cash', 1237, true)).toEqual({
      tender: { kind: 'cash', fen: 1230, status: 'settled', reference: null },
      roundingFen: 7,
    })
  })

  it('never rounds what an account or a phone pays', () => {
    expect(simulatedTenderDesk.settle('account', 1237, true).roundingFen).toBe(0)
    expect(simulatedTenderDesk.settle('outside', 1237, true).roundingFen).toBe(0)
  })

  it('agrees an account debit offline and leaves an outside payment pending', () => {
    expect(simulatedTenderDesk.settle('account', 750, false).tender.status).toBe('offline-agreed')
    expect(simulatedTenderDesk.settle('outside', 750, true).tender.status).toBe('pending')
  })
})
