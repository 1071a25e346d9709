import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { done } from './done.ts'
import { checkInId, seniorId } from './ids.ts'

/** As many names as one screen shows; nobody calls up a longer list of people. */
export const mostNeighbours = 24

const neighbourViewSchema = z
  .object({
    /** Members of this site in the order of their names; `ate`: when they ate in this meal (ms), as far as is known here. */
    people: z
      .array(z.object({ senior: seniorId, name: z.string(), ate: z.int().nullable() }))
      .max(mostNeighbours)
      .readonly(),
    /** Members beyond them, who are looked for by name. */
    more: z.int().nonnegative(),
    /** The member whose price stands on the screen. */
    chosen: z.object({ checkIn: checkInId, senior: seniorId }).nullable(),
  })
  .nullable()
/** The screen of a neighbour household; null where the site is none. Named, since compilers write the unnamed type out. */
export type NeighbourView = z.infer<typeof neighbourViewSchema>
export const neighbourView: z.ZodType<NeighbourView> = neighbourViewSchema

/** A neighbour household's one screen. All else it does by the calls that every till has. */
export const neighbourApi = {
  watch: oc.output(eventIterator(neighbourView)),
  /** Opens a check-in of a member whom whoever is on shift knows and named: `presented` until a comparison or PIN says more. It never records itself. */
  serve: oc.input(z.object({ senior: seniorId })).output(done),
}
