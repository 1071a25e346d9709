import { z } from 'zod'
import type { Documents } from './store/documents.ts'

/** How far (ms) the terminal's clock may lie from the province's, or behind the newest record, before it is doubted. */
const slack = 90_000

const contact = z.strictObject({ here: z.int(), province: z.int() })
const name = 'clock-at-contact'
const lastSeen = 'clock-seen'
/** How often (ms) a terminal that runs notes the time. */
const noteEvery = 10 * 60_000

/** Notes both clocks (ms) when the province has answered. */
export function noteClocks(documents: Documents, here: number, province: number): void {
  documents.write(name, { here, province })
}

/** Notes now and then what the clock of a running terminal shows (ms), while nobody has to say whether it is right. */
export function noteMoment(documents: Documents, now: number): void {
  const last = documents.read(lastSeen, z.int())
  if (last === null || Math.abs(now - last) >= noteEvery) documents.write(lastSeen, now)
}

/** The newest moment (ms) that the terminal knows to be real: of its newest record, the province's last answer, or its last run. */
export function newestMoment(documents: Documents, newestRecordAt: number): number {
  const last = documents.read(name, contact)
  return Math.max(newestRecordAt, last?.province ?? 0, documents.read(lastSeen, z.int()) ?? 0)
}

/**
 * Whether the terminal's clock may say how old a code is: it was right when the province last answered, has not gone back since, nor
 * behind the newest record, and that answer is not older than the lease class of the site allows (`stale`). Times in ms.
 */
export function clockIsTrusted(known: {
  documents: Documents
  now: number
  newestRecordAt: number | null
  stale: boolean
}): boolean {
  if (known.stale) return false
  const last = known.documents.read(name, contact)
  if (last !== null && Math.abs(last.here - last.province) > slack) return false
  return known.now >= Math.max(last?.here ?? 0, known.newestRecordAt ?? 0) - slack
}
