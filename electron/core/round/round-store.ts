import { z } from 'zod'
import { addDays, type BusinessDate } from '../../../shared/business-day.ts'
import { fromBase64Url } from '../../../shared/bytes.ts'
import { roundOfPart, type UnpackedPart, unpackPart } from '../../../shared/round/pack.ts'
import { type TillRound, tillRound } from '../../../shared/round/round.ts'
import type { Documents } from '../store/documents.ts'

/** Rounds are forgotten after so many days: names, doors and telephone numbers are kept no longer than they are used. */
const keptDays = 62

/** How many parts were there when it was entered; it was entered after all of them where nothing says so. */
const after = z.int().nonnegative().default(Number.MAX_SAFE_INTEGER)

/** `parts`: the texts of codes that were handed in, in the order in which they came; `own`: results that were entered here from paper. */
const heldRound = z.object({
  round: tillRound,
  parts: z.array(z.string()),
  own: z.array(
    z.discriminatedUnion('outcome', [
      z.object({ outcome: z.literal('nobody'), id: z.string(), stop: z.int(), at: z.int(), after }),
      z.object({
        ...{ outcome: z.literal('handed'), id: z.string(), stop: z.int(), at: z.int(), after },
        ...{ proof: z.null(), seen: z.enum(['well', 'unwell', 'not-seen']), collected: z.boolean() },
      }),
    ]),
  ),
})
export type HeldRound = z.infer<typeof heldRound>
type Own = HeldRound['own'][number]
export type OwnResult = Own extends infer One ? (One extends Own ? Omit<One, 'after'> : never) : never

/** The rounds of this till with what was handed in of them, encrypted on disk. */
export interface RoundStore {
  /** Of this date and later, the newest last. */
  since(date: BusinessDate): HeldRound[]
  of(round: string): HeldRound | null
  keep(round: TillRound): void
  /** Keeps a code that proves to be of a round of this till. */
  takePart(text: string): UnpackedPart
  enter(round: string, result: OwnResult): void
  /** Forgets what is long over. */
  forget(today: BusinessDate): void
}

export function createRoundStore(documents: Documents): RoundStore {
  const nameOf = (round: string) => `round:${round}`
  const all = () => documents.names('round:').flatMap(name => documents.read(name, heldRound) ?? [])
  const of = (round: string) => documents.read(nameOf(round), heldRound)
  const write = (held: HeldRound) => documents.write(nameOf(held.round.round), held)

  return {
    since: date =>
      all()
        .filter(({ round }) => round.date >= date)
        .sort((one, other) => (one.round.date < other.round.date ? -1 : 1)),
    of,
    keep(round) {
      // It comes once more where a stop was cancelled; results may have come by codes before.
      write({ parts: [], own: [], ...of(round.round), round })
    },
    takePart(text) {
      const named = roundOfPart(text)
      const held = named === null ? null : of(named)
      const read = unpackPart(text, () => (held === null ? null : fromBase64Url(held.round.key)))
      if (read.ok && held !== null && !held.parts.includes(text)) write({ ...held, parts: [...held.parts, text] })
      return read
    },
    enter(round, result) {
      const held = of(round)
      if (held !== null) write({ ...held, own: [...held.own, { ...result, after: held.parts.length }] })
    },
    forget(today) {
      for (const { round } of all()) if (round.date < addDays(today, -keptDays)) documents.remove(nameOf(round.round))
    },
  }
}
