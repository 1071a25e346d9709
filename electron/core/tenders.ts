import type { RecordId } from '../../shared/ids.ts'
import type { Payment } from '../../shared/payments.ts'
import type { ProblemCode } from '../../shared/problems.ts'
import type { Tender } from '../../shared/record.ts'

/** Takes payments, each by its tender. */
export interface TenderDesk {
  readonly simulated: boolean
  /** @param reference what the outside terminal's receipt says of this payment; null where nobody entered it */
  settle(payment: Payment, online: boolean, reference: string | null): Tender
  /**
   * Gives back what a tender took. Null: done, or to be done by the staff's own hands. Else why it cannot be given back now. Asked again for
   * the same record it gives nothing twice.
   */
  giveBack(of: RecordId, tender: Tender, online: boolean): Promise<ProblemCode | null>
}

/**
 * The demo's desk. Its account adapter is simulated and moves no money: online it authorises at once, offline the debit is agreed
 * and settled later at the operator's risk; only online does it give back. An outside terminal's payment is pending where its reference was not entered.
 */
export const simulatedTenderDesk: TenderDesk = {
  simulated: true,
  settle({ kind, fen }, online, reference) {
    if (kind === 'cash') return { kind, fen, status: 'settled', reference: null }
    if (kind === 'account') return { kind, fen, status: online ? 'settled' : 'offline-agreed', reference: 'simulated' }
    if (kind === 'outside') return { kind, fen, status: reference === null ? 'pending' : 'settled', reference }
    return { kind, fen, status: 'pending', reference: null }
  },
  async giveBack(_of, { kind }, online) {
    return kind === 'account' && !online ? 'REFUND_NEEDS_NETWORK' : null
  },
}
