import { z } from 'zod'
import { type BusinessDate, businessDate, businessDateOf } from '../../shared/business-day.ts'
import { type SeniorId, seniorId } from '../../shared/ids.ts'
import { capsOn, type LimitsOn } from '../../shared/leases/cap-day.ts'
import type { CounterRef } from '../../shared/leases/holder.ts'
import { potsAhead } from '../../shared/leases/pot-lease.ts'
import { potFundOf } from '../../shared/leases/pots.ts'
import { type HolderId, holderId, holderOf } from '../../shared/leases/rights.ts'
import { leasedThrough } from '../../shared/leases/rules.ts'
import { refilled, seniorLease, withOwed, wordFor } from '../../shared/leases/senior-lease.ts'
import type { AnyWord } from '../../shared/leases/word.ts'
import type { PolicyPack } from '../../shared/policy/language.ts'
import { versionInForce } from '../../shared/policy/quote.ts'
import { seniorRefOf } from '../../shared/senior-ref.ts'
import { packsOf, type Site } from '../../shared/site.ts'
import { type Database, insertRows, type Queryable, select, transaction } from '../database.ts'
import type { Caller } from '../envelope-desk.ts'
import { currentPacks } from '../policies.ts'
import { limitsAt, peopleOf, siteOf } from './caps.ts'
import { bringOwed, owedElsewhere } from './owed-elsewhere.ts'
import { amountsOfFund, potAmounts, potWordOf, refillPots } from './pots.ts'
import { heardThrough, homeHolderOf, lockLeases, type SeniorSubject, scopeId } from './states.ts'

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
): Promise<{ change: number; item: AnyWord }[]> {
  await refillMembers(database, caller)
  const generation = await generationOf(database.pool, caller.terminal)
  const here = await refillTranches(database, caller, generation)
  const rows = await select(
    database.pool,
    z.object({ change: z.int(), senior_id: scopeId, pack_id: z.string(), body: z.string() }),
    `select n.change, n.senior_id, n.pack_id, s.body from lease_news n
       join lease_state s using (senior_id, pack_id)
      where n.terminal_id = $1 and n.generation = $2 and n.change > $3 order by n.change limit $4`,
    [caller.terminal, generation, after, limit],
  )
  const id = holderId(caller.terminal, generation)
  const funds = rows.flatMap(({ senior_id }) => potFundOf(senior_id) ?? [])
  const amounts = await potAmounts(database.pool, funds)
  return rows.map(({ change, senior_id: senior, pack_id: pack, body }) => {
    const lease = seniorLease.parse(JSON.parse(body))
    const fund = potFundOf(senior)
    if (fund === null) return { change, item: wordFor(lease, { id, generation, senior: seniorId.parse(senior), pack }) }
    const to = { id, generation, fund, amounts: amountsOfFund(amounts.fen, fund), today: businessDateOf(Date.now()) }
    return { change, item: potWordOf(lease, { ...to, ahead: here }) }
  })
}

