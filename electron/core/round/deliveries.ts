import { addDays, type BusinessDate, businessDateOf } from '../../../shared/business-day.ts'
import { parseRecord } from '../../../shared/countable.ts'
import type { RecordId } from '../../../shared/ids.ts'
import type { LedgerRecord } from '../../../shared/record.ts'
import type { SeenAtDoor } from '../../../shared/round/result.ts'
import type { Db } from '../store/open-database.ts'
import { followedDays } from '../visit/follow-up.ts'

export type Delivery = Extract<LedgerRecord, { kind: 'delivery' }>

/** What the ledger says of deliveries, of this disk and of what came back from the province. */
export interface Deliveries {
  /** Who was not seen well and whom nobody has seen well since, each by the last such record; the oldest first. */
  notSeen(today: BusinessDate): Delivery[]
  /** How the senior of a stop was seen as the newest record of it says; null where none is there. */
  lastSeen(stop: { round: string; stop: number }, since: BusinessDate): SeenAtDoor | null
  /** True where the site bears a part of this sale's price, so that nothing of it is the senior's to be paid back. */
  isCarried(sale: RecordId, soldOn: BusinessDate): boolean
}

/** The day at the door: a phone's clock may be wrong, and none delivers after it was recorded. */
function dayOf({ businessDate, payload }: Delivery): BusinessDate {
  const served = businessDateOf(payload.servedAt)
  return served < businessDate ? served : businessDate
}

const inLedgerOrder = (one: LedgerRecord, other: LedgerRecord) =>
  one.generation - other.generation || one.seq - other.seq

export function createDeliveries(db: Db): Deliveries {
  const since = (kinds: string) =>
    db.prepare<[string, string], { bytes: Buffer }>(
      `SELECT bytes FROM history WHERE business_date >= ? AND kind IN (${kinds})
       UNION ALL SELECT bytes FROM record WHERE business_date >= ? AND kind IN (${kinds})`,
    )
  const selectBoth = since("'delivery', 'follow-up'")
  const selectDeliveries = since("'delivery'")
  // Put in order here: the database would go through every page of the ledger for it.
  const read = (rows: readonly { bytes: Buffer }[]) =>
    rows.flatMap(({ bytes }) => parseRecord(bytes.toString('utf8')) ?? []).sort(inLedgerOrder)

  return {
    notSeen(today) {
      const from = addDays(today, -followedDays)
      const records = read(selectBoth.all(from, from))
      const seenTo = new Set(records.flatMap(record => (record.kind === 'follow-up' ? [record.payload.of] : [])))
      const open = new Map<string, Delivery>()
      for (const record of records) {
        if (record.kind !== 'delivery') continue
        const { senior, seen } = record.payload
        const before = open.get(senior)
        // Yesterday's round may come after today's: whoever was well yesterday was not seen well since.
        if (seen !== 'well') open.set(senior, record)
        else if (before !== undefined && dayOf(record) >= dayOf(before)) open.delete(senior)
      }
      return [...open.values()].filter(({ id }) => !seenTo.has(id))
    },
    lastSeen: ({ round, stop }, since) =>
      read(selectDeliveries.all(since, since))
        .flatMap(record => (record.kind === 'delivery' ? [record.payload] : []))
        .findLast(payload => payload.round === round && payload.stop === stop)?.seen ?? null,
    isCarried: (sale, soldOn) =>
      read(selectDeliveries.all(soldOn, soldOn)).some(
        record => record.kind === 'delivery' && record.payload.of === sale && record.payload.carriedFen > 0,
      ),
  }
}
