import { z } from 'zod'
import { fundId, recordId, seniorId } from '../ids.ts'
import { rulesOf } from '../policy/conditions.ts'
import { capFor, countersFor } from '../policy/counters.ts'
import type { PersonFacts, VisitFacts } from '../policy/facts.ts'
import type { PolicyPack } from '../policy/language.ts'
import { versionInForce } from '../policy/quote.ts'
import { grant } from './holder.ts'
import type { LimitCap } from './limit-cap.ts'

const amount = z.strictObject({ limit: z.string(), label: z.string(), amount: z.int().nonnegative() })

/** A pending claim that was accepted and waits for its senior: what each fund pays of it, and so what they get back. */
export const owedClaim = z.strictObject({
  of: recordId,
  subsidies: z.array(z.strictObject({ fund: fundId, fen: z.int().positive() })).min(1),
})
export type OwedClaim = z.infer<typeof owedClaim>

/**
 * What the province tells a terminal of its lease on one senior under one pack: the whole grant as it stands, what it wants back (`close`:
 * everything), and the accepted claims by the key of the right to pay them. Heard twice or late it changes nothing.
 */
export const leaseWord = z.strictObject({
  senior: seniorId,
  pack: z.string(),
  /** Which generation of the terminal's ledger holds the lease. */
  generation: z.int().positive(),
  grant,
  recall: z.strictObject({ id: z.string().min(1).max(64), close: z.boolean(), amounts: z.array(amount) }).nullable(),
  owed: z.record(z.string(), owedClaim),
})
export type LeaseWord = z.infer<typeof leaseWord>

/**
 * What the province tells a terminal of its tranche of a fund's pot: the whole grant as it stands, what it wants back, and what of the pot is
 * neither drawn nor here, by counter: fen, or null where nobody set an amount and there is no bound. Heard twice or late it changes nothing.
 */
export const potWord = z.strictObject({
  fund: fundId,
  generation: z.int().positive(),
  grant,
  recall: z.strictObject({ id: z.string().min(1).max(64), amounts: z.array(amount) }).nullable(),
  elsewhere: z.record(z.string(), z.int().nonnegative().nullable()),
})
export type PotWord = z.infer<typeof potWord>

/** A word of the feed `leases`. */
export const anyWord = z.union([leaseWord, potWord])
export type AnyWord = z.infer<typeof anyWord>

/** The limit under which the right to pay an accepted claim is kept; no pack can name one so. */
const owedLimit = 'owed'

/** The key of the right to pay a claim. Its period has no end: it waits until the senior comes. */
export function owedKey(of: string): string {
  return `${owedLimit}|9999-12-31/${of}`
}

export function isOwed({ limit }: { readonly limit: string }): boolean {
  return limit === owedLimit
}

/**
 * What every limit and allowance of a pack gives one person on a date, at any meal and by any channel: the greatest of what its classes
 * give them. The quote itself holds each visit to what that visit has.
 */
export function limitsOf(
  pack: PolicyPack,
  person: PersonFacts,
  visit: Pick<VisitFacts, 'businessDate' | 'site' | 'listFen'>,
): LimitCap[] {
  const version = versionInForce(pack, visit.businessDate)
  if (version === null) return []
  const rules = rulesOf(pack, version)
  const visits = (['breakfast', 'lunch', 'dinner'] as const).flatMap(meal =>
    (['dine-in', 'takeaway', 'delivery'] as const).map((channel): VisitFacts => ({ ...visit, meal, channel })),
  )
  const [first] = visits
  if (first === undefined) return []
  return countersFor(version, first).map(({ limit, period }) => ({
    limit,
    period,
    cap: Math.max(...visits.map(each => capFor(version, limit, { person, visit: each, rules }).cap)),
  }))
}
