import { z } from 'zod'
import type { Documents } from '../store/documents.ts'
import type { Ledger } from '../store/ledger.ts'

const place = z.strictObject({ generation: z.int(), seq: z.int() })
export type Place = z.infer<typeof place>

const entries = z.array(z.strictObject({ at: z.int(), from: place, to: place, records: z.int() }))
/** The province had acknowledged up to `to`, and at `at` (ms) held no more than `from`. `records`: sales and the like in between. */
export type GivenAgain = z.infer<typeof entries>[number]
const name = 'given-again'
/** How long the screen tells of it (ms). */
const toldFor = 24 * 3600_000

const isLater = (one: Place, other: Place) =>
  one.generation > other.generation || (one.generation === other.generation && one.seq > other.seq)

/** Up to where the province holds this terminal's chain, as far as is known. */
export function acknowledged(documents: Documents): Place {
  return documents.read('acknowledged', place) ?? { generation: 1, seq: 0 }
}

/** Each time at which the province had lost what it once acknowledged, oldest first. */
export function givenAgain(documents: Documents): GivenAgain[] {
  return documents.read(name, entries) ?? []
}

/** Up to where the province ever said that it holds this chain, lost there since or not: the ledger here reaches at least as far. */
export function everAcknowledged(documents: Documents): Place {
  const all = [acknowledged(documents), ...givenAgain(documents).map(({ to }) => to)]
  return all.reduce((latest, one) => (isLater(one, latest) ? one : latest))
}

/**
 * Goes back to what the province still holds, so that the rest is sent again. Where it lost the beginning of this generation it may lack the end
 * of the one before, which it takes only until this one begins: then all is sent again. Call inside a transaction.
 */
export function goBackTo(documents: Documents, ledger: Pick<Ledger, 'unsent'>, held: Place, at: number): void {
  const to = acknowledged(documents)
  const from = held.seq === 0 ? { generation: 1, seq: 0 } : held
  const records = ledger.unsent(from).count - ledger.unsent(to).count
  documents.write(name, [...givenAgain(documents), { at, from, to, records }])
  documents.write('acknowledged', from)
}

/** How many records the province had to be given again in the last day. */
export function latelyGivenAgain(documents: Documents, now: number): number {
  return givenAgain(documents)
    .filter(({ at }) => Math.abs(now - at) < toldFor)
    .reduce((sum, { records }) => sum + records, 0)
}
