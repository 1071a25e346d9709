import { z } from 'zod'
import { type Assurance, assurance, assuranceReaches } from './credential.ts'
import type { PolicyPack, PolicyVersion } from './policy/language.ts'
import type { Quote, QuoteInputs } from './policy/quote-form.ts'

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

/** What a policy version demands by itself; of a version that says nothing, the least there is. */
export function demandOfVersion(
  version: Pick<PolicyVersion, 'leastAssurance' | 'verifiedAboveFen'> | null | undefined,
): AssuranceDemand {
  return {
    subsidised: version?.leastAssurance ?? 'presented',
    verifiedAboveFen: version?.verifiedAboveFen ?? null,
  }
}

/** Both demands at once: whatever is enough for this one is enough for each of them. */
export function stricterOf(one: AssuranceDemand, other: AssuranceDemand): AssuranceDemand {
  const bounds = [one.verifiedAboveFen, other.verifiedAboveFen].filter(bound => bound !== null)
  return {
    subsidised: assuranceReaches(one.subsidised, other.subsidised) ? one.subsidised : other.subsidised,
    verifiedAboveFen: bounds.length === 0 ? null : Math.min(...bounds),
  }
}

/** The subsidy (fen) of a visit that rests on who came: none where nobody's facts were used, since anyone would have had it. */
export function personalSubsidyFen(
  { person }: Pick<QuoteInputs, 'person'>,
  subsidies: readonly { readonly fen: number }[],
): number {
  return person === null ? 0 : subsidies.reduce((sum, { fen }) => sum + fen, 0)
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

/** What a price still lacks, for all that its site, the version that priced it, and whoever else asks (`also`) demand; null where nothing is missing. */
export function missingFor(
  site: Parameters<typeof demandOf>[0],
  {
    policy,
    quote,
    inputs,
  }: {
    readonly policy: { readonly pack: Pick<PolicyPack, 'versions'> }
    readonly quote: Pick<Quote, 'version' | 'subsidies'>
    readonly inputs: Pick<QuoteInputs, 'person'>
  },
  held: Assurance | null,
  also?: AssuranceDemand,
): Assurance | null {
  const version = policy.pack.versions.find(({ id }) => id === quote.version)
  const given = stricterOf(demandOf(site), demandOfVersion(version))
  return missingAssurance(also ? stricterOf(given, also) : given, held, personalSubsidyFen(inputs, quote.subsidies))
}
