import { z } from 'zod'
import { utf8ToBytes } from '../../../shared/bytes.ts'
import { countableOf, parseRecord } from '../../../shared/countable.ts'
import type { TerminalId } from '../../../shared/ids.ts'
import type { HistoryItem, HistoryReply } from '../../../shared/province-api.ts'
import { chainStart, type LedgerRecord, recordHash } from '../../../shared/record.ts'
import type { Documents } from './documents.ts'
import type { Ledger } from './ledger.ts'
import type { Db } from './open-database.ts'
import type { Usage } from './usage.ts'

const place = z.strictObject({ generation: z.int().nonnegative(), seq: z.int().nonnegative() })
type Place = z.infer<typeof place>
const start: Place = { generation: 0, seq: 0 }

/** How far the refill for the generation `before` has come; `held` says all that the history holds, of earlier refills too. */
export const refillProgress = z.strictObject({
  ...{ before: z.int().positive(), after: place, records: z.int(), done: z.boolean() },
  /** Null where an older version of this program, which did not note it, refilled last. */
  held: z.strictObject({ rows: z.int().nonnegative(), digest: z.string() }).nullable().default(null),
})
type Tally = NonNullable<z.infer<typeof refillProgress>['held']>

/** How many records the history holds, and one digest over them all in their order. */
export function tallyHistory(db: Db): Tally {
  let tally: Tally = { rows: 0, digest: '' }
  const rows = db.prepare<[], { hash: string }>('SELECT hash FROM history ORDER BY generation, seq').iterate()
  for (const { hash } of rows) tally = withRow(tally, hash)
  return tally
}

function withRow({ rows, digest }: Tally, hash: string): Tally {
  return { rows: rows + 1, digest: recordHash(utf8ToBytes(digest + hash)) }
}

/**
 * Records of this terminal that it lost, with a disk or behind a restored backup, and got back from the province: read only, beside the chain
 * that goes on here. What they used counts; they can be taken back like others.
 */
export interface History {
  /** What the province is still to be asked for: records after a place, of generations below `before`. Null where nothing is missing. */
  due(): { readonly after: Place; readonly before: number } | null
  /** How many records came back since the ledger was resumed last. */
  refilled(): number
  /** Takes a page, whole or not at all. False where it is no continuation of this terminal's own chain. */
  take(page: HistoryReply): boolean
}

export function createHistory(parts: {
  db: Db
  documents: Documents
  ledger: Ledger
  usage: Usage
  terminal: TerminalId
}): History {
  const { db, documents, ledger, usage } = parts
  const insert = db.prepare(
    'INSERT INTO history (generation, seq, id, kind, at, business_date, meal, bytes, signature, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const hashesAt = db
    .prepare<[{ generation: number; seq: number }], string>(
      'SELECT hash FROM record WHERE generation = @generation AND seq = @seq UNION ALL SELECT hash FROM history WHERE generation = @generation AND seq = @seq',
    )
    .pluck()
  const isKnownHash = db.prepare<[string, string], { n: number }>(
    'SELECT count(*) AS n FROM (SELECT hash FROM record WHERE hash = ? UNION ALL SELECT hash FROM history WHERE hash = ?)',
  )
  let cached: { generation: number; state: z.infer<typeof refillProgress> | null } | null = null

  function state(): z.infer<typeof refillProgress> | null {
    const generation = ledger.head()?.generation ?? 0
    if (cached?.generation !== generation) cached = { generation, state: read() }
    return cached.state
  }

  function read(): z.infer<typeof refillProgress> | null {
    const resumed = ledger.resumed()
    if (resumed === null) return null
    const before = resumed.generation
    const stored = documents.read('refill', refillProgress)
    if (stored?.before === before) return stored
    // A refill that an earlier restore still waited for goes on from where it was, be it that it was never asked for.
    const after = stored !== null && !stored.done ? stored.after : placeBehind(stored?.before ?? 0)
    return { before, after, records: 0, done: false, held: stored === null ? tallyHistory(db) : stored.held }
  }

  /** Behind what the chain held when it was first resumed after the generation `refilled`. */
  function placeBehind(refilled: number): Place {
    const last = ledger.resumedFirst(refilled)
    return last !== null && ledger.holds(last) ? { generation: last.generation, seq: last.seq } : start
  }

  function linkOf(item: HistoryItem, record: LedgerRecord): boolean {
    const { generation, seq } = item
    if (seq > 1) return hashesAt.all({ generation, seq: seq - 1 }).includes(record.prev)
    if (generation === 1) return record.prev === chainStart
    return (isKnownHash.get(record.prev, record.prev)?.n ?? 0) > 0
  }

  /** Of a generation that this chain holds in part the province sends what is here too. */
  const isHere = ({ generation, seq, record }: HistoryItem) =>
    ledger.holds({ generation, seq, hash: recordHash(utf8ToBytes(record)) })

  function keep(item: HistoryItem): boolean {
    const { generation, seq } = item
    const bytes = utf8ToBytes(item.record)
    const parsed = parseRecord(item.record)
    const record = parsed?.generation === generation && parsed.seq === seq ? parsed : null
    if (record !== null && (record.terminal !== parts.terminal || !linkOf(item, record))) return false
    insert.run(
      ...[generation, seq, record?.id ?? `${generation}/${seq}`, record?.kind ?? '', record?.at ?? 0],
      ...[record?.businessDate ?? '', record?.kind === 'sale' ? record.payload.meal : null, Buffer.from(bytes)],
      ...[Buffer.from(item.signature, 'base64url'), recordHash(bytes)],
    )
    if (record !== null && item.counted) count(record)
    return true
  }

  /** What the record did to usage when it was made. */
  function count(record: LedgerRecord): void {
    const drawn = countableOf(record)
    if (drawn) draw(drawn, 1)
    if (record.kind === 'shift' && record.payload.event === 'day-close') {
      const { confirmedDate } = record.payload
      if (!ledger.dayIsClosed(confirmedDate)) ledger.closeDay(confirmedDate, record)
    }
    if (record.kind !== 'void' && record.kind !== 'refund') return
    const { of } = record.payload
    const sale = ledger.byId(of)
    if (sale === null || ledger.reversalOf(of) !== null) return
    ledger.reverse(of, record.id)
    const taken = countableOf(sale.record)
    if (record.kind === 'void' && taken) draw(taken, -1)
  }

  function draw({ senior, policy, debits }: NonNullable<ReturnType<typeof countableOf>>, sign: 1 | -1): void {
    if (senior === null) return
    for (const { limit, label, amount } of debits) usage.change(senior, policy.pack, `${limit}|${label}`, sign * amount)
  }

  return {
    due() {
      const now = state()
      return now === null || now.done ? null : { after: now.after, before: now.before }
    },
    refilled: () => state()?.records ?? 0,
    take(page) {
      const now = state()
      if (now === null || now.done) return false
      const last = page.items.at(-1)
      try {
        db.transaction(() => {
          const lost = page.items.filter(item => !isHere(item))
          for (const item of lost) if (!keep(item)) throw new NotOurs()
          const after = last ? { generation: last.generation, seq: last.seq } : now.after
          const hashes = lost.map(({ record }) => recordHash(utf8ToBytes(record)))
          const next = { ...now, after, records: now.records + hashes.length, done: !page.more }
          documents.write('refill', { ...next, held: now.held ? hashes.reduce(withRow, now.held) : tallyHistory(db) })
        }).immediate()
      } catch (error) {
        if (error instanceof NotOurs) return false
        throw error
      } finally {
        cached = null
      }
      return true
    },
  }
}

/** Rolls a page back whole. */
class NotOurs extends Error {}
