import { z } from 'zod'
import { type BusinessDate, businessDate } from '../../../shared/business-day.ts'
import { emptyHolder, type Holder, holder } from '../../../shared/leases/holder.ts'
import { type OwedClaim, owedClaim } from '../../../shared/leases/word.ts'
import { type SeniorRef, seniorRef } from '../../../shared/record.ts'
import { type Advances, createAdvances } from './advances.ts'
import type { Db } from './open-database.ts'
import { createPotLeases, type PotLeases } from './pots.ts'

const owed = z.record(z.string(), owedClaim)

/** What this terminal holds of one senior under one pack. */
export interface Lease {
  readonly held: Holder
  /** Accepted claims by the key of the right to pay them. */
  readonly owed: Readonly<Record<string, OwedClaim>>
  /** The last recall that was answered. */
  readonly recall: string | null
  readonly touchedOn: BusinessDate | null
}

export interface LeaseOf extends Lease {
  readonly senior: SeniorRef
  readonly pack: string
}

/** The leases of this terminal. Every write belongs into the transaction of the record that it comes from. */
export interface Leases {
  of(senior: SeniorRef, pack: string): Lease
  put(senior: SeniorRef, pack: string, lease: Lease): void
  /** Those of one senior, under whatever packs. */
  ofSenior(senior: SeniorRef): LeaseOf[]
  /** Leases that may have to be closed or shortened at the turn of a day: those that nobody touched on this one. */
  untouchedOn(date: BusinessDate): LeaseOf[]
  drew(record: string, epoch: number): void
  /** Null where the record drew on no lease. */
  epochOf(record: string): number | null
  readonly pots: PotLeases
  readonly advances: Advances
}

const nothing: Lease = { held: emptyHolder, owed: {}, recall: null, touchedOn: null }

interface Row {
  senior_ref: string
  pack: string
  held: string
  owed: string
  recall: string | null
  touched_on: string | null
}

function leaseIn(row: Row): Lease {
  return {
    held: holder.parse(JSON.parse(row.held)),
    owed: owed.parse(JSON.parse(row.owed)),
    recall: row.recall,
    touchedOn: row.touched_on === null ? null : businessDate.parse(row.touched_on),
  }
}

const leaseOf = (row: Row): LeaseOf => ({
  ...leaseIn(row),
  ...{ senior: seniorRef.parse(row.senior_ref), pack: row.pack },
})

/** @param generation of the ledger now: a lease belongs to one generation, and what an earlier one held is not held any more */
export function createLeases(db: Db, generation: () => number): Leases {
  const columns = 'senior_ref, pack, held, owed, recall, touched_on'
  const select = db.prepare<[string, string, number], Row>(
    `SELECT ${columns} FROM lease WHERE senior_ref = ? AND pack = ? AND generation = ?`,
  )
  const selectSenior = db.prepare<[string, number], Row>(
    `SELECT ${columns} FROM lease WHERE senior_ref = ? AND generation = ? ORDER BY pack`,
  )
  const selectUntouched = db.prepare<[number, string], Row>(
    `SELECT ${columns} FROM lease WHERE generation = ? AND touched_on IS NOT NULL AND touched_on < ?`,
  )
  const upsert = db.prepare(
    `INSERT INTO lease (senior_ref, pack, generation, held, owed, recall, touched_on) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (senior_ref, pack) DO UPDATE SET generation = excluded.generation, held = excluded.held,
       owed = excluded.owed, recall = excluded.recall, touched_on = excluded.touched_on`,
  )
  const insertDraw = db.prepare('INSERT INTO lease_draw (record_id, epoch) VALUES (?, ?)')
  const selectDraw = db.prepare<[string], { epoch: number }>('SELECT epoch FROM lease_draw WHERE record_id = ?')
  return {
    of(senior, pack) {
      const row = select.get(senior, pack, generation())
      return row ? leaseIn(row) : nothing
    },
    put(senior, pack, { held, owed: claims, recall, touchedOn }) {
      const texts = [JSON.stringify(held), JSON.stringify(claims)]
      upsert.run(senior, pack, generation(), ...texts, recall, touchedOn)
    },
    untouchedOn: date => selectUntouched.all(generation(), date).map(leaseOf),
    ofSenior: senior => selectSenior.all(senior, generation()).map(leaseOf),
    drew: (record, epoch) => void insertDraw.run(record, epoch),
    epochOf: record => selectDraw.get(record)?.epoch ?? null,
    pots: createPotLeases(db, generation),
    advances: createAdvances(db),
  }
}
