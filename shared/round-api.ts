import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { businessDate, meal } from './business-day.ts'
import { done, notice } from './done.ts'
import { recordId } from './ids.ts'
import { besideTheSet, roundId } from './round/round.ts'
import { bilingual } from './site.ts'

const fen = z.int()

const stopView = z.object({
  stop: z.int(),
  /** Surname and how to address them. */
  name: z.string(),
  door: z.string(),
  phone: z.string().nullable(),
  set: bilingual,
  more: besideTheSet,
  portions: z.int(),
  toldFen: fen,
  pays: z.enum(['cash', 'account']),
  /** The one-time code, for whoever telephones. */
  handCode: z.string(),
  /** `waiting`: it was handed in and is not recorded yet. `cancelled`: nothing of it is waited for. */
  state: z.enum(['open', 'waiting', 'handed', 'nobody', 'cancelled']),
  /** What of the price the site bears, and what was taken at the door beyond it (fen). */
  carriedFen: fen,
  overFen: fen,
})
export type StopView = z.infer<typeof stopView>

const roundsViewSchema = z.object({
  today: businessDate,
  rounds: z.array(
    z.object({
      round: roundId,
      date: businessDate,
      meal,
      courier: z.string(),
      thirdParty: z.boolean(),
      /** The address that opens it on one phone; null where nobody said where its page is. */
      link: z.string().nullable(),
      stops: z.array(stopView),
      /** Why results of it are not recorded yet; null where none wait. */
      waits: notice.nullable(),
    }),
  ),
  /** The codes of one phone that were shown here, until all of them were. */
  scan: z.object({ round: roundId, got: z.array(z.int()), of: z.int() }).nullable(),
  /** People who were not seen well at a door, until somebody has seen to them. */
  followUps: z.array(
    z.object({
      of: recordId,
      name: z.string(),
      door: z.string(),
      phone: z.string().nullable(),
      seen: z.enum(['unwell', 'not-seen']),
      outcome: z.enum(['handed', 'nobody']),
      at: z.int(),
      courier: z.string(),
    }),
  ),
})
/** Delivery rounds as staff see them. Named, since compilers write the unnamed type out. */
export interface RoundsView extends z.infer<typeof roundsViewSchema> {}
export const roundsView: z.ZodType<RoundsView> = roundsViewSchema

/** What a courier without a phone wrote down of one stop. */
export const enteredResult = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('nobody') }),
  z.object({ outcome: z.literal('handed'), seen: z.enum(['well', 'unwell', 'not-seen']), collected: z.boolean() }),
])
export type EnteredResult = z.infer<typeof enteredResult>

/** What staff do about delivery rounds: the phone hands in by itself, or its codes are shown to the camera like any code. */
export const roundApi = {
  watch: oc.output(eventIterator(roundsView)),
  /** The list by route on paper, with the code that opens it on a phone. */
  print: oc.input(z.object({ round: roundId })).output(done),
  /** What a courier without a phone wrote down of one stop. */
  enter: oc
    .input(
      z.object({
        round: roundId,
        stop: z.int(),
        result: enteredResult,
      }),
    )
    .output(done),
  /** Somebody was seen after all, by whoever is on shift or whom they sent. */
  followUp: oc.input(z.object({ of: recordId, seen: z.enum(['well', 'unwell']) })).output(done),
}
