import { addDays, type BusinessDate, beginOf } from '../../../shared/business-day.ts'
import { parseRecord } from '../../../shared/countable.ts'
import type { RecordId } from '../../../shared/ids.ts'
import type { LedgerRecord } from '../../../shared/record.ts'
import type { SeenAtDoor } from '../../../shared/round/result.ts'
import type { Db } from '../store/open-database.ts'
import { followedDays } from '../visit/follow-up.ts'

export type Delivery = Extract<LedgerRecord, { kind: 'delivery' }>

/** What the ledger says of deliveries, of this disk and of what came back from the province. */
export interface Deliveries {
  /** Who was not seen well and whom nobody has seen well since, each by the last such time at a door; in the order of the ledger. */
  notSeen(today: BusinessDate): Delivery[]
  /** How the senior of a stop was seen as the newest record of it says; null where none is there. */
  lastSeen(stop: { round: string; stop: number }, since: BusinessDate): SeenAtDoor | null
  /** True where the site bears a part of this sale's price, so that nothing of it is the senior's to be paid back. */
  isCarried(sale: RecordId, soldOn: BusinessDate): boolean
}

/** When nobody was met (ms): a phone's clock may be ahead, and none delivers after it was recorded. */
const metNobodyAt = ({ at, payload }: Delivery) => Math.min(payload.servedAt, at)

/** When somebody was seen for certain (ms): of a clock that is ahead only the day is taken. */
const seenAt = ({ at, businessDate, payload }: Delivery) =>
  payload.servedAt <= at ? payload.servedAt : beginOf(businessDate)

const isSameStop = (one: Delivery, other: Delivery) =>
  one.payload.round === other.payload.round && one.payload.stop === other.payload.stop

const inLedgerOrder = (one: LedgerRecord, other: LedgerRecord) =>
  one.generation - other.generation || one.seq - other.seq

const byTime = (one: Delivery, other: Delivery) => metNobodyAt(one) - metNobodyAt(other)

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
      const open = new Map<string, Delivery[]>()
      for (const record of records) {
        if (record.kind !== 'delivery' && record.kind !== 'follow-up') continue
        const { senior } = record.payload
        const before = open.get(senior) ?? []
        if (record.kind === 'follow-up') {
          if (before.some(({ id }) => id === record.payload.of)) open.delete(senior)
          continue
        }
        // The phone of lunch may come back after that of dinner: whoever was well then was not seen well since.
        const isOver = (one: Delivery) => record.payload.seen === 'well' && seenAt(record) > metNobodyAt(one)
        // The newest word on a stop stands for it, whatever the phone's clock said.
        const left = before.filter(one => !isSameStop(one, record) && !isOver(one))
        open.set(senior, record.payload.seen === 'well' ? left : [...left, record])
      }
      const last = [...open.values()].flatMap(some => some.toSorted(byTime).slice(-1))
      return last.sort(inLedgerOrder)
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
