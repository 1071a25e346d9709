import { fromBase64Url } from '../../../shared/bytes.ts'
import { chainStart, type LedgerRecord, ledgerRecord, recordBytes, recordHash } from '../../../shared/record.ts'
import type { Suite } from '../../../shared/suite.ts'
import type { Db } from './open-database.ts'
import { isTorn } from './store-fault.ts'

/**
 * `GAP` a record is missing; `MISPLACED` a record lies at another place than its own; `CHAIN_BROKEN` a record does not follow the one before
 * it; `BAD_SIGNATURE` the key in force did not sign it; `BAD_RECORD` its bytes are no canonical record; `NO_KEY` no key-change stands before
 * it; `ROW_DIFFERS` the columns beside the bytes say otherwise than the bytes; `UNREADABLE` the database itself is damaged (generation and
 * seq are 0 then).
 */
export type ChainFinding = {
  readonly generation: number
  readonly seq: number
  readonly finding:
    | 'GAP'
    | 'MISPLACED'
    | 'CHAIN_BROKEN'
    | 'BAD_SIGNATURE'
    | 'BAD_RECORD'
    | 'NO_KEY'
    | 'ROW_DIFFERS'
    | 'UNREADABLE'
}

const pageSize = 500

/** A record as it lies in the database: its bytes, and the columns by which it is looked up. */
export interface RecordRow {
  generation: number
  seq: number
  id: string
  kind: string
  at: number
  business_date: string
  meal: string | null
  bytes: Buffer
  signature: Buffer
  hash: string
}

/** The record before the one that is looked at: null at the start of the chain and of a partial check. */
interface Before {
  readonly generation: number
  readonly seq: number
  readonly hash: string
}

/**
 * Checks the chain from its start or over its last `last` records, by the rules of docs/record-format.md: sequence, `prev`, signatures,
 * canonical bytes and the start of each generation. Keys come from the chain's own key-change records.
 */
export async function verifyChain(
  db: Db,
  suite: Suite,
  last?: number,
): Promise<{ checked: number; findings: ChainFinding[] }> {
  const findings: ChainFinding[] = []
  let checked = 0
  try {
    const first = last === undefined ? null : firstOfLast(db, last)
    const whole = first === null
    let key = first === null ? null : keyBefore(db, first)
    let before: Before | null = null
    for (const page of pagesFrom(db, first)) {
      const looks: { row: RecordRow; notes: ChainFinding['finding'][]; genuine: Promise<boolean> | null }[] = []
      for (const row of page) {
        const notes: ChainFinding['finding'][] = []
        const look: (typeof looks)[number] = { row, notes, genuine: null }
        looks.push(look)
        const previous: Before | null = before
        before = { generation: row.generation, seq: row.seq, hash: recordHash(row.bytes) }
        const record = recordIn(row.bytes)
        if (row.seq !== expectedSeq(row, previous, whole)) notes.push('GAP')
        if (record === null) {
          notes.push('BAD_RECORD')
          continue
        }
        if (record.generation !== row.generation || record.seq !== row.seq) notes.push('MISPLACED')
        else if (!follows(record, previous, whole)) notes.push('CHAIN_BROKEN')
        if (!columnsAgree(record, row, before.hash)) notes.push('ROW_DIFFERS')
        const named = record.kind === 'key-change' ? fromBase64Url(record.payload.ledgerKey) : null
        const signer = key ?? named
        if (signer === null) notes.push('NO_KEY')
        else look.genuine = suite.verify(signer, row.bytes, row.signature)
        if (named !== null && (key === null || (await look.genuine))) key = named
      }
      for (const { row, notes, genuine } of looks) {
        if (genuine !== null && !(await genuine)) notes.push('BAD_SIGNATURE')
        for (const finding of notes) findings.push({ generation: row.generation, seq: row.seq, finding })
      }
      checked += page.length
    }
  } catch (error) {
    if (!isTorn(error)) throw error
    findings.push({ generation: 0, seq: 0, finding: 'UNREADABLE' })
  }
  return { checked, findings }
}

/**
 * What a sound chain can still hide: that another key than this terminal's is in force, that its end is gone although the province has
 * acknowledged it, or that the triggers that guard it were taken away. Null where it is this terminal's own and whole.
 */
