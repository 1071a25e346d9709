import type { PoolClient } from 'pg'
import { z } from 'zod'
import type { SiteId, TerminalId } from '../shared/ids.ts'
import { unconfirmedPayments } from '../shared/payment-outcome.ts'
import type { LedgerRecord } from '../shared/record.ts'
import type { Arrival } from './bookings.ts'
import { insertRows, type Queryable, select } from './database.ts'
import type { VerdictCode } from './examine.ts'
import { judgeKind } from './judge-kind.ts'
import { storedRecord } from './record-ids.ts'

type OutcomeRecord = Extract<LedgerRecord, { kind: 'payment-outcome' }>
interface Place {
  readonly terminal: TerminalId
  readonly site: SiteId
}

/**
 * Judges what tills say came of phone payments: of a payment of this terminal that waited, of its amount, of a record that stands, and once. Nothing else
 * follows from it: no claim, and no debt of a senior.
 */
export async function judgeOutcomes(
  client: PoolClient,
  place: Place,
  arrivals: readonly Arrival[],
): Promise<Arrival[]> {
  return await judgeKind('payment-outcome', arrivals, (record, before) => doubtAbout(client, place, record, before))
}

async function doubtAbout(
  client: PoolClient,
  { terminal, site }: Place,
  { id, businessDate, payload }: OutcomeRecord,
  before: readonly Arrival[],
): Promise<VerdictCode | null> {
  const { of, tender, fen, outcome } = payload
  const sale = before.find(({ record }) => record?.id === of)?.record ?? (await storedRecord(client, terminal, of))
  if (!sale || payload.site !== site) return 'UNKNOWN_RECORD'
  if (!unconfirmedPayments(sale).some(one => one.tender === tender && one.fen === fen)) return 'AMOUNTS_DIFFER'
  if (before.some(takesBack(of)) || (await isTakenBack(client, of))) return 'ALREADY_VOID'
  const fresh = await insertRows(
    client,
    'payment_outcome',
    ['terminal_id', 'of_id', 'tender', 'record_id', 'site_id', 'booked_on', 'outcome', 'fen'],
    [[terminal, of, tender, id, site, businessDate, outcome, fen]],
    'on conflict (terminal_id, of_id, tender) do nothing returning record_id',
  )
  return fresh.length === 1 ? null : 'PAYMENT_TOLD'
}

const takesBack =
  (of: string) =>
  ({ record, code }: Arrival) =>
    code === null && (record?.kind === 'void' || record?.kind === 'refund') && record.payload.of === of

async function isTakenBack(client: PoolClient, of: string): Promise<boolean> {
  const rows = await client.query('select 1 from voided where record_id = $1 and not held', [of])
  return rows.rows.length > 0
}

const count = z.int()
const monthRow = z.object({
  site_id: z.string(),
  settled: count,
  settled_fen: count,
  not_paid: count,
  not_paid_fen: count,
})
/** Of a site: phone payments that were confirmed later, and those that never came, which the site bears (fen). */
export type OutcomeRow = z.infer<typeof monthRow>

/** What was said in a month; a sale that was voided afterwards brings no loss. @param month `2026-11` */
export async function outcomesOfMonth(database: Queryable, month: string): Promise<OutcomeRow[]> {
  return await select(
    database,
    monthRow,
    `select site_id, count(*) filter (where outcome = 'settled')::int as settled,
            coalesce(sum(fen) filter (where outcome = 'settled'), 0)::bigint as settled_fen,
            count(*) filter (where outcome = 'not-paid')::int as not_paid,
            coalesce(sum(fen) filter (where outcome = 'not-paid'), 0)::bigint as not_paid_fen
       from payment_outcome p
      where booked_on between $1 || '-01' and $1 || '-31'
        and not exists (select 1 from voided v join ledger l using (terminal_id, generation, seq)
                         where v.record_id = p.of_id and l.kind = 'void' and not v.held)
      group by site_id order by site_id`,
    [month],
  )
}
