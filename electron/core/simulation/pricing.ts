import type { BusinessDate, Meal } from '../../../shared/business-day.ts'
import type { Amount } from '../../../shared/leases/holder.ts'
import type { LimitCap } from '../../../shared/leases/rules.ts'
import { rulesOf } from '../../../shared/policy/conditions.ts'
import { type Counter, capFor, countersFor } from '../../../shared/policy/counters.ts'
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
}

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
  return {
    counters: (visit: SimulatedVisit): Counter[] => countersFor(versionOn(visit.date), visitOf(visit)),
    price(visit: SimulatedVisit, used: QuoteInputs['used'], rights: QuoteInputs['rights']): Price {
      const { subsidies, pendingFen, debits } = quote(pack, { ...form, visit: visitOf(visit), used, rights })
      return { subsidyFen: subsidies.reduce((sum, { fen }) => sum + fen, 0), pendingFen, debits }
    },
    /** What every limit gives a senior in each of its periods. */
    limits(date: BusinessDate): LimitCap[] {
      const version = versionOn(date)
      const at = { person: form.person, visit: { ...form.visit, businessDate: date }, rules: rulesOf(pack, version) }
      return version.limits.map(({ id, period }) => ({ limit: id, period, cap: capFor(version, id, at).cap }))
    },
  }
}
