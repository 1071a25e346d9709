import { z } from 'zod'
import { parseRecord } from '../shared/countable.ts'
import type { RecordId, SeniorId } from '../shared/ids.ts'
import type { LedgerRecord } from '../shared/record.ts'
import { type Queryable, select } from './database.ts'
import { maskedProxy } from './proxies.ts'

/** What a registered proxy vouched for, with what the province said of it as it came; null: it was accepted. */
export interface Voucher {
  readonly record: Extract<LedgerRecord, { kind: 'visit-proxy' }>
  readonly doubt: string | null
}

const row = z.object({ record: z.instanceof(Buffer), code: z.string().nullable() })
/** It stands right behind what it is about, with no more between them than the claims that are made good there. */
const furthest = 100
const behind = `
  select l.record, l.code
    from unnest($1::text[], $2::bigint[], $3::bigint[]) as o (terminal_id, generation, seq)
    join ledger l on l.terminal_id = o.terminal_id and l.generation = o.generation and l.seq > o.seq and l.seq <= o.seq + ${furthest}
   where l.kind = 'visit-proxy' and l.verdict in ('accepted', 'flagged')
   order by (l.code is not null), l.seq`

/** By the record that it is about: who vouched for the person of it, the accepted before the doubted. */
export async function vouchersOf(
  database: Queryable,
  records: readonly LedgerRecord[],
): Promise<ReadonlyMap<RecordId, Voucher>> {
  const found = new Map<RecordId, Voucher>()
  const asked = records.filter(({ kind }) => kind === 'visit-in' || kind === 'visit-out' || kind === 'attendance')
  if (asked.length === 0) return found
  const rows = await select(database, row, behind, [
    asked.map(({ terminal }) => terminal),
    asked.map(({ generation }) => generation),
    asked.map(({ seq }) => seq),
  ])
  const isAsked = new Set(asked.map(({ id }) => id))
  for (const { record: bytes, code } of rows) {
    const record = parseRecord(bytes.toString('utf8'))
    if (record?.kind !== 'visit-proxy' || !isAsked.has(record.payload.of) || found.has(record.payload.of)) continue
    found.set(record.payload.of, { record, doubt: code })
  }
  return found
}

/** The masked name of who vouched for a senior; an empty text where nobody of that reference is or was registered for them. */
export async function voucherName(database: Queryable, senior: SeniorId, { record }: Voucher): Promise<string> {
  const { site, proxy } = record.payload
  const [found] = await select(
    database,
    z.object({ site_key: z.instanceof(Buffer) }),
    'select site_key from site where site_id = $1',
    [site],
  )
  return found === undefined ? '' : await maskedProxy(database, new Uint8Array(found.site_key), senior, proxy)
}
