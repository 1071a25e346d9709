import { fromBase64Url } from '../../../shared/bytes.ts'
import { parseRecord } from '../../../shared/countable.ts'
import type { Finding } from '../../../shared/findings.ts'
import { chainStart, type LedgerRecord, recordHash } from '../../../shared/record.ts'
import type { Suite } from '../../../shared/suite.ts'
import { hasHistory } from '../store/all-records.ts'
import type { Documents } from '../store/documents.ts'
import { refillProgress, tallyHistory } from '../store/history.ts'
import type { Db } from '../store/open-database.ts'
import { type ChainFinding, columnsAgree, type RecordRow } from '../store/verify-chain.ts'
import { nameChainFindings } from './findings.ts'

const pageSize = 500

interface Key {
  readonly generation: number
  readonly seq: number
  readonly key: Uint8Array
}

/**
 * What came back from the province after a restore or a lost disk: linked and signed like the chain that it was, and as much as was noted when it came.
 * @param documents open the note of what came; null looks at links and signatures alone
 */
export async function historyFindings(db: Db, suite: Suite, documents: Documents | null): Promise<Finding[]> {
  if (!hasHistory(db)) return []
  const keys = keysIn(db)
  const notes: ChainFinding[] = []
  let before: RecordRow | null = null
  for (const page of pagesOf(db)) {
    for (const row of page) {
      const { generation, seq } = row
      for (const finding of await faultsOf(db, suite, keys, row, before)) notes.push({ generation, seq, finding })
      before = row
    }
  }
  const findings = nameChainFindings(notes).map((finding): Finding => ({ ...finding, detail: 'history' }))
  if (findings.length === 0 && documents && !isAsNoted(db, documents, before))
    findings.push({ code: 'HISTORY_DIFFERS', place: null })
  return findings
}

/** What the province rejected as no record came back too, and lies there as it is. */
async function faultsOf(
  db: Db,
  suite: Suite,
  keys: readonly Key[],
  row: RecordRow,
  before: RecordRow | null,
): Promise<ChainFinding['finding'][]> {
  const record = parseRecord(row.bytes.toString('utf8'))
  const isThere = record === null || (record.generation === row.generation && record.seq === row.seq)
  const hash = recordHash(row.bytes)
  const agrees = record === null ? row.hash === hash : columnsAgree(record, row, hash)
  return [
    ...linkFaults(db, row, record, before),
    ...(isThere ? [] : (['MISPLACED'] as const)),
    ...((await isSigned(suite, signersOf(keys, row, record), row)) ? [] : (['BAD_SIGNATURE'] as const)),
    ...(isThere && !agrees ? (['ROW_DIFFERS'] as const) : []),
  ]
}

function linkFaults(db: Db, row: RecordRow, record: LedgerRecord | null, before: RecordRow | null) {
  if (row.seq > 1) {
    const isNext = before?.generation === row.generation && before.seq + 1 === row.seq
    const previous = isNext ? before.bytes : bytesInChain(db, row.generation, row.seq - 1)
    if (previous === null) return ['GAP'] as const
    return record && record.prev !== recordHash(previous) ? (['CHAIN_BROKEN'] as const) : []
  }
  if (record === null) return []
  const follows = row.generation === 1 ? record.prev === chainStart : isHere(db, record.prev)
  return follows ? [] : (['CHAIN_BROKEN'] as const)
}

function bytesInChain(db: Db, generation: number, seq: number): Buffer | null {
  const row = db
    .prepare<[number, number], { bytes: Buffer }>('SELECT bytes FROM record WHERE generation = ? AND seq = ?')
    .get(generation, seq)
  return row?.bytes ?? null
}

function isHere(db: Db, hash: string): boolean {
  const select = 'SELECT 1 AS n FROM record WHERE hash = ? UNION ALL SELECT 1 FROM history WHERE hash = ? LIMIT 1'
  return db.prepare<[string, string], { n: number }>(select).get(hash, hash) !== undefined
}

/** Every key that a record of the chain or of the history announces, oldest first. */
function keysIn(db: Db): Key[] {
  const select = "SELECT generation, seq, bytes FROM %s WHERE kind = 'key-change'"
  const rows = db
    .prepare<[], { generation: number; seq: number; bytes: Buffer }>(
      `${select.replace('%s', 'record')} UNION ALL ${select.replace('%s', 'history')} ORDER BY generation, seq`,
    )
    .all()
  return rows.flatMap(({ generation, seq, bytes }) => {
    const record = parseRecord(bytes.toString('utf8'))
    return record?.kind === 'key-change' ? [{ generation, seq, key: fromBase64Url(record.payload.ledgerKey) }] : []
  })
}

/** The keys that may have signed a record: the one in force, and, where a disk was lost, the one that the record itself announces. */
function signersOf(keys: readonly Key[], row: RecordRow, record: LedgerRecord | null): Uint8Array[] {
  const inForce = (generation: number, upTo: number) =>
    keys.findLast(key => key.generation === generation && key.seq <= upTo)?.key
  const own = inForce(row.generation, row.seq - 1)
  if (own) return [own]
  if (record?.kind !== 'key-change') return []
  const { lastHead, ledgerKey } = record.payload
  const last = lastHead && inForce(lastHead.generation, lastHead.seq)
  return [...(last ? [last] : []), fromBase64Url(ledgerKey)]
}

async function isSigned(suite: Suite, signers: readonly Uint8Array[], row: RecordRow): Promise<boolean> {
  for (const key of signers) if (await suite.verify(key, row.bytes, row.signature)) return true
  return false
}

/** Whether the history is the one that the terminal noted with each page. An older version of this program noted how far it went alone. */
function isAsNoted(db: Db, documents: Documents, last: RecordRow | null): boolean {
  const noted = documents.read('refill', refillProgress)
  const tally = tallyHistory(db)
  if (noted === null) return tally.rows === 0
  if (noted.held) return noted.held.rows === tally.rows && noted.held.digest === tally.digest
  if (tally.rows < noted.records) return false
  return noted.records === 0 || (last?.generation === noted.after.generation && last.seq === noted.after.seq)
}

/** The history, some rows at a time: the connection is free while signatures are looked at. */
function* pagesOf(db: Db): Generator<RecordRow[]> {
  const select = db.prepare<[number, number, number], RecordRow>(
    `SELECT generation, seq, id, kind, at, business_date, meal, bytes, signature, hash FROM history
      WHERE (generation, seq) > (?, ?) ORDER BY generation, seq LIMIT ?`,
  )
  let place = { generation: 0, seq: 0 }
  for (;;) {
    const page = select.all(place.generation, place.seq, pageSize)
    const end = page.at(-1)
    if (end === undefined) return
    yield page
    place = end
  }
}
