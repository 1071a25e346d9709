import type { PoolClient } from 'pg'
import { z } from 'zod'
import { labelBeginsBy, labelEndsBefore } from '../shared/business-day.ts'
import { type Countable, countableOf, parseRecord } from '../shared/countable.ts'
import type { RecordId, SiteId, TerminalId } from '../shared/ids.ts'
import { greatestCap } from '../shared/policy/counters.ts'
import type { PolicyPack } from '../shared/policy/language.ts'
import type { LedgerRecord } from '../shared/record.ts'
import { insertRows, select } from './database.ts'
import { asDrawn } from './drawn-debits.ts'
import type { ReadItem, VerdictCode } from './examine.ts'
import { meantFirst, takenBackBy } from './record-ids.ts'

/** A new record with what was found out about it. `senior` is the senior's id, or `ref:...` / `nobody` where the inputs do not prove one; null for kinds that count nothing. */
export interface Arrival extends ReadItem {
  readonly countable: Countable | null
  readonly senior: string | null
  readonly pack: PolicyPack | undefined
  readonly rejected: boolean
  readonly code: VerdictCode | null
}

/** A countable record that a void or a refund can name, from this batch or an earlier one. */
interface Counted {
  readonly countable: Countable
  readonly senior: string
  /** Written by the terminal that takes it back: of several under one id it means this one. */
  readonly isOwn: boolean
  /** Its place in this batch; null where it was stored before, with `held` as it was booked then. */
  readonly at: number | null
  readonly held: boolean
  /** Somebody decided that nobody pays it: what takes it back is paid by nobody either. */
  readonly refused: boolean
}

interface Line {
  readonly at: number
  readonly senior: string
  readonly fund: string
  readonly site: string
  readonly date: string
  /** The date of the month in which it is claimed: what takes a sale back is claimed on its own. */
  readonly bookedOn: string
  readonly kind: LedgerRecord['kind']
  readonly fen: number
  /** The sale whose `held` the line shares: a place in this batch, or as booked before. */
  readonly like: number | boolean
  readonly refused: boolean
}

interface Draw {
  readonly at: number
  readonly key: readonly [senior: string, pack: string, limit: string, label: string, unit: string]
  readonly amount: number
  readonly cap: number
}

/** What booking brought. */
export interface Booked {
  /** The arrivals with its codes (CAP_EXCEEDED, ALREADY_VOID, UNKNOWN_RECORD). */
  readonly arrivals: Arrival[]
  /** Holds what was taken back by, or of, records that turned out to be doubted after they were booked. */
  hold(settled: readonly Arrival[]): Promise<void>
}

/**
 * Books what new records do to claims and counters: sales add, voids take all of it back, refunds take back money only; a sale is taken
 * back at most once. What took it back and is doubted is held, and leaves the counters as they are.
 */
