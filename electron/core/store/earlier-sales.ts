import type { BusinessDate } from '../../../shared/business-day.ts'
import { type RecordId, recordId } from '../../../shared/ids.ts'
import type { SeniorRef } from '../../../shared/record.ts'
import type { Db } from './open-database.ts'

/** Looks into the ledger of days that are over, and into the history that came back from the province. */
export interface EarlierSales {
  /** Sales and late entries that were recorded on a business date, newest first. */
  on(date: BusinessDate, limit: number): RecordId[]
  /** Those of one senior since a business date, newest first. */
  of(senior: SeniorRef, since: BusinessDate, limit: number): RecordId[]
  /** True where the pending claim of this record was paid here. */
  wasMadeGood(record: RecordId): boolean
}

export function createEarlierSales(db: Db): EarlierSales {
  const both = (where: string) =>
    `SELECT id FROM (SELECT id, at, seq FROM record WHERE ${where} UNION ALL SELECT id, at, seq FROM history WHERE ${where})
     ORDER BY at DESC, seq DESC LIMIT @limit`
  const kinds = "kind IN ('sale', 'late-entry')"
  // A record that the disk has spoilt must not hide the others.
  const payload = (path: string) =>
    `CASE WHEN json_valid(CAST(bytes AS TEXT)) THEN json_extract(CAST(bytes AS TEXT), '$.payload.${path}') END`
  const isOf = `CASE kind WHEN 'sale' THEN ${payload('senior')} ELSE ${payload('sale.senior')} END = @senior`
  const selectOn = db.prepare<[{ date: string; limit: number }], { id: string }>(
    both(`business_date = @date AND ${kinds}`),
  )
  const selectOf = db.prepare<[{ senior: string; since: string; limit: number }], { id: string }>(
    both(`business_date >= @since AND ${kinds} AND ${isOf}`),
  )
  const selectPaid = db.prepare<[{ record: string; limit: number }], { id: string }>(
    both(`kind = 'made-good' AND ${payload('of')} = @record`),
  )
  const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => recordId.parse(id))
  return {
    on: (date, limit) => ids(selectOn.all({ date, limit })),
    of: (senior, since, limit) => ids(selectOf.all({ senior, since, limit })),
    wasMadeGood: record => selectPaid.get({ record, limit: 1 }) !== undefined,
  }
}
