import type { BusinessDate } from '../../../shared/business-day.ts'
import { businessDate } from '../../../shared/business-day.ts'
import { type OperatorId, operatorId, type RecordId, type TerminalId } from '../../../shared/ids.ts'
import { chainStart, type LedgerRecord, ledgerRecord, recordBytes, recordHash } from '../../../shared/record.ts'
import type { Signer } from '../../../shared/suite.ts'
import type { Db } from './open-database.ts'

type Draft = LedgerRecord extends infer Kind
  ? Kind extends LedgerRecord
    ? Pick<Kind, 'kind' | 'id' | 'at' | 'payload'>
    : never
  : never

type LastHead = Extract<LedgerRecord, { kind: 'key-change' }>['payload']['lastHead']

/** The newest record of the chain; null before the first. */
export interface Head {
  readonly generation: number
  readonly seq: number
  readonly hash: string
  readonly businessDate: BusinessDate
  readonly at: number
}

export interface StoredRecord {
  readonly record: LedgerRecord
  readonly text: string
  readonly signature: Buffer
  readonly generation: number
  readonly seq: number
}

/** A stored record as its columns and bytes are, unread. */
export interface WaitingRecord {
  readonly generation: number
  readonly seq: number
  readonly id: string
  readonly kind: string
  readonly text: string
  readonly signature: Buffer
}

interface Row {
  generation: number
  seq: number
  bytes: Buffer
  signature: Buffer
}

export interface Ledger {
  head(): Head | null
  /** The business date now: never before that of the newest record, nor `notBefore`. */
  businessDateAt(clockDate: BusinessDate): BusinessDate
  /** Where the chain went on last after a lost disk or a restored backup: until a refill, what was used before is not known here. Null where nothing was lost. */
  resumed(): {
    readonly generation: number
    readonly on: BusinessDate
    readonly lastHead: NonNullable<LastHead>
  } | null
  /** The last record before the oldest of such places whose generation is above `generation`; null where there is none. */
  resumedFirst(generation: number): NonNullable<LastHead> | null
  /** True where this very record is in the chain here. */
  holds(place: NonNullable<LastHead>): boolean
  /** A record of the chain, or of the history that came back from the province. */
  byId(id: string): StoredRecord | null
  /** Sales of a business day, newest first. */
  sales(date: BusinessDate, limit: number): StoredRecord[]
  saleTimes(date: BusinessDate): { at: number; meal: string | null; id: string }[]
  reversalOf(id: string): string | null
  reverse(of: RecordId, by: RecordId): void
  dayIsClosed(date: BusinessDate): boolean
  /** Belongs into the transaction of the record that closes the day; throws where the day is closed. */
  closeDay(date: BusinessDate, by: { readonly id: RecordId; readonly generation: number; readonly seq: number }): void
  /** Who of the staff compared the person of a check-in, on this business day or later; null where nobody did. */
  comparedBy(checkIn: string, since: BusinessDate): OperatorId | null
  /** Records after a place of the chain, oldest first. */
  after(place: { generation: number; seq: number }, limit: number): StoredRecord[]
  /** Changes of means and proxies above a place, in their order. */
  changesOfPeople(place: { generation: number; seq: number }): StoredRecord[]
  /** The same as they lie there, readable or not: what was spoilt is for the province to judge, and holds back nothing behind it. */
  waiting(place: { generation: number; seq: number }, limit: number): WaitingRecord[]
  /** What people did that waits above a place: sales, voids, what was made good, visits, changes of means and proxies, consents; not the terminal's own records of shifts and rights. */
  unsent(place: { generation: number; seq: number }): { count: number; oldestAt: number | null }
  /** Runs one piece of work at a time: whoever holds the turn finds the head still where it was. */
  inTurn<T>(work: () => Promise<T>): Promise<T>
  /**
   * Signs the draft as the chain's next record and stores it, with `also`, in one immediate transaction. Call it inside `inTurn`.
   * `begin` opens a generation after that head: the next one, or `generation` where that is higher. `also` may return false to store nothing. Gives null then, and where the head moved meanwhile.
   */
  append(
    draft: Draft,
    options?: {
      begin?: NonNullable<LastHead>
      generation?: number
      also?: Also
    },
  ): Promise<LedgerRecord | null>
  /** The same for records that stand or fall together, in their order. */
  appendAll(drafts: readonly { readonly draft: Draft; readonly also: Also }[]): Promise<LedgerRecord[] | null>
}

/** What a record brings about, in its transaction. False: nothing is stored. */
type Also = (record: LedgerRecord) => boolean | undefined

/** Takes back the transaction of records that were not to be stored. */
class NotStored extends Error {}

