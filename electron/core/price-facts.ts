import type { BusinessDate } from '../../shared/business-day.ts'
import { type PotPrice, type PotStandings, quoteWithPots } from '../../shared/leases/pot-price.ts'
import { type Counter, countersFor } from '../../shared/policy/counters.ts'
import type { VisitFacts } from '../../shared/policy/facts.ts'
import { versionInForce } from '../../shared/policy/quote.ts'
import { type Quote, type QuoteInputs, quoteInputs } from '../../shared/policy/quote-form.ts'
import type { SeniorRef } from '../../shared/record.ts'
import type { FullSenior, ThinSenior } from '../../shared/senior.ts'
import type { LeaseDesk } from './lease-desk.ts'
import type { HeldPolicy } from './store/policies.ts'
import type { Usage } from './store/usage.ts'

/** Somebody, and what a pack may know of their meal or service. */
export interface FactsToPrice {
  readonly policy: HeldPolicy
  readonly usage: Pick<Usage, 'of'>
  readonly leases: Pick<LeaseDesk, 'rights' | 'pots' | 'advance'>
  readonly senior: FullSenior | ThinSenior | null
  readonly ref: SeniorRef | null
  /** Somebody identified themselves, known here or not; false for a guest. */
  readonly identified: boolean
  readonly facts: Omit<VisitFacts, 'listFen' | 'businessDate'> & {
    readonly listFen: number
    readonly businessDate: BusinessDate
  }
  readonly rosterIsStale: boolean
  /** The person could not be shown to be who they say, as far as the subsidy needs it. */
  readonly atListPrice: boolean
}

/** A price by one pack, with what it rests on. */
export interface PricedFacts {
  readonly inputs: QuoteInputs
  readonly quote: Quote
  readonly policy: HeldPolicy
  readonly counters: readonly Counter[]
  /** Funds of whose pot there is less here than the visit would take: the province may have more. */
  readonly short: readonly string[]
  /** The person is known and sure enough, so that rights may be drawn and claims made good. */
  readonly isProven: boolean
}

/**
 * Prices a meal or a service by one pack from what this terminal holds. Rights are what its lease holds; for a person not sure enough, or under a
 * roster that is out of date, nothing is proven.
 */
export function priceFacts(visit: FactsToPrice): PricedFacts {
  const { policy, ref } = visit
  const full = visit.senior?.kind === 'full' ? visit.senior : null
  const { businessDate } = visit.facts
  const version = versionInForce(policy.pack, businessDate)
  const draft = quoteInputs.parse({ person: full?.person ?? null, visit: visit.facts, used: {}, rights: 'whole-cap' })
  const counters = version ? countersFor(version, draft.visit) : []
  const isProven = full !== null && ref !== null && !visit.atListPrice && !visit.rosterIsStale
  const keys = counters.map(({ key }) => key)
  const given: QuoteInputs = {
    ...draft,
    ...(visit.identified && full === null ? { stranger: true } : {}),
    used: ref === null ? {} : visit.usage.of(ref, policy.pack.id, keys),
    rights: isProven ? visit.leases.rights(ref, policy.pack.id, counters) : {},
  }
  const standings = visit.leases.pots(policy.pack, businessDate)
  const first = quoteWithPots(policy.pack, given, standings)
  const most = isProven && first.quote.pendingFen > 0 ? visit.leases.advance(ref, policy.pack, businessDate) : 0
  const { inputs, quote, short } = (most > 0 ? advanced(given, standings, most) : null) ?? first
  /** The whole visit without a right, where it fits; null where it does not, or a pot lacks the money. */
  function advanced(of: QuoteInputs, pots: PotStandings, mostFen: number): PotPrice | null {
    const lent = counters.map(({ key }) => [key, mostFen])
    const found = quoteWithPots(policy.pack, { ...of, rights: Object.fromEntries(lent), advance: true }, pots)
    const sum = found.quote.subsidies.reduce((total, { fen }) => total + fen, 0)
    return found.quote.pendingFen === 0 && sum > 0 && sum <= mostFen ? found : null
  }
  // Money that no limit bounds needs no right, and is paid to whom it is for: who is not sure enough is then nobody known.
  if (visit.atListPrice && inputs.person !== null && quote.subsidies.length > 0)
    return priceFacts({ ...visit, senior: null })
  return { inputs, quote, policy, counters, short, isProven }
}
