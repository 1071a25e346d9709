import { z } from 'zod'
import type { BusinessDate } from '../../shared/business-day.ts'
import { at, type CounterRef, counterOf, left } from '../../shared/leases/holder.ts'
import { type PotAmounts, potsAhead, potWordFor, withTranche } from '../../shared/leases/pot-lease.ts'
import { potFundOf } from '../../shared/leases/pots.ts'
import { type CapOf, type HolderId, holderOf, rightsWithoutPast } from '../../shared/leases/rights.ts'
import { forgottenBefore, type SeniorLease } from '../../shared/leases/senior-lease.ts'
import type { PotWord } from '../../shared/leases/word.ts'
import type { PolicyPack } from '../../shared/policy/language.ts'
import type { Site } from '../../shared/site.ts'
import { type Queryable, select } from '../database.ts'
import { currentPack } from '../policies.ts'
import { heardThrough, lockLeases, potSubject } from './states.ts'

/** What operators set: fen by counter, and since when (ms) each counter has had a bound at all. */
export interface SetAmounts {
  readonly fen: PotAmounts
  readonly since: ReadonlyMap<string, number>
}

/** The amounts of these funds' pots as they were set last. */
export async function potAmounts(client: Queryable, funds: readonly string[]): Promise<SetAmounts> {
  if (funds.length === 0) return { fen: {}, since: new Map() }
  const rows = await select(
    client,
    z.object({ fund: z.string(), label: z.string(), fen: z.int(), since: z.date() }),
    `select distinct on (fund, label) fund, label, fen, min(at) over (partition by fund, label) as since
       from pot_amount where fund = any($1) order by fund, label, change desc`,
    [[...new Set(funds)]],
  )
  const keyed = rows.map(row => ({ ...row, key: `pot:${row.fund}|${row.label}` }))
  return {
    fen: Object.fromEntries(keyed.map(({ key, fen }): [string, number] => [key, fen])),
    since: new Map(keyed.map(({ key, since }) => [key, since.getTime()])),
  }
}

/** The amounts of one fund's pot. */
export function amountsOfFund(amounts: PotAmounts, fund: string): PotAmounts {
  return Object.fromEntries(Object.entries(amounts).filter(([key]) => potFundOf(counterOf(key).limit) === fund))
}

/** The caps of pots: no bound where no amount was set. */
export function potCaps(amounts: PotAmounts): CapOf {
  return ({ key }) => at(amounts, key) ?? Number.POSITIVE_INFINITY
}

/** The funds with a pot of these packs, as the packs are now. */
export async function fundsWithPots(client: Queryable, packs: readonly string[]): Promise<Set<string>> {
  const funds = new Set<string>()
  for (const id of new Set(packs)) {
    const pack = await currentPack(client, id)
    for (const fund of pack?.funds ?? []) if (fund.pot !== undefined) funds.add(fund.id)
  }
  return funds
}

/** The packs, as they are now, that draw on a fund's pot. */
async function packsDrawing(client: Queryable, fund: string): Promise<string[]> {
  const packs = await select(
    client,
    z.object({ pack_id: z.string() }),
    'select distinct pack_id from policy where current',
  )
  const drawing: string[] = []
  for (const { pack_id } of packs) if ((await fundsWithPots(client, [pack_id])).has(fund)) drawing.push(pack_id)
  return drawing
}

/** The sites that price anything by one of some packs, meals or services. */
async function sitesDrawing(client: Queryable, draws: (pack: string) => boolean): Promise<string[]> {
  const sites = await select(
    client,
    z.object({ site_id: z.string(), packs: z.array(z.string()) }),
    `select site_id, array(select jsonb_path_query(body::jsonb, '$.station.services[*].price.packs[*].pack') #>> '{}')
       || array[body::jsonb ->> 'policy'] as packs from site`,
  )
  return sites.flatMap(({ site_id, packs }) => (packs.some(draws) ? [site_id] : []))
}

/** Everybody whose site's packs draw on a fund, and those of one site among them. */
async function membersOf(client: Queryable, site: Site, fund: string): Promise<{ here: number; all: number }> {
  const drawing = await packsDrawing(client, fund)
  const sites = await sitesDrawing(client, pack => drawing.includes(pack))
  const [row] = await select(
    client,
    z.object({ here: z.int(), everybody: z.int() }),
    `select count(*) filter (where home_site = $1) as here, count(*) as everybody from senior
      where not gone and home_site = any($2)`,
    [site.id, sites],
  )
  return { here: row?.here ?? 0, all: row?.everybody ?? 0 }
}

/** Gives a site its tranche of the pots of every period in which it may sell before it is heard again, and has its terminal hear of them. */
export async function refillPots(
  client: Queryable,
  home: {
    readonly holder: HolderId
    readonly site: Site
    readonly pack: PolicyPack
    readonly today: BusinessDate
    /** It is the terminal of its site that holds what is leased ahead; a second one only hears how the pots stand. */
    readonly holdsHere: boolean
  },
): Promise<void> {
  const { holder, site, pack, today, holdsHere } = home
  const ahead = potsAhead(pack, site.leaseClass, today)
  const funds = [...new Set(ahead.map(({ fund }) => fund))]
  if (funds.length === 0) return
  const members = new Map<string, { here: number; all: number }>()
  for (const fund of funds) members.set(fund, await membersOf(client, site, fund))
  const book = await lockLeases(client, funds.map(potSubject))
  const amounts = await potAmounts(client, funds)
  for (const fund of funds) {
    const subject = potSubject(fund)
    const before = book.of(subject)
    const holders = Object.keys(before.rights.holders)
    const heard = await heardThrough(client, holders)
    const since = holders.map(heard).reduce((least, one) => (one < least ? one : least), today)
    const rights = ahead.reduce(
      (kept, pot) => {
        const capFen = pot.fund === fund ? at(amounts.fen, pot.counter.key) : undefined
        const there = members.get(fund)
        if (!holdsHere || capFen === undefined || there === undefined) return kept
        return withTranche(kept, holder, pot, { leaseClass: site.leaseClass, capFen, members: there })
      },
      rightsWithoutPast(before.rights, forgottenBefore(since)),
    )
    book.put(subject, { ...before, rights })
    // Also where it holds nothing: that there is no bound, or nothing elsewhere, has to be said.
    book.tell(subject, [holder])
  }
  await book.store()
}

/** The word on a pot for the terminal of a site. */
export function potWordOf(
  lease: SeniorLease,
  to: {
    readonly id: HolderId
    readonly generation: number
    readonly fund: string
    readonly amounts: PotAmounts
    readonly ahead: readonly CounterRef[]
    readonly today: BusinessDate
  },
): PotWord {
  const limit = `pot:${to.fund}`
  return potWordFor(lease, { ...to, asked: to.ahead.filter(counter => counter.limit === limit) })
}

/** Whether a holder lacks what a question asks for of a pot. */
export function lacks(lease: SeniorLease, id: HolderId, debits: readonly (CounterRef & { amount: number })[]): boolean {
  return debits.some(debit => left(holderOf(lease.rights, id), debit) < debit.amount)
}

/** The terminals that may sell under a pack which draws on a fund: they hear of an amount that was set with their next pull. */
export async function askedAnew(client: Queryable, fund: string): Promise<void> {
  const drawing = await packsDrawing(client, fund)
  const sites = await sitesDrawing(client, pack => drawing.includes(pack))
  await client.query('update terminal set pots_on = null where site_id = any($1)', [sites])
}
