import { addDays, type BusinessDate, type Meal } from '../../../shared/business-day.ts'
import { type RecordId, recordId } from '../../../shared/ids.ts'
import type { ProxyRef } from '../../../shared/proxy.ts'
import type { SeniorRef } from '../../../shared/record.ts'
import type { Db } from './open-database.ts'

/** Looks for meals and visits in the ledger, also of days that are over, and in the history that came back from the province. */
export interface EarlierSales {
  /** Sales, ends of visits and late entries of both that were recorded on a business date, newest first. */
  on(date: BusinessDate, limit: number): RecordId[]
  /** Those of one senior since a business date, newest first. */
  of(senior: SeniorRef, since: BusinessDate, limit: number): RecordId[]
  /** When a senior ate in a meal, by the last of its sales that stands (ms); null where they did not. */
  inMeal(senior: SeniorRef, date: BusinessDate, meal: Meal): number | null
  /** How many portions a proxy collected in a meal, by the sales that stand. */
  portionsOf(proxy: ProxyRef, date: BusinessDate, meal: Meal): number
  /**
   * Records since a business date that stand and have a phone payment that was not confirmed, newest first, without those of which somebody said what came
   * of it: what is paid in parts is paid by different tenders, so a record has one such payment at most.
   */
  unconfirmed(since: BusinessDate, limit: number): RecordId[]
  /** The record of the group that a sale of a business date was paid in; null where it was paid by itself. */
  groupOf(sale: RecordId, date: BusinessDate): RecordId | null
  /** True where the pending claim of this record was paid here. */
  wasMadeGood(record: RecordId): boolean
}

export function createEarlierSales(db: Db): EarlierSales {
  const both = (where: string) =>
    `SELECT id FROM (SELECT id, at, seq FROM record WHERE ${where} UNION ALL SELECT id, at, seq FROM history WHERE ${where})
     ORDER BY at DESC, seq DESC LIMIT @limit`
  const kinds = "kind IN ('sale', 'late-entry', 'visit-out', 'late-visit')"
  // A record that the disk has spoilt must not hide the others.
  const payload = (path: string) =>
    `CASE WHEN json_valid(CAST(bytes AS TEXT)) THEN json_extract(CAST(bytes AS TEXT), '$.payload.${path}') END`
  const isOf = `CASE kind WHEN 'late-entry' THEN ${payload('sale.senior')} WHEN 'late-visit' THEN ${payload('visit.senior')}
    ELSE ${payload('senior')} END = @senior`
  const selectOn = db.prepare<[{ date: string; limit: number }], { id: string }>(
    both(`business_date = @date AND ${kinds}`),
  )
  const selectOf = db.prepare<[{ senior: string; since: string; limit: number }], { id: string }>(
    both(`business_date >= @since AND ${kinds} AND ${isOf}`),
  )
  const selectPaid = db.prepare<[{ record: string; limit: number }], { id: string }>(
    both(`kind = 'made-good' AND ${payload('of')} = @record`),
  )
  // To look for the text costs a hundredth of reading the record.
  const isMeal = `business_date = @date AND kind = 'sale' AND meal = @meal AND instr(bytes, CAST(@senior AS BLOB)) > 0
    AND ${payload('senior')} = @senior AND id NOT IN (SELECT of_id FROM reversal)`
  const selectMeal = db.prepare<[{ date: string; meal: string; senior: string }], { at: number | null }>(
    `SELECT max(at) AS at FROM (SELECT at FROM record WHERE ${isMeal} UNION ALL SELECT at FROM history WHERE ${isMeal})`,
  )
  const isPortion = `business_date = @date AND kind = 'proxy-collection' AND ${payload('proxy')} = @proxy`
  const selectPortions = db.prepare<[{ date: string; meal: string; proxy: string }], { n: number }>(
    `SELECT count(*) AS n FROM (SELECT ${payload('of')} AS of_id FROM record WHERE ${isPortion}
       UNION ALL SELECT ${payload('of')} AS of_id FROM history WHERE ${isPortion}) collected
     WHERE of_id NOT IN (SELECT of_id FROM reversal)
       AND (EXISTS (SELECT 1 FROM record WHERE id = collected.of_id AND meal = @meal)
         OR EXISTS (SELECT 1 FROM history WHERE id = collected.of_id AND meal = @meal))`,
  )
  const isSaid = `SELECT ${payload('of')} FROM record WHERE business_date >= @since AND kind = 'payment-outcome'
      UNION ALL SELECT ${payload('of')} FROM history WHERE business_date >= @since AND kind = 'payment-outcome'`
  const has = (text: string) => `instr(bytes, CAST('${text}' AS BLOB)) > 0`
  const selectUnconfirmed = db.prepare<[{ since: string; limit: number }], { id: string }>(
    both(`business_date >= @since AND kind IN ('sale', 'late-entry', 'visit-out', 'late-visit')
      AND ${has('"kind":"outside"')} AND ${has('"status":"pending"')}
      AND id NOT IN (SELECT of_id FROM reversal) AND id NOT IN (${isSaid})`),
  )
  // Both were recorded in one transaction, which the turn of the day may part.
  const names = `business_date IN (@date, @next) AND kind = 'group' AND instr(bytes, CAST(@sale AS BLOB)) > 0`
  const selectGroup = db.prepare<[{ date: string; next: string; sale: string }], { id: string }>(
    `SELECT id FROM record WHERE ${names} UNION ALL SELECT id FROM history WHERE ${names}`,
  )
  const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => recordId.parse(id))
  return {
    on: (date, limit) => ids(selectOn.all({ date, limit })),
    of: (senior, since, limit) => ids(selectOf.all({ senior, since, limit })),
    inMeal: (senior, date, meal) => selectMeal.get({ senior, date, meal })?.at ?? null,
    portionsOf: (proxy, date, meal) => selectPortions.get({ date, meal, proxy })?.n ?? 0,
    unconfirmed: (since, limit) => ids(selectUnconfirmed.all({ since, limit })),
    groupOf: (sale, date) => ids(selectGroup.all({ date, next: addDays(date, 1), sale }))[0] ?? null,
    wasMadeGood: record => selectPaid.get({ record, limit: 1 }) !== undefined,
  }
}
