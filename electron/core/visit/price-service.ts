import { missingFor } from '../../../shared/assurance.ts'
import { type BusinessDate, businessMinuteOf, clockTime } from '../../../shared/business-day.ts'
import type { Assurance } from '../../../shared/credential.ts'
import type { SeniorRef } from '../../../shared/record.ts'
import type { FullSenior, ThinSenior } from '../../../shared/senior.ts'
import type { Site } from '../../../shared/site.ts'
import type { Notice } from '../../../shared/terminal-api.ts'
import { givesAnything, listFenOf, type ServicePrice } from '../../../shared/visit/price.ts'
import type { LeaseDesk, Owed } from '../lease-desk.ts'
import { type PricedFacts, priceFacts } from '../price-facts.ts'
import type { Policies } from '../store/policies.ts'
import type { Usage } from '../store/usage.ts'

export interface ServicePriceParts {
  readonly policies: Pick<Policies, 'current'>
  readonly usage: Pick<Usage, 'of'>
  readonly leases: Pick<LeaseDesk, 'rights' | 'owed' | 'pots' | 'advance' | 'spent'>
  rosterIsStale(): boolean
}

/** A service as it was given. */
export interface ServiceGiven {
  readonly site: Site
  readonly price: ServicePrice
  readonly senior: FullSenior | ThinSenior | null
  readonly ref: SeniorRef | null
  readonly minutes: number
  readonly endedEarly: boolean
  readonly date: BusinessDate
  /** When it ended (ms). */
  readonly at: number
  readonly assurance: Assurance
  /** The person could not be shown to be who they say, as far as the subsidy needs it. */
  readonly atListPrice?: boolean
}

/** The price of a service, by the one pack that pays it. */
export interface PricedService extends PricedFacts {
  /** Accepted claims of earlier visits that are made good at this one. */
  readonly owed: readonly Owed[]
  /** The assurance that this much subsidy needs and that is not reached yet; null where nothing is missing. */
  readonly needs: Assurance | null
  /** Stands for all that the screen shows of it. */
  readonly shown: string
}

/**
 * Prices a service by its packs in their order: the first that gives anything pays alone, and of the later ones none is asked, so that what the
 * insurance pays is never paid again by a card. `owed` is left out for what is entered late.
 */
export function priceService(parts: ServicePriceParts, given: ServiceGiven, late = false): PricedService | Notice {
  const { site, senior, ref, price, date } = given
  const facts = {
    businessDate: date,
    time: clockTime(businessMinuteOf(given.at)),
    channel: 'dine-in' as const,
    listFen: listFenOf(price, given),
    minutes: given.minutes,
    site: site.facts,
  }
  const { leases } = parts
  const usage: ServicePriceParts['usage'] = {
    // What is known to be used up at other tills does not wait as a claim, and the next pack is asked.
    of(who, pack, keys) {
      const taken = Object.entries(leases.spent(who, pack)).filter(([key]) => keys.includes(key))
      return { ...parts.usage.of(who, pack, keys), ...Object.fromEntries(taken) }
    },
  }
  const common = {
    ...{ usage, leases, senior, ref, identified: true, rosterIsStale: parts.rosterIsStale() },
    atListPrice: given.atListPrice ?? false,
  }
  let first: PricedFacts | null = null
  let paying: PricedFacts | null = null
  for (const { pack, service } of price.packs) {
    const policy = parts.policies.current(pack)
    // A later pack may not step in for one that has not arrived yet.
    if (policy === null) return { code: 'NO_POLICY', values: {} }
    const priced = priceFacts({ ...common, policy, facts: { ...facts, service, paidByInsurance: false } })
    first ??= priced
    if (!givesAnything(priced.quote)) continue
    paying = priced
    break
  }
  const priced = paying ?? first
  if (priced === null) return { code: 'NO_POLICY', values: {} }
  const { quote, isProven } = priced
  const owed = late || !isProven || ref === null ? [] : leases.owed(ref)
  return {
    ...priced,
    owed,
    needs: missingFor(site, priced, given.assurance),
    shown: [quote.pack, quote.digest, ...owed.map(({ key }) => key).sort()].join('+'),
  }
}
