import { createHash, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { businessDateOf } from '../../shared/business-day.ts'
import { fromBase64Url } from '../../shared/bytes.ts'
import type { TerminalId } from '../../shared/ids.ts'
import { type ResultPart, unpackPart } from '../../shared/round/pack.ts'
import { checkOf, proofOf } from '../../shared/round/proof.ts'
import {
  type handedIn,
  type handIn,
  type openRound,
  type PhoneRound,
  phoneRound,
  type RoundItem,
  type roundNews,
  type roundNewsReply,
  type TillRound,
  tillRound,
} from '../../shared/round/round.ts'
import { type Database, insertRows, nextChange, type Queryable, select, transaction } from '../database.ts'
import { siteOf } from '../leases/caps.ts'
import { newsChannel } from '../leases/news.ts'
import { Refusal } from '../refusals.ts'
import { seniorsNamed } from './seniors-named.ts'

/** PostgreSQL's arrays of whole numbers come as text. */
const stops = z.array(z.coerce.number().int())
const roundRow = z.object({ body: z.string(), device: z.string().nullable(), cancelled: stops })

async function roundOf(client: Queryable, terminal: TerminalId, round: string, lock = '') {
  const [row] = await select(
    client,
    roundRow,
    `select body, device, cancelled from delivery_round where terminal_id = $1 and round_id = $2 ${lock}`,
    [terminal, round],
  )
  return row === undefined ? null : { ...row, round: tillRound.parse(JSON.parse(row.body)) }
}

function isSame(one: string, other: string): boolean {
  const bytes = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(bytes(one), bytes(other))
}

/**
 * Gives a round to the first phone that asks with its secret, on the day of the round; the same phone may ask again. Throws a `Refusal`.
 * @param admit is asked by the round's number once who asks has shown its secret, and throws where that is too often
 */
export async function openOnPhone(
  database: Database,
  asked: z.infer<typeof openRound>,
  now: number,
  admit: (round: string) => void,
): Promise<PhoneRound> {
  const round = await transaction(database, async client => {
    const known = await roundOf(client, asked.terminal, asked.round, 'for update')
    if (known === null || !isSame(known.round.secret, asked.secret)) throw new Refusal('ROUND_UNKNOWN')
    admit(known.round.round)
    if (known.device !== null && !isSame(known.device, asked.device)) throw new Refusal('ROUND_OPENED')
    if (known.round.date !== businessDateOf(now)) throw new Refusal('ROUND_NOT_TODAY')
    await client.query('update delivery_round set device = $3 where terminal_id = $1 and round_id = $2', [
      ...[asked.terminal, asked.round, asked.device],
    ])
    return known.round
  })
  return await toPhone(database, round)
}

async function toPhone(database: Database, round: TillRound): Promise<PhoneRound> {
  const { terminal, date, meal, courier, key } = round
  const site = await siteOf(database.pool, round.site)
  const seniors = await seniorsNamed(
    database.pool,
    round.stops.map(({ senior }) => senior),
  )
  const keyBytes = fromBase64Url(key)
  const isOwn = courier.kind === 'own'
  const nameOf = (set: string) => site?.menu.find(({ id }) => id === set)?.name ?? { zh: set, en: set }
  return phoneRound.parse({
    v: 1,
    ...{ terminal, round: round.round, siteName: site?.name ?? '', date, meal, courier, key },
    stops: round.stops.map(stop => ({
      ...{ stop: stop.stop, name: stop.name, door: stop.door, portions: stop.portions },
      ...{ toldFen: stop.toldFen, pays: stop.pays },
      // Somebody of another firm needs the door, and no more.
      phone: isOwn ? stop.phone : null,
      set: nameOf(stop.set),
      more: stop.more.map(({ set, quantity }) => ({ name: nameOf(set), quantity })),
      checks: {
        code: isOwn ? checkOf(proofOf(keyBytes, 'code', stop.stop, stop.senior)) : null,
        cards: isOwn
          ? (seniors.get(stop.senior)?.cards ?? []).map(card => checkOf(proofOf(keyBytes, 'card', stop.stop, card)))
          : [],
      },
    })),
  })
}

/**
 * Takes what a phone hands in, of any day: each code's text once, whoever sends it, since only the round's key makes one. Safe to repeat.
 * Throws a `Refusal` where one of them is not of this round, and keeps none then.
 * @param admit as of `openOnPhone`, asked once the codes prove to be made with the round's key
 */
export async function takeResults(
  database: Database,
  asked: z.infer<typeof handIn>,
  now: number,
  admit: (round: string) => void,
): Promise<z.infer<typeof handedIn>> {
  const known = await roundOf(database.pool, asked.terminal, asked.round)
  if (known === null) throw new Refusal('ROUND_UNKNOWN')
  const key = fromBase64Url(known.round.key)
  const parts = asked.parts.map((text): ResultPart => {
    const part = unpackPart(text, round => (round === asked.round ? key : null))
    if (!part.ok) throw new Refusal('ROUND_RESULTS_BAD')
    return part
  })
  admit(known.round.round)
  const results = new Map(parts.flatMap(part => part.results).map(result => [result.id, result]))
  const signed = asked.signatures.filter(({ result: id, strokes }) => {
    const result = results.get(id)
    return (
      result?.outcome === 'handed' &&
      result.proof?.kind === 'signature' &&
      result.proof.hash === proofOf(key, 'signature', result.stop, strokes)
    )
  })
  await transaction(database, async client => {
    const changes = await nextChange(client, asked.parts.length)
    const added = await insertRows(
      client,
      'round_part',
      ['terminal_id', 'round_id', 'hash', 'body', 'change'],
      asked.parts.map((text, at) => [
        ...[asked.terminal, asked.round, createHash('sha256').update(text).digest('hex'), text, changes[at]],
      ]),
      'on conflict (terminal_id, round_id, hash) do nothing returning hash',
    )
    await insertRows(
      client,
      'round_signature',
      ['terminal_id', 'round_id', 'result_id', 'strokes'],
      signed.map(({ result, strokes }) => [asked.terminal, asked.round, result, strokes]),
      'on conflict (terminal_id, round_id, result_id) do nothing',
    )
    if (added.length > 0) await client.query('select pg_notify($1, $2)', [newsChannel, asked.terminal])
  })
  return { results: [...results.keys()], today: known.round.date === businessDateOf(now) }
}

/**
 * Which stops of a round were cancelled since it was made, for the one phone that has it. Throws a `Refusal`.
 * @param admit as of `openOnPhone`
 */
export async function newsOfRound(
  database: Database,
  asked: z.infer<typeof roundNews>,
  admit: (round: string) => void,
): Promise<z.infer<typeof roundNewsReply>> {
  const known = await roundOf(database.pool, asked.terminal, asked.round)
  if (known === null || known.device === null || !isSame(known.device, asked.device)) throw new Refusal('ROUND_UNKNOWN')
  admit(known.round.round)
  return { cancelled: known.cancelled }
}

/** Marks a stop of a round as cancelled, within a transaction, and lets the round's till hear of it. */
export async function cancelStop(
  client: Queryable,
  { terminal, round, stop }: { readonly terminal: TerminalId; readonly round: string; readonly stop: number },
): Promise<void> {
  const [change] = await nextChange(client)
  await client.query(
    `update delivery_round set cancelled = array_append(cancelled, $3), change = $4
      where terminal_id = $1 and round_id = $2 and not $3 = any(cancelled)`,
    [terminal, round, stop, change],
  )
  await client.query('select pg_notify($1, $2)', [newsChannel, terminal])
}

/** What a terminal has not heard yet of its rounds and of their results, in order of change. */
export async function readRounds(
  database: Database,
  terminal: TerminalId,
  after: number,
  limit: number,
): Promise<{ change: number; item: RoundItem }[]> {
  const rows = await select(
    database.pool,
    z.object({ what: z.enum(['round', 'results']), body: z.string(), cancelled: stops, change: z.int() }),
    `select 'round' as what, body, cancelled, change from delivery_round where terminal_id = $1 and change > $2
      union all select 'results', body, '{}', change from round_part where terminal_id = $1 and change > $2
      order by change limit $3`,
    [terminal, after, limit],
  )
  return rows.map(({ what, body, cancelled, change }) => ({
    change,
    item: what === 'round' ? { what, round: withCancelled(body, cancelled) } : { what, text: body },
  }))
}

function withCancelled(body: string, cancelled: readonly number[]): TillRound {
  const round = tillRound.parse(JSON.parse(body))
  const stops = round.stops.map(stop => (cancelled.includes(stop.stop) ? { ...stop, cancelled: true as const } : stop))
  return { ...round, stops }
}
