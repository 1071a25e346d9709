import { type FileHandle, open, rm } from 'node:fs/promises'
import type { PoolClient } from 'pg'
import { z } from 'zod'
import { countableOf, parseRecord } from '../shared/countable.ts'
import { type DateRange, evidenceText } from '../shared/evidence.ts'
import { terminalId } from '../shared/ids.ts'
import type { KeyPair } from '../shared/suite.ts'
import { type Database, select, transaction } from './database.ts'
import { openInputs } from './examine.ts'

const row = z.object({
  terminal_id: terminalId,
  generation: z.int(),
  seq: z.int(),
  record: z.instanceof(Buffer),
  verdict: z.enum(['accepted', 'flagged']),
  code: z.string().nullable(),
  sealed: z.string().nullable(),
})
const pageSize = 500

/** A void or refund comes with the record that it takes back, whatever its own date. */
const pageOfEvidence = `
  select l.terminal_id, l.generation, l.seq, l.record, l.verdict, l.code, i.sealed
    from ledger l left join sale_inputs i
      on i.senior_id = l.senior_id and i.terminal_id = l.terminal_id and i.generation = l.generation and i.seq = l.seq
   where l.verdict in ('accepted', 'flagged') and (l.terminal_id, l.generation, l.seq) > ($1, $2, $3)
     and (l.business_date between $4 and $5 or exists (
       select 1 from voided v join ledger s on s.record_id = v.record_id
        where v.terminal_id = l.terminal_id and v.generation = l.generation and v.seq = l.seq
          and s.business_date between $4 and $5))
     and ($6::text is null or l.terminal_id in (select terminal_id from terminal where site_id = $6))
   order by l.terminal_id, l.generation, l.seq limit ${pageSize}`

/** What an export holds, and the records that were left out since they were rejected when they came. */
export interface Exported {
  readonly records: number
  readonly withInputs: number
  readonly rejected: number
}

/**
 * Writes the records that were taken, terminal by terminal in the order of their ledgers, with the inputs that open, to a new file that
 * only its owner may read (docs/evidence-format.md). One snapshot, however long it takes. A file that stays empty or unfinished is removed.
 * Throws where the file is there already or cannot be written.
 */
export async function exportEvidence(
  database: Database,
  sealing: readonly KeyPair[],
  options: { readonly out: string; readonly range: DateRange; readonly site: string | null },
): Promise<Exported> {
  const file = await open(options.out, 'wx', 0o600)
  try {
    const exported = await transaction(database, async client => {
      await client.query('set transaction isolation level repeatable read read only')
      return await writePages(client, sealing, file, options)
    })
    await file.sync()
    if (exported.records === 0) await rm(options.out, { force: true })
    return exported
  } catch (error) {
    await rm(options.out, { force: true })
    throw error
  } finally {
    await file.close()
  }
}

async function writePages(
  client: PoolClient,
  sealing: readonly KeyPair[],
  file: FileHandle,
  { range: { from, to }, site }: Parameters<typeof exportEvidence>[2],
): Promise<Exported> {
  let [records, withInputs] = [0, 0]
  let place: readonly [string, number, number] = ['', 0, 0]
  for (;;) {
    const page = await select(client, row, pageOfEvidence, [...place, from ?? '0000-01-01', to ?? '9999-12-31', site])
    const lines = await Promise.all(page.map(item => lineOf(item, sealing)))
    if (lines.length > 0) await file.appendFile(lines.map(line => `${evidenceText(line)}\n`).join(''))
    records += lines.length
    withInputs += lines.filter(({ opened }) => opened !== null).length
    const last = page.at(-1)
    if (last === undefined || page.length < pageSize) break
    place = [last.terminal_id, last.generation, last.seq]
  }
  const [count] = await select(
    client,
    z.object({ n: z.int() }),
    `select count(*) as n from ledger where verdict = 'rejected'
      and ($1::text is null or terminal_id in (select terminal_id from terminal where site_id = $1))`,
    [site],
  )
  return { records, withInputs, rejected: count?.n ?? 0 }
}

async function lineOf(
  { terminal_id, record, verdict, code, sealed }: z.infer<typeof row>,
  sealing: readonly KeyPair[],
) {
  const text = record.toString('utf8')
  const parsed = parseRecord(text)
  const hasInputs = parsed !== null && countableOf(parsed) !== null
  const opened = hasInputs ? await openInputs(sealed, sealing, terminal_id) : null
  return { record: text, opened, said: { verdict, code } }
}
