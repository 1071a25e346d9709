import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { type Database, insertRows, type Queryable, select } from './database.ts'
import { Refusal } from './refusals.ts'

/** The epoch whose numbers feeds give out now; null before the first restore of the database. */
export async function feedEpoch(database: Database): Promise<string | null> {
  const [newest] = await select(
    database.pool,
    z.object({ epoch: z.string() }),
    'select epoch from feed_epoch order by at desc, epoch limit 1',
  )
  return newest?.epoch ?? null
}

/** When (ms) the newest epoch began: this database is an older copy since, and what tills wrote before it may have been given to it once already; null where it never was. */
export async function wentBackAt(client: Queryable): Promise<number | null> {
  const [newest] = await select(client, z.object({ at: z.date().nullable() }), 'select max(at) as at from feed_epoch')
  return newest?.at?.getTime() ?? null
}

/** Begins another epoch: every terminal pulls every feed from its beginning. */
export async function beginFeedEpoch(database: Database): Promise<void> {
  await insertRows(database.pool, 'feed_epoch', ['epoch'], [[randomBytes(6).toString('hex')]])
}

/** The cursor that names a place of a feed. */
export function cursorAt(epoch: string | null, change: number): string {
  return epoch === null ? String(change) : `${epoch}.${change}`
}

/** The place that a cursor names: the beginning for none, and for one of another epoch. Throws a `Refusal` on a cursor that is not ours. */
export function placeOf(cursor: string | null, epoch: string | null): number {
  if (cursor === null) return 0
  const parts = /^(?:([0-9a-f]{12})\.)?(\d{1,15})$/.exec(cursor)
  if (parts === null) throw new Refusal('BODY_BAD')
  return (parts[1] ?? null) === epoch ? Number(parts[2]) : 0
}
