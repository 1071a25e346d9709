import { z } from 'zod'
import type { BusinessDate } from './business-day.ts'
import { canonicalJson } from './canonical-json.ts'
import { countableOf } from './countable.ts'
import type { RecordId } from './ids.ts'
import { type LedgerRecord, openedInputs } from './record.ts'

/**
 * One line of an evidence file (docs/evidence-format.md): the exact bytes of a record as text, and its opened inputs; null where the
 * record has none, or none that open. A province adds what it said of the record when it took it.
 */
export const evidenceLine = z.strictObject({
  record: z.string(),
  opened: openedInputs.nullable(),
  said: z.strictObject({ verdict: z.enum(['accepted', 'flagged']), code: z.string().nullable() }).optional(),
})
export type EvidenceLine = z.infer<typeof evidenceLine>

/** A line of an evidence file, without its line end. */
export function evidenceText({ record, opened, said }: EvidenceLine): string {
  return canonicalJson(said === undefined ? { record, opened } : { record, opened, said })
}

/** Business dates, both inclusive; absent = no bound. */
export interface DateRange {
  readonly from?: BusinessDate | undefined
  readonly to?: BusinessDate | undefined
}

export function isInRange({ from, to }: DateRange, date: BusinessDate): boolean {
  return (from === undefined || from <= date) && (to === undefined || date <= to)
}

/**
 * Chooses the records of an export, asked in the order of the ledger: those that count for a date in the range, and whatever takes one of
 * them back later. A text that is no record is never left out, so that whoever reads the file learns of it.
 */
export function evidenceFilter(range: DateRange): (record: LedgerRecord | null) => boolean {
  const counted = new Set<RecordId>()
  return record => {
    if (record === null) return true
    const countable = countableOf(record)
    const chosen =
      isInRange(range, countable?.date ?? record.businessDate) ||
      ((record.kind === 'void' || record.kind === 'refund') && counted.has(record.payload.of))
    if (chosen && countable !== null) counted.add(record.id)
    return chosen
  }
}
