import { z } from 'zod'
import type { SiteId } from '../shared/ids.ts'
import type { Site } from '../shared/site.ts'
import { listFenOf } from '../shared/visit/price.ts'
import { insertRows, type Queryable, select } from './database.ts'

/** A service as it was given, and what a record states as its list price (fen). */
export interface ServiceStated {
  readonly service: string
  readonly pack: string
  /** By which name the pack knows it; undefined where the inputs name none. */
  readonly packService: string | undefined
  readonly minutes: number
  readonly endedEarly: boolean
  readonly listFen: number
}

const priceRow = z.object({
  service: z.string(),
  pack_id: z.string(),
  pack_service: z.string(),
  fen: z.int(),
  per_minutes: z.int(),
  least_minutes: z.int(),
})

/** Remembers the prices of a site's catalogue that the province sends to its terminals. */
export async function publishServices(client: Queryable, { id, station }: Site): Promise<void> {
  const rows = (station?.services ?? []).flatMap(({ id: service, price, leastMinutes }) =>
    (price?.packs ?? []).map(({ pack, service: named }) => [
      ...[id, service, pack, named, price?.fen ?? 0, price?.perMinutes ?? 0, leastMinutes],
    ]),
  )
  await insertRows(
    client,
    'service_price',
    ['site_id', 'service', 'pack_id', 'pack_service', 'fen', 'per_minutes', 'least_minutes'],
    [...new Map(rows.map(row => [JSON.stringify(row), row])).values()],
    'on conflict do nothing',
  )
}

/** Says of a visit's list price whether the site's catalogue ever had it for that service, under that pack, for so many minutes. */
export async function publishedServices(client: Queryable, site: SiteId): Promise<(stated: ServiceStated) => boolean> {
  const rows = await select(
    client,
    priceRow,
    'select service, pack_id, pack_service, fen, per_minutes, least_minutes from service_price where site_id = $1',
    [site],
  )
  return stated =>
    rows.some(row => {
      const price = { fen: row.fen, ...(row.per_minutes === 0 ? {} : { perMinutes: row.per_minutes }) }
      // What ends early costs nothing; what does not lasted as long as the service takes at least.
      const isLong = stated.endedEarly || stated.minutes >= row.least_minutes
      return (
        row.service === stated.service &&
        row.pack_id === stated.pack &&
        row.pack_service === stated.packService &&
        isLong &&
        listFenOf(price, stated) === stated.listFen
      )
    })
}
