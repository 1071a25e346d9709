import { z } from 'zod'
import { addDays, type BusinessDate, businessDate, type Meal, meal } from '../../../shared/business-day.ts'
import { type RecordId, recordId, type TerminalId } from '../../../shared/ids.ts'
import { type SeniorRef, seniorRef } from '../../../shared/record.ts'
import type { Ledger } from './ledger.ts'
import type { Db } from './open-database.ts'

/** A place in a till's chain. */
export const ledgerPlace = z.strictObject({ generation: z.int().positive(), seq: z.int().positive() })
export type LedgerPlace = z.infer<typeof ledgerPlace>

/** A meal that a till sold by itself, for the others to know of when the same person comes to them. Times in ms. */
export const ownMeal = z.strictObject({
  of: recordId,
  senior: seniorRef,
  date: businessDate,
  meal,
  at: z.int(),
  /** False: taken back. */
  stands: z.boolean(),
})
export type OwnMeal = z.infer<typeof ownMeal>

/** As many as one message holds. */
export const mostMeals = 100

/** Of a till's own ledger: the meals of members on a business date after a place, oldest first, and how far that reaches; null: nothing new. */
export function createOwnMeals(db: Db, ledger: Ledger) {
  const select = db.prepare<[string, number, number, number], LedgerPlace & { id: string }>(
    `SELECT generation, seq, id FROM record WHERE business_date = ? AND kind IN ('sale', 'void', 'refund')
      AND (generation, seq) > (?, ?) ORDER BY generation, seq LIMIT ?`,
  )
  function mealOf(id: RecordId): OwnMeal[] {
    const record = ledger.byId(id)?.record
    if (record?.kind !== 'sale') return []
    const { senior, meal } = record.payload
    if (senior === null || meal === null) return []
    const stands = ledger.reversalOf(id) === null
    return [{ of: id, senior, date: record.businessDate, meal, at: record.at, stands }]
  }
  return {
    after(place: LedgerPlace | null, date: BusinessDate): { meals: OwnMeal[]; upTo: LedgerPlace | null } {
      const rows = select.all(date, place?.generation ?? 0, place?.seq ?? 0, mostMeals)
      const last = rows.at(-1)
      const meals = rows.flatMap(({ id }) => {
        const record = ledger.byId(id)?.record
        return record?.kind === 'void' || record?.kind === 'refund'
          ? mealOf(record.payload.of)
          : mealOf(recordId.parse(id))
      })
      return { meals, upTo: last ? { generation: last.generation, seq: last.seq } : null }
    },
  }
}

/** At the first till: what the others have told it of the meals in their own ledgers. */
export interface LaneMeals {
  /** Takes what a till tells; heard twice it changes nothing. Gives how far that till has told. */
  hear(lane: TerminalId, news: { meals: readonly OwnMeal[]; upTo: LedgerPlace | null }): LedgerPlace | null
  /** When this senior ate in a meal at another till (ms). */
  earlier(senior: SeniorRef, date: BusinessDate, meal: Meal): number | null
}

export function createLaneMeals(db: Db): LaneMeals {
  const insert = db.prepare(
    'INSERT OR REPLACE INTO lane_meal (id, senior_ref, business_date, meal, at) VALUES (?, ?, ?, ?, ?)',
  )
  const remove = db.prepare('DELETE FROM lane_meal WHERE id = ?')
  const removeOld = db.prepare('DELETE FROM lane_meal WHERE business_date < ?')
  const told = db.prepare('INSERT OR REPLACE INTO lane_told (lane, generation, seq) VALUES (?, ?, ?)')
  const selectTold = db.prepare<[string], LedgerPlace>('SELECT generation, seq FROM lane_told WHERE lane = ?')
  const selectMeal = db.prepare<[string, string, string], { at: number | null }>(
    'SELECT max(at) AS at FROM lane_meal WHERE business_date = ? AND senior_ref = ? AND meal = ?',
  )
  return {
    hear(lane, { meals, upTo }) {
      const newest = meals.at(-1)
      if (upTo !== null)
        db.transaction(() => {
          for (const { of, senior, date, meal, at, stands } of meals)
            if (stands) insert.run(of, senior, date, meal, at)
            else remove.run(of)
          if (newest) removeOld.run(addDays(newest.date, -1))
          told.run(lane, upTo.generation, upTo.seq)
        }).immediate()
      return selectTold.get(lane) ?? null
    },
    earlier: (senior, date, meal) => selectMeal.get(date, senior, meal)?.at ?? null,
  }
}
