import { z } from 'zod'
import { addDays, businessDate, businessDateOf } from '../shared/business-day.ts'
import type { SiteId } from '../shared/ids.ts'
import { packsOf, rosterValidDays, type Site } from '../shared/site.ts'
import { insertRows, type Queryable, select } from './database.ts'
import { siteOf } from './leases/caps.ts'

/** How many days a till may still price by what was replaced without its hearing of it: as long as any till's roster counts as fresh. */
const unheardDays = rosterValidDays('village')

/** Remembers by which packs a site prices today. */
export async function noteSitePacks(client: Queryable, site: Pick<Site, 'id' | 'policy' | 'station'>): Promise<void> {
  const today = businessDateOf(Date.now())
  await insertRows(
    client,
    'site_pack',
    ['site_id', 'pack_id', 'until_on'],
    packsOf(site).map(pack => [site.id, pack, today]),
    `on conflict (site_id, pack_id) do update set until_on = excluded.until_on where site_pack.until_on < excluded.until_on`,
  )
}

/** A policy as a record names it. */
export interface NamedPolicy {
  readonly pack: string
  readonly hash: string
}

const packRow = z.object({ pack_id: z.string(), until_on: businessDate })
const textRow = z.object({ hash: z.string(), until_on: businessDate.nullable() })

/**
 * Says of a policy whether a till of the site may have priced by it on a business date: the site had the pack, and its text was the published one,
 * then or so lately that the till need not have heard of another. Remembers by which packs the site prices today.
 */
export async function policiesOf(
  client: Queryable,
  site: SiteId,
  hashes: readonly string[],
): Promise<(policy: NamedPolicy, on: string) => boolean> {
  const packs = await packsHad(client, site)
  const texts = await select(client, textRow, 'select hash, until_on from policy where hash = any($1)', [
    [...new Set(hashes)],
  ])
  const textUntil = new Map(texts.map(({ hash, until_on }) => [hash, until_on]))
  return ({ pack, hash }, on) => {
    const until = textUntil.get(hash)
    return packs(pack, on) && (until === null || (until !== undefined && on <= addDays(until, unheardDays)))
  }
}

/** Says of a pack whether a till of the site may price by it on a business date, as far as the site goes. */
export async function packsHad(client: Queryable, id: SiteId): Promise<(pack: string, on: string) => boolean> {
  const today = businessDateOf(Date.now())
  const site = await siteOf(client, id)
  const now = site === null ? [] : packsOf(site)
  const rows = await select(client, packRow, 'select pack_id, until_on from site_pack where site_id = $1', [id])
  const until = new Map(rows.map(row => [row.pack_id, row.until_on]))
  if (site !== null && now.some(pack => (until.get(pack) ?? '') < today)) await noteSitePacks(client, site)
  return (pack, on) => {
    const last = until.get(pack)
    return now.includes(pack) || (last !== undefined && on <= addDays(last, unheardDays))
  }
}
