import { z } from 'zod'
import { businessDate } from '../../../shared/business-day.ts'
import { consentKind } from '../../../shared/face/consent.ts'
import { recordId } from '../../../shared/ids.ts'
import type { Documents } from '../store/documents.ts'

/** What was deleted without anybody at the counter, and what the search afterwards found. */
const erasureEntry = z.strictObject({
  on: businessDate,
  /** The records that say so, each in one transaction with its deletion. */
  records: z.array(recordId).min(1),
  what: z.array(consentKind),
  files: z.int(),
  bytes: z.int(),
  found: z.int(),
})
export type ErasureEntry = z.infer<typeof erasureEntry>
const entries = z.array(erasureEntry)

const kept = 100

/** Proofs of the deletions that nobody watched, the newest first; the last hundred stay. */
export interface Erasures {
  note(entry: ErasureEntry): void
  all(): ErasureEntry[]
}

export function createErasures(documents: Documents): Erasures {
  const all = () => documents.read('face-erasures', entries) ?? []
  return { all, note: entry => documents.write('face-erasures', [entry, ...all()].slice(0, kept)) }
}
