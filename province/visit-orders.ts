import type { SiteId } from '../shared/ids.ts'
import type { PlannedOrder } from '../shared/visit/order.ts'
import { type Database, nextChange, transaction } from './database.ts'
import { newsChannel } from './leases/news.ts'

/** Writes a service that somebody ordered ahead, or takes it back, and has the site's terminals hear of it. An unchanged one is not sent again. */
export async function putOrders(database: Database, site: SiteId, orders: readonly PlannedOrder[]): Promise<void> {
  await transaction(database, async client => {
    let told = 0
    for (const order of orders) {
      const [change] = await nextChange(client)
      const { rowCount } = await client.query(
        `insert into visit_order (order_id, site_id, body, change) values ($1, $2, $3, $4)
          on conflict (order_id) do update set site_id = excluded.site_id, body = excluded.body, change = excluded.change
          where visit_order.body <> excluded.body or visit_order.site_id <> excluded.site_id`,
        [order.order, site, JSON.stringify(order), change],
      )
      told += rowCount ?? 0
    }
    // A carer may be about to set out for what was taken back.
    if (told > 0)
      await client.query('select pg_notify($1, terminal_id) from terminal where site_id = $2 and not struck_off', [
        newsChannel,
        site,
      ])
  })
}
