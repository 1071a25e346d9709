import { addDays, type BusinessDate } from '../../../shared/business-day.ts'
import { type CounterRef, left } from '../../../shared/leases/holder.ts'
import { trancheOf } from '../../../shared/leases/pots.ts'
import { holderOf, leaseAhead, rightsWithoutPast, topUp } from '../../../shared/leases/rights.ts'
import { aheadFor, daysLeft, leasedThrough, reserveOf } from '../../../shared/leases/rules.ts'
import type { SimulatedSite } from './inhabitants.ts'
import type { Scope } from './messages.ts'
import type { Pricing } from './pricing.ts'
import type { ProvinceBook } from './province-book.ts'
import { firstDay } from './world.ts'

export type ProvinceHomes = ReturnType<typeof provinceHomes>

/** Whose home is where at the province of a simulation, and what the homes hold ahead. The first till of a site has the site's number. */
export function provinceHomes(parts: {
  readonly book: ProvinceBook
  readonly pricing: Pricing
  readonly sites: readonly SimulatedSite[]
  /** Each senior's home; null: there is none, as nothing is leased ahead. */
  readonly homes: readonly (number | null)[]
  today(): BusinessDate
}) {
  const { book, pricing, sites } = parts
  const homes = [...parts.homes]
  /** Where a senior was last seen away from home: two visits at one place make it the home. */
  const elsewhere = new Map<number, number>()
  const members = sites.map(() => new Set<number>())
  for (const [senior, home] of homes.entries()) if (home !== null) members[home]?.add(senior)
  const periods = new Map(pricing.limits(firstDay).map(({ limit, period }) => [limit, period]))

  /** Forgets periods that ended before everybody who holds any of them was heard. */
  function forget(scope: Scope, date: BusinessDate): void {
    const state = book.of(scope)
    const holders = Object.keys(state.rights.holders).filter(id => !state.rights.writtenOff.includes(id))
    const heard = holders.map(id => book.heard.get(id) ?? firstDay)
    const least = heard.reduce((earliest, one) => (one < earliest ? one : earliest), date)
    state.rights = rightsWithoutPast(state.rights, addDays(least, -3))
  }

  const whole = (counter: CounterRef) => ({ ...counter, amount: book.capOf(counter) })

  function refill(senior: number, site: number): void {
    const place = sites[site]
    if (place === undefined || homes[senior] !== site) return
    const date = parts.today()
    const id = book.idOf(site)
    const state = book.of(senior)
    forget(senior, date)
    state.rights = leaseAhead(state.rights, id, aheadFor(place.leaseClass, date, pricing.limits(date)), book.capOf)
    const now = pricing.counters({ date, meal: 'lunch' })
    const long = now.filter(({ period }) => period !== 'meal' && period !== 'day')
    state.rights = topUp(state.rights, id, long.map(whole), book.capOf, counter => {
      const period = periods.get(counter.limit)
      const reserve = period && reserveOf(period, book.capOf(counter), daysLeft(period, date), place.leaseClass)
      return reserve ?? 0
    })
    // Where another terminal still holds the periods ahead, those of today are given as far as they are free.
    if (holderOf(state.rights, id).ahead === null) {
      const today = [...now, ...pricing.counters({ date, meal: 'dinner' })]
      state.rights = topUp(state.rights, id, today.map(whole), book.capOf)
    }
    book.tell(site, senior)
  }

  /** Gives a site its part of the pots of every period that it may sell in before it is heard again. */
  function refillPots(site: number): void {
    const place = sites[site]
    const date = parts.today()
    if (place === undefined || pricing.pots(date).length === 0) return
    const id = book.idOf(site)
    const seen = new Set<string>()
    for (let day = date; day <= leasedThrough(place.leaseClass, date); day = addDays(day, 1))
      for (const counter of pricing.pots(day)) {
        if (seen.has(counter.key)) continue
        seen.add(counter.key)
        const fund = pricing.fundOf(counter)
        if (day === date) forget(fund.id, date)
        const state = book.of(fund.id)
        const capFen = book.capOf(counter)
        const tranche = trancheOf(
          place.leaseClass,
          { period: fund.period, capFen, date: day },
          { here: members[site]?.size ?? 0, all: homes.length },
        )
        const before = state.rights
        state.rights = topUp(before, id, [{ ...counter, amount: tranche }], book.capOf, () =>
          reserveOf(fund.period, capFen, daysLeft(fund.period, day)),
        )
        if (left(holderOf(state.rights, id), counter) !== left(holderOf(before, id), counter)) book.tell(site, fund.id)
      }
  }

  return {
    homeOf: (senior: number) => homes[senior] ?? null,
    refill,
    /** The day's leases of a site. */
    refillSite(site: number): void {
      for (const senior of members[site] ?? []) refill(senior, site)
      refillPots(site)
    },
    /** A senior was served at a site; the second time in a row it becomes the home. */
    seenAt(senior: number, site: number): void {
      const before = homes[senior] ?? null
      if (before === null) return
      if (before === site) {
        elsewhere.delete(senior)
        return
      }
      if (elsewhere.get(senior) !== site) {
        elsewhere.set(senior, site)
        return
      }
      members[before]?.delete(senior)
      book.recallAll(senior, book.idOf(before))
      homes[senior] = site
      elsewhere.delete(senior)
      members[site]?.add(senior)
      refill(senior, site)
    },
  }
}
