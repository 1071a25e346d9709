import { z } from 'zod'
import { emptyHolder, type Holder, holder } from '../../../shared/leases/holder.ts'
import type { Db } from './open-database.ts'

/** What this terminal holds of a fund's pot. */
export interface PotLease {
  readonly held: Holder
  /** Fen of it that are neither drawn nor here, by counter, as the province last said; null: there is no bound. */
  readonly elsewhere: Readonly<Record<string, number | null>>
  /** The last recall that was answered. */
  readonly recall: string | null
}

/** The tranches of this terminal. Every write belongs into the transaction of the record that it comes from. */
export interface PotLeases {
  of(fund: string): PotLease
  put(fund: string, lease: PotLease): void
  drew(record: string, fund: string, epoch: number): void
  /** The epoch in which a record drew on a tranche of the present generation; null where it did not. */
  epochOf(record: string, fund: string): number | null
}

const elsewhere = z.record(z.string(), z.int().nonnegative().nullable())
const nothing: PotLease = { held: emptyHolder, elsewhere: {}, recall: null }

/** @param generation of the ledger now: as with leases, what an earlier one held is not held any more */
export function createPotLeases(db: Db, generation: () => number): PotLeases {
  const select = db.prepare<[string, number], { held: string; elsewhere: string; recall: string | null }>(
    'SELECT held, elsewhere, recall FROM pot WHERE fund = ? AND generation = ?',
  )
  const upsert = db.prepare(
    `INSERT INTO pot (fund, generation, held, elsewhere, recall) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (fund) DO UPDATE SET generation = excluded.generation, held = excluded.held,
       elsewhere = excluded.elsewhere, recall = excluded.recall`,
  )
  const insertDraw = db.prepare('INSERT INTO pot_draw (record_id, fund, generation, epoch) VALUES (?, ?, ?, ?)')
  const selectDraw = db.prepare<[string, string, number], { epoch: number }>(
    'SELECT epoch FROM pot_draw WHERE record_id = ? AND fund = ? AND generation = ?',
  )
  return {
    of(fund) {
      const row = select.get(fund, generation())
      if (row === undefined) return nothing
      return {
        held: holder.parse(JSON.parse(row.held)),
        elsewhere: elsewhere.parse(JSON.parse(row.elsewhere)),
        recall: row.recall,
      }
    },
    put(fund, lease) {
      upsert.run(fund, generation(), JSON.stringify(lease.held), JSON.stringify(lease.elsewhere), lease.recall)
    },
    drew: (record, fund, epoch) => void insertDraw.run(record, fund, generation(), epoch),
    epochOf: (record, fund) => selectDraw.get(record, fund, generation())?.epoch ?? null,
  }
}