export async function bookEffects(
  client: PoolClient,
  terminal: TerminalId,
  site: SiteId,
  generation: number,
  arrivals: readonly Arrival[],
): Promise<Booked> {
  const codes = new Map<number, VerdictCode>()
  const note = (at: number, code: VerdictCode) => {
    if (arrivals[at]?.code === null && !codes.has(at)) codes.set(at, code)
  }
  const earlier = await countedBefore(
    client,
    { terminal, site },
    arrivals.flatMap(({ record }) => takenBackBy(record)),
  )
  const taken = await takeBack(client, terminal, generation, site, arrivals, earlier)
  const known = new Map(earlier)
  const lines: Line[] = []
  const draws: Draw[] = []
  for (const [at, { record, countable, senior, pack }] of arrivals.entries()) {
    if (record === null) continue
    if (countable !== null && senior !== null) {
      if (known.get(record.id)?.isOwn !== true)
        known.set(record.id, { countable, senior, isOwn: true, at, held: false, refused: false })
      lines.push(...linesOf(record, countable.date, { at, senior, sign: 1, like: at, refused: false }, countable))
      draws.push(...drawsOf(at, countable, senior, pack, 1))
    }
    for (const of of takenBackBy(record)) {
      const sale = known.get(of)
      if (sale === undefined) note(at, 'UNKNOWN_RECORD')
      else if (!fitsInto(record, sale.countable)) note(at, 'QUOTE_DIFFERS')
      else if (!taken.has(at)) note(at, 'ALREADY_VOID')
      else {
        const like = sale.at ?? sale.held
        const subsidies = record.kind === 'refund' ? record.payload.subsidies : sale.countable.subsidies
        const back = { at, senior: sale.senior, sign: -1, like, refused: sale.refused } as const
        lines.push(...linesOf(record, record.businessDate, back, { ...sale.countable, subsidies }))
        if (record.kind === 'void' && arrivals[at]?.code === null)
          draws.push(...drawsOf(at, sale.countable, sale.senior, undefined, -1))
      }
    }
  }
  for (const at of await drawCounters(client, draws)) note(at, 'CAP_EXCEEDED')
  const result = arrivals.map((arrival, at) => ({ ...arrival, code: arrival.code ?? codes.get(at) ?? null }))
  const isHeld = (like: number | boolean) =>
    typeof like === 'boolean' ? like : result[like]?.code !== null || result[like]?.countable?.held === true
  await insertRows(
    client,
    'claim_line',
    [
      ...['senior_id', 'terminal_id', 'generation', 'seq', 'fund', 'site_id', 'business_date', 'booked_on', 'kind'],
      ...['fen', 'held', 'refused'],
    ],
    lines.map(({ at, senior, fund, site, date, bookedOn, kind, fen, like, refused }) => [
      ...[senior, terminal, generation, arrivals[at]?.item.seq, fund, site, date, bookedOn, kind, fen],
      ...[isHeld(like) || result[at]?.code !== null, refused],
    ]),
  )
  return {
    arrivals: result,
    async hold(settled) {
      const places = settled.flatMap(({ code }, at) => (code !== null && result[at]?.code === null ? [at] : []))
      const sales = places.flatMap(at => (settled[at]?.countable ? (settled[at].record?.id ?? []) : []))
      if (sales.length > 0)
        await client.query(
          `update claim_line c set held = true from voided v where v.record_id = any($1)
            and c.terminal_id = v.terminal_id and c.generation = v.generation and c.seq = v.seq`,
          [sales],
        )
      const backs = places.filter(at => takenBackBy(settled[at]?.record ?? null).length > 0)
      if (backs.length === 0) return
      const place = [terminal, generation, backs.map(at => settled[at]?.item.seq)]
      const there = 'where terminal_id = $1 and generation = $2 and seq = any($3)'
      await client.query(`update claim_line set held = true ${there}`, place)
      await client.query(`update voided set held = true ${there}`, place)
      const given = draws.filter(({ at }) => backs.includes(at))
      await drawCounters(
        client,
        given.map(draw => ({ ...draw, amount: -draw.amount })),
      )
    },
  }
}

function linesOf(
  { kind }: LedgerRecord,
  bookedOn: string,
  { sign, ...line }: Pick<Line, 'at' | 'senior' | 'like' | 'refused'> & { readonly sign: 1 | -1 },
  { site, date, subsidies }: Countable,
): Line[] {
  return subsidies.map(({ fund, fen }) => ({ ...line, fund, site, date, bookedOn, kind, fen: sign * fen }))
}

function drawsOf(at: number, sale: Countable, senior: string, pack: PolicyPack | undefined, sign: 1 | -1): Draw[] {
  return sale.debits.map(({ limit, label, unit, amount }) => ({
    at,
    key: [senior, sale.policy.pack, limit, label, unit],
    amount: sign * amount,
    cap: capOf(pack, sale.policy.version, { limit, label }),
  }))
}

/**
 * The most that anybody may have of a counter: a person's own cap is proven by recomputing the quote. What was granted under one version stays
 * granted under the next, so each that was in force in the period counts.
 */
function capOf(
  pack: PolicyPack | undefined,
  named: string | null,
  { limit, label }: { limit: string; label: string },
): number {
  const versions = (pack?.versions ?? []).filter(
    ({ id, from, to }) =>
      id === named || (!labelEndsBefore(label, from) && (to === undefined || labelBeginsBy(label, to))),
  )
  // Where a till may give without a right, a cap can be passed; who bears it is found out once the holders were heard.
  if (versions.some(({ offline }) => offline?.mode === 'bounded')) return Number.POSITIVE_INFINITY
  const limits = versions.flatMap(({ limits, allowances }) => [...limits, ...(allowances ?? [])])
  const caps = limits.filter(({ id }) => id === limit).map(({ cap }) => greatestCap(cap))
  return caps.length === 0 ? Number.POSITIVE_INFINITY : Math.max(...caps)
}

