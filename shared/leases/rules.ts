import { addDays, type BusinessDate, daysBetween, type LimitPeriod } from '../business-day.ts'
import { resumesOn } from '../policy/counters.ts'
import type { Site } from '../site.ts'
import { type Ahead, type Amount, type Holder, left, lineOf } from './holder.ts'
import { type CapOf, free, type HolderId, type Rights } from './rights.ts'

/** What a visit may draw now, by counter, as `QuoteInputs.rights` takes it. */
export function rightsOf(held: Holder, counters: readonly Omit<Amount, 'amount'>[]): Record<string, number> {
  return Object.fromEntries(counters.map(counter => [counter.key, Math.max(0, left(held, counter))]))
}

/** The totals that a holder needs so that it can draw these debits. Asked for again after a lost answer they give nothing twice. */
export function totalsFor(held: Holder, debits: readonly Amount[]): Amount[] {
  return debits.map(debit => {
    const { granted } = lineOf(held, debit)
    return { ...debit, amount: granted + Math.max(0, debit.amount - left(held, debit)) }
  })
}

/** A limit of a policy, and what it gives this senior in each period. */
export interface LimitCap {
  readonly limit: string
  readonly period: LimitPeriod
  readonly cap: number
}

/** The date through which a home terminal holds rights: a week in town, the current and the next month in a village. */
export function leasedThrough(leaseClass: Site['leaseClass'], date: BusinessDate): BusinessDate {
  if (leaseClass === 'town') return addDays(date, 7)
  const nextMonth = resumesOn('month', date) ?? date
  return addDays(resumesOn('month', nextMonth) ?? nextMonth, -1)
}

/**
 * How much of a counter stays at the province for visits elsewhere: nothing of a meal or day, which is called back whole, and of longer
 * periods one part in eight, until their last days. Nothing where the home is in a village: it could not fetch the rest for weeks.
 */
export function reserveOf(
  period: LimitPeriod,
  cap: number,
  daysLeft: number,
  leaseClass: Site['leaseClass'] = 'town',
): number {
  if (leaseClass === 'village' || period === 'meal' || period === 'day' || daysLeft <= 3) return 0
  return Math.floor(cap / 8)
}

/** The lease ahead of a home: every limit up to what the senior has of it, less the reserve. */
export function aheadFor(leaseClass: Site['leaseClass'], date: BusinessDate, limits: readonly LimitCap[]): Ahead {
  const each = limits.map(({ limit, period, cap }) => [
    limit,
    cap - reserveOf(period, cap, Number.POSITIVE_INFINITY, leaseClass),
  ])
  return { through: leasedThrough(leaseClass, date), each: Object.fromEntries(each) }
}

/** Days from a date to the end of the period that holds it; 0 on its last. */
export function daysLeft(period: LimitPeriod, date: BusinessDate): number {
  const next = resumesOn(period, date)
  if (next === null) return 0
  return daysBetween(date, next) - 1
}

/**
 * What to call back, and from whom, so that `asker` could draw these debits; null where even all that is out would not do. The holder with
 * most of a counter gives first.
 */
export function recallsFor(
  kept: Rights,
  asker: HolderId,
  debits: readonly Amount[],
  capOf: CapOf,
): ReadonlyMap<HolderId, readonly Amount[]> | null {
  const recalls = new Map<HolderId, Amount[]>()
  for (const debit of debits) {
    let lacking = debit.amount - free(kept, debit, capOf)
    const own = kept.holders[asker]
    if (own !== undefined) lacking -= left(own, debit)
    const others = Object.entries(kept.holders)
      .filter(([id]) => id !== asker && !kept.writtenOff.includes(id))
      .map(([id, held]) => ({ id, held: left(held, debit) }))
      .sort((one, other) => other.held - one.held)
    for (const { id, held } of others) {
      if (lacking <= 0 || held <= 0) break
      const amount = Math.min(lacking, held)
      recalls.set(id, [...(recalls.get(id) ?? []), { ...debit, amount }])
      lacking -= amount
    }
    if (lacking > 0) return null
  }
  return recalls
}
