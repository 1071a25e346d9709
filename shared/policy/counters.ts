import { z } from 'zod'
import {
  addDays,
  type BusinessDate,
  businessDate,
  type LimitPeriod,
  limitPeriod,
  periodLabel,
  weekdayOf,
} from '../business-day.ts'
import { type Circumstances, judge, judgeAny, type Rules } from './conditions.ts'
import type { PersonFacts, VisitFacts } from './facts.ts'
import type { Cap, PolicyPack, PolicyVersion } from './language.ts'
import type { Obstacle } from './reasons.ts'

const counterUnit = z.enum(['count', 'fen'])

/**
 * One limit or allowance of one person in one period: `key` = `limit|label` is unique within a pack. Versions that name a limit alike share
 * its counters. `cap` is the greatest that anybody has; `capFor` says a person's own.
 */
export const counter = z.strictObject({
  limit: z.string(),
  period: limitPeriod,
  label: z.string(),
  unit: counterUnit,
  cap: z.int(),
  key: z.string(),
})
export type Counter = z.infer<typeof counter>

/** What a visit takes from a counter: 1 of a count, or fen. */
export const debit = z.strictObject({
  key: z.string(),
  limit: z.string(),
  label: z.string(),
  unit: counterUnit,
  amount: z.int().min(1),
})
export type Debit = z.infer<typeof debit>

/** Key of the counter of a limit in the period that holds a date and meal; a visit without a meal counts as the meal `-`. */
export function counterLabel(period: LimitPeriod, date: BusinessDate, mealName: string | undefined): string {
  return periodLabel(period, date, mealName ?? '-')
}

/** Every counter of a person that a visit could draw on under a version, limits before allowances, in the version's order. */
export function countersFor(version: PolicyVersion, visit: VisitFacts): Counter[] {
  const allowances = (version.allowances ?? []).map(item => ({ ...item, unit: 'fen' as const }))
  return [...version.limits, ...allowances].map(({ id, period, unit, cap }) => {
    const label = counterLabel(period, visit.businessDate, visit.meal)
    return { limit: id, period, label, unit, cap: greatestCap(cap), key: `${id}|${label}` }
  })
}

/** A limit of a policy, and what it gives one person in each period. */
export interface LimitCap {
  readonly limit: string
  readonly period: LimitPeriod
  readonly cap: number
}

/** What a limit or allowance gives one person; where it is 0 because no class holds, the obstacles worth telling. */
export type PersonCap = { readonly cap: number; readonly obstacles: readonly Obstacle[] }

/** A person's own cap of a limit or allowance of a version; 0 where the version has none of that id. */
export function capFor(
  version: PolicyVersion,
  limit: string,
  at: { readonly person: PersonFacts | null; readonly visit: VisitFacts; readonly rules: Rules },
): PersonCap {
  const allowance = version.allowances?.find(({ id }) => id === limit)
  const circumstances = { ...at, runningFen: at.visit.listFen }
  if (allowance === undefined) {
    const found = version.limits.find(({ id }) => id === limit)
    return found === undefined ? { cap: 0, obstacles: [] } : capIn(found.cap, circumstances)
  }
  const today = capIn(allowance.cap, circumstances)
  if (allowance.entitledOn !== 'period') return today
  const businessDate = startsOn(allowance.period, at.visit.businessDate)
  const then = capIn(allowance.cap, { ...circumstances, visit: { ...at.visit, businessDate } })
  return then.cap > today.cap ? then : today
}

function capIn(cap: Cap, at: Circumstances): PersonCap {
  if (typeof cap === 'number') return { cap, obstacles: [] }
  const verdicts = cap.classes.map(({ when }) => judge(when, at))
  const first = cap.classes.find((_, index) => verdicts[index]?.holds)
  if (first !== undefined) return { cap: first.cap, obstacles: [] }
  const nearest = judgeAny(verdicts)
  return { cap: 0, obstacles: nearest.holds ? [] : nearest.obstacles }
}

/** The figure under an id of a pack. Ids may be called like something that every object has, such as `valueOf`. */
export function figureOf(figures: Readonly<Record<string, number>> | undefined, id: string): number | undefined {
  return figures !== undefined && Object.hasOwn(figures, id) ? figures[id] : undefined
}

/** The most that a limit or allowance gives anybody. */
export function greatestCap(cap: Cap): number {
  return typeof cap === 'number' ? cap : Math.max(...cap.classes.map(item => item.cap))
}

/** The pot of a fund that can run out, in the period that holds a date; null for a fund without one. */
export function potCounter(
  pack: PolicyPack,
  fund: string,
  date: BusinessDate,
): { key: string; label: string; limit: string } | null {
  const pot = pack.funds.find(({ id }) => id === fund)?.pot
  if (pot === undefined) return null
  const label = counterLabel(pot.period, date, undefined)
  return { limit: `pot:${fund}`, label, key: `pot:${fund}|${label}` }
}

/** First date of the period that holds a date. */
export function startsOn(period: Exclude<LimitPeriod, 'meal'>, date: BusinessDate): BusinessDate {
  switch (period) {
    case 'day':
      return date
    case 'week':
      return addDays(date, 1 - weekdayOf(date))
    case 'month':
      return businessDate.parse(`${date.slice(0, 7)}-01`)
    case 'year':
      return businessDate.parse(`${date.slice(0, 4)}-01-01`)
  }
}

/** First date of the period after the one that holds `date`; null for a meal, whose next comes on the same day or not. */
export function resumesOn(period: LimitPeriod, date: BusinessDate): BusinessDate | null {
  const [year, month] = [Number(date.slice(0, 4)), Number(date.slice(5, 7))]
  switch (period) {
    case 'meal':
      return null
    case 'day':
      return addDays(date, 1)
    case 'week':
      return addDays(date, 8 - weekdayOf(date))
    case 'month':
      return businessDate.parse(
        month === 12 ? `${year + 1}-01-01` : `${date.slice(0, 4)}-${String(month + 1).padStart(2, '0')}-01`,
      )
    case 'year':
      return businessDate.parse(`${year + 1}-01-01`)
  }
}
