import type { PoolClient } from 'pg'
import { z } from 'zod'
import { businessDateOf } from '../shared/business-day.ts'
import { seniorId, terminalId } from '../shared/ids.ts'
import { withoutClaim } from '../shared/leases/senior-lease.ts'
import { type Database, insertRows, type Queryable, select, transaction } from './database.ts'
import { openInputs } from './examine.ts'
import type { Keyring } from './keys.ts'
import { decideClaims } from './leases/claims.ts'
import { decidePayout } from './leases/held-payouts.ts'
import { fundsWithPots } from './leases/pots.ts'
import { lockLeases, potSubject } from './leases/states.ts'

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
})

/** A record whose claim lines are held, or its pending claim, with what the lines come to (fen). Nothing of the person. */
export type HeldRecord = z.infer<typeof heldRow>

/** Everything that waits for somebody's decision, the oldest first. @param month `2026-11`; null: all */
export async function heldRecords(database: Queryable, month: string | null): Promise<HeldRecord[]> {
  return await select(
    database,
    heldRow,
    `with held as (
       select terminal_id, generation, seq, site_id, business_date, booked_on, fen from claim_line where held and not refused
       union all
       select terminal_id, generation, seq, site_id, business_date, business_date, 0 from claim where state = 'held'
     )
     select h.terminal_id as terminal, h.generation, h.seq, l.record_id as record, l.kind, l.code, h.site_id as site,
            min(h.business_date) as "servedOn", min(h.booked_on) as "bookedOn", sum(h.fen)::bigint as fen
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
  /** Of what it takes back a pending claim is not settled yet, and would be paid beside the money that goes back. */
  | { readonly result: 'claim-waits'; readonly record: string }

/**
 * Decides about a held record, once and for good: its funds pay it (`pay`), in the month in which that is decided, or nobody does (`refuse`).
 * What took it back and is not doubted itself goes with it. Money alone: rights stay as they were settled, but for that of a payout. A pending
 * claim of it is open from then on, or ends.
 */
export async function decideHeld(
  database: Database,
  keys: Keyring,
  about: {
    readonly record: string
    readonly decision: 'pay' | 'refuse'
    readonly operator: string
    readonly reason: string
  },
): Promise<HeldOutcome> {
  return await transaction(database, async (client): Promise<HeldOutcome> => {
    const [own] = await recordsAt(client, 'l.record_id = $1', about.record)
    if (own === undefined) return { result: 'unknown' }
    const takesBack = own.kind === 'void' || own.kind === 'refund'
    const [sale] = takesBack ? await recordsAt(client, takenBackBy, own.terminal, own.generation, own.seq) : []
    if (sale !== undefined && (await isHeld(client, sale))) return { result: 'decide-first', record: sale.record }
    if (takesBack && !(await isHeld(client, own))) return { result: 'not-held' }
    if (sale !== undefined && about.decision === 'pay' && !(await endClaimOf(client, sale.record)))
      return { result: 'claim-waits', record: sale.record }
    const backs = takesBack ? [] : await recordsAt(client, `${tookBack} and l.verdict = 'accepted'`, about.record)
    const claim = takesBack ? null : await heldClaim(client, about.record)
    let [fen, records] = [0, 0]
    for (const at of [own, ...backs]) {
      const lines = await select(client, z.object({ fen: z.int() }), changes[about.decision], [
        ...[at.terminal, at.generation, at.seq],
        ...(about.decision === 'pay' ? [businessDateOf(Date.now())] : []),
      ])
      if (lines.length === 0 && (claim === null || at !== own)) continue
      const sum = lines.reduce((total, line) => total + line.fen, 0)
      await insertRows(
        client,
        'held_decision',
        ['terminal_id', 'generation', 'seq', 'record_id', 'decision', 'operator', 'reason', 'fen'],
        [[at.terminal, at.generation, at.seq, at.record, about.decision, about.operator, about.reason, sum]],
      )
      fen += sum
      records += 1
    }
    if (records === 0) return { result: 'not-held' }
    if (takesBack && about.decision === 'pay')
      await client.query('update voided set held = false where terminal_id = $1 and generation = $2 and seq = $3', [
        ...[own.terminal, own.generation, own.seq],
      ])
    if (claim !== null) await decideClaim(client, keys, about, claim)
    if (own.kind === 'made-good') await decidePayout(client, about)
    return { result: 'decided', fen, records }
  })
}

const there = 'where terminal_id = $1 and generation = $2 and seq = $3 and held and not refused returning fen'
const changes = {
  pay: `update claim_line set held = false, booked_on = $4 ${there}`,
  refuse: `update claim_line set refused = true ${there}`,
}

const found = z.object({
  terminal: z.string(),
  generation: z.int(),
  seq: z.int(),
  record: z.string(),
  kind: z.string(),
})
type Found = z.infer<typeof found>

const tookBack = `(l.terminal_id, l.generation, l.seq) in (select terminal_id, generation, seq from voided where record_id = $1)`
const takenBackBy =
  'l.record_id in (select record_id from voided where terminal_id = $1 and generation = $2 and seq = $3)'

async function recordsAt(client: Queryable, where: string, ...values: readonly unknown[]): Promise<Found[]> {
  return await select(
    client,
    found,
    `select l.terminal_id as terminal, l.generation, l.seq, l.record_id as record, l.kind from ledger l
      where ${where} and l.verdict in ('accepted', 'flagged') order by l.terminal_id, l.generation, l.seq limit 1`,
    [...values],
  )
}

async function isHeld(client: Queryable, { terminal, generation, seq }: Found): Promise<boolean> {
  const rows = await select(
    client,
    z.object({ held: z.boolean() }),
    `select held from claim_line where terminal_id = $1 and generation = $2 and seq = $3 and held and not refused limit 1`,
    [terminal, generation, seq],
  )
  return rows.length > 0
}

const claimRow = z.object({
  senior: seniorId.nullable(),
  pack: z.string(),
  terminal: terminalId,
  sealed: z.string().nullable(),
})
type HeldClaim = z.infer<typeof claimRow>

/** The pending claim that waits with a sale; null where there is none, or the sale was taken back. */
async function heldClaim(client: Queryable, record: string): Promise<HeldClaim | null> {
  const [claim] = await select(
    client,
    claimRow,
    `select c.senior_id as senior, c.pack_id as pack, c.terminal_id as terminal, i.sealed from claim c
       left join sale_inputs i on i.senior_id = c.senior_id and i.terminal_id = c.terminal_id
        and i.generation = c.generation and i.seq = c.seq
      where c.record_id = $1 and c.state = 'held' and c.record_id not in (select record_id from voided) for update of c`,
    [record],
  )
  return claim ?? null
}

const endedRow = z.object({ senior: seniorId.nullable(), pack: z.string(), state: z.string() })

/** Ends the claim of a sale whose money goes back, so that nothing opens it again; false where it is not settled. */
async function endClaimOf(client: PoolClient, record: string): Promise<boolean> {
  const [claim] = await select(
    client,
    endedRow,
    'select senior_id as senior, pack_id as pack, state from claim where record_id = $1 for update',
    [record],
  )
  if (claim === undefined || claim.state === 'made-good' || claim.state === 'void') return true
  if (claim.state !== 'nothing-due') return false
  if (claim.senior !== null) {
    const subject = { senior: claim.senior, pack: claim.pack }
    const book = await lockLeases(client, [subject])
    book.put(subject, withoutClaim(book.of(subject), record).lease)
    await book.store()
  }
  await client.query("update claim set state = 'void' where record_id = $1", [record])
  return true
}

/** One that nobody can decide any more ends: who came is not known, or what it was priced from is gone. */
async function decideClaim(
  client: PoolClient,
  keys: Keyring,
  { record, decision }: { readonly record: string; readonly decision: 'pay' | 'refuse' },
  claim: HeldClaim,
): Promise<void> {
  const opened = await openInputs(claim.sealed, keys.sealing, claim.terminal)
  // What was given in advance and doubted took its counters at once: decided again it would take them twice.
  const canBeDecided = claim.senior !== null && opened !== null && opened.inputs.quote.advance !== true
  if (decision === 'refuse' || claim.senior === null || !canBeDecided) {
    await client.query("update claim set state = 'nothing-due', decided_at = now() where record_id = $1", [record])
    return
  }
  const subject = { senior: claim.senior, pack: claim.pack }
  const pots = [...(await fundsWithPots(client, [claim.pack]))].map(potSubject)
  const book = await lockLeases(client, [subject, ...pots])
  const lease = book.of(subject)
  book.put(subject, { ...lease, open: [...lease.open, record] })
  await client.query("update claim set state = 'open' where record_id = $1", [record])
  await decideClaims(client, keys, book, [subject])
  await book.store()
}