/** The append-only chain of signed records of one terminal. */
export function createLedger(
  db: Db,
  options: {
    terminal: TerminalId
    signer: Signer
    bootId: string
    clockDate(at: number): BusinessDate
    /** A date before which no record is dated, whatever the clock says; null or absent while there is none. */
    notBefore?(): BusinessDate | null
  },
): Ledger {
  const columns = 'generation, seq, bytes, signature'
  const selectHead = db.prepare<
    [],
    { generation: number; seq: number; hash: string; business_date: string; at: number }
  >('SELECT generation, seq, hash, business_date, at FROM record ORDER BY generation DESC, seq DESC LIMIT 1')
  const insert = db.prepare(
    'INSERT INTO record (generation, seq, id, kind, at, business_date, meal, bytes, signature, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const selectById = db.prepare<[string], Row>(`SELECT ${columns} FROM record WHERE id = ?`)
  const selectSales = db.prepare<[string, number], Row>(
    `SELECT ${columns} FROM record WHERE business_date = ? AND kind = 'sale' ORDER BY at DESC, seq DESC LIMIT ?`,
  )
  const selectPastById = db.prepare<[string], Row>(`SELECT ${columns} FROM history WHERE id = ?`)
  const selectPastSales = db.prepare<[string, number], Row>(
    `SELECT ${columns} FROM history WHERE business_date = ? AND kind = 'sale' ORDER BY at DESC, seq DESC LIMIT ?`,
  )
  const selectPastTimes = db.prepare<[string], { at: number; meal: string | null; id: string }>(
    "SELECT at, meal, id FROM history WHERE business_date = ? AND kind = 'sale'",
  )
  const selectResumed = db.prepare<[], Row>(
    `SELECT ${columns} FROM record WHERE seq = 1 AND generation > 1 ORDER BY generation DESC LIMIT 1`,
  )
  const selectResumedFirst = db.prepare<[number], Row>(
    `SELECT ${columns} FROM record WHERE seq = 1 AND generation > max(1, ?) ORDER BY generation LIMIT 1`,
  )
  const selectHash = db.prepare<[number, number], { hash: string }>(
    'SELECT hash FROM record WHERE generation = ? AND seq = ?',
  )
  const selectTimes = db.prepare<[string], { at: number; meal: string | null; id: string }>(
    "SELECT at, meal, id FROM record WHERE business_date = ? AND kind = 'sale'",
  )
  const selectReversal = db.prepare<[string], { by_id: string }>('SELECT by_id FROM reversal WHERE of_id = ?')
  const insertReversal = db.prepare('INSERT INTO reversal (of_id, by_id) VALUES (?, ?)')
  const selectClosed = db.prepare<[string], { record_id: string }>(
    'SELECT record_id FROM closed_day WHERE business_date = ?',
  )
  const insertClosed = db.prepare(
    'INSERT INTO closed_day (business_date, record_id, generation, seq) VALUES (?, ?, ?, ?)',
  )
  // A spoilt text says nothing.
  const said = (path: string) =>
    `CASE WHEN json_valid(CAST(bytes AS TEXT)) THEN json_extract(CAST(bytes AS TEXT), '$.payload.${path}') END`
  const selectCompared = db.prepare<[string, string], { operator: string }>(
    `SELECT ${said('operator')} AS operator FROM record
      WHERE business_date >= ? AND kind = 'override' AND ${said('of')} = ? AND ${said('what')} = 'assurance' LIMIT 1`,
  )
  const selectAfter = db.prepare<[number, number, number], Row>(
    `SELECT ${columns} FROM record WHERE (generation, seq) > (?, ?) ORDER BY generation, seq LIMIT ?`,
  )
  const selectChanges = db.prepare<[number, number], Row>(
    `SELECT ${columns} FROM record WHERE (generation, seq) > (?, ?) AND kind IN ('means-change', 'proxy-change') ORDER BY generation, seq`,
  )
  const selectWaiting = db.prepare<[number, number, number], Row & { id: string; kind: string }>(
    `SELECT ${columns}, id, kind FROM record WHERE (generation, seq) > (?, ?) ORDER BY generation, seq LIMIT ?`,
  )
  const countAfter = db.prepare<[number, number], { n: number; oldest: number | null }>(
    `SELECT count(*) AS n, min(at) AS oldest FROM record WHERE (generation, seq) > (?, ?)
     AND kind IN ('sale', 'void', 'refund', 'late-entry', 'made-good', 'visit-in', 'visit-out', 'late-visit', 'attendance', 'follow-up', 'means-change', 'proxy-change', 'consent', 'delivery', 'payment-outcome')`,
  )

  function head(): Head | null {
    const row = selectHead.get()
    if (!row) return null
    const { business_date: date, ...rest } = row
    return { ...rest, businessDate: businessDate.parse(date) }
  }

  function businessDateAt(clockDate: BusinessDate): BusinessDate {
    const floors = [head()?.businessDate, options.notBefore?.()]
    return floors.reduce<BusinessDate>((date, floor) => (floor && floor > date ? floor : date), clockDate)
  }

  async function store(
    drafts: readonly { readonly draft: Draft; readonly also: Also }[],
    { begin, generation: wanted }: { begin?: NonNullable<LastHead>; generation?: number },
  ): Promise<LedgerRecord[] | null> {
    const before = head()
    const after = begin ?? before
    const isNew = begin !== undefined || before === null
    const generation = isNew ? Math.max((after?.generation ?? 0) + 1, wanted ?? 0) : before.generation
    const signed: { record: LedgerRecord; also: Also; bytes: Uint8Array; signature: Uint8Array; hash: string }[] = []
    for (const { draft, also } of drafts) {
      const record = ledgerRecord.parse({
        v: 1,
        suite: 'standard',
        terminal: options.terminal,
        generation,
        seq: (isNew ? 1 : before.seq + 1) + signed.length,
        prev: signed.at(-1)?.hash ?? after?.hash ?? chainStart,
        bootId: options.bootId,
        businessDate: businessDateAt(options.clockDate(draft.at)),
        ...draft,
      })
      const bytes = recordBytes(record)
      signed.push({ record, also, bytes, signature: await options.signer.sign(bytes), hash: recordHash(bytes) })
    }
    try {
      db.transaction(() => {
        if (head()?.hash !== before?.hash) throw new NotStored()
        for (const { record, also, bytes, signature, hash } of signed) {
          if (also(record) === false) throw new NotStored()
          const { seq, id, kind, at, businessDate: date } = record
          const meal = record.kind === 'sale' ? record.payload.meal : null
          const stored = [Buffer.from(bytes), Buffer.from(signature), hash]
          insert.run(generation, seq, id, kind, at, date, meal, ...stored)
        }
      }).immediate()
    } catch (error) {
      if (error instanceof NotStored) return null
      throw error
    }
    return signed.map(({ record }) => record)
  }

  let turn: Promise<unknown> = Promise.resolve()

  return {
    head,
    businessDateAt,
    resumed() {
      const first = openRow(selectResumed.get())?.record
      if (first?.kind !== 'key-change' || first.payload.lastHead === null) return null
      return { generation: first.generation, on: first.businessDate, lastHead: first.payload.lastHead }
    },
    resumedFirst(generation) {
      const first = openRow(selectResumedFirst.get(generation))?.record
      return first?.kind === 'key-change' ? first.payload.lastHead : null
    },
    holds: ({ generation, seq, hash }) => selectHash.get(generation, seq)?.hash === hash,
    byId: id => openRow(selectById.get(id) ?? selectPastById.get(id)),
    sales(date, limit) {
      const past = selectPastSales.all(date, limit)
      const here = selectSales.all(date, limit)
      const stored = [...here, ...past].map(readRow)
      if (past.length === 0) return stored
      return stored.sort((one, other) => other.record.at - one.record.at).slice(0, limit)
    },
    saleTimes: date => [...selectTimes.all(date), ...selectPastTimes.all(date)],
    reversalOf: id => selectReversal.get(id)?.by_id ?? null,
    reverse: (of, by) => void insertReversal.run(of, by),
    dayIsClosed: date => selectClosed.get(date) !== undefined,
    closeDay: (date, { id, generation, seq }) => void insertClosed.run(date, id, generation, seq),
    comparedBy(checkIn, since) {
      const found = selectCompared.get(since, checkIn)
      return found ? operatorId.parse(found.operator) : null
    },
    after: (place, limit) => selectAfter.all(place.generation, place.seq, limit).map(readRow),
    changesOfPeople: place => selectChanges.all(place.generation, place.seq).map(readRow),
    waiting: (place, limit) =>
      selectWaiting
        .all(place.generation, place.seq, limit)
        .map(({ bytes, ...row }) => ({ ...row, text: bytes.toString('utf8') })),
    unsent(place) {
      const row = countAfter.get(place.generation, place.seq)
      return { count: row?.n ?? 0, oldestAt: row?.oldest ?? null }
    },
    inTurn(work) {
      const mine = turn.then(work, work)
      turn = mine.catch(() => undefined)
      return mine
    },
    append: async (draft, { also = () => true, ...from } = {}) => (await store([{ draft, also }], from))?.[0] ?? null,
    appendAll: drafts => store(drafts, {}),
  }
}

function readRow(row: Row): StoredRecord {
  const text = row.bytes.toString('utf8')
  return {
    record: ledgerRecord.parse(JSON.parse(text)),
    text,
    signature: row.signature,
    generation: row.generation,
    seq: row.seq,
  }
}

function openRow(row: Row | undefined): StoredRecord | null {
  return row ? readRow(row) : null
}
