import type { BusinessDate, Meal } from '../../../shared/business-day.ts'
import type { Amount, CounterRef } from '../../../shared/leases/holder.ts'
import type { LimitCap } from '../../../shared/leases/limit-cap.ts'
import { rulesOf } from '../../../shared/policy/conditions.ts'
import { type Counter, capFor, countersFor, potCounter } from '../../../shared/policy/counters.ts'
import type { PolicyPack } from '../../../shared/policy/language.ts'
import { quote, versionInForce } from '../../../shared/policy/quote.ts'
import { type QuoteInputs, quoteInputs } from '../../../shared/policy/quote-form.ts'

/** One meal of a simulated world, as every quote of it begins. */
export interface SimulatedVisit {
  readonly date: BusinessDate
  readonly meal: Meal
  readonly listFen: number
}

export interface Price {
  readonly subsidyFen: number
  readonly pendingFen: number
  readonly debits: readonly Amount[]
  /** Funds whose pot, as it was given, did not hold all that the visit would take. */
  readonly short: readonly string[]
}

/** What a price depends on beside the visit. `pots`: fen by fund; absent = no bound. */
export interface Means {
  readonly used: Readonly<Record<string, number>>
  readonly rights: 'whole-cap' | Readonly<Record<string, number>>
  readonly pots?: Readonly<Record<string, number>>
}

export type Pricing = ReturnType<typeof pricer>

const mostKept = 200_000

/** The real quote, for seniors who are all alike but for what they used. */
export function pricer(pack: PolicyPack) {
  const place = { city: 'SIM' }
  const form = quoteInputs.parse({
    person: { birthDate: '1945-01-01', categories: [], household: place },
    visit: {
      businessDate: '2026-11-10',
      meal: 'lunch',
      channel: 'dine-in',
      listFen: 1000,
      site: { place, listed: true },
    },
    used: {},
    rights: 'whole-cap',
  })
  const listFen = new Map<number, QuoteInputs['visit']['listFen']>()
  const fenOf = (amount: number) => {
    const known =
      listFen.get(amount) ?? quoteInputs.parse({ ...form, visit: { ...form.visit, listFen: amount } }).visit.listFen
    listFen.set(amount, known)
    return known
  }
  const visitOf = ({ date, meal, listFen: amount }: SimulatedVisit) => ({
    ...form.visit,
    ...{ businessDate: date, meal, listFen: fenOf(amount) },
  })
  const versionOn = (date: BusinessDate) => {
    const version = versionInForce(pack, date)
    if (version === null) throw new Error(`no version of the simulated policy is in force on ${date}`)
    return version
  }
  /** What every limit gives a senior in each of its periods. */
  const limitsOn = new Map<BusinessDate, LimitCap[]>()
  const limits = (date: BusinessDate): LimitCap[] => {
    const known = limitsOn.get(date)
    if (known !== undefined) return known
    const version = versionOn(date)
    const at = { person: form.person, visit: { ...form.visit, businessDate: date }, rules: rulesOf(pack, version) }
    const found = version.limits.map(({ id, period }) => ({ limit: id, period, cap: capFor(version, id, at).cap }))
    limitsOn.set(date, found)
    return found
  }
  const capsOn = new Map<BusinessDate, Map<string, number>>()
  const capOn = (date: BusinessDate, limit: string) => {
    const caps = capsOn.get(date) ?? new Map(limits(date).map(item => [item.limit, item.cap]))
    capsOn.set(date, caps)
    return caps.get(limit) ?? 0
  }
  const countersOf = new Map<string, readonly Counter[]>()
  const counters = (visit: Omit<SimulatedVisit, 'listFen'>): readonly Counter[] => {
    const name = `${visit.date}/${visit.meal}`
    const found = countersOf.get(name) ?? countersFor(versionOn(visit.date), visitOf({ ...visit, listFen: 0 }))
    countersOf.set(name, found)
    return found
  }
  const potsOn = new Map<BusinessDate, readonly CounterRef[]>()
  const prices = new Map<string, Price>()

  function priceOf(visit: SimulatedVisit, { used, rights, pots }: Means): Price {
    const bound = pots === undefined ? {} : { pots: { ...pots } }
    const { subsidies, pendingFen, debits, reasons } = quote(pack, {
      ...{ ...form, ...bound, visit: visitOf(visit), used: { ...used } },
      rights: rights === 'whole-cap' ? rights : { ...rights },
    })
    const short = reasons.flatMap(({ code, values }) => (code === 'FUND_EXHAUSTED' ? [String(values.fund)] : []))
    return { subsidyFen: subsidies.reduce((sum, { fen }) => sum + fen, 0), pendingFen, debits, short }
  }

  return {
    pack,
    counters,
    limits,
    /** The pots that visits on a date draw on. */
    pots(date: BusinessDate): readonly CounterRef[] {
      const found = potsOn.get(date) ?? pack.funds.flatMap(({ id }) => potCounter(pack, id, date) ?? [])
      potsOn.set(date, found)
      return found
    },
    /** The quote of a visit as it is. */
    priceOf,
    /**
     * The same, remembered: no visit takes more of a counter or pot than its price, or than 1 of a count, so whatever is left above that
     * changes nothing (a test compares the two).
     */
    price(visit: SimulatedVisit, means: Means): Price {
      const used: Record<string, number> = {}
      const rights: Record<string, number> = {}
      let name = `${visit.date}/${visit.meal}/${visit.listFen}`
      for (const { key, limit, unit } of counters(visit)) {
        const most = unit === 'count' ? 1 : visit.listFen
        const cap = capOn(visit.date, limit)
        const room = Math.min(most, Math.max(0, cap - (means.used[key] ?? 0)))
        used[key] = cap - room
        rights[key] = means.rights === 'whole-cap' ? most : Math.min(most, means.rights[key] ?? 0)
        name += `/${room},${rights[key]}`
      }
      const pots =
        means.pots === undefined
          ? undefined
          : Object.fromEntries(Object.entries(means.pots).map(([fund, fen]) => [fund, Math.min(fen, visit.listFen)]))
      if (pots !== undefined) for (const fund of Object.keys(pots)) name += `/${fund},${pots[fund]}`
      const known = prices.get(name)
      if (known !== undefined) return known
      if (prices.size > mostKept) prices.clear()
      const priced = priceOf(visit, { used, rights, ...(pots === undefined ? {} : { pots }) })
      prices.set(name, priced)
      return priced
    },
  }
}