/** Brings a terminal's tranches of pots up to a day, where it holds those of its site. Answers the pots that it may sell from. */
async function refillTranches(database: Database, caller: Caller, generation: number): Promise<CounterRef[]> {
  const today = businessDateOf(Date.now())
  const site = await siteOf(database.pool, caller.site)
  const packs = site === null ? [] : await currentPacks(database.pool, packsOf(site))
  if (site === null || packs.length === 0) return []
  // Packs may name one fund: its pot is one.
  const all = packs.flatMap(pack => potsAhead(pack, site.leaseClass, today))
  const ahead = [...new Map(all.map(({ counter }) => [counter.key, counter])).values()]
  if (ahead.length === 0) return []
  const [due] = await select(
    database.pool,
    z.object({ pots_on: z.string().nullable() }),
    'select pots_on from terminal where terminal_id = $1',
    [caller.terminal],
  )
  const now = `${today}#${generation}`
  if (due?.pots_on === now) return ahead
  const isHome = (await homeHolderOf(database.pool, caller.site))?.split('#')[0] === caller.terminal
  const holder = holderId(caller.terminal, generation)
  await transaction(database, async client => {
    // First, and in the same transaction: an amount that is set meanwhile asks for another refill, which this one must not undo.
    await client.query('update terminal set pots_on = $2 where terminal_id = $1', [caller.terminal, now])
    for (const pack of packs) {
      const leasesAhead = versionInForce(pack, today)?.offline?.mode !== 'online'
      await refillPots(client, { holder, site, pack, today, holdsHere: leasesAhead && isHome })
    }
  })
  return ahead
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
  const packs = site === null ? [] : await currentPacks(database.pool, packsOf(site))
  if (site === null || packs.length === 0) return
  for (const pack of packs)
    for (let from = 0; from < members.length; from += chunk) {
      const subjects = members.slice(from, from + chunk).map(({ senior_id }) => ({ senior: senior_id, pack: pack.id }))
      await transaction(database, client => refill(client, { holder, site, pack, today }, subjects))
    }
  for (let from = 0; from < members.length; from += chunk) {
    const seniors = members.slice(from, from + chunk).map(({ senior_id }) => senior_id)
    await transaction(database, client => bringHome(client, { holder, site }, seniors))
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
export async function refill(client: Queryable, home: Home, subjects: readonly SeniorSubject[]): Promise<void> {
  const people = await peopleOf(
    client,
    subjects.map(({ senior }) => senior),
  )
  await nameMembers(client, home.site, subjects)
  const isAsked = (date: BusinessDate) => versionInForce(home.pack, date)?.offline?.mode === 'online'
  const leasesAhead = !isAsked(home.today)
  /** Of a version to come under which every visit asks nothing is leased. */
  const aheadOn = (limitsOn: LimitsOn): LimitsOn => {
    return date => (date > home.today && isAsked(date) ? [] : limitsOn(date))
  }
  const book = await lockLeases(client, subjects)
  const heard = await heardThrough(
    client,
    subjects.flatMap(subject => Object.keys(book.of(subject).rights.holders)),
  )
  for (const subject of subjects) {
    const lease = book.of(subject)
    const known = people.get(subject.senior)
    if (known === undefined || (lease.home !== null && lease.home !== home.holder)) continue
    const limitsOn = limitsAt(home.pack, known.person, home.site)
    // Of a service's pack that gives this person nothing, now or at the end of the lease, there is nothing to lease, nor to tell.
    const ends = [home.today, leasedThrough(home.site.leaseClass, home.today)]
    const isForThem = home.pack.id === home.site.policy || ends.some(date => limitsOn(date).some(({ cap }) => cap > 0))
    if (!isForThem && lease.home === null) continue
    const holders = Object.keys(lease.rights.holders)
    const since = holders.reduce<BusinessDate>((least, id) => {
      const one = heard(id)
      return one < least ? one : least
    }, home.today)
    const capOf = capsOn(limitsOn, home.today)
    const at = { leaseClass: home.site.leaseClass, date: home.today, limitsOn: aheadOn(limitsOn), since, capOf }
    // Where a till has to ask for everything, it is the home all the same: it pays what claims brought.
    const next = leasesAhead
      ? refilled(lease, home.holder, at)
      : withOwed({ ...lease, home: home.holder }, home.holder, capOf)
    book.put(subject, next)
    const changed =
      JSON.stringify(holderOf(next.rights, home.holder)) !== JSON.stringify(holderOf(lease.rights, home.holder))
    if (changed || lease.home === null) book.tell(subject, [home.holder])
  }
  await book.store()
}

/** Gives a home what its members are owed under other packs than its own. */
async function bringHome(
  client: Queryable,
  { holder, site }: Pick<Home, 'holder' | 'site'>,
  members: readonly SeniorId[],
): Promise<void> {
  const subjects = await owedElsewhere(client, members, packsOf(site))
  if (subjects.length === 0) return
  await nameMembers(client, site, subjects)
  const book = await lockLeases(client, subjects)
  bringOwed(book, subjects, holder)
  await book.store()
}

/** Remembers whom a site means by its references. */
export async function nameMembers(
  client: Queryable,
  site: Pick<Site, 'id'>,
  subjects: readonly SeniorSubject[],
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
