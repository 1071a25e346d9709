import { type VerdictCode, verdictCode } from '../../../shared/province-api.ts'
import type { Db } from './open-database.ts'

/** How many records are told one by one; the rest is counted. */
const mostTold = 20

/** A record that the province stored and wants somebody to look at. */
export interface DoubtedRecord {
  readonly generation: number
  readonly seq: number
  /** Null where the record is not in this ledger any more. */
  readonly id: string | null
  /** When it was made (ms); null as above. */
  readonly at: number | null
  /** What the province doubts; null where it gave no reason, or one that this program does not know. */
  readonly code: VerdictCode | null
}

/** The newest records that the province wants looked at, newest first, twenty at the most. */
export function doubtedRecords(db: Db): DoubtedRecord[] {
  const rows = db
    .prepare<[number], Omit<DoubtedRecord, 'code'> & { code: string | null }>(
      `SELECT generation, seq, coalesce(record.id, history.id) AS id, coalesce(record.at, history.at) AS at, verdict.code
         FROM verdict LEFT JOIN record USING (generation, seq) LEFT JOIN history USING (generation, seq)
        ORDER BY generation DESC, seq DESC LIMIT ?`,
    )
    .all(mostTold)
  return rows.map(({ code, ...rest }) => ({ ...rest, code: verdictCode.safeParse(code).data ?? null }))
}
