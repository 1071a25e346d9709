import type { RecordId } from '../../../shared/ids.ts'
import type { Ledger } from '../store/ledger.ts'

/** Whether the end of a visit, or a late entry, was taken back. What was only refunded was given all the same. */
export function isVoided(ledger: Pick<Ledger, 'reversalOf' | 'byId'>, out: RecordId): boolean {
  const by = ledger.reversalOf(out)
  return by !== null && ledger.byId(by)?.record.kind === 'void'
}
