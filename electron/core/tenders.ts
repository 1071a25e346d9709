import type { RecordId } from '../../shared/ids.ts'
import type { ProblemCode } from '../../shared/problems.ts'
import type { Tender } from '../../shared/record.ts'
import type { TenderKind } from '../../shared/site.ts'

/** Takes the own payment by one kind of tender. */
export interface TenderDesk {
  readonly simulated: boolean
  settle(kind: TenderKind, ownPayFen: number, online: boolean): { tender: Tender; roundingFen: number }
  /**
   * Gives back what a tender took. Null: done, or to be done by the staff's own hands. Else why it cannot be given back now. Asked again for
   * the same record it gives nothing twice.
   */
  giveBack(of: RecordId, tender: Tender, online: boolean): Promise<ProblemCode | null>
}

/** What is taken of an own payment by this tender (fen). */
export function dueFen(kind: TenderKind, ownPayFen: number): number {
  return kind === 'cash' ? ownPayFen - (ownPayFen % 10) : ownPayFen
}

/** There are no fen coins: cash is rounded down to 0.10, the site bears the rest. */
function cash(ownPayFen: number): { tender: Tender; roundingFen: number } {
  const roundingFen = ownPayFen - dueFen('cash', ownPayFen)
  return { tender: { kind: 'cash', fen: ownPayFen - roundingFen, status: 'settled', reference: null }, roundingFen }
}

/**
 * The demo's desk. Its account adapter is simulated and moves no money: online it authorises at once, offline the debit is agreed
 * and settled later at the operator's risk; only online does it give back. An outside terminal's payment stays pending until its reference is entered.
 */
export const simulatedTenderDesk: TenderDesk = {
  simulated: true,
  settle(kind, ownPayFen, online) {
    if (kind === 'cash') return cash(ownPayFen)
    if (kind === 'account') {
      const status = online ? 'settled' : 'offline-agreed'
      return { tender: { kind, fen: ownPayFen, status, reference: 'simulated' }, roundingFen: 0 }
    }
    return { tender: { kind, fen: ownPayFen, status: 'pending', reference: null }, roundingFen: 0 }
  },
  async giveBack(_of, { kind }, online) {
    return kind === 'account' && !online ? 'REFUND_NEEDS_NETWORK' : null
  },
}
