import { type BusinessDate, daysBetween, type Meal } from '../../shared/business-day.ts'
import type { OperatorId, ProxyId } from '../../shared/ids.ts'
import { rulesOf } from '../../shared/policy/conditions.ts'
import { capFor } from '../../shared/policy/counters.ts'
import type { Channel } from '../../shared/policy/facts.ts'
import { versionInForce } from '../../shared/policy/quote.ts'
import type { Quote, QuoteInputs } from '../../shared/policy/quote-form.ts'
import type { SalePayload, SeniorRef } from '../../shared/record.ts'
import type { FullSenior, ThinSenior } from '../../shared/senior.ts'
import { rosterValidDays, type SetMeal, type Site } from '../../shared/site.ts'
import type { LeaseDesk, Owed } from './lease-desk.ts'
import { priceFacts } from './price-facts.ts'
import type { HeldPolicy } from './store/policies.ts'
import type { Usage } from './store/usage.ts'

export interface Priced {
  readonly inputs: QuoteInputs
  readonly quote: Quote
  readonly policy: HeldPolicy
  /** Accepted claims of earlier visits that are made good at this one. */
  readonly owed: readonly Owed[]
  /** Funds of whose pot there is less here than the visit would take: the province may have more. */
  readonly short: readonly string[]
  /** When this senior already ate in this meal (ms); null where they did not, as far as is known here. */
  readonly earlier: number | null
  /** Which one of the proxy's portions in this meal it would be; null where the senior came. */
  readonly portion: number | null
  /** Stands for all that the screens show of it: the quote's digest, the claims that are made good, that this is no first meal, and who collects it. */
  readonly shown: string
  /** The weekly count limit that the person has, where the policy has one. */
  readonly week: { used: number; cap: number } | null
}

/** What a price goes by: meals so far, and what may be drawn. */
export interface Stock {
  readonly usage: Pick<Usage, 'of'>
  /** When a senior already ate in a meal (ms). */
  earlier(senior: SeniorRef, date: BusinessDate, meal: Meal): number | null
  /** How many portions a proxy collected in a meal. */
  portions(proxy: ProxyId, date: BusinessDate, meal: Meal): number
  readonly leases: Pick<LeaseDesk, 'rights' | 'owed' | 'pots' | 'advance'>
}

/**
 * Prices one set meal for one person, or for a guest or stranger (`senior` null or thin), from what this terminal holds.
 * Rights are what this terminal's lease holds; for a person not sure enough, or under a roster that is out of date, nothing is proven.
 */
export function priceVisit(visit: {
  site: Site
  policy: HeldPolicy
  usage: Stock['usage']
  leases: Stock['leases']
  senior: FullSenior | ThinSenior | null
  ref: SeniorRef | null
  /** Somebody identified themselves, known here or not; false for a guest. */
  identified: boolean
  set: SetMeal
  /** What is eaten beside the set; absent: nothing. One visit, one list price: the rules see the sum. */
  beside?: SalePayload['items']
  /** Absent: eaten in. */
  channel?: Channel
  businessDate: BusinessDate
  meal: Meal
  time: string
  rosterIsStale: boolean
  /** When they already ate in this meal (ms). */
  earlier?: number | null
  /** The person could not be shown to be who they say, as far as the subsidy needs it. */
  atListPrice?: boolean
  /** Who collects it for the senior, and how many portions they have collected in this meal. */
  proxy?: { readonly id: ProxyId; readonly approver: OperatorId | null; readonly portions: number } | null
}): Priced {
  const { site, policy, senior, ref, earlier = null, beside = [], proxy = null } = visit
  const facts = {
    businessDate: visit.businessDate,
    meal: visit.meal,
    time: visit.time,
    channel: visit.channel ?? 'dine-in',
    listFen: visit.set.priceFen + beside.reduce((sum, { fen }) => sum + fen, 0),
    set: visit.set.id,
    site: site.facts,
  }
  const { usage, leases, identified, rosterIsStale, atListPrice = false } = visit
  const priced = priceFacts({ policy, usage, leases, senior, ref, identified, facts, rosterIsStale, atListPrice })
  const { inputs, quote, counters, short, isProven } = priced
  const version = versionInForce(policy.pack, visit.businessDate)
  const { person } = inputs
  const owed = isProven && ref !== null ? leases.owed(ref) : []
  const weekly = counters.find(counter => counter.period === 'week' && counter.unit === 'count')
  const cap =
    version && weekly && person
      ? capFor(version, weekly.limit, { person, visit: inputs.visit, rules: rulesOf(policy.pack, version) }).cap
      : 0
  return {
    inputs,
    quote,
    policy,
    owed,
    short,
    earlier,
    portion: proxy && proxy.portions + 1,
    shown: [
      quote.digest,
      ...owed.map(({ key }) => key).sort(),
      ...(earlier === null ? [] : [`earlier|${earlier}`]),
      ...beside.map(({ set, quantity, fen }) => `item|${set}|${quantity}|${fen}`),
      ...(proxy === null ? [] : [`proxy|${proxy.id}|${proxy.portions}|${proxy.approver ?? ''}`]),
    ].join('+'),
    week: weekly && cap > 0 ? { used: inputs.used[weekly.key] ?? 0, cap } : null,
  }
}

/** True where the roster is older than the lease class of the site allows, or never arrived. */
export function rosterIsStale(site: Site, syncedOn: BusinessDate | null, today: BusinessDate): boolean {
  return syncedOn === null || daysBetween(syncedOn, today) > rosterValidDays(site.leaseClass)
}
