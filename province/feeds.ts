import { z } from 'zod'
import { businessDateOf } from '../shared/business-day.ts'
import type { SiteId } from '../shared/ids.ts'
import {
  type FeedName,
  type PullBody,
  type PullReply,
  pullReply,
  revocation,
  signedPack,
} from '../shared/province-api.ts'
import { type RosterEntry, rosterEntry } from '../shared/senior.ts'
import { site } from '../shared/site.ts'
import { plannedOrder } from '../shared/visit/order.ts'
import { newestCodeKeyList } from './code-keys.ts'
import { type Database, select } from './database.ts'
import { deviceKeysOf } from './device-keys.ts'
import type { Caller } from './envelope-desk.ts'
import { cursorAt, feedEpoch, placeOf } from './feed-epochs.ts'
import { readLeases } from './leases/feed.ts'
import { newestProvinceKeyList } from './province-keys.ts'
import { readRounds } from './rounds/rounds.ts'
import { seniorColumns, seniorRow, toEntry } from './seniors.ts'
import { changesToTell } from './setting-changes.ts'
import { readTills } from './tills.ts'

/** A row of a feed: its place in the order of changes, and what the terminal gets. */
interface Row {
  readonly change: number
  readonly item: unknown
}
type Reader = (database: Database, forSite: SiteId, after: number, limit: number) => Promise<Row[]>

const body = z.object({ change: z.int(), body: z.string() })

async function bodies(database: Database, text: string, values: readonly unknown[], item: z.ZodType): Promise<Row[]> {
  const rows = await select(database.pool, body, text, values)
  return rows.map(row => ({ change: row.change, item: item.parse(JSON.parse(row.body)) }))
}

const readers: Record<Exclude<FeedName, 'leases' | 'rounds'>, Reader> = {
  site: async (database, forSite, after, limit) => {
    const rows = await select(
      database.pool,
      body,
      'select change, body from site where site_id = $1 and change > $2 order by change limit $3',
      [forSite, after, limit],
    )
    if (rows.length === 0) return []
    const changes = await changesToTell(database.pool, forSite, Date.now())
    return rows.map(row => ({ change: row.change, item: site.parse({ ...JSON.parse(row.body), changes }) }))
  },
  roster: async (database, forSite, after, limit) => {
    const rows = await select(
      database.pool,
      seniorRow.extend({ visitor_until: z.string().nullable() }),
      `select ${seniorColumns}, ${deviceKeysOf} as device_keys, (
           select until from visitor v where v.site_id = $3 and v.senior_id = senior.senior_id and v.until >= $4
         ) as visitor_until
         from senior where change > $1 order by change limit $2`,
      [after, limit, forSite, businessDateOf(Date.now())],
    )
    return rows.map(row => ({
      change: row.change,
      item: rosterEntry.parse(toEntry(row, forSite)) satisfies RosterEntry,
    }))
  },
  'province-keys': async (database, _, after) => {
    const newest = await newestProvinceKeyList(database.pool)
    return newest === null || newest.change <= after ? [] : [{ change: newest.change, item: newest.signed }]
  },
  policies: async (database, _, after, limit) => {
    const rows = await select(
      database.pool,
      z.object({ change: z.int(), pack_id: z.string(), body: z.string(), signature: z.string() }),
      'select change, pack_id, body, signature from policy where current and change > $1 order by change limit $2',
      [after, limit],
    )
    return rows.map(row => ({
      change: row.change,
      item: signedPack.parse({ id: row.pack_id, text: row.body, signature: row.signature }),
    }))
  },
  'code-keys': async (database, _, after) => {
    const newest = await newestCodeKeyList(database.pool)
    return newest === null || newest.change <= after ? [] : [{ change: newest.change, item: newest.signed }]
  },
  revocations: (database, _, after, limit) =>
    bodies(
      database,
      'select change, body from revocation where change > $1 order by change limit $2',
      [after, limit],
      revocation,
    ),
  orders: (database, forSite, after, limit) =>
    bodies(
      database,
      'select change, body from visit_order where site_id = $1 and change > $2 order by change limit $3',
      [forSite, after, limit],
      plannedOrder,
    ),
  tills: (database, forSite, after) => readTills(database, forSite, after),
}

/** One page of a feed for a terminal, in order of change. The cursor is the last change sent, within its epoch (`feed-epochs.ts`). Throws a `Refusal` on a cursor that is not ours. */
export async function readFeed(
  database: Database,
  caller: Caller,
  { feed, cursor, limit }: PullBody,
): Promise<PullReply> {
  const epoch = await feedEpoch(database)
  const after = placeOf(cursor, epoch)
  const rows =
    feed === 'leases'
      ? await readLeases(database, caller, after, limit + 1)
      : feed === 'rounds'
        ? await readRounds(database, caller.terminal, after, limit + 1)
        : await readers[feed](database, caller.site, after, limit + 1)
  const page = rows.slice(0, limit)
  return pullReply.parse({
    feed,
    items: page.map(({ item }) => item),
    cursor: cursorAt(epoch, page.at(-1)?.change ?? after),
    more: rows.length > limit,
    at: Date.now(),
  })
}
