import { z } from 'zod'
import { parseRecord } from '../shared/countable.ts'
import type { Finding, FindingCode } from '../shared/findings.ts'
import { type TerminalId, terminalId } from '../shared/ids.ts'
import type { LedgerEnd } from '../shared/province-api.ts'
import { type Queryable, select } from './database.ts'

type Place = NonNullable<Finding['place']>

/** A finding in the ledger that a terminal sends, and when it was first seen. */
export type TerminalFinding = Finding & { readonly terminal: TerminalId; readonly place: Place }

/** Keeps what a call showed; seen again, it is kept once. */
export async function noteDoubt(database: Queryable, terminal: TerminalId, code: FindingCode, place: Place) {
  await database.query(
    `insert into ledger_doubt (terminal_id, generation, seq, code) values ($1, $2, $3, $4)
      on conflict (terminal_id, generation, seq, code) do update set last_seen = now()`,
    [terminal, place.generation, place.seq, code],
  )
}

const isBefore = (one: Place, other: Place) =>
  one.generation < other.generation || (one.generation === other.generation && one.seq < other.seq)

/**
 * Holds the end of a terminal's ledger against the newest record that is held of it. An end that lies before it, in a ledger that knows it had
 * more acknowledged, lost its tail; in one that does not know, it is an older copy as a whole.
 */
export async function weighLedgerEnd(
  database: Queryable,
  terminal: TerminalId,
  { head, acknowledged }: LedgerEnd,
): Promise<void> {
  const [held] = await select(
    database,
    z.object({ generation: z.int(), seq: z.int(), hash: z.string() }),
    'select generation, seq, hash from watermark where terminal_id = $1 order by generation desc limit 1',
    [terminal],
  )
  if (held === undefined) return
  const end = head ?? { generation: 1, seq: 0, hash: '' }
  if (isBefore(end, held))
    await noteDoubt(database, terminal, isBefore(end, acknowledged) ? 'TAIL_MISSING' : 'OLDER_COPY', held)
  else if (end.generation === held.generation && end.seq === held.seq && end.hash !== held.hash)
    await noteDoubt(database, terminal, 'LEDGER_FORKED', held)
}

const placed = { terminal_id: terminalId, generation: z.int(), seq: z.int() }
const oddRow = z.object({
  ...placed,
  hash: z.string(),
  record: z.instanceof(Buffer),
  code: z.string(),
  next: z.instanceof(Buffer).nullable(),
  code_before: z.string().nullable(),
})
const tampered = ['BAD_SIGNATURE', 'BAD_RECORD', 'CHAIN_BROKEN']

/** What was done to the ledgers of terminals, by place, each with a finding of its own; of one terminal, or of all. */
export async function findingsIn(database: Queryable, terminal: string | null): Promise<TerminalFinding[]> {
  const rows = await select(
    database,
    oddRow,
    `select odd.terminal_id, odd.generation, odd.seq, odd.hash, odd.record, odd.code,
        after.record as next, before.code as code_before
       from ledger odd
       left join ledger after on after.terminal_id = odd.terminal_id and after.generation = odd.generation
         and after.seq = odd.seq + 1
       left join ledger before on before.terminal_id = odd.terminal_id and before.generation = odd.generation
         and before.seq = odd.seq - 1
      where odd.code = any($1) and ($2::text is null or odd.terminal_id = $2)`,
    [tampered, terminal],
  )
  const doubts = await select(
    database,
    z.object({ ...placed, code: z.string() }),
    `select d.terminal_id, d.generation, d.seq, d.code from ledger_doubt d
       left join watermark w on w.terminal_id = d.terminal_id and w.generation = d.generation
      where ($1::text is null or d.terminal_id = $1)
        -- Records that came after all are missing no more.
        and not (d.code = 'RECORD_MISSING' and coalesce(w.seq, 0) >= d.seq)
     union
     select terminal_id, generation, seq, 'LEDGER_FORKED' from forked_record
      where $1::text is null or terminal_id = $1`,
    [terminal],
  )
  const found = [
    ...rows.flatMap(row => {
      const code = nameOf(row)
      return code === null ? [] : [{ ...row, code }]
    }),
    ...doubts.flatMap(row => {
      const code = ends.find(one => one === row.code)
      return code === undefined ? [] : [{ ...row, code }]
    }),
  ]
  return found
    .map(({ terminal_id, generation, seq, code }) => ({ terminal: terminal_id, code, place: { generation, seq } }))
    .sort((one, other) =>
      one.terminal === other.terminal
        ? one.place.generation - other.place.generation || one.place.seq - other.place.seq
        : one.terminal.localeCompare(other.terminal),
    )
}

const ends = ['RECORD_MISSING', 'TAIL_MISSING', 'OLDER_COPY', 'LEDGER_FORKED'] as const satisfies FindingCode[]

/** One change breaks its own record and the link of the next one: it is told once, at its own place. */
function nameOf({
  record,
  seq,
  generation,
  terminal_id,
  hash,
  code,
  next,
  code_before,
}: z.infer<typeof oddRow>): FindingCode | null {
  const read = parseRecord(record.toString('utf8'))
  if (code === 'CHAIN_BROKEN')
    return code_before === 'BAD_SIGNATURE' || code_before === 'BAD_RECORD' ? null : 'LINK_BROKEN'
  if (read === null) return 'BYTES_CHANGED'
  if (read.seq !== seq || read.generation !== generation || read.terminal !== terminal_id) return 'RECORD_MISPLACED'
  if (code === 'BAD_RECORD') return 'BYTES_CHANGED'
  const following = next && parseRecord(next.toString('utf8'))
  if (following === null) return 'SIGNATURE_BAD'
  return following.prev === hash ? 'SIGNED_BY_ANOTHER' : 'BYTES_CHANGED'
}
