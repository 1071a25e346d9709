import { z } from 'zod'
import type { HistoryBody, HistoryReply } from '../shared/province-api.ts'
import { type Database, select } from './database.ts'
import type { Caller } from './envelope-desk.ts'

const row = z.object({
  generation: z.int(),
  seq: z.int(),
  record: z.instanceof(Buffer),
  signature: z.string(),
  verdict: z.string(),
})
const headRow = z.object({ generation: z.int(), seq: z.int(), hash: z.string() })

/** A terminal's own records after a place, as they came: for one whose disk was lost or whose backup was restored. */
export async function readHistory(database: Database, caller: Caller, body: HistoryBody): Promise<HistoryReply> {
  const rows = await select(
    database.pool,
    row,
    `select generation, seq, record, signature, verdict from ledger
      where terminal_id = $1 and (generation, seq) > ($2, $3) and generation < $4
      order by generation, seq limit $5`,
    [caller.terminal, body.after.generation, body.after.seq, body.before ?? Number.MAX_SAFE_INTEGER, body.limit],
  )
  const heads = await select(
    database.pool,
    headRow,
    'select generation, seq, hash from watermark where terminal_id = $1 order by generation',
    [caller.terminal],
  )
  return {
    items: rows.map(({ record, verdict, ...rest }) => ({
      ...rest,
      record: record.toString('utf8'),
      counted: verdict !== 'rejected',
    })),
    more: rows.length === body.limit,
    heads,
  }
}
