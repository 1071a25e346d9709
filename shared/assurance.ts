import { z } from 'zod'
import { type Assurance, assurance, assuranceReaches } from './credential.ts'

/**
 * What subsidised money needs to know of who came: `subsidised` for any subsidy, and `verified` above an amount of subsidy a visit
 * (fen; null: no such amount).
 */
export const assuranceDemand = z.strictObject({
  subsidised: assurance,
  verifiedAboveFen: z.int().nonnegative().nullable(),
})
export type AssuranceDemand = z.infer<typeof assuranceDemand>

/** Above this subsidy a visit (fen) the person must be verified, where the site says nothing else: 50 yuan. */
export const verifiedAboveFen = 5000

/** What a site demands: what it says itself, else `presented` where staff is present and `possessed` where nobody is. */
export function demandOf(site: {
  readonly staffed: boolean
  readonly assurance?: AssuranceDemand | undefined
}): AssuranceDemand {
  return site.assurance ?? { subsidised: site.staffed ? 'presented' : 'possessed', verifiedAboveFen }
}

/** How sure a visit with this much subsidy (fen) has to be; null where no public money is in it. */
export function neededFor(demand: AssuranceDemand, subsidyFen: number): Assurance | null {
  if (subsidyFen <= 0) return null
  return demand.verifiedAboveFen !== null && subsidyFen > demand.verifiedAboveFen ? 'verified' : demand.subsidised
}

/** What is still missing for this much subsidy (fen): the assurance to reach, or null where the present one is enough. */
export function missingAssurance(
  demand: AssuranceDemand,
  held: Assurance | null,
  subsidyFen: number,
): Assurance | null {
  const needed = neededFor(demand, subsidyFen)
  return needed === null || (held !== null && assuranceReaches(held, needed)) ? null : needed
}