export function foreignPartOf(
  db: Db,
  own: { ledgerKey: string; acknowledged: { generation: number; seq: number } },
): 'KEY' | 'TAIL' | 'TRIGGERS' | null {
  // A database of an older version of this program has no closed days, or no history.
  const guards = db
    .prepare<[], { whole: number }>(
      `SELECT (SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name IN
         ('record_no_update', 'record_no_delete', 'reversal_no_update', 'reversal_no_delete',
          'closed_day_no_update', 'closed_day_no_delete', 'history_no_update', 'history_no_delete'))
       = 2 * (SELECT count(*) FROM sqlite_master
               WHERE type = 'table' AND name IN ('record', 'reversal', 'closed_day', 'history')) AS whole`,
    )
    .get()
  if (guards?.whole !== 1) return 'TRIGGERS'
  const head = db
    .prepare<[], { generation: number; seq: number }>(
      'SELECT generation, seq FROM record ORDER BY generation DESC, seq DESC LIMIT 1',
    )
    .get()
  const { generation, seq } = own.acknowledged
  const reaches =
    head !== undefined && (head.generation > generation || (head.generation === generation && head.seq >= seq))
  if (seq > 0 && !reaches) return 'TAIL'
  const key = db
    .prepare<[], { bytes: Buffer }>(
      "SELECT bytes FROM record WHERE kind = 'key-change' ORDER BY generation DESC, seq DESC LIMIT 1",
    )
    .get()
  const record = key ? recordIn(key.bytes) : null
  return record?.kind === 'key-change' && record.payload.ledgerKey !== own.ledgerKey ? 'KEY' : null
}

interface Place {
  readonly generation: number
  readonly seq: number
}

/** The place of the first of the last records; null where there are no more of them, so that a check of these is one of all. */
function firstOfLast(db: Db, last: number): Place | null {
  const row = db
    .prepare<[number], Place>('SELECT generation, seq FROM record ORDER BY generation DESC, seq DESC LIMIT 2 OFFSET ?')
    .all(last - 1)
  return row.length === 2 ? (row[0] ?? null) : null
}

/** The rows from a place on, or all, some at a time: a ledger of years does not fit into memory at once. */
function* pagesFrom(db: Db, first: Place | null): Generator<RecordRow[]> {
  const select = db.prepare<[number, number, number], RecordRow>(
    `SELECT generation, seq, id, kind, at, business_date, meal, bytes, signature, hash FROM record
      WHERE (generation, seq) > (?, ?) ORDER BY generation, seq LIMIT ?`,
  )
  let place: Place = first === null ? { generation: 0, seq: 0 } : { ...first, seq: first.seq - 1 }
  for (;;) {
    const page = select.all(place.generation, place.seq, pageSize)
    const end = page.at(-1)
    if (end === undefined) return
    yield page
    place = end
  }
}

function keyBefore(db: Db, first: Place): Uint8Array | null {
  const row = db
    .prepare<[number, number], { bytes: Buffer }>(
      "SELECT bytes FROM record WHERE kind = 'key-change' AND (generation, seq) < (?, ?) ORDER BY generation DESC, seq DESC LIMIT 1",
    )
    .get(first.generation, first.seq)
  const record = row ? recordIn(row.bytes) : null
  return record?.kind === 'key-change' ? fromBase64Url(record.payload.ledgerKey) : null
}

/** The record whose canonical bytes these are; null where they are none. */
function recordIn(bytes: Buffer): LedgerRecord | null {
  const parsed = ledgerRecord.safeParse(safeJson(bytes.toString('utf8')))
  return parsed.success && bytes.equals(recordBytes(parsed.data)) ? parsed.data : null
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // A record that is no JSON is reported as BAD_RECORD by the parse that follows.
    return null
  }
}

/** A partial check takes its first record's place as given. */
function expectedSeq(row: RecordRow, before: Before | null, whole: boolean): number {
  if (before === null) return whole ? 1 : row.seq
  return before.generation === row.generation ? before.seq + 1 : 1
}

function follows(record: LedgerRecord, before: Before | null, whole: boolean): boolean {
  if (before === null) return !whole || startsChain(record)
  if (record.prev !== before.hash) return false
  return before.generation === record.generation || startsGeneration(record, before)
}

/** The first record of all: of generation 1, or, where a lost disk was replaced, of the generation after the head that the province knew. */
function startsChain(record: LedgerRecord): boolean {
  if (record.generation === 1) return record.prev === chainStart && startsGeneration(record, null)
  const named = record.kind === 'key-change' ? record.payload.lastHead : null
  return named !== null && named.generation + 1 === record.generation && named.hash === record.prev
}

/** A generation starts with a key-change that names the last head known, the first one with none. */
function startsGeneration(record: LedgerRecord, head: Before | null): boolean {
  if (record.kind !== 'key-change') return false
  const { lastHead } = record.payload
  if (head === null || lastHead === null) return head === lastHead
  return lastHead.generation === head.generation && lastHead.seq === head.seq && lastHead.hash === head.hash
}

/** Whether the columns beside a record say what the record says; `hash` is that of its bytes. */
export function columnsAgree(record: LedgerRecord, row: RecordRow, hash: string): boolean {
  return (
    row.id === record.id &&
    row.kind === record.kind &&
    row.at === record.at &&
    row.business_date === record.businessDate &&
    row.meal === (record.kind === 'sale' ? record.payload.meal : null) &&
    row.hash === hash
  )
}
