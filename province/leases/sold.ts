import type { PoolClient } from 'pg'
import { z } from 'zod'
import { countableOf, parseRecord } from '../../shared/countable.ts'
import { type SeniorId, type SiteId, seniorId, type TerminalId, terminalId } from '../../shared/ids.ts'
import { type Amount, amountsOf } from '../../shared/leases/holder.ts'
import type { LedgerRecord } from '../../shared/record.ts'
import { select } from '../database.ts'
import { asDrawn } from '../drawn-debits.ts'
import { meantFirst, takenBackBy } from '../record-ids.ts'
import type { SeniorSubject } from './states.ts'

/** A sale that something takes back, as it was booked. */
export interface Sold {
  /** Null: a guest's, which drew on pots alone. */
  readonly subject: SeniorSubject | null
  readonly debits: readonly Amount[]
  readonly epoch: number | null
  /** Sold by the terminal and generation that takes it back: only those get back what they drew. */
  readonly isOwn: boolean
  /** Whose ledger it stands in: of several under one id a terminal means its own. */
  readonly terminal: string
  readonly drewPots: readonly string[]
  /** What funds paid. */
  readonly givenFen: number
}

export const sumOf = (subsidies: readonly { readonly fen: number }[]) =>
  subsidies.reduce((sum, { fen }) => sum + fen, 0)

const soldRow = z.object({
  record_id: z.string(),
  record: z.instanceof(Buffer),
  senior_id: z.string(),
  lease_epoch: z.int().nullable(),
  drew_pots: z.string().nullable(),
  drew_debits: z.string().nullable(),
  terminal_id: z.string(),
  generation: z.int(),
})

/** The sales of a site that these records take back, as they were booked. */
export async function soldBefore(
  client: PoolClient,
  { terminal, generation, site }: { readonly terminal: TerminalId; readonly generation: number; readonly site: SiteId },
  records: readonly (LedgerRecord | null)[],
): Promise<Map<string, Sold>> {
  const ids = records.flatMap(takenBackBy)
  if (ids.length === 0) return new Map()
  const rows = await select(
    client,
    soldRow,
    `select record_id, record, senior_id, lease_epoch, drew_pots, drew_debits, terminal_id, generation from ledger l
      where record_id = any($1) and site_id = $2 order by ${meantFirst('$3', 'l')}`,
    [ids, site, terminal],
  )
  // Whom the till did not know the claim knows.
  const claims = await claimsOf(client, ids)
  return new Map(
    rows.toReversed().flatMap(row => {
      const record = parseRecord(row.record.toString('utf8'))
      const sale = record && asDrawn(countableOf(record), row.drew_debits)
      const senior = seniorId.safeParse(row.senior_id)
      if (!sale) return []
      const known = senior.success ? { senior: senior.data, pack: sale.policy.pack } : null
      const isOwn = row.terminal_id === terminal && row.generation === generation
      const drewPots = isOwn ? z.array(z.string()).parse(JSON.parse(row.drew_pots ?? '[]')) : []
      const given = { debits: amountsOf(sale.debits), givenFen: sumOf(sale.subsidies) }
      const subject = known ?? claims.get(row.record_id) ?? null
      return [
        [row.record_id, { ...given, subject, epoch: row.lease_epoch, isOwn, terminal: row.terminal_id, drewPots }],
      ]
    }),
  )
}

/** Whose claims these are. */
export async function claimsOf(client: PoolClient, records: readonly string[]): Promise<Map<string, SeniorSubject>> {
  if (records.length === 0) return new Map()
  const rows = await select(
    client,
    z.object({ record_id: z.string(), senior_id: seniorId, pack_id: z.string() }),
    'select record_id, senior_id, pack_id from claim where record_id = any($1) and senior_id is not null',
    [records],
  )
  return new Map(rows.map(row => [row.record_id, { senior: row.senior_id, pack: row.pack_id }]))
}

/** What took a sale back, with where it stands. */
export interface TakenBack {
  readonly terminal: TerminalId
  readonly generation: number
  readonly record: LedgerRecord
}

/** What took a sale back, of earlier pushes, doubted or not; null where nothing did, or it was refused. */
export async function takenBackBefore(client: PoolClient, sale: string): Promise<TakenBack | null> {
  const [row] = await select(
    client,
    z.object({ terminal_id: terminalId, generation: z.int(), record: z.instanceof(Buffer) }),
    `select l.terminal_id, l.generation, l.record from voided v join ledger l using (terminal_id, generation, seq)
      where v.record_id = $1 and not v.refused`,
    [sale],
  )
  const record = row && parseRecord(row.record.toString('utf8'))
  return record ? { terminal: row.terminal_id, generation: row.generation, record } : null
}

type Payout = Extract<LedgerRecord, { kind: 'made-good' }>['payload']

/** What was paid of a senior's claim and nobody doubts, by records that are stored and by sound ones that come with this push. */
export async function payoutsOf(
  client: PoolClient,
  { senior, of }: { readonly senior: SeniorId; readonly of: string },
  arriving: readonly (LedgerRecord | null)[],
): Promise<Payout[]> {
  const rows = await select(
    client,
    z.object({ record: z.instanceof(Buffer) }),
    `select distinct l.record from claim_line c join ledger l using (terminal_id, generation, seq)
      where c.senior_id = $1 and c.kind = 'made-good' and not c.held`,
    [senior],
  )
  const stored = rows.map(({ record }) => parseRecord(record.toString('utf8')))
  return [...stored, ...arriving].flatMap(record =>
    record?.kind === 'made-good' && record.payload.of === of ? [record.payload] : [],
  )
}

/** What tills paid of a claim before it was accepted, and nobody refused: whether a person had the funds pay one, and how many payouts wait for a decision. */
export async function payoutsBefore(
  client: PoolClient,
  { senior, of }: { readonly senior: SeniorId; readonly of: string },
): Promise<{ readonly paidAt: SiteId | null; readonly waiting: number }> {
  const rows = await select(
    client,
    z.object({ record: z.instanceof(Buffer), held: z.boolean() }),
    `select distinct l.record, c.held from claim_line c join ledger l using (terminal_id, generation, seq)
      where c.senior_id = $1 and c.kind = 'made-good' and not c.refused`,
    [senior],
  )
  const paid = rows.flatMap(({ record: bytes, held }) => {
    const record = parseRecord(bytes.toString('utf8'))
    return record?.kind === 'made-good' && record.payload.of === of ? [{ held, site: record.payload.site }] : []
  })
  return { paidAt: paid.find(({ held }) => !held)?.site ?? null, waiting: paid.filter(({ held }) => held).length }
}

/** The places in a push of doubted records that took a sale back, until somebody decides or another one takes their place. */
export async function doubtedBacks(
  client: PoolClient,
  { terminal, generation }: { readonly terminal: TerminalId; readonly generation: number },
  doubted: readonly (LedgerRecord | null)[],
): Promise<ReadonlySet<number>> {
  const sales = doubted.flatMap(takenBackBy)
  if (sales.length === 0) return new Set()
  const rows = await select(
    client,
    z.object({ seq: z.int() }),
    'select seq from voided where record_id = any($1) and terminal_id = $2 and generation = $3 and held',
    [sales, terminal, generation],
  )
  return new Set(rows.map(({ seq }) => seq))
}
