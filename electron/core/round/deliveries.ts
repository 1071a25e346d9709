import { addDays, type BusinessDate } from '../../../shared/business-day.ts'
import { parseRecord } from '../../../shared/countable.ts'
import type { RecordId } from '../../../shared/ids.ts'
import type { LedgerRecord } from '../../../shared/record.ts'
import type { Db } from '../store/open-database.ts'

export type Delivery = Extract<LedgerRecord, { kind: 'delivery' }>

/** How far back somebody who was not seen stays on the list. */
const followedDays = 62

/** What the ledger says of deliveries, of this disk and of what came back from the province. */
export interface Deliveries {
  /** The last word on each stop where the senior was not seen well, and nobody has seen to them since; the oldest first. */
  notSeen(today: BusinessDate): Delivery[]
  /** True where the site bears a part of this sale's price, so that nothing of it is the senior's to be paid back. */
  isCarried(sale: RecordId, soldOn: BusinessDate): boolean
}

export function createDeliveries(db: Db): Deliveries {
  const since = (kinds: string) =>
    db.prepare<[string, string], { bytes: Buffer }>(
      `SELECT bytes FROM history WHERE business_date >= ? AND kind IN (${kinds})
       UNION ALL SELECT bytes FROM record WHERE business_date >= ? AND kind IN (${kinds})`,
    )
  const selectBoth = since("'delivery', 'follow-up'")
  const selectDeliveries = since("'delivery'")
  const read = (rows: readonly { bytes: Buffer }[]) =>
    rows.flatMap(({ bytes }) => parseRecord(bytes.toString('utf8')) ?? [])

  return {
    notSeen(today) {
      const from = addDays(today, -followedDays)
      const records = read(selectBoth.all(from, from))
      const seenTo = new Set(records.flatMap(record => (record.kind === 'follow-up' ? [record.payload.of] : [])))
      const deliveries = records
        .flatMap(record => (record.kind === 'delivery' ? [record] : []))
        .sort((one, other) => one.payload.servedAt - other.payload.servedAt)
      // Whoever was seen well since is seen.
      const last = new Map(deliveries.map(delivery => [delivery.payload.senior, delivery]))
      return [...last.values()].filter(({ id, payload }) => payload.seen !== 'well' && !seenTo.has(id))
    },
    isCarried: (sale, soldOn) =>
      read(selectDeliveries.all(soldOn, soldOn)).some(
        record => record.kind === 'delivery' && record.payload.of === sale && record.payload.carriedFen > 0,
      ),
  }
}
