import type { BusinessDate } from '../../../shared/business-day.ts'
import type { SeniorRef } from '../../../shared/record.ts'
import type { Db } from './open-database.ts'

/** Sales that no right stood behind, which a policy lets a till without a network make. Written in the transaction of the sale. */
export interface Advances {
  add(record: string, senior: SeniorRef, pack: string, date: BusinessDate, fen: number): void
  /** Those that the province is not known to have, oldest first. */
  unheard(): { readonly record: string; readonly senior: string; readonly fen: number }[]
  heard(record: string): void
  /** Fen to one senior on a date, heard of or not. */
  onDay(senior: SeniorRef, pack: string, date: BusinessDate): number
}

export function createAdvances(db: Db): Advances {
  const insert = db.prepare(
    'INSERT INTO advance (record_id, senior_ref, pack, business_date, fen, heard) VALUES (?, ?, ?, ?, ?, 0)',
  )
  const select = db.prepare<[], { record: string; senior: string; fen: number }>(
    'SELECT record_id AS record, senior_ref AS senior, fen FROM advance WHERE heard = 0 ORDER BY record_id',
  )
  const note = db.prepare('UPDATE advance SET heard = 1 WHERE record_id = ?')
  const sum = db.prepare<[string, string, string], { fen: number }>(
    'SELECT coalesce(sum(fen), 0) AS fen FROM advance WHERE senior_ref = ? AND pack = ? AND business_date = ?',
  )
  return {
    add: (record, senior, pack, date, fen) => void insert.run(record, senior, pack, date, fen),
    unheard: () => select.all(),
    heard: record => void note.run(record),
    onDay: (senior, pack, date) => sum.get(senior, pack, date)?.fen ?? 0,
  }
}
