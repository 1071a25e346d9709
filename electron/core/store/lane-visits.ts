import { z } from 'zod'
import type { BusinessDate, Meal } from '../../../shared/business-day.ts'
import { type CheckInId, checkInId, type TerminalId, terminalId } from '../../../shared/ids.ts'
import type { SeniorRef } from '../../../shared/record.ts'
import { type SaleView, saleView } from '../../../shared/terminal-api.ts'
import type { Db } from './open-database.ts'
import type { Vault } from './vault.ts'

/** At the first till: what became of the visits that other tills asked it to sell. */
export interface LaneVisits {
  of(visit: string): { readonly lane: TerminalId; readonly state: 'sold' | 'cancelled' } | null
  /** Once for ever. Belongs into the transaction of the record, or into the ledger's turn. */
  put(visit: string, lane: TerminalId, state: 'sold' | 'cancelled', at: number): void
}

export function createLaneVisits(db: Db): LaneVisits {
  const select = db.prepare<[string], { lane: string; state: string }>(
    'SELECT lane, state FROM lane_visit WHERE id = ?',
  )
  const insert = db.prepare('INSERT INTO lane_visit (id, lane, state, at) VALUES (?, ?, ?, ?)')
  const row = z.object({ lane: terminalId, state: z.enum(['sold', 'cancelled']) })
  return {
    of: visit => row.nullable().parse(select.get(visit) ?? null),
    put: (visit, lane, state, at) => void insert.run(visit, lane, state, at),
  }
}

const unheardState = z.enum(['asked', 'given-up'])

/**
 * A question to sell without an answer. `asked`: what the first till sold is this till's sale. `given-up`: the visit went on here without the
 * first till, or staff put it away, and what the first sold is voided.
 */
export interface UnheardVisit {
  readonly id: CheckInId
  readonly first: TerminalId
  readonly state: z.infer<typeof unheardState>
  /** When it was asked (ms). */
  readonly at: number
  /** Staff have read that its first till is gone. */
  readonly putAway: boolean
}

/** At the second till: what it asked the first one to sell. */
export interface LaneSales {
  /** Before the question leaves. */
  asked(visit: {
    id: CheckInId
    first: TerminalId
    at: number
    senior: SeniorRef | null
    date: BusinessDate
    meal: Meal
  }): void
  isAsked(id: string): boolean
  /** This till goes on without the first one; nothing where it was not asked. */
  giveUp(id: string): void
  /** The first till recorded it. */
  sold(id: string, sale: SaleView): void
  /** Nothing is recorded of it, and nothing will be. */
  forget(id: string): void
  /** Oldest first. */
  unheard(): UnheardVisit[]
  /** Staff have read of it. It stays to be settled, should its first till come back. */
  putAway(id: CheckInId): void
  byId(id: string): { readonly sale: SaleView; readonly date: string; readonly first: TerminalId } | null
  /** Sales of a business day, newest first. */
  on(date: BusinessDate, limit: number): SaleView[]
  times(date: BusinessDate): { at: number; meal: string | null; id: string }[]
  /** When this senior ate in a meal by one of these sales (ms). */
  earlier(senior: SeniorRef, date: BusinessDate, meal: Meal): number | null
  /** Forgets sales of days before this one: they are in the first till's ledger. */
  forgetBefore(date: BusinessDate): void
}

export function createLaneSales(db: Db, vault: Vault): LaneSales {
  const insert = db.prepare(
    "INSERT INTO lane_sale (id, first, state, at, senior_ref, business_date, meal, body) VALUES (?, ?, 'asked', ?, ?, ?, ?, NULL)",
  )
  const update = db.prepare("UPDATE lane_sale SET state = 'sold', body = ? WHERE id = ?")
  const updateGivenUp = db.prepare("UPDATE lane_sale SET state = 'given-up' WHERE id = ? AND state = 'asked'")
  const updatePutAway = db.prepare('UPDATE lane_sale SET put_away = 1 WHERE id = ?')
  const remove = db.prepare('DELETE FROM lane_sale WHERE id = ?')
  const removeOld = db.prepare("DELETE FROM lane_sale WHERE business_date < ? AND state = 'sold'")
  const selectUnheard = db.prepare<[], { id: string; first: string; state: string; at: number; put_away: number }>(
    "SELECT id, first, state, at, put_away FROM lane_sale WHERE state <> 'sold' ORDER BY at",
  )
  const selectState = db.prepare<[string], { state: string }>('SELECT state FROM lane_sale WHERE id = ?')
  type Row = { id: string; first: string; meal: string; business_date: string; body: Buffer }
  const columns = 'id, first, meal, business_date, body'
  const selectOne = db.prepare<[string], Row>(`SELECT ${columns} FROM lane_sale WHERE id = ? AND state = 'sold'`)
  const selectDay = db.prepare<[string, number], Row>(
    `SELECT ${columns} FROM lane_sale WHERE business_date = ? AND state = 'sold' ORDER BY at DESC LIMIT ?`,
  )
  const selectMeal = db.prepare<[string, string, string], Row>(
    `SELECT ${columns} FROM lane_sale
      WHERE business_date = ? AND senior_ref = ? AND meal = ? AND state = 'sold' ORDER BY at DESC`,
  )
  const place = (id: string) => `lane_sale|body|${id}`
  const open = ({ id, body }: Row) => saleView.parse(JSON.parse(vault.decrypt(place(id), body).toString('utf8')))
  return {
    asked({ id, first, at, senior, date, meal }) {
      remove.run(id)
      insert.run(id, first, at, senior, date, meal)
    },
    isAsked: id => selectState.get(id)?.state === 'asked',
    giveUp: id => void updateGivenUp.run(id),
    sold: (id, sale) => void update.run(vault.encrypt(place(id), Buffer.from(JSON.stringify(sale))), id),
    forget: id => void remove.run(id),
    unheard: () =>
      selectUnheard.all().map(row => ({
        id: checkInId.parse(row.id),
        first: terminalId.parse(row.first),
        state: unheardState.parse(row.state),
        at: row.at,
        putAway: row.put_away === 1,
      })),
    putAway: id => void updatePutAway.run(id),
    byId(id) {
      const row = selectOne.get(id)
      return row ? { sale: open(row), date: row.business_date, first: terminalId.parse(row.first) } : null
    },
    on: (date, limit) => selectDay.all(date, limit).map(open),
    times: date =>
      selectDay
        .all(date, -1)
        .map(row => ({ ...open(row), row }))
        .flatMap(({ at, voided, row: { id, meal } }) => (voided ? [] : [{ at, meal, id }])),
    earlier: (senior, date, meal) =>
      selectMeal
        .all(date, senior, meal)
        .map(open)
        .find(({ voided }) => !voided)?.at ?? null,
    forgetBefore: date => void removeOld.run(date),
  }
}
