import { z } from 'zod'

const distance = z.number().positive().max(10)
const rule = z.strictObject({
  /** The greatest distance that passes. */
  distance,
  /** By how much the next person must be farther away. */
  margin: z.number().min(0).max(10),
})

/** Where the decisions of `decide.ts` change, in distances of the network's metric. */
export const faceThresholds = z
  .strictObject({
    /** One person's template: up to `match` it is the person, up to `staffCompares` staff looks. */
    oneToOne: z.strictObject({ match: distance, staffCompares: distance }),
    /** All members: under `candidate` one name is proposed, under `staffCompares` staff compares the one named. */
    oneToMany: z.strictObject({ candidate: rule, staffCompares: rule }),
  })
  .refine(({ oneToOne }) => oneToOne.match <= oneToOne.staffCompares, 'match lies above staffCompares')
  .refine(
    ({ oneToMany: { candidate, staffCompares } }) =>
      candidate.distance <= staffCompares.distance && candidate.margin >= staffCompares.margin,
    'the rule for a candidate is laxer than the one for staff',
  )
export type FaceThresholds = z.infer<typeof faceThresholds>

/**
 * For 128 raw numbers of dlib's network and templates of three photos, compared by straight distance. `match`, and both rules for all
 * members, were measured on sets of colour photographs (docs/face.md); 0.6 is the distance at which dlib itself calls two photos one person.
 */
export const defaultThresholds: FaceThresholds = {
  oneToOne: { match: 0.52, staffCompares: 0.6 },
  oneToMany: { candidate: { distance: 0.4, margin: 0.08 }, staffCompares: { distance: 0.46, margin: 0.05 } },
}
