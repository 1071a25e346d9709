import type { BusinessDate } from '../../business-day.ts'
import type { RecordId } from '../../ids.ts'
import type { Fault, PricedRecord, ReadLine, Reversal } from './read-line.ts'

/** The lines of an evidence file put together. */
export interface Gathered {
  readonly lines: number
  /** Business date of the earliest record; null where there is none. What was used before it is not known. */
  readonly firstDay: BusinessDate | null
  /** In the order of the file. */
  readonly records: readonly PricedRecord[]
  /** What took back each record, by its id. */
  readonly takenBack: ReadonlyMap<RecordId, Reversal>
  readonly faults: readonly Fault[]
}

/** Puts lines together: each record counts once, and is taken back once. */
export function gather(lines: readonly ReadLine[]): Gathered {
  const seen = new Set<RecordId>()
  const faults: Fault[] = []
  const records: PricedRecord[] = []
  const reversals: Reversal[] = []
  let firstDay: BusinessDate | null = null
  for (const item of lines) {
    if (item.is === 'fault') {
      faults.push({ line: item.line, code: item.code })
      continue
    }
    if (seen.has(item.id)) {
      faults.push({ line: item.line, code: 'REPEATED' })
      continue
    }
    seen.add(item.id)
    if (firstDay === null || item.day < firstDay) firstDay = item.day
    if (item.is === 'priced') records.push(item.record)
    if (item.is === 'reversal') reversals.push(item.record)
  }
  const known = new Set(records.map(({ id }) => id))
  const takenBack = new Map<RecordId, Reversal>()
  for (const reversal of reversals) {
    if (!known.has(reversal.of)) faults.push({ line: reversal.line, code: 'UNKNOWN_RECORD' })
    else if (takenBack.has(reversal.of)) faults.push({ line: reversal.line, code: 'TAKEN_BACK_TWICE' })
    else takenBack.set(reversal.of, reversal)
  }
  faults.sort((one, other) => one.line - other.line)
  return { lines: lines.length, firstDay, records, takenBack, faults }
}
