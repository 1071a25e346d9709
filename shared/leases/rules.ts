import { addDays, type BusinessDate, daysBetween, type LimitPeriod, labelEndsBefore, meal } from '../business-day.ts'
import { counterLabel, resumesOn } from '../policy/counters.ts'
import type { Site } from '../site.ts'
import { capsOn, type LimitsOn } from './cap-day.ts'
import { type Ahead, type Amount, at, type Holder, left, lineOf } from './holder.ts'
import type { LimitCap } from './limit-cap.ts'
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

/** The counters of limits in the periods that hold a date: of each meal one, of any longer period one. */
export function countersOn(limits: readonly LimitCap[], date: BusinessDate): Amount[] {
  return limits.flatMap(({ limit, period, cap }) =>
    (period === 'meal' ? meal.options : meal.options.slice(0, 1)).map(name => {
      const label = counterLabel(period, date, name)
      return { key: `${limit}|${label}`, limit, label, amount: cap }
    }),
  )
}

/** What a home is leased ahead, and which counters get less than figures that hold for all periods of a limit. */
export interface LeasedAhead {
  readonly ahead: Ahead
  lowerThan(each: Ahead['each']): readonly Amount[]
}

/**
 * The lease ahead of a home: every limit up to the most that the senior has of it in any period to come, less the reserve. Counters with less
 * are looked for from a date `since` on: nobody draws on earlier ones.
 */
export function aheadFor(
  leaseClass: Site['leaseClass'],
  date: BusinessDate,
  limitsOn: LimitsOn,
  since: BusinessDate = date,
): LeasedAhead {
  const through = leasedThrough(leaseClass, date)
  const days = Array.from({ length: daysBetween(since, through) + 1 }, (_, day) => addDays(since, day))
  const limits = new Map(days.flatMap(day => limitsOn(day).map(item => [`${item.limit}|${item.period}`, item])))
  const less = (period: LimitPeriod, cap: number) => cap - reserveOf(period, cap, Number.POSITIVE_INFINITY, leaseClass)
  const capOf = capsOn(limitsOn, date)
  const figures = [...limits.values()].map(item => {
    const isSteady = days.every(day => limitsOn(day).some(({ limit, cap }) => limit === item.limit && cap === item.cap))
    const all = () =>
      days
        .flatMap(day => countersOn([item], day))
        .map(counter => ({ ...counter, amount: less(item.period, capOf(counter)) }))
    const coming = () => all().flatMap(({ label, amount }) => (labelEndsBefore(label, date) ? [] : [amount]))
    const most = isSteady ? less(item.period, item.cap) : Math.max(0, ...coming())
    return { limit: item.limit, isSteady, all, most }
  })
  return {
    ahead: { through, each: Object.fromEntries(figures.map(({ limit, most }) => [limit, most])) },
    lowerThan(each) {
      return figures.flatMap(({ limit, isSteady, all, most }) => {
        const figure = at(each, limit) ?? 0
        return isSteady && most >= figure ? [] : all().filter(({ amount }) => amount < figure)
      })
    },
  }
}

/** Days from a date to the end of the period that holds it; 0 on its last. */
export function daysLeft(period: LimitPeriod, date: BusinessDate): number {
  const next = resumesOn(period, date)
  if (next === null) return 0
  return daysBetween(date, next) - 1
}

/**
 * What to call back, and from whom, so that `asker` could draw these debits; null where even all that is out would not do. The holder with
 * most of a counter gives first, and last those who were asked for it before and did not answer.
 */
export function recallsFor(
  kept: Rights,
  asker: HolderId,
  debits: readonly Amount[],
  capOf: CapOf,
  isUnanswered: (id: HolderId, debit: Amount) => boolean = () => false,
): ReadonlyMap<HolderId, readonly Amount[]> | null {
  const recalls = new Map<HolderId, Amount[]>()
  for (const debit of debits) {
    let lacking = debit.amount - free(kept, debit, capOf)
    const own = kept.holders[asker]
    if (own !== undefined) lacking -= left(own, debit)
    const others = Object.entries(kept.holders)
      .filter(([id]) => id !== asker && !kept.writtenOff.includes(id))
      .map(([id, held]) => ({ id, held: left(held, debit), isLate: isUnanswered(id, debit) }))
      .filter(({ held }) => held > 0)
      .sort((one, other) => Number(one.isLate) - Number(other.isLate) || other.held - one.held)
    for (const { id, held } of others) {
      if (lacking <= 0) break
      const amount = Math.min(lacking, held)
      recalls.set(id, [...(recalls.get(id) ?? []), { ...debit, amount }])
      lacking -= amount
    }
    if (lacking > 0) return null
  }
  return recalls
}
