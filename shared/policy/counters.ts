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
import type { VisitFacts } from './facts.ts'
import type { PolicyVersion } from './language.ts'

const counterUnit = z.enum(['count', 'fen'])

/** One limit of one person in one period: `key` = `limit|label` is unique within a pack. Versions that name a limit alike share its counters. */
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

/** Every counter that a visit could draw on under a version, in the version's order of limits. */
export function countersFor(version: PolicyVersion, visit: VisitFacts): Counter[] {
  return version.limits.map(({ id, period, unit, cap }) => {
    const label = counterLabel(period, visit.businessDate, visit.meal)
    return { limit: id, period, label, unit, cap, key: `${id}|${label}` }
  })
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
