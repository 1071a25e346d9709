import type { PoolClient } from 'pg'
import { z } from 'zod'
import { businessDateOf } from '../shared/business-day.ts'
import { parseRecord } from '../shared/countable.ts'
import type { LedgerRecord } from '../shared/record.ts'
import { type Database, insertRows, type Queryable, select, transaction } from './database.ts'
import { endClaim, goOnWithClaim, type LockedClaim, lockClaim, openHeldClaim } from './held-claims.ts'
import type { Keyring } from './keys.ts'
import { decideWaiting, noteFreed } from './leases/freed-pots.ts'
import { decidePayout } from './leases/held-payouts.ts'
import { nobodyDecides } from './nobody-decides.ts'

const heldRow = z.object({
  terminal: z.string(),
  generation: z.int(),
  seq: z.int(),
  record: z.string(),
  kind: z.string(),
  /** Why it is held; null: nobody approved it, or it takes back what is held. */
  code: z.string().nullable(),
  site: z.string(),
  servedOn: z.string(),
  bookedOn: z.string(),
  fen: z.int(),
  /** Its pending claim nobody can decide: it is not known who came, or what it was priced from is gone. */
  nobody: z.boolean(),
})

/** A record whose claim lines are held, or a pending claim, its own or that of what it takes back, with what the lines come to (fen). Nothing of the person. */
export type HeldRecord = z.infer<typeof heldRow>

/** Everything that waits for somebody's decision, the oldest first. @param month `2026-11`; null: all */
export async function heldRecords(database: Queryable, month: string | null): Promise<HeldRecord[]> {
  return await select(
    database,
    heldRow,
    `with held as (
       select terminal_id, generation, seq, site_id, business_date, booked_on, fen, false as nobody from claim_line where held and not refused
       union all
       select terminal_id, generation, seq, site_id, business_date, business_date, 0, false from claim where state = 'held'
       union all
       select terminal_id, generation, seq, c.site_id, c.business_date, c.business_date, 0, true
         from claim c join ledger l using (terminal_id, generation, seq) where ${nobodyDecides}
       union all
       select v.terminal_id, v.generation, v.seq, c.site_id, c.business_date, b.business_date, 0, false from voided v
         join claim c using (record_id) join ledger b on b.terminal_id = v.terminal_id and b.generation = v.generation and b.seq = v.seq
        where v.held and not v.refused and c.state not in ('void', 'made-good')
          and not exists (select 1 from held_decision d where d.record_id = c.record_id and d.decision = 'refuse')
     )
     select h.terminal_id as terminal, h.generation, h.seq, l.record_id as record, l.kind, l.code, h.site_id as site,
            min(h.business_date) as "servedOn", min(h.booked_on) as "bookedOn", sum(h.fen)::bigint as fen, bool_or(h.nobody) as nobody
       from held h join ledger l using (terminal_id, generation, seq)
      where $1::text is null or substr(h.booked_on, 1, 7) = $1
      group by h.terminal_id, h.generation, h.seq, l.record_id, l.kind, l.code, h.site_id
      order by min(h.booked_on), h.site_id, h.terminal_id, h.generation, h.seq`,
    [month],
  )
}

export type HeldOutcome =
  | { readonly result: 'decided'; readonly fen: number; readonly records: number }
  | { readonly result: 'unknown' }
  | { readonly result: 'not-held' }
  /** What it takes back is held itself, and has to be decided first. */
  | { readonly result: 'decide-first'; readonly record: string }
  /** What it takes back was refused: no fund paid it, and none gets anything back. */
  | { readonly result: 'sale-refused'; readonly record: string }

export interface HeldDecision {
  readonly record: string
  readonly decision: 'pay' | 'refuse'
  readonly operator: string
  readonly reason: string
}

/**
 * Decides about a held record, once and for good: its funds pay it (`pay`), in the month in which that is decided, or nobody does (`refuse`).
 * What took it back goes with it, but for what is doubted itself while it is paid. Money alone: rights stay as they were settled. A pending claim of
 * it is open from then on, or ends; that of what it takes back ends, or goes on as if nothing had taken it back.
 */
export async function decideHeld(database: Database, keys: Keyring, about: HeldDecision): Promise<HeldOutcome> {
  const outcome = await transaction(database, async (client): Promise<HeldOutcome> => {
    const own = await recordOf(client, about.record)
    if (own === null) return { result: 'unknown' }
    if (own.record?.kind !== 'void' && own.record?.kind !== 'refund') return await decideSale(client, keys, about, own)
    const { of } = own.record.payload
    await lockSale(client, of)
    const sale = await recordOf(client, of)
    const back = await lockBack(client, of)
    if (back === null || sale === null || !isSamePlace(back, own)) return { result: 'not-held' }
    const claim = await lockClaim(client, keys, of)
    if (claim?.state === 'held' || (await isHeld(client, sale))) return { result: 'decide-first', record: of }
    if (!isOfClaim(back, claim) && !(await isHeld(client, own))) return { result: 'not-held' }
    if (about.decision === 'pay' && (await isRefused(client, of))) return { result: 'sale-refused', record: of }
    const fen = await settleLines(client, about, own)
    await client.query(
      about.decision === 'pay'
        ? 'update voided set held = false where record_id = $1'
        : 'update voided set refused = true where record_id = $1 and held',
      [of],
    )
    if (claim === null) return { result: 'decided', fen, records: 1 }
    if (about.decision === 'pay')
      await noteFreed(client, await endClaim(client, keys, claim, { ...own, back: own.record }))
    else await goOnWithClaim(client, keys, claim)
    return { result: 'decided', fen, records: 1 }
  })
  await decideWaiting(database, keys)
  return outcome
}

