import { describe, expect, it } from 'vitest'
import { simulatedTenderDesk } from '../../../electron/core/tenders.ts'
import { recordId } from '../../../shared/ids.ts'
import type { TenderKind } from '../../../shared/site.ts'

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

describe('money that goes back', () => {
  const of = recordId.parse('01a1f5ee-4e70-70ec-ad4d-8532449f6db2')
  const back = (kind: TenderKind, online: boolean) =>
    simulatedTenderDesk.giveBack(of, simulatedTenderDesk.settle(kind, 750, true).tender, online)

  it('reaches an account only while its keeper can be asked', async () => {
    expect(await back('account', true)).toBeNull()
    expect(await back('account', false)).toBe('REFUND_NEEDS_NETWORK')
  })

  it('is handed over in cash, or given back on the device of another payment, with or without a network', async () => {
    expect(await Promise.all([back('cash', false), back('outside', false)])).toEqual([null, null])
  })
})
