import { z } from 'zod'
import { type BusinessDate, businessDate, businessDateOf } from '../../shared/business-day.ts'
import { seniorId } from '../../shared/ids.ts'
import { type HolderId, holderId, holderOf } from '../../shared/leases/rights.ts'
import { refilled, seniorLease, wordFor } from '../../shared/leases/senior-lease.ts'
import type { LeaseWord } from '../../shared/leases/word.ts'
import type { PolicyPack } from '../../shared/policy/language.ts'
import { seniorRefOf } from '../../shared/senior-ref.ts'
import type { Site } from '../../shared/site.ts'
import { type Database, insertRows, type Queryable, select, transaction } from '../database.ts'
import type { Caller } from '../envelope-desk.ts'
import { currentPack } from '../policies.ts'
import { capsOf, limitsAt, peopleOf, siteOf } from './caps.ts'
import { homeHolderOf, lockLeases, partsOf, type Subject } from './states.ts'

const longAgo: BusinessDate = businessDate.parse('1970-01-01')
/** Members whose leases are refilled in one transaction. */
const chunk = 200

/** The generation of a terminal's ledger that the province hears now. */
export async function generationOf(client: Queryable, terminal: string): Promise<number> {
  const [row] = await select(
    client,
    z.object({ generation: z.int() }),
    'select coalesce(max(generation), 1) as generation from watermark where terminal_id = $1',
    [terminal],
  )
  return row?.generation ?? 1
}

/** One page of a terminal's leases, in the order in which they changed; members whose lease is out of date get theirs first. */
export async function readLeases(
  database: Database,
  caller: Caller,
  after: number,
  limit: number,
): Promise<{ change: number; item: LeaseWord }[]> {
  await refillMembers(database, caller)
  const generation = await generationOf(database.pool, caller.terminal)
  const rows = await select(
    database.pool,
    z.object({ change: z.int(), senior_id: seniorId, pack_id: z.string(), body: z.string() }),
    `select n.change, n.senior_id, n.pack_id, s.body from lease_news n
       join lease_state s using (senior_id, pack_id)
      where n.terminal_id = $1 and n.generation = $2 and n.change > $3 order by n.change limit $4`,
    [caller.terminal, generation, after, limit],
  )
  const id = holderId(caller.terminal, generation)
  return rows.map(({ change, senior_id: senior, pack_id: pack, body }) => ({
    change,
    item: wordFor(seniorLease.parse(JSON.parse(body)), { id, generation, senior, pack }),
  }))
}

/** Brings the leases of a site's members up to a day, and of those whose facts changed; only for the terminal that holds them. */
async function refillMembers(database: Database, caller: Caller): Promise<void> {
  const today = businessDateOf(Date.now())
  const holder = await homeHolderOf(database.pool, caller.site)
  if (holder?.split('#')[0] !== caller.terminal) return
  const [due] = await select(
    database.pool,
    z.object({ leases_on: businessDate.nullable(), leases_change: z.int() }),
    'select leases_on, leases_change from terminal where terminal_id = $1',
    [caller.terminal],
  )
  const since = due?.leases_on === today ? due.leases_change : -1
  const members = await select(
    database.pool,
    z.object({ senior_id: seniorId, change: z.int() }),
    'select senior_id, change from senior where home_site = $1 and not gone and change > $2 order by change',
    [caller.site, since],
  )
  if (members.length === 0 && due?.leases_on === today) return
  const site = await siteOf(database.pool, caller.site)
  const pack = site && (await currentPack(database.pool, site.policy))
  if (site === null || pack === null) return
  for (let from = 0; from < members.length; from += chunk) {
    const subjects = members.slice(from, from + chunk).map(({ senior_id }) => ({ senior: senior_id, pack: pack.id }))
    await transaction(database, client => refill(client, { holder, site, pack, today }, subjects))
  }
  await database.pool.query('update terminal set leases_on = $2, leases_change = $3 where terminal_id = $1', [
    caller.terminal,
    today,
    members.at(-1)?.change ?? due?.leases_change ?? 0,
  ])
}

interface Home {
  readonly holder: HolderId
  readonly site: Site
  readonly pack: PolicyPack
  readonly today: BusinessDate
}

/** Gives members their lease as it should stand today, and has the terminal hear of what changed. */
export async function refill(client: Queryable, home: Home, subjects: readonly Subject[]): Promise<void> {
  const people = await peopleOf(
    client,
    subjects.map(({ senior }) => senior),
  )
  await nameMembers(client, home.site, subjects)
  const book = await lockLeases(client, subjects)
  const heard = await heardThrough(
    client,
    subjects.flatMap(subject => Object.keys(book.of(subject).rights.holders)),
  )
  for (const subject of subjects) {
    const lease = book.of(subject)
    const known = people.get(subject.senior)
    if (known === undefined || (lease.home !== null && lease.home !== home.holder)) continue
    const limits = limitsAt(home.pack, known.person, home.site, home.today)
    const holders = Object.keys(lease.rights.holders)
    const since = holders.reduce<BusinessDate>((least, id) => {
      const one = heard(id)
      return one < least ? one : least
    }, home.today)
    const next = refilled(lease, home.holder, {
      ...{ leaseClass: home.site.leaseClass, date: home.today, limits, since, capOf: capsOf(limits) },
    })
    book.put(subject, next)
    const changed =
      JSON.stringify(holderOf(next.rights, home.holder)) !== JSON.stringify(holderOf(lease.rights, home.holder))
    if (changed || lease.home === null) book.tell(subject, [home.holder])
  }
  await book.store()
}

/** The last business date of which the province heard from each of these holders; long ago for one that was never heard. */
async function heardThrough(client: Queryable, holders: readonly HolderId[]): Promise<(id: HolderId) => BusinessDate> {
  const rows = await select(
    client,
    z.object({ terminal_id: z.string(), generation: z.int(), heard_on: businessDate }),
    'select terminal_id, generation, heard_on from watermark where terminal_id = any($1) and heard_on is not null',
    [[...new Set(holders.map(holder => partsOf(holder).terminal))]],
  )
  const dates = new Map(rows.map(row => [holderId(row.terminal_id, row.generation), row.heard_on]))
  return id => dates.get(id) ?? longAgo
}

/** Remembers whom a site means by its references. */
export async function nameMembers(
  client: Queryable,
  site: Pick<Site, 'id'>,
  subjects: readonly Subject[],
): Promise<void> {
  const [row] = await select(
    client,
    z.object({ site_key: z.instanceof(Buffer) }),
    'select site_key from site where site_id = $1',
    [site.id],
  )
  if (row === undefined) return
  const key = new Uint8Array(row.site_key)
  await insertRows(
    client,
    'senior_ref',
    ['site_id', 'ref', 'senior_id'],
    subjects.map(({ senior }) => [site.id, seniorRefOf(key, senior), senior]),
    'on conflict (site_id, ref) do nothing',
  )
}