const countedRow = z.object({
  record: z.instanceof(Buffer),
  senior_id: z.string(),
  verdict: z.string(),
  drew_debits: z.string().nullable(),
  own: z.boolean(),
  decision: z.enum(['pay', 'refuse', 'end']).nullable(),
})

/** The countable records of this site stored under these ids; of several under one id the one that the terminal means. */
async function countedBefore(
  client: PoolClient,
  { terminal, site }: { readonly terminal: TerminalId; readonly site: SiteId },
  ids: readonly RecordId[],
): Promise<Map<string, Counted>> {
  if (ids.length === 0) return new Map()
  const rows = await select(
    client,
    countedRow,
    `select l.record, l.senior_id, l.verdict, l.drew_debits, l.terminal_id = $3 as own, d.decision from ledger l
       left join held_decision d using (terminal_id, generation, seq)
      where l.record_id = any($1) and l.site_id = $2 and l.senior_id is not null and l.verdict in ('accepted', 'flagged')
      order by ${meantFirst('$3', 'l')}`,
    [ids, site, terminal],
  )
  return new Map(
    rows.toReversed().flatMap(row => {
      const record = parseRecord(row.record.toString('utf8'))
      const countable = record && asDrawn(countableOf(record), row.drew_debits)
      if (!countable) return []
      const held = row.decision !== 'pay' && (row.verdict === 'flagged' || countable.held)
      return [
        [
          record.id,
          { countable, senior: row.senior_id, isOwn: row.own, at: null, held, refused: row.decision === 'refuse' },
        ],
      ]
    }),
  )
}

/**
 * Marks what is taken back, each sale once for ever, whatever terminal asks first; one that was taken back by a doubted record may be taken back by
 * another (`replace`). Returns the places of the records that did it.
 */
async function takeBack(
  client: PoolClient,
  terminal: TerminalId,
  generation: number,
  site: SiteId,
  arrivals: readonly Arrival[],
  earlier: ReadonlyMap<string, Counted>,
): Promise<Set<number>> {
  const seen = new Map<string, Pick<Counted, 'countable' | 'isOwn'>>(earlier)
  const asks = new Map<string, number>()
  const isDoubted = (at: number | undefined) => at !== undefined && arrivals[at]?.code !== null
  for (const [at, { record, countable }] of arrivals.entries()) {
    if (record !== null && countable?.site === site && seen.get(record.id)?.isOwn !== true)
      seen.set(record.id, { countable, isOwn: true })
    for (const of of takenBackBy(record)) {
      const sale = seen.get(of)
      const isFirst = !asks.has(of) || (isDoubted(asks.get(of)) && !isDoubted(at))
      if (sale !== undefined && isFirst && fitsInto(record, sale.countable)) asks.set(of, at)
    }
  }
  const rows = [...asks]
    .map(([of, at]) => ({ of, seq: arrivals[at]?.item.seq, isDoubted: isDoubted(at) }))
    .sort((one, other) => (one.of < other.of ? -1 : 1))
  const fresh = await insertRows(
    client,
    'voided',
    ['record_id', 'terminal_id', 'generation', 'seq', 'held'],
    rows.map(({ of, seq, isDoubted }) => [of, terminal, generation, seq, isDoubted]),
    'on conflict (record_id) do nothing returning record_id',
  )
  const done = new Set(fresh.map(row => recordRow.parse(row).record_id))
  const known = rows.filter(({ of }) => !done.has(of))
  for (const of of await replace(client, { terminal, generation }, known)) done.add(of)
  return new Set([...done].flatMap(id => asks.get(id) ?? []))
}

const recordRow = z.object({ record_id: z.string() })

/**
 * Lets records take the place of what took these sales back before and is held; the lines of that go. First comes what nobody doubts, then what
 * took back a sale whose claim was paid, then the rest; among their like the first in the order of the evidence. What was refused makes room for
 * any. Returns the sales where it was done.
 */
