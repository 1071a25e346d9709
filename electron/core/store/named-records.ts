import type { BusinessDate } from '../../../shared/business-day.ts'
import { parseRecord } from '../../../shared/countable.ts'
import type { LedgerRecord, SeniorRef } from '../../../shared/record.ts'
import type { Db } from './open-database.ts'

/** Looks in the ledger, and in the history that came back from the province, for what stands in one senior's name. */
export interface NamedRecords {
  /** Records of some business dates, both included, in which a senior is named. */
  naming(senior: SeniorRef, from: BusinessDate, to: BusinessDate): LedgerRecord[]
  /** Voids and refunds of some business dates, whoever they are about. */
  takingBack(from: BusinessDate, to: BusinessDate): LedgerRecord[]
}

export function createNamedRecords(db: Db): NamedRecords {
  const both = (where: string) =>
    `SELECT bytes FROM record WHERE business_date BETWEEN @from AND @to AND ${where}
     UNION ALL SELECT bytes FROM history WHERE business_date BETWEEN @from AND @to AND ${where}`
  // To look for the text costs a hundredth of reading the record.
  const selectNaming = db.prepare<[{ senior: string; from: string; to: string }], { bytes: Buffer }>(
    both('instr(bytes, CAST(@senior AS BLOB)) > 0'),
  )
  const selectBacks = db.prepare<[{ from: string; to: string }], { bytes: Buffer }>(both("kind IN ('void', 'refund')"))
  /** A record that the disk has spoilt says nothing, and hides no other. */
  const readable = (rows: readonly { bytes: Buffer }[]) =>
    rows.flatMap(({ bytes }) => parseRecord(bytes.toString('utf8')) ?? [])
  return {
    naming: (senior, from, to) => readable(selectNaming.all({ senior, from, to })),
    takingBack: (from, to) => readable(selectBacks.all({ from, to })),
  }
}
