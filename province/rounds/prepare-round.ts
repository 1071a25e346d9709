import { randomBytes, randomInt } from 'node:crypto'
import type { BusinessDate, Meal } from '../../shared/business-day.ts'
import { bytesToHex, toBase64Url } from '../../shared/bytes.ts'
import { type SeniorId, type SiteId, siteId, type TerminalId } from '../../shared/ids.ts'
import { surnameOf } from '../../shared/person-names.ts'
import { withCheckDigit } from '../../shared/round/proof.ts'
import { type TillRound, type TillStop, tillRound } from '../../shared/round/round.ts'
import { type Database, nextChange, type Queryable, transaction } from '../database.ts'
import { siteOf } from '../leases/caps.ts'
import { newsChannel } from '../leases/news.ts'
import { homeHolderOf, partsOf } from '../leases/states.ts'
import { currentPack } from '../policies.ts'
import { takenOrder } from './orders-in-rounds.ts'
import { seniorsNamed } from './seniors-named.ts'
import { toldPrice } from './told-price.ts'

/** What was ordered for one door, as it came by telephone or from a list. */
export interface OrderedStop extends Pick<TillStop, 'order' | 'door' | 'phone' | 'set' | 'more' | 'portions' | 'pays'> {
  readonly senior: SeniorId
}

export interface RoundOrder extends Pick<TillRound, 'date' | 'meal' | 'courier' | 'page'> {
  readonly site: SiteId
  /** The till that records it; null: the one that holds what is leased to the site's members. */
  readonly terminal: TerminalId | null
  readonly date: BusinessDate
  readonly meal: Meal
  /** In route order. */
  readonly stops: readonly OrderedStop[]
}

/** `at`: the stop that cannot be brought, from 1. */
export type Prepared =
  | { readonly ok: true; readonly round: TillRound }
  | { readonly ok: false; readonly why: 'site' | 'till' | 'policy' }
  | { readonly ok: false; readonly why: 'senior' | 'set' | 'order'; readonly at: number }

const titles = { female: '女士', male: '先生' } as const

/** Makes a round of what was ordered, priced as it will be told, and tells its till; none where a round of the site has one of the orders already. */
export async function prepareRound(database: Database, order: RoundOrder): Promise<Prepared> {
  const built = await buildRound(database.pool, order)
  if (!built.ok) return built
  return await transaction(database, async client => {
    const at = await takenOrder(client, built.round)
    if (at !== null) return { ok: false, why: 'order', at }
    await storeRound(client, built.round)
    return built
  })
}

/** Makes a round of what was ordered, priced as it will be told, and writes nothing. */
export async function buildRound(client: Queryable, order: RoundOrder): Promise<Prepared> {
  const site = await siteOf(client, order.site)
  if (site === null) return { ok: false, why: 'site' }
  const holder = await homeHolderOf(client, site.id)
  const terminal = order.terminal ?? (holder && partsOf(holder).terminal)
  if (terminal === null) return { ok: false, why: 'till' }
  const pack = await currentPack(client, site.policy)
  if (pack === null) return { ok: false, why: 'policy' }
  const seniors = await seniorsNamed(
    client,
    order.stops.map(({ senior }) => senior),
  )
  const stops: TillStop[] = []
  for (const [at, asked] of order.stops.entries()) {
    const person = seniors.get(asked.senior)
    const priceOf = (id: string) => site.menu.find(line => line.id === id && !line.open)?.priceFen ?? null
    const lines = [{ set: asked.set, quantity: asked.portions }, ...asked.more]
    const prices = lines.map(({ set, quantity }) => ({ fen: priceOf(set), quantity }))
    if (person === undefined) return { ok: false, why: 'senior', at: at + 1 }
    if (prices.some(({ fen }) => fen === null)) return { ok: false, why: 'set', at: at + 1 }
    const listFen = prices.reduce((sum, { fen, quantity }) => sum + (fen ?? 0) * quantity, 0)
    const { date, meal } = order
    const about = { senior: asked.senior, person: person.person, site, date, meal, set: asked.set, listFen }
    stops.push({
      ...asked,
      stop: at + 1,
      name: `${surnameOf(person.name)}${titles[person.sex]}`,
      toldFen: await toldPrice(client, pack, about),
      handCode: withCheckDigit(String(randomInt(100_000)).padStart(5, '0')),
    })
  }
  const round = tillRound.parse({
    v: 1,
    round: bytesToHex(randomBytes(8)),
    ...{ site: siteId.parse(site.id), terminal, date: order.date, meal: order.meal, courier: order.courier },
    key: toBase64Url(randomBytes(32)),
    secret: toBase64Url(randomBytes(16)),
    page: order.page,
    stops,
  })
  return { ok: true, round }
}

/** Writes a round, and tells its till at the commit. */
export async function storeRound(client: Queryable, round: TillRound): Promise<void> {
  const [change] = await nextChange(client)
  await client.query(
    `insert into delivery_round (terminal_id, round_id, business_date, body, change) values ($1, $2, $3, $4, $5)`,
    [round.terminal, round.round, round.date, JSON.stringify(round), change],
  )
  await client.query('select pg_notify($1, $2)', [newsChannel, round.terminal])
}
