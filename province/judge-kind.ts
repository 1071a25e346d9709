import type { LedgerRecord } from '../shared/record.ts'
import type { Arrival } from './bookings.ts'
import type { VerdictCode } from './examine.ts'

type RecordOf<K extends LedgerRecord['kind']> = Extract<LedgerRecord, { kind: K }>

/**
 * Judges, in their order, the arrivals of one kind that nobody doubts yet; all others stay as they are.
 * @param doubtAbout why somebody should look at one, with all that came before it in the batch as it was judged
 */
export async function judgeKind<K extends LedgerRecord['kind']>(
  kind: K,
  arrivals: readonly Arrival[],
  doubtAbout: (record: RecordOf<K>, before: readonly Arrival[]) => Promise<VerdictCode | null>,
): Promise<Arrival[]> {
  const isOfKind = (record: LedgerRecord | null): record is RecordOf<K> => record?.kind === kind
  const judged: Arrival[] = []
  for (const arrival of arrivals) {
    const { record, code } = arrival
    const isNew = code === null && isOfKind(record)
    judged.push(isNew ? { ...arrival, code: await doubtAbout(record, judged) } : arrival)
  }
  return judged
}
