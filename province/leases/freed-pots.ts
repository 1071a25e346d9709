import type { PoolClient } from 'pg'
import { z } from 'zod'
import { addDays, type BusinessDate, businessDate } from '../../shared/business-day.ts'
import { seniorId } from '../../shared/ids.ts'
import { daysOf } from '../../shared/leases/cap-day.ts'
import { counterOf } from '../../shared/leases/holder.ts'
import { type Database, insertRows, select, transaction } from '../database.ts'
import type { Keyring } from '../keys.ts'
import { decideClaims } from './claims.ts'
import { fundsWithPots } from './pots.ts'
import { lockLeases, potSubject } from './states.ts'

/** Claims that are looked at in one transaction. */
const chunk = 200

/** Hears what went wrong beside the work that was asked for, and was done. */
export type OnFault = (fault: unknown) => void

/** Remembers, in the transaction that frees something of these funds' pots, or draws the last of them, that claims wait for it. */
export async function noteFreed(client: PoolClient, funds: Iterable<string>): Promise<void> {
  const rows = [...new Set(funds)].sort().map(fund => [fund])
  await insertRows(client, 'freed_pot', ['fund'], rows)
}

/**
 * Decides claims that wait for nothing but money of pots of which something came free, the oldest first. Safe to repeat, and to cut off: what is
 * left is done by the next who comes, also in another process.
 * @param onFault hears what kept some from being decided, which then is in nobody else's way; without it that is thrown
 */
export async function decideWaiting(database: Database, keys: Keyring, onFault: OnFault = raise): Promise<void> {
  for (let last = 0; ; ) {
    const [freed] = await select(
      database.pool,
      z.object({ id: z.int() }),
      'select id from freed_pot where id > $1 order by id limit 1',
      [last],
    )
    if (freed === undefined) break
    last = freed.id
    try {
      while (await transaction(database, client => decidePage(client, keys, freed.id)));
    } catch (fault) {
      onFault(fault)
    }
  }
}

function raise(fault: unknown): never {
  throw fault
}

const place = { since: z.string(), senior: z.string(), pack: z.string() }
const waiting = z.object({ since: businessDate, senior: seniorId, pack: z.string() })
type Place = z.infer<z.ZodObject<typeof place>>

/** Looks at one page of the claims that wait for a pot. True where there may be another; false also where somebody else is at it. */
async function decidePage(client: PoolClient, keys: Keyring, id: number): Promise<boolean> {
  const [freed] = await select(
    client,
    z.object({ fund: z.string(), ...place }),
    `select fund, since, senior_id as senior, pack_id as pack from freed_pot where id = $1 for update skip locked`,
    [id],
  )
  if (freed === undefined) return false
  const { fund } = freed
  const page = await select(
    client,
    waiting,
    `select distinct business_date as since, senior_id as senior, pack_id as pack from claim
      where state = 'open' and waits_for = $1 and senior_id is not null
        and (business_date, senior_id, pack_id) > ($2, $3, $4) order by 1, 2, 3 limit $5`,
    [fund, freed.since, freed.senior, freed.pack, chunk],
  )
  const pots = await fundsWithPots(
    client,
    page.map(({ pack }) => pack),
  )
  const book = await lockLeases(client, [...page, ...[...pots].map(potSubject)])
  const open = () => page.reduce((sum, subject) => sum + book.of(subject).open.length, 0)
  const before = open()
  const lacking = await decideClaims(client, keys, book, page)
  await book.store()
  const last = page.at(-1)
  if (last === undefined || page.length < chunk) {
    await client.query('delete from freed_pot where id = $1', [id])
    return false
  }
  // Where nobody of a whole page got anything, those behind them get nothing of the same period either.
  const next = open() < before ? last : (beyond(fund, lacking, last.since) ?? last)
  await client.query('update freed_pot set since = $2, senior_id = $3, pack_id = $4 where id = $1', [
    ...[id, next.since, next.senior, next.pack],
  ])
  return true
}

/** The place behind the period of a date, where its pot lacks money; null where it does not. */
function beyond(fund: string, lacking: ReadonlySet<string>, date: BusinessDate): Place | null {
  const ends = [...lacking].flatMap(key => {
    const { limit, label } = counterOf(key)
    const days = daysOf(label)
    return limit === `pot:${fund}` && days !== null && days.first <= date && date <= days.last ? [days.last] : []
  })
  const [end] = ends.sort()
  return end === undefined ? null : { since: addDays(end, 1), senior: '', pack: '' }
}
