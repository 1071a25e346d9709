import { z } from 'zod'
import type { Documents } from './store/documents.ts'

/** How far (ms) the terminal's clock may lie from the province's, or behind the newest record, before it is doubted. */
const slack = 90_000

const contact = z.strictObject({ here: z.int(), province: z.int() })
const name = 'clock-at-contact'

/** Notes both clocks (ms) when the province has answered. */
export function noteClocks(documents: Documents, here: number, province: number): void {
  documents.write(name, { here, province })
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
