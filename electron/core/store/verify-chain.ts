import { fromBase64Url } from '../../../shared/bytes.ts'
import { chainStart, ledgerRecord, recordBytes, recordHash } from '../../../shared/record.ts'
import type { Suite } from '../../../shared/suite.ts'
import type { Db } from './open-database.ts'

export type ChainFinding = {
  readonly generation: number
  readonly seq: number
  readonly finding: 'GAP' | 'CHAIN_BROKEN' | 'BAD_SIGNATURE' | 'BAD_RECORD' | 'NO_KEY'
}

interface Row {
  generation: number
  seq: number
  bytes: Buffer
  signature: Buffer
}

/**
 * Checks the chain from its start or over its last `last` records: sequence, `prev`, signatures and canonical bytes. Keys come from
 * the chain's own key-change records, so a check of the last records takes the key that they name first.
 */
export async function verifyChain(
  db: Db,
  suite: Suite,
  last?: number,
): Promise<{ checked: number; findings: ChainFinding[] }> {
  const rows = db
    .prepare<[number], Row>(
      'SELECT generation, seq, bytes, signature FROM (SELECT * FROM record ORDER BY generation DESC, seq DESC LIMIT ?) ORDER BY generation, seq',
    )
    .all(last ?? -1)
  const whole = last === undefined || rows.length < last
  const findings: ChainFinding[] = []
  let prev = whole ? chainStart : null
  let place: { generation: number; seq: number } | null = null
  let key = whole ? null : lastKeyBefore(db, rows[0])
  for (const row of rows) {
    const here = { generation: row.generation, seq: row.seq }
    const text = row.bytes.toString('utf8')
    const parsed = ledgerRecord.safeParse(safeJson(text))
    const expectedSeq: number =
      place === null ? (whole ? 1 : row.seq) : place.generation === row.generation ? place.seq + 1 : 1
    if (row.seq !== expectedSeq) findings.push({ ...here, finding: 'GAP' })
    place = here
    if (!parsed.success || Buffer.compare(Buffer.from(recordBytes(parsed.data)), row.bytes) !== 0) {
      findings.push({ ...here, finding: 'BAD_RECORD' })
      prev = recordHash(row.bytes)
      continue
    }
    const record = parsed.data
    if (record.generation !== row.generation || record.seq !== row.seq || (prev !== null && record.prev !== prev))
      findings.push({ ...here, finding: 'CHAIN_BROKEN' })
    if (record.kind === 'key-change') key = fromBase64Url(record.payload.ledgerKey)
    if (key === null) findings.push({ ...here, finding: 'NO_KEY' })
    else if (!(await suite.verify(key, row.bytes, row.signature))) findings.push({ ...here, finding: 'BAD_SIGNATURE' })
    prev = recordHash(row.bytes)
  }
  return { checked: rows.length, findings }
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // A record that is no JSON is reported as BAD_RECORD by the parse that follows.
    return null
  }
}

function lastKeyBefore(db: Db, first: Row | undefined): Uint8Array | null {
  if (!first) return null
  const row = db
    .prepare<[number, number], { bytes: Buffer }>(
      "SELECT bytes FROM record WHERE kind = 'key-change' AND (generation, seq) <= (?, ?) ORDER BY generation DESC, seq DESC LIMIT 1",
    )
    .get(first.generation, first.seq)
  const parsed = row ? ledgerRecord.safeParse(safeJson(row.bytes.toString('utf8'))) : null
  return parsed?.success && parsed.data.kind === 'key-change' ? fromBase64Url(parsed.data.payload.ledgerKey) : null
}