async function replace(
  client: PoolClient,
  { terminal, generation }: { readonly terminal: TerminalId; readonly generation: number },
  rows: readonly { readonly of: string; readonly seq: number | undefined; readonly isDoubted: boolean }[],
): Promise<string[]> {
  if (rows.length === 0) return []
  const news = [
    rows.map(({ of }) => of),
    rows.map(({ seq }) => seq),
    rows.map(row => row.isDoubted),
    terminal,
    generation,
  ]
  const made = await select(
    client,
    recordRow,
    `select v.record_id from voided v
       join unnest($1::text[], $2::bigint[], $3::boolean[]) as n (record_id, seq, doubted) on n.record_id = v.record_id
       left join ledger l on l.terminal_id = v.terminal_id and l.generation = v.generation and l.seq = v.seq
       cross join lateral (select coalesce(l.code, '') = 'CLAIM_PAID' as paid,
                                  ($4::text, $5::bigint, n.seq) < (v.terminal_id, v.generation, v.seq) as earlier) w
      where v.held and (v.refused or (case when n.doubted then w.earlier and not w.paid else w.earlier or not w.paid end))
      order by v.record_id for update of v`,
    news,
  )
  const ids = made.map(row => row.record_id)
  if (ids.length === 0) return []
  await client.query(
    `delete from claim_line c using voided v where v.record_id = any($1)
      and c.terminal_id = v.terminal_id and c.generation = v.generation and c.seq = v.seq`,
    [ids],
  )
  await client.query(
    `update voided v set terminal_id = $4, generation = $5, seq = n.seq, held = n.doubted, refused = false
       from unnest($1::text[], $2::bigint[], $3::boolean[]) as n (record_id, seq, doubted)
      where n.record_id = v.record_id and v.record_id = any($6)`,
    [...news, ids],
  )
  return ids
}

/** A refund takes back no more of a fund than the sale brought, and gives the senior no more than they owed. */
function fitsInto(record: LedgerRecord | null, sale: Countable): boolean {
  if (record?.kind !== 'refund') return true
  const funds = record.payload.subsidies.map(({ fund }) => fund)
  return (
    new Set(funds).size === funds.length &&
    record.payload.ownPayFen >= 0 &&
    record.payload.ownPayFen <= sale.ownPayFen &&
    record.payload.subsidies.every(
      ({ fund, fen }) => fen >= 0 && fen <= (sale.subsidies.find(item => item.fund === fund)?.fen ?? 0),
    )
  )
}

/** Adds draws to the counters, in one order for all so that two pushes never wait for each other. Returns the places that went over a cap. */
async function drawCounters(client: PoolClient, draws: readonly Draw[]): Promise<number[]> {
  const totals = new Map<string, { key: Draw['key']; amount: number }>()
  for (const { key, amount } of draws) {
    const name = JSON.stringify(key)
    totals.set(name, { key, amount: (totals.get(name)?.amount ?? 0) + amount })
  }
  const rows = [...totals].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { key, amount }]) => [...key, amount])
  const after = await insertRows(
    client,
    'counter',
    ['senior_id', 'pack_id', 'limit_id', 'label', 'unit', 'amount'],
    rows,
    `on conflict (senior_id, pack_id, limit_id, label, unit) do update set amount = counter.amount + excluded.amount
      returning senior_id, pack_id, limit_id, label, unit, amount`,
  )
  const running = new Map<string, number>()
  for (const row of after) {
    const { senior_id, pack_id, limit_id, label, unit, amount } = counterRow.parse(row)
    const name = JSON.stringify([senior_id, pack_id, limit_id, label, unit])
    running.set(name, amount - (totals.get(name)?.amount ?? 0))
  }
  return draws.flatMap(({ at, key, amount, cap }) => {
    const name = JSON.stringify(key)
    const total = (running.get(name) ?? 0) + amount
    running.set(name, total)
    return amount > 0 && total > cap ? [at] : []
  })
}

const counterRow = z.object({
  senior_id: z.string(),
  pack_id: z.string(),
  limit_id: z.string(),
  label: z.string(),
  unit: z.string(),
  amount: z.int(),
})
