import { oc } from '@orpc/contract'
import { z } from 'zod'
import { done, notice } from './done.ts'
import { checkInId } from './ids.ts'
import { bilingual } from './site.ts'

export const groupTender = z.enum(['cash', 'outside'])

const groupViewSchema = z.object({
  tender: groupTender,
  members: z.array(
    z.object({
      checkIn: checkInId,
      /** Masked name, or null for a guest and a person whom nobody here knows. */
      name: z.string().nullable(),
      guest: z.boolean(),
      set: bilingual,
      /** What the payer pays for this one (fen). */
      dueFen: z.int(),
      /** The price is another one than it was when this person stood here. */
      changed: z.boolean(),
      /** They came on an earlier day: only a late entry can record their meal. */
      earlier: z.boolean(),
    }),
  ),
  sumFen: z.int(),
  /** Stands for all that is shown. */
  digest: z.string(),
})
/** People whom one payer pays for. Named, since compilers write the unnamed type out. */
export interface GroupView extends z.infer<typeof groupViewSchema> {}
export const groupView: z.ZodType<GroupView> = groupViewSchema

/** Many people, one payer. */
export const groupApi = {
  /** Begins a group: whoever is confirmed from now on stands on its list. */
  start: oc.output(done),
  /** Ends a group with nobody on its list. */
  end: oc.output(done),
  takeOff: oc.input(z.object({ checkIn: checkInId })).output(done),
  chooseTender: oc.input(z.object({ tender: groupTender })).output(done),
  /** Records all of them at once, as they were shown, or none. Safe to repeat. */
  pay: oc.input(z.object({ digest: z.string() })).output(
    z.discriminatedUnion('result', [
      z.object({ result: z.literal('recorded'), count: z.int(), sumFen: z.int() }),
      /** Nothing was recorded: a line is marked, at its new price. */
      z.object({ result: z.literal('price-changed') }),
      z.object({ result: z.literal('refused'), notice }),
    ]),
  ),
}
