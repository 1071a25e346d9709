import type { RecordId } from '../../../shared/ids.ts'
import type { LedgerRecord } from '../../../shared/record.ts'
import { refuse, type VisitHouse } from './visit-house.ts'

type Counted = Extract<LedgerRecord, { kind: 'visit-out' | 'late-visit' }>

/**
 * The record by which a visit was counted, where it may still be taken back: on this business day, and of what was entered late in this shift, whose
 * drawer its money lies in. Any other is refunded.
 * @param id of the record that began the visit, or of the late entry
 */
export function countedAs(house: VisitHouse, id: RecordId): Counted | ReturnType<typeof refuse> {
  const began = house.ledger.byId(id)?.record
  const out = began?.kind === 'visit-in' ? (house.begunWith(id)?.out ?? null) : id
  const record = out === null ? null : house.ledger.byId(out)?.record
  if (record?.kind !== 'visit-out' && record?.kind !== 'late-visit') return refuse('VISIT_GONE')
  const isOfNow = record.kind === 'visit-out' || record.payload.visit.shift === house.shift()
  return record.businessDate === house.today() && isOfNow ? record : refuse('VISIT_COUNTED')
}
