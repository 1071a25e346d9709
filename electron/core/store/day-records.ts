import { type BusinessDate, businessDate } from '../../../shared/business-day.ts'
import { parseRecord } from '../../../shared/countable.ts'
import { type RecordId, recordId } from '../../../shared/ids.ts'
import type { LedgerRecord } from '../../../shared/record.ts'
import type { Db } from './open-database.ts'

export interface Place {
  readonly generation: number
  readonly seq: number
}

/** The records of one day, as its close counts them, in the order of the chain. */
export interface DayRecords {
  readonly records: readonly LedgerRecord[]
  /** How many more there are that the disk has spoilt. */
  readonly unreadable: number
  readonly first: Place | null
  readonly last: (Place & { readonly hash: string }) | null
}

/** Looks into the ledger, and the history that came back from the province, by day. */
export interface Days {
  /**
   * Every record counts for one day: its business date, or, where it was made after the close of that, the next day that is closed.
   * The record of the close itself, and what follows it, is not of the day.
   */
  of(date: BusinessDate): DayRecords
  /** Shifts, counts and totals since a business date, in the order of the chain. */
  shiftsSince(date: BusinessDate): LedgerRecord[]
  closeOf(date: BusinessDate): ({ readonly record: RecordId } & Place) | null
  /**
   * Business dates on which a shift was open and that were not closed, oldest first. Where no day was ever closed, none but today and the last
   * one before.
   */
  unclosed(today: BusinessDate): BusinessDate[]
  /** The newest business date with a shift; null where there was none. */
  newest(): BusinessDate | null
  /** A record of any day. */
  byId(id: string): LedgerRecord | null
  /** True where a record was voided or refunded, on whatever day. */
  isTakenBack(id: string): boolean
}

interface Row {
  generation: number
  seq: number
  bytes: Buffer
  hash: string
}

export function createDays(db: Db): Days {
  const both = (columns: string, where: string) =>
    `SELECT ${columns} FROM record WHERE ${where} UNION ALL SELECT ${columns} FROM history WHERE ${where}`
  const columns = 'generation, seq, bytes, hash'
  const isShift = "kind IN ('shift', 'cash-count', 'totals')"
  const selectDay = db.prepare<[{ date: string }], Row>(
    `${both(columns, 'business_date = @date')} ORDER BY generation, seq`,
  )
  const selectShifts = db.prepare<[{ date: string }], Row>(
    `${both(columns, `business_date >= @date AND ${isShift}`)} ORDER BY generation, seq`,
  )
  const selectDates = db.prepare<[{ after: string }], { business_date: string }>(
    `SELECT DISTINCT business_date FROM (${both('business_date', `business_date > @after AND ${isShift}`)}) ORDER BY business_date`,
  )
  const selectClose = db.prepare<[string], { record_id: string; generation: number; seq: number }>(
    'SELECT record_id, generation, seq FROM closed_day WHERE business_date = ?',
  )
  const selectClosedBefore = db.prepare<[string], { business_date: string }>(
    'SELECT business_date FROM closed_day WHERE business_date < ? ORDER BY business_date DESC LIMIT 1',
  )
  const selectById = db.prepare<[{ id: string }], { bytes: Buffer }>(both('bytes', 'id = @id'))
  const selectReversal = db.prepare<[string], { by_id: string }>('SELECT by_id FROM reversal WHERE of_id = ?')
  const parse = ({ bytes }: { bytes: Buffer }) => parseRecord(bytes.toString('utf8'))
  const isAfter = (one: Place, other: Place) =>
    one.generation === other.generation ? one.seq > other.seq : one.generation > other.generation

  function rowsOf(date: BusinessDate): Row[] {
    const close = selectClose.get(date)
    const own = selectDay.all({ date }).filter(row => !close || isAfter(close, row))
    const before = selectClosedBefore.get(date)
    const closed = before && selectClose.get(before.business_date)
    if (!before || !closed) return own
    return [...selectDay.all({ date: before.business_date }).filter(row => isAfter(row, closed)), ...own]
  }

  /** What belongs to a close and not to the day after it. */
  const isOfClose = (record: LedgerRecord) => record.kind === 'totals' || record.kind === 'cash-count'

  const shiftsSince = (date: BusinessDate) => selectShifts.all({ date }).flatMap(row => parse(row) ?? [])

  return {
    of(date) {
      const rows = rowsOf(date).map(row => ({ row, record: parse(row) }))
      const counted = rows.filter(({ record }) => record === null || record.businessDate === date || !isOfClose(record))
      const [first, last] = [counted[0]?.row, counted.at(-1)?.row]
      return {
        records: counted.flatMap(({ record }) => record ?? []),
        unreadable: counted.filter(({ record }) => record === null).length,
        first: first ? { generation: first.generation, seq: first.seq } : null,
        last: last ? { generation: last.generation, seq: last.seq, hash: last.hash } : null,
      }
    },
    shiftsSince,
    newest() {
      const date = selectDates.all({ after: '' }).at(-1)?.business_date
      return date === undefined ? null : (openedOn(shiftsSince(businessDate.parse(date))).at(-1) ?? null)
    },
    closeOf(date) {
      const row = selectClose.get(date)
      return row ? { record: recordId.parse(row.record_id), generation: row.generation, seq: row.seq } : null
    },
    unclosed(today) {
      const newestClosed = selectClosedBefore.get('9999-12-31')?.business_date ?? null
      const dates = selectDates.all({ after: newestClosed ?? '' }).map(row => businessDate.parse(row.business_date))
      // Days of a till that never closed one are not asked for one by one.
      const since = newestClosed === null ? (dates.findLast(date => date < today) ?? dates.at(-1)) : dates[0]
      return since === undefined ? [] : openedOn(shiftsSince(since)).filter(date => date > (newestClosed ?? ''))
    },
    byId(id) {
      const row = selectById.get({ id })
      return row ? parse(row) : null
    },
    isTakenBack: id => selectReversal.get(id) !== undefined,
  }
}

function openedOn(records: readonly LedgerRecord[]): BusinessDate[] {
  const dates = records.flatMap(record =>
    record.kind === 'shift' && record.payload.event === 'open' ? [record.payload.confirmedDate] : [],
  )
  return [...new Set(dates)].sort()
}
