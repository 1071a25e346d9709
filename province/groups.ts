import type { PoolClient } from 'pg'
import { z } from 'zod'
import { parseRecord } from '../shared/countable.ts'
import type { TerminalId } from '../shared/ids.ts'
import type { LedgerRecord } from '../shared/record.ts'
import type { Arrival } from './bookings.ts'
import { select } from './database.ts'
import type { VerdictCode } from './examine.ts'
import { judgeKind } from './judge-kind.ts'

type GroupRecord = Extract<LedgerRecord, { kind: 'group' }>

/** Judges what one payer paid for several: the sales that it names are this terminal's, paid by the tender that it says, and come to its sum. The sales are judged by themselves. */
export async function judgeGroups(
  client: PoolClient,
  terminal: TerminalId,
  arrivals: readonly Arrival[],
): Promise<Arrival[]> {
  return await judgeKind('group', arrivals, (record, before) => doubtAbout(client, terminal, record, before))
}

async function doubtAbout(
  client: PoolClient,
  terminal: TerminalId,
  { payload: { site, sales: named, tender, sumFen } }: GroupRecord,
  before: readonly Arrival[],
): Promise<VerdictCode | null> {
  const stored = await select(
    client,
    z.object({ record: z.instanceof(Buffer) }),
    "select record from ledger where terminal_id = $1 and record_id = any($2) and kind = 'sale'",
    [terminal, named],
  )
  const known = [...before.map(({ record }) => record), ...stored.map(row => parseRecord(row.record.toString('utf8')))]
  const sales = named.flatMap(id => {
    const sale = known.find(record => record?.id === id)
    return sale?.kind === 'sale' ? [sale.payload] : []
  })
  if (sales.length !== named.length || new Set(named).size !== named.length) return 'UNKNOWN_RECORD'
  const tenders = sales.flatMap(sale => sale.tenders)
  const isWhole =
    sales.every(sale => sale.site === site) &&
    tenders.every(({ kind }) => kind === tender) &&
    tenders.reduce((sum, { fen }) => sum + fen, 0) === sumFen
  return isWhole ? null : 'AMOUNTS_DIFFER'
}
