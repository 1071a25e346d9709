import { z } from 'zod'
import type { BusinessDate, Meal } from '../../../shared/business-day.ts'
import { type CheckInId, checkInId, type TerminalId, terminalId } from '../../../shared/ids.ts'
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

/** At the second till: what it asked the first one to sell. `asked`: no answer came yet. */
export interface LaneSales {
  /** Before the question leaves. */
  asked(visit: { id: CheckInId; first: TerminalId; at: number; date: BusinessDate; meal: Meal }): void
  isAsked(id: string): boolean
  /** The first till recorded it. */
  sold(id: string, sale: SaleView): void
  /** Nothing is recorded of it, and nothing will be. */
  forget(id: string): void
  /** Questions without an answer, oldest first. */
  unheard(): { readonly id: CheckInId; readonly first: TerminalId }[]
  byId(id: string): { readonly sale: SaleView; readonly date: string } | null
  /** Sales of a business day, newest first. */
  on(date: BusinessDate, limit: number): SaleView[]
  times(date: BusinessDate): { at: number; meal: string | null; id: string }[]
  /** Forgets sales of days before this one: they are in the first till's ledger. */
  forgetBefore(date: BusinessDate): void
}

export function createLaneSales(db: Db, vault: Vault): LaneSales {
  const insert = db.prepare(
    "INSERT INTO lane_sale (id, first, state, at, business_date, meal, body) VALUES (?, ?, 'asked', ?, ?, ?, NULL)",
  )
  const update = db.prepare("UPDATE lane_sale SET state = 'sold', body = ? WHERE id = ?")
  const remove = db.prepare('DELETE FROM lane_sale WHERE id = ?')
  const removeOld = db.prepare("DELETE FROM lane_sale WHERE business_date < ? AND state = 'sold'")
  const selectAsked = db.prepare<[], { id: string; first: string }>(
    "SELECT id, first FROM lane_sale WHERE state = 'asked' ORDER BY at",
  )
  const selectState = db.prepare<[string], { state: string }>('SELECT state FROM lane_sale WHERE id = ?')
  type Row = { id: string; meal: string; business_date: string; body: Buffer }
  const columns = 'id, meal, business_date, body'
  const selectOne = db.prepare<[string], Row>(`SELECT ${columns} FROM lane_sale WHERE id = ? AND state = 'sold'`)
  const selectDay = db.prepare<[string, number], Row>(
    `SELECT ${columns} FROM lane_sale WHERE business_date = ? AND state = 'sold' ORDER BY at DESC LIMIT ?`,
  )
  const place = (id: string) => `lane_sale|body|${id}`
  const open = ({ id, body }: Row) => saleView.parse(JSON.parse(vault.decrypt(place(id), body).toString('utf8')))
  return {
    asked({ id, first, at, date, meal }) {
      remove.run(id)
      insert.run(id, first, at, date, meal)
    },
    isAsked: id => selectState.get(id)?.state === 'asked',
    sold: (id, sale) => void update.run(vault.encrypt(place(id), Buffer.from(JSON.stringify(sale))), id),
    forget: id => void remove.run(id),
    unheard: () => selectAsked.all().map(row => ({ id: checkInId.parse(row.id), first: terminalId.parse(row.first) })),
    byId(id) {
      const row = selectOne.get(id)
      return row ? { sale: open(row), date: row.business_date } : null
    },
    on: (date, limit) => selectDay.all(date, limit).map(open),
    times: date =>
      selectDay
        .all(date, -1)
        .map(row => ({ ...open(row), row }))
        .flatMap(({ at, voided, row: { id, meal } }) => (voided ? [] : [{ at, meal, id }])),
    forgetBefore: date => void removeOld.run(date),
  }
}
