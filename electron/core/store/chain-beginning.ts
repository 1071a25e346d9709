import { z } from 'zod'
import { type LedgerRecord, recordBytes, recordHash } from '../../../shared/record.ts'
import type { Documents } from './documents.ts'
import type { Db } from './open-database.ts'

const name = 'chain-beginning'
const enrolled = z.object({ lastHead: z.object({ generation: z.int() }).nullable() })
const beginning = z.strictObject({ generation: z.int(), hash: z.string() })

/** Remembers where this terminal's own chain begins: belongs into the transaction of its first record. */
export function noteBeginning(documents: Documents, first: LedgerRecord): void {
  documents.write(name, { generation: first.generation, hash: recordHash(recordBytes(first)) })
}

/**
 * `GONE` the ledger is empty or begins in a later generation than this terminal began it in; `OTHER` it begins with another record. Null where
 * its beginning is there, and where nothing was ever written.
 */
export function missingBeginning(db: Db, documents: Documents): 'GONE' | 'OTHER' | null {
  const first = db
    .prepare<[], { generation: number; bytes: Buffer }>(
      'SELECT generation, bytes FROM record ORDER BY generation, seq LIMIT 1',
    )
    .get()
  const noted = documents.read(name, beginning)
  if (noted === null) {
    // Begun by an older version of this program, which wrote no such note: the enrolment says whether a disk was lost.
    const lost = documents.read('enrolment', enrolled)?.lastHead
    return first && first.generation > 1 && first.generation !== (lost?.generation ?? 0) + 1 ? 'GONE' : null
  }
  if (first?.generation !== noted.generation) return 'GONE'
  return recordHash(first.bytes) === noted.hash ? null : 'OTHER'
}
