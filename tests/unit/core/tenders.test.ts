import { describe, expect, it } from 'vitest'
import { simulatedTenderDesk } from '../../../electron/core/tenders.ts'
import { recordId } from '../../../shared/ids.ts'
import type { TenderKind } from '../../../shared/site.ts'

const settle = (kind: TenderKind, online = true, reference: string | null = null) =>
  simulatedTenderDesk.settle({ kind, fen: 750 }, online, reference)

describe('the tender desk', () => {
  it('takes cash at once', () => {
    expect(settle('cash', false)).toEqual({ kind: 'cash', fen: 750, status: 'settled', reference: null })
  })

  it('agrees an account debit offline', () => {
    expect(settle('account', true).status).toBe('settled')
    expect(settle('account', false).status).toBe('offline-agreed')
  })

  it('leaves an outside payment pending that nobody entered the reference of', () => {
    expect(settle('outside')).toEqual({ kind: 'outside', fen: 750, status: 'pending', reference: null })
    expect(settle('outside', false, '778201')).toEqual({
      ...{ kind: 'outside', fen: 750, status: 'settled', reference: '778201' },
    })
  })
})

describe('money that goes back', () => {
  const of = recordId.parse('01a1f5ee-4e70-70ec-ad4d-8532449f6db2')
  const back = (kind: TenderKind, online: boolean) => simulatedTenderDesk.giveBack(of, settle(kind), online)

  it('reaches an account only while its keeper can be asked', async () => {
    expect(await back('account', true)).toBeNull()
    expect(await back('account', false)).toBe('REFUND_NEEDS_NETWORK')
  })

  it('is handed over in cash, or given back on the device of another payment, with or without a network', async () => {
    expect(await Promise.all([back('cash', false), back('outside', false)])).toEqual([null, null])
  })
})