async function decideSale(client: PoolClient, keys: Keyring, about: HeldDecision, own: Found): Promise<HeldOutcome> {
  await lockSale(client, own.id)
  const back = await lockBack(client, own.id)
  const claim = await lockClaim(client, keys, own.id)
  if (claim?.state !== 'held' && !(await isHeld(client, own))) return { result: 'not-held' }
  let [fen, records] = [await settleLines(client, about, own), 1]
  const isDoubted = back?.held === true && !back.refused
  if (back !== null && (about.decision === 'refuse' || !isDoubted) && (isDoubted || (await isHeld(client, back)))) {
    fen += await settleLines(client, about, back)
    records += 1
    await client.query('update voided set refused = true where record_id = $1 and held', [own.id])
  }
  if (claim?.state === 'held') await openHeldClaim(client, keys, claim, about.decision)
  if (own.record?.kind === 'made-good') await decidePayout(client, about)
  return { result: 'decided', fen, records }
}

const place = { terminal: z.string(), generation: z.int(), seq: z.int(), id: z.string() }
const backRow = z.object({ ...place, held: z.boolean(), refused: z.boolean() })
type Place = Pick<z.infer<typeof backRow>, 'terminal' | 'generation' | 'seq' | 'id'>

interface Found extends Place {
  readonly record: LedgerRecord | null
}

const isSamePlace = (one: Place, other: Place) =>
  one.terminal === other.terminal && one.generation === other.generation && one.seq === other.seq

/** Whether a pending claim waits for what is decided about a record that takes its sale back. */
function isOfClaim({ held, refused }: z.infer<typeof backRow>, claim: LockedClaim | null): boolean {
  return held && !refused && claim !== null && claim.state !== 'void' && claim.state !== 'made-good'
}

export async function recordOf(client: PoolClient, id: string): Promise<Found | null> {
  const [row] = await select(
    client,
    z.object({ ...place, record: z.instanceof(Buffer) }),
    `select terminal_id as terminal, generation, seq, record_id as id, record from ledger
      where record_id = $1 and verdict in ('accepted', 'flagged') order by terminal_id, generation, seq limit 1`,
    [id],
  )
  return row === undefined ? null : { ...row, record: parseRecord(row.record.toString('utf8')) }
}

/** One decision at a time about a sale and what takes it back. */
async function lockSale(client: PoolClient, sale: string): Promise<void> {
  await client.query('select 1 from ledger where record_id = $1 order by terminal_id, generation, seq for update', [
    sale,
  ])
}

/** What took a sale back, locked: no push gives its place to another meanwhile. */
async function lockBack(client: PoolClient, sale: string): Promise<z.infer<typeof backRow> | null> {
  const [row] = await select(
    client,
    backRow,
    `select v.terminal_id as terminal, v.generation, v.seq, l.record_id as id, v.held, v.refused
       from voided v join ledger l using (terminal_id, generation, seq) where v.record_id = $1 for update of v`,
    [sale],
  )
  return row ?? null
}

async function isHeld(client: PoolClient, { terminal, generation, seq }: Place): Promise<boolean> {
  const rows = await select(
    client,
    z.object({ held: z.boolean() }),
    `select held from claim_line where terminal_id = $1 and generation = $2 and seq = $3 and held and not refused limit 1`,
    [terminal, generation, seq],
  )
  return rows.length > 0
}

async function isRefused(client: PoolClient, sale: string): Promise<boolean> {
  const rows = await select(
    client,
    z.object({ decision: z.string() }),
    "select decision from held_decision where record_id = $1 and decision = 'refuse' limit 1",
    [sale],
  )
  return rows.length > 0
}

const there = 'where terminal_id = $1 and generation = $2 and seq = $3 and held and not refused returning fen'
const changes = {
  pay: `update claim_line set held = false, booked_on = $4 ${there}`,
  refuse: `update claim_line set refused = true ${there}`,
}

/** Settles the held lines of a record as it was decided, and writes the decision down. Returns what they come to (fen). */
async function settleLines(client: PoolClient, about: HeldDecision, at: Place): Promise<number> {
  const lines = await select(client, z.object({ fen: z.int() }), changes[about.decision], [
    ...[at.terminal, at.generation, at.seq],
    ...(about.decision === 'pay' ? [businessDateOf(Date.now())] : []),
  ])
  const sum = lines.reduce((total, line) => total + line.fen, 0)
  await noteDecision(client, about, at, sum)
  return sum
}

/** Writes a decision down; a record that is held once more is decided in its next turn. */
export async function noteDecision(
  client: PoolClient,
  about: Omit<HeldDecision, 'decision'> & { readonly decision: HeldDecision['decision'] | 'end' },
  at: Place,
  fen: number,
): Promise<void> {
  const [last] = await select(
    client,
    z.object({ turn: z.int() }),
    `select coalesce(max(turn), 0)::bigint as turn from held_decision
      where terminal_id = $1 and generation = $2 and seq = $3`,
    [at.terminal, at.generation, at.seq],
  )
  const turn = (last?.turn ?? 0) + 1
  await insertRows(
    client,
    'held_decision',
    ['terminal_id', 'generation', 'seq', 'turn', 'record_id', 'decision', 'operator', 'reason', 'fen'],
    [[at.terminal, at.generation, at.seq, turn, at.id, about.decision, about.operator, about.reason, fen]],
  )
}
