import type { BusinessDate } from '../../../shared/business-day.ts'
import { left } from '../../../shared/leases/holder.ts'
import { potsAhead, withTranche } from '../../../shared/leases/pot-lease.ts'
import { holderOf, rightsWithoutPast } from '../../../shared/leases/rights.ts'
import { forgottenBefore, refilled, seenAt } from '../../../shared/leases/senior-lease.ts'
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
  const members = sites.map(() => new Set<number>())
  for (const [senior, home] of parts.homes.entries())
    if (home !== null) {
      members[home]?.add(senior)
      book.put(senior, { ...book.of(senior), home: book.idOf(home) })
    }

  const homeOf = (senior: number): number | null => {
    const { home } = book.of(senior)
    return home === null ? null : book.tillOf(home)
  }

  /** The date through which everybody was heard who holds any of a scope. */
  function heardThrough(scope: Scope, date: BusinessDate): BusinessDate {
    const { holders, writtenOff } = book.of(scope).rights
    const heard = Object.keys(holders).flatMap(id => (writtenOff.includes(id) ? [] : [book.heard.get(id) ?? firstDay]))
    return heard.reduce((earliest, one) => (one < earliest ? one : earliest), date)
  }

  function refill(senior: number, site: number): void {
    const place = sites[site]
    if (place === undefined) return
    const date = parts.today()
    const { leaseClass } = place
    const at = { leaseClass, date, limitsOn: pricing.limits, since: heardThrough(senior, date), capOf: book.capOf }
    book.put(senior, refilled(book.of(senior), book.idOf(site), at))
    book.tell(site, senior)
  }

  /** Gives a site its part of the pots of every period that it may sell in before it is heard again. */
  function refillPots(site: number): void {
    const place = sites[site]
    const date = parts.today()
    if (place === undefined || pricing.pots(date).length === 0) return
    const id = book.idOf(site)
    for (const pot of potsAhead(pricing.pack, place.leaseClass, date)) {
      const { fund, counter } = pot
      const kept = rightsWithoutPast(book.of(fund).rights, forgottenBefore(heardThrough(fund, date)))
      const after = withTranche(kept, id, pot, {
        ...{ leaseClass: place.leaseClass, capFen: book.capOf(counter) },
        members: { here: members[site]?.size ?? 0, all: parts.homes.length },
      })
      book.putRights(fund, after)
      if (left(holderOf(after, id), counter) !== left(holderOf(kept, id), counter)) book.tell(site, fund)
    }
  }

  return {
    homeOf,
    refill,
    /** The day's leases of a site. */
    refillSite(site: number): void {
      for (const senior of members[site] ?? []) refill(senior, site)
      refillPots(site)
    },
    /** A senior was served at a site; the second time in a row it becomes the home. */
    seenAt(senior: number, site: number): void {
      const before = homeOf(senior)
      book.putTold(senior, seenAt(book.of(senior), book.idOf(site)))
      const now = homeOf(senior)
      if (before === now || now === null) return
      if (before !== null) members[before]?.delete(senior)
      members[now]?.add(senior)
      refill(senior, now)
    },
  }
}
