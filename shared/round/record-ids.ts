import { beginOf } from '../business-day.ts'
import { sha256, utf8ToBytes } from '../bytes.ts'
import { type CheckInId, checkInId, type RecordId, recordId } from '../ids.ts'
import { uuidV7 } from '../uuid.ts'
import type { StopResult } from './result.ts'
import type { TillRound } from './round.ts'

const hashOf = (text: string) => sha256(utf8ToBytes(text))

/** The sale of a stop: one number for one stop, whatever is handed in how often, so that the ledger itself knows that it is there. */
export function saleIdOf({ round, date }: Pick<TillRound, 'round' | 'date'>, stop: number): CheckInId {
  return checkInId.parse(uuidV7(beginOf(date), hashOf(`round-sale|${round}|${stop}`)))
}

/** The record of one result, by the result's own number. */
export function deliveryIdOf({ round }: Pick<TillRound, 'round'>, { id, at }: StopResult): RecordId {
  return recordId.parse(uuidV7(at * 1000, hashOf(`round-result|${round}|${id}`)))
}
