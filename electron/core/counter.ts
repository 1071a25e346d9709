import { type AssuranceDemand, missingFor } from '../../shared/assurance.ts'
import {
  type BusinessDate,
  businessDateOf,
  businessMinuteOf,
  clockTime,
  type Meal,
  mealAt,
  meal as mealName,
} from '../../shared/business-day.ts'
import type { Assurance } from '../../shared/credential.ts'
import type { SeniorRef } from '../../shared/record.ts'
import type { FullSenior, ThinSenior } from '../../shared/senior.ts'
import type { Site } from '../../shared/site.ts'
import type { Notice } from '../../shared/terminal-api.ts'
import type { OpenCheckIn } from './check-in-state.ts'
import type { Clock } from './clock.ts'
import { besideOf } from './items.ts'
import { type Priced, priceVisit, type Stock } from './price-visit.ts'
import type { Shifts } from './shift.ts'
import type { Ledger } from './store/ledger.ts'
import type { Policies } from './store/policies.ts'
import type { Roster } from './store/roster.ts'

/** A check-in left open longer than this (ms) is not taken up again after a restart, and no longer in the meal that it came in. */
export const resumeWindow = 10 * 60_000

export interface CounterParts {
  readonly ledger: Pick<Ledger, 'businessDateAt' | 'dayIsClosed'>
  readonly clock: Pick<Clock, 'now'>
  readonly roster: Roster
  readonly policies: Pick<Policies, 'current'>
  readonly shifts: Shifts
  /** What this till holds itself. */
  readonly stock: Stock
  site(): Site | null
  refOf(senior: { id: FullSenior['id'] }): SeniorRef | null
  rosterIsStale(): boolean
  /** Why sales cannot be recorded now; null while they can. */
  stopped(): Notice | null
}

/** A price, and where and when it holds. */
export interface PricedHere {
  readonly priced: Priced
  readonly site: Site
  readonly meal: Meal
  readonly businessDate: BusinessDate
}

/** What this till makes of any visit, on its own screen or another till's. */
export interface Counter {
  /** What this till holds itself. */
  readonly stock: Stock
  today(): BusinessDate
  seniorOf(open: OpenCheckIn): FullSenior | ThinSenior | null
  refOf(open: OpenCheckIn): SeniorRef | null
  /** The card was reported lost. */
  isLost(open: OpenCheckIn): boolean
  /** What stands in the way of any sale now; null where nothing does. */
  obstacle(open?: OpenCheckIn | null): Notice | null
  price(open: OpenCheckIn, stock: Stock): PricedHere | Notice
  /** The assurance that the visit needs and does not have; null where nothing is missing. `also`: what the page that asks needs beside. */
  missing(site: Site, open: OpenCheckIn, priced: Priced, also?: AssuranceDemand): Assurance | null
}

export function createCounter(parts: CounterParts): Counter {
  const { clock, ledger, roster, stock } = parts
  const today = () => ledger.businessDateAt(businessDateOf(clock.now()))

  /** The meal period now; for a person who was identified just before its end, or was parked, the one they came in. */
  function mealOf(site: Site, open: OpenCheckIn | null): Meal | null {
    const now = clock.now()
    const waited = open !== null && (open.parked || now - open.at < resumeWindow)
    const came = waited && businessDateOf(open.at) === today() ? open.at : now
    return mealAt(came, site.mealPeriods)
  }

  function seniorOf(open: OpenCheckIn): FullSenior | ThinSenior | null {
    return open.senior === null ? null : roster.bySenior(open.senior)
  }

  function refOf(open: OpenCheckIn): SeniorRef | null {
    const senior = seniorOf(open)
    return senior ? parts.refOf(senior) : null
  }

  return {
    stock,
    today,
    seniorOf,
    refOf,
    isLost: ({ means, credentialKey }) =>
      means === 'card' && credentialKey !== null && roster.cardIsLost(credentialKey),
    obstacle(open = null) {
      const stopped = parts.stopped()
      if (stopped) return stopped
      const site = parts.site()
      if (!site) return { code: 'NOT_ENROLLED', values: {} }
      if (!parts.policies.current(site.policy)) return { code: 'NO_POLICY', values: {} }
      if (!mealOf(site, open)) return { code: 'NOT_MEAL_TIME', values: { time: nextMealTime(site, clock.now()) } }
      if (ledger.dayIsClosed(today())) return { code: 'DAY_CLOSED', values: {} }
      if (!parts.shifts.on(today())) return { code: 'NO_SHIFT', values: {} }
      return null
    },
    price(open, { usage, leases, earlier, portions }) {
      const site = parts.site()
      const policy = site ? parts.policies.current(site.policy) : null
      const item = site?.menu.find(one => one.id === open.set)
      const meal = site ? mealOf(site, open) : null
      if (!site || !policy) return { code: 'NO_POLICY', values: {} }
      if (!meal) return { code: 'NOT_MEAL_TIME', values: { time: nextMealTime(site, clock.now()) } }
      if (!item || (item.soldOut && !open.parked))
        return { code: 'SOLD_OUT', values: { set: item?.name.zh ?? open.set } }
      const beside = besideOf(site, open)
      if ('code' in beside) return beside
      const senior = seniorOf(open)
      const businessDate = today()
      // Also for another till, which sells by itself then.
      if (ledger.dayIsClosed(businessDate)) return { code: 'DAY_CLOSED', values: {} }
      const ref = refOf(open)
      const priced = priceVisit({
        ...{ site, policy, usage, leases, senior, ref, businessDate, meal },
        identified: open.who !== 'guest',
        set: item,
        beside,
        channel: open.channel,
        time: clockTime(businessMinuteOf(clock.now())),
        rosterIsStale: parts.rosterIsStale(),
        earlier: ref === null ? null : earlier(ref, businessDate, meal),
        atListPrice: open.atListPrice,
        proxy: open.proxy && { ...open.proxy, portions: portions(open.proxy.id, businessDate, meal) },
      })
      return { priced, site, meal, businessDate }
    },
    missing: (site, open, priced, also) => missingFor(site, priced, open.assurance, also),
  }
}

function nextMealTime(site: Site, at: number): string {
  const minute = businessMinuteOf(at)
  const starts = mealName.options.map(name => site.mealPeriods[name].from)
  return clockTime(starts.find(start => start > minute) ?? Math.min(...starts))
}
