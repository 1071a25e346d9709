import {
  addDays,
  type BusinessDate,
  businessDate,
  type LimitPeriod,
  labelBeginsBy,
  weekdayOf,
} from '../business-day.ts'
import { resumesOn, startsOn } from '../policy/counters.ts'
import type { LimitCap } from './limit-cap.ts'
import type { CapOf } from './rights.ts'
import { isOwed } from './word.ts'

/** What every limit gives one person on a date. */
export type LimitsOn = (date: BusinessDate) => readonly LimitCap[]

/** First and last day of a label's period (see `periodLabel`); null for what is no label. */
export function daysOf(label: string): { first: BusinessDate; last: BusinessDate } | null {
  const [, year = '', week] = /^(\d{4})-W(\d\d)$/.exec(label) ?? []
  const within = (period: Exclude<LimitPeriod, 'meal'>, text: string) => {
    const date = businessDate.safeParse(text)
    if (!date.success) return null
    const first = startsOn(period, date.data)
    return { first, last: addDays(resumesOn(period, first) ?? first, -1) }
  }
  if (week !== undefined) {
    // The fourth of January lies in the first week of its year.
    const fourth = businessDate.safeParse(`${year}-01-04`)
    return fourth.success
      ? within('week', addDays(fourth.data, 1 - weekdayOf(fourth.data) + 7 * (Number(week) - 1)))
      : null
  }
  if (/^\d{4}$/.test(label)) return within('year', `${label}-01-01`)
  if (/^\d{4}-\d\d$/.test(label)) return within('month', `${label}-01`)
  return /^\d{4}-\d\d-\d\d(\/.*)?$/.test(label) ? within('day', label.slice(0, 10)) : null
}

/**
 * The day on which it is decided what a label's counters hold: today while its period runs, its last day once it is over, its first before it
 * begins. Null for what is no label.
 */
export function capDay(label: string, today: BusinessDate): BusinessDate | null {
  const days = daysOf(label)
  if (days === null) return null
  if (!labelBeginsBy(label, today)) return days.first
  return days.last < today ? days.last : today
}

/** The caps of one person's counters as they are today (see `capDay`); one of each claim that is owed. */
export function capsOn(limitsOn: LimitsOn, today: BusinessDate): CapOf {
  const days = new Map<string, BusinessDate | null>()
  return counter => {
    if (isOwed(counter)) return 1
    const day = days.get(counter.label) ?? capDay(counter.label, today)
    days.set(counter.label, day)
    return day === null ? 0 : (limitsOn(day).find(({ limit }) => limit === counter.limit)?.cap ?? 0)
  }
}
