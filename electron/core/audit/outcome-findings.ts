import type { Finding } from '../../../shared/findings.ts'
import { outcomeIdOf, unconfirmedPayments } from '../../../shared/payment-outcome.ts'
import type { LedgerRecord } from '../../../shared/record.ts'
import { createDays } from '../store/day-records.ts'
import type { Db } from '../store/open-database.ts'

/** What came of a payment must be said of one that waited, of its amount, and under the id that is made of it, so that it is said once. */
export function outcomeFindings(db: Db, records: Iterable<LedgerRecord>): Finding[] {
  const found = [...records].filter(record => record.kind === 'payment-outcome')
  if (found.length === 0) return []
  const days = createDays(db)
  return found.flatMap(({ id, payload, generation, seq }) => {
    const { of, tender, fen } = payload
    const sale = days.byId(of)
    const isOfOne = sale !== null && unconfirmedPayments(sale).some(one => one.tender === tender && one.fen === fen)
    return isOfOne && id === outcomeIdOf(of, tender)
      ? []
      : [{ code: 'OUTCOMES_DIFFER' as const, place: { generation, seq } }]
  })
}
