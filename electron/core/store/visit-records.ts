import type { BusinessDate } from '../../../shared/business-day.ts'
import { parseRecord } from '../../../shared/countable.ts'
import { type RecordId, recordId } from '../../../shared/ids.ts'
import type { LedgerRecord } from '../../../shared/record.ts'
import type { Db } from './open-database.ts'

export type Attendance = Extract<LedgerRecord, { kind: 'attendance' }>

/** The records of a site's services, in the ledger and the history that came back from the province. */
export interface VisitRecords {
  /** Between two business dates, both included, as they were written: a clock that was set back puts no end before its beginning. The same answer while the ledger stands still. */
  between(from: BusinessDate, to: BusinessDate): readonly LedgerRecord[]
  /** True where records of services since a business date came back from the province. */
  cameBack(since: BusinessDate): boolean
  /** Which records began something that was ordered ahead, since a business date. The same answer while the ledger stands still. */
  ordered(since: BusinessDate): readonly { readonly id: RecordId; readonly order: string }[]
  /** Calls since a business date on which somebody was not seen, and whom nobody has seen to since, in the same order. */
  unseen(since: BusinessDate): readonly Attendance[]
}

/** @param head changes with every record that is added, or comes back */
export function createVisitRecords(db: Db, head: () => string): VisitRecords {
  const kinds = "kind IN ('visit-in', 'visit-out', 'visit-event', 'late-visit', 'attendance', 'follow-up')"
  const from = (table: string) =>
    `SELECT generation, seq, bytes FROM ${table} WHERE business_date BETWEEN @from AND @to AND ${kinds}`
  const select = db.prepare<[{ from: string; to: string }], { bytes: Buffer }>(
    `${from('record')} UNION ALL ${from('history')} ORDER BY generation, seq`,
  )
  const selectCameBack = db
    .prepare<[{ since: string }], number>(
      `SELECT EXISTS (SELECT 1 FROM history WHERE business_date BETWEEN @since AND '9999' AND ${kinds})`,
    )
    .pluck()
  // Between two dates and the kind by itself: else the whole ledger is read for the order.
  const unseenIn = (table: string) =>
    `SELECT generation, seq, bytes FROM ${table} WHERE business_date BETWEEN @since AND '9999' AND kind IN ('follow-up', 'attendance')
       AND (kind = 'follow-up' OR (CASE WHEN json_valid(CAST(bytes AS TEXT)) THEN json_extract(CAST(bytes AS TEXT), '$.payload.seen') END = 'not-seen'))`
  const selectUnseen = db.prepare<[{ since: string }], { bytes: Buffer }>(
    `${unseenIn('record')} UNION ALL ${unseenIn('history')} ORDER BY generation, seq`,
  )
  let unseen: { key: string; records: readonly Attendance[] } | null = null
  const orderedIn = (table: string) =>
    `SELECT id, "order" FROM (SELECT id, CASE WHEN json_valid(CAST(bytes AS TEXT)) THEN json_extract(CAST(bytes AS TEXT), '$.payload.order') END AS "order",
         CASE WHEN json_valid(CAST(bytes AS TEXT)) THEN json_extract(CAST(bytes AS TEXT), '$.payload.event') END AS event
       FROM ${table} WHERE business_date BETWEEN @since AND '9999' AND kind IN ('visit-in', 'attendance')
         AND instr(bytes, CAST('"order":null' AS BLOB)) = 0) WHERE "order" IS NOT NULL AND event IS NOT 'out'`
  const selectOrdered = db.prepare<[{ since: string }], { id: string; order: string }>(
    `${orderedIn('record')} UNION ALL ${orderedIn('history')}`,
  )
  let ordered: { key: string; records: ReturnType<VisitRecords['ordered']> } | null = null
  let cached: { head: string; byRange: Map<string, readonly LedgerRecord[]> } | null = null
  return {
    between(from, to) {
      const now = head()
      if (cached?.head !== now) cached = { head: now, byRange: new Map() }
      const range = `${from}|${to}`
      const known = cached.byRange.get(range)
      if (known !== undefined) return known
      const records = select.all({ from, to }).flatMap(({ bytes }) => parseRecord(bytes.toString('utf8')) ?? [])
      cached.byRange.set(range, records)
      return records
    },
    cameBack: since => selectCameBack.get({ since }) === 1,
    ordered(since) {
      const key = `${since}|${head()}`
      if (ordered?.key !== key) {
        const records = selectOrdered.all({ since }).map(({ id, order }) => ({ id: recordId.parse(id), order }))
        ordered = { key, records }
      }
      return ordered.records
    },
    unseen(since) {
      const key = `${since}|${head()}`
      if (unseen?.key !== key) {
        const records = selectUnseen.all({ since }).flatMap(({ bytes }) => parseRecord(bytes.toString('utf8')) ?? [])
        const seenTo = new Set(records.map(record => (record.kind === 'follow-up' ? record.payload.of : null)))
        const open = records.flatMap(record => (record.kind === 'attendance' ? [record] : []))
        unseen = { key, records: open.filter(({ id }) => !seenTo.has(id)) }
      }
      return unseen.records
    },
  }
}
