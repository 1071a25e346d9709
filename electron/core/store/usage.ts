import type { SeniorRef } from '../../../shared/record.ts'
import type { Db } from './open-database.ts'

/** How much of each counter of a pack a senior has used, as this terminal's records tell it. Two packs may name a limit alike. */
export interface Usage {
  of(senior: SeniorRef, pack: string, counters: readonly string[]): Record<string, number>
  /** Adds (or, for a void, takes back) inside the caller's transaction. */
  change(senior: SeniorRef, pack: string, counter: string, amount: number): void
}

export function createUsage(db: Db): Usage {
  const select = db.prepare<[string, string, string], { used: number }>(
    'SELECT used FROM usage WHERE senior_ref = ? AND pack = ? AND counter = ?',
  )
  const add = db.prepare(
    'INSERT INTO usage (senior_ref, pack, counter, used) VALUES (?, ?, ?, ?) ON CONFLICT (senior_ref, pack, counter) DO UPDATE SET used = used + excluded.used',
  )
  const takeBack = db.prepare('UPDATE usage SET used = used - ? WHERE senior_ref = ? AND pack = ? AND counter = ?')
  return {
    of(senior, pack, counters) {
      const used: Record<string, number> = {}
      for (const counter of counters) {
        const row = select.get(senior, pack, counter)
        if (row && row.used > 0) used[counter] = row.used
      }
      return used
    },
    change(senior, pack, counter, amount) {
      if (amount >= 0) add.run(senior, pack, counter, amount)
      else takeBack.run(-amount, senior, pack, counter)
    },
  }
}
