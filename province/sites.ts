import { randomBytes } from 'node:crypto'
import { pricesOf } from '../shared/menu-prices.ts'
import type { Site } from '../shared/site.ts'
import { nextChange, type Queryable } from './database.ts'
import { factOf, priceFactOf, publishFacts } from './published-facts.ts'
import { publishServices } from './service-prices.ts'
import { noteSitePacks } from './site-packs.ts'

/** Writes a site, within a transaction; its key is made once and stays. An unchanged site is not sent again. */
export async function putSite(client: Queryable, site: Site): Promise<void> {
  const [change] = await nextChange(client)
  const prices = site.menu.flatMap(item => pricesOf(item).map(fen => priceFactOf(site.id, item.id, fen)))
  await publishFacts(client, [factOf(`site:${site.id}`, site.facts), ...prices])
  await publishServices(client, site)
  await noteSitePacks(client, site)
  const { rowCount } = await client.query(
    `insert into site (site_id, body, site_key, change) values ($1, $2, $3, $4)
      on conflict (site_id) do update set body = excluded.body, change = excluded.change where site.body <> excluded.body`,
    [site.id, JSON.stringify(site), randomBytes(32), change],
  )
  // Another catalogue may price by other packs: what they give is leased with the next pull.
  if (rowCount === 1)
    await client.query('update terminal set leases_on = null, pots_on = null where site_id = $1', [site.id])
}
