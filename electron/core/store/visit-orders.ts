import type { BusinessDate } from '../../../shared/business-day.ts'
import { type OrderId, type PlannedOrder, plannedOrder } from '../../../shared/visit/order.ts'
import type { Db } from './open-database.ts'
import type { Vault } from './vault.ts'

/** Services that were ordered ahead, as the province sent them: encrypted, since they say who needs what at home. */
export interface VisitOrders {
  /** In the transaction that stores the page of the feed. */
  apply(orders: readonly PlannedOrder[]): void
  of(order: OrderId): PlannedOrder | null
  /** By clock time. */
  on(date: BusinessDate): PlannedOrder[]
  /** Orders of days before are gone. */
  forgetBefore(date: BusinessDate): void
}

export function createVisitOrders(db: Db, vault: Vault): VisitOrders {
  const index = (order: string) => vault.index('visit-order', order)
  const place = (id: Buffer) => `visit_order|body|${id.toString('hex')}`
  const upsert = db.prepare(
    'INSERT INTO visit_order (id, date, body) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET date = excluded.date, body = excluded.body',
  )
  const selectOne = db.prepare<[Buffer], { id: Buffer; body: Buffer }>('SELECT id, body FROM visit_order WHERE id = ?')
  const select = db.prepare<[string], { id: Buffer; body: Buffer }>('SELECT id, body FROM visit_order WHERE date = ?')
  const forget = db.prepare('DELETE FROM visit_order WHERE date < ?')
  const read = ({ id, body }: { id: Buffer; body: Buffer }) =>
    plannedOrder.parse(JSON.parse(vault.decrypt(place(id), body).toString('utf8')))
  return {
    apply(orders) {
      for (const order of orders) {
        const id = index(order.order)
        upsert.run(id, order.date, vault.encrypt(place(id), Buffer.from(JSON.stringify(order))))
      }
    },
    of(order) {
      const row = selectOne.get(index(order))
      return row ? read(row) : null
    },
    on: date =>
      select
        .all(date)
        .map(read)
        .sort((one, other) => (one.at < other.at || (one.at === other.at && one.order < other.order) ? -1 : 1)),
    forgetBefore: date => void forget.run(date),
  }
}
