import { businessMinuteOf, clockTime } from '../business-day.ts'
import type { LedgerRecord } from '../record.ts'

/** People who ate in a quarter of an hour; `from` as clock time. */
export interface QuarterHour {
  readonly from: string
  /** Registered, or not known yet. */
  readonly seniors: number
  readonly guests: number
}

/** Sales of a day by quarter of an hour, without those that were voided, only quarters with somebody in them. Late entries have no hour. */
export function quarterHours(records: readonly LedgerRecord[]): QuarterHour[] {
  const voided = new Set(records.flatMap(record => (record.kind === 'void' ? [record.payload.of] : [])))
  const quarters = new Map<number, { seniors: number; guests: number }>()
  for (const record of records) {
    if (record.kind !== 'sale' || voided.has(record.id)) continue
    const quarter = Math.floor(businessMinuteOf(record.at) / 15)
    const { seniors, guests } = quarters.get(quarter) ?? { seniors: 0, guests: 0 }
    const isGuest = record.payload.means === null
    quarters.set(quarter, { seniors: seniors + (isGuest ? 0 : 1), guests: guests + (isGuest ? 1 : 0) })
  }
  return [...quarters]
    .sort(([one], [other]) => one - other)
    .map(([quarter, people]) => ({ from: clockTime(quarter * 15), ...people }))
}
