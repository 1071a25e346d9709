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
  const record = recordOf(house, began?.kind === 'visit-in' ? (house.begunWith(id)?.out ?? null) : id)
  if (record === null) return refuse('VISIT_GONE')
  return isOfNow(house, record) ? record : refuse('VISIT_COUNTED')
}

/** Whether a visit may still be taken back. @param out the record by which it was counted; null where nothing did */
export function mayBeTakenBack(house: VisitHouse, out: RecordId | null): boolean {
  const record = recordOf(house, out)
  if (record === null || !isOfNow(house, record)) return false
  return house.ledger.reversalOf(record.id) === null && !house.wasMadeGood(record.id)
}

function recordOf({ ledger }: VisitHouse, out: RecordId | null): Counted | null {
  const record = out === null ? null : ledger.byId(out)?.record
  return record?.kind === 'visit-out' || record?.kind === 'late-visit' ? record : null
}

function isOfNow(house: VisitHouse, record: Counted): boolean {
  const isOfShift = record.kind === 'visit-out' || record.payload.visit.shift === house.shift()
  return record.businessDate === house.today() && isOfShift
}
