import { z } from 'zod'
import { businessDate, businessDateOf } from '../../shared/business-day.ts'
import { type SiteId, seniorId } from '../../shared/ids.ts'
import { type CounterRef, counterOf } from '../../shared/leases/holder.ts'
import { potsAhead } from '../../shared/leases/pot-lease.ts'
import { potFundOf } from '../../shared/leases/pots.ts'
import { free, type HolderId, holderId, holderOf } from '../../shared/leases/rights.ts'
import { seniorLease, wordFor } from '../../shared/leases/senior-lease.ts'
import type { AnyWord } from '../../shared/leases/word.ts'
import { versionInForce } from '../../shared/policy/quote.ts'
import { packsOf } from '../../shared/site.ts'
import { type Database, type Queryable, select, transaction } from '../database.ts'
import type { Caller } from '../envelope-desk.ts'
import { currentPacks } from '../policies.ts'
import { siteOf } from './caps.ts'
import { bringOwed } from './owed-elsewhere.ts'
import { amountsOfFund, potAmounts, potWordOf, refillPots } from './pots.ts'
import { isQuarantined } from './quarantine.ts'
import { bringHome, nameMembers, refill } from './refill.ts'
import { homeHolderOf, isSenior, lockLeases, type SeniorSubject, scopeId, terminalsOf } from './states.ts'

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
  const page = () =>
    select(
      database.pool,
      z.object({ change: z.int(), senior_id: scopeId, pack_id: z.string(), body: z.string() }),
      `select n.change, n.senior_id, n.pack_id, s.body from lease_news n
         join lease_state s using (senior_id, pack_id)
        where n.terminal_id = $1 and n.generation = $2 and n.change > $3 order by n.change limit $4`,
      [caller.terminal, generation, after, limit],
    )
  const id = holderId(caller.terminal, generation)
  const news = await page()
  const rows = (await bringNews(database, caller, id, news)) ? await page() : news
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

/** Whose lease has a terminal of this site for a home; their site in the roster may be another. Whoever is a home was told of it. */
async function movedHere(client: Queryable, site: SiteId): Promise<SeniorSubject[]> {
  return await select(
    client,
    z.object({ senior: seniorId, pack: z.string() }),
    `select n.senior_id as senior, n.pack_id as pack from lease_news n join lease_state s using (senior_id, pack_id)
      where n.terminal_id = any($1) and split_part(s.body::jsonb ->> 'home', '#', 1) = any($1) group by 1, 2 order by 1, 2`,
    [[...(await terminalsOf(client, site))]],
  )
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
  // Once a day; what comes free meanwhile its news bring.
  const visitors = due?.leases_on === today ? [] : await movedHere(database.pool, caller.site)
  const members = await select(
    database.pool,
    z.object({ senior_id: seniorId, change: z.int() }),
    'select senior_id, change from senior where home_site = $1 and not gone and change > $2 order by change',
    [caller.site, since],
  )
  if (members.length === 0 && due?.leases_on === today) return
  const isMember = new Set<string>(members.map(({ senior_id }) => senior_id))
  const site = await siteOf(database.pool, caller.site)
  const packs = site === null ? [] : await currentPacks(database.pool, packsOf(site))
  if (site === null || packs.length === 0) return
  for (const pack of packs) {
    const moved = visitors.filter(visitor => visitor.pack === pack.id && !isMember.has(visitor.senior))
    const all = [...members.map(({ senior_id }) => ({ senior: senior_id, pack: pack.id })), ...moved]
    for (let from = 0; from < all.length; from += chunk) {
      const subjects = all.slice(from, from + chunk)
      await transaction(database, client => refill(client, { holder, site, pack, today }, subjects))
    }
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

/**
 * Leases a home that asks for its news what is free of these people: periods ahead that another till handed back, and payouts. Answers whether
 * there may be anything.
 */
async function bringNews(
  database: Database,
  caller: Caller,
  id: HolderId,
  news: readonly { readonly senior_id: z.infer<typeof scopeId>; readonly pack_id: string; readonly body: string }[],
): Promise<boolean> {
  const ofHome = news.flatMap(({ senior_id, pack_id: pack, body }) => {
    const subject = { senior: senior_id, pack }
    const lease = seniorLease.parse(JSON.parse(body))
    return isSenior(subject) && lease.home === id ? [{ subject, lease }] : []
  })
  const ahead = ofHome.flatMap(({ subject, lease }) =>
    holderOf(lease.rights, id).ahead === null && lease.recalls[id] === undefined ? [subject] : [],
  )
  const owed = ofHome.flatMap(({ subject, lease: { owed, rights } }) =>
    Object.keys(owed).some(key => free(rights, counterOf(key), () => 1) > 0) ? [subject] : [],
  )
  if (ahead.length === 0 && owed.length === 0) return false
  if (await isQuarantined(database.pool, caller.terminal)) return false
  const site = await siteOf(database.pool, caller.site)
  const packs = site === null ? [] : await currentPacks(database.pool, packsOf(site))
  for (const pack of packs) {
    const subjects = ahead.filter(subject => subject.pack === pack.id)
    const home = site && { holder: id, site, pack, today: businessDateOf(Date.now()) }
    if (home && subjects.length > 0) await transaction(database, client => refill(client, home, subjects))
  }
  await transaction(database, async client => {
    await nameMembers(client, { id: caller.site }, owed)
    const book = await lockLeases(client, owed)
    bringOwed(book, owed, id)
    await book.store()
  })
  return true
}
