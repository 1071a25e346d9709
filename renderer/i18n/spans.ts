import type { TerminalView } from '../../shared/terminal-api.ts'
import { ageText, clockText, dateSeenFrom, dateText, type Language } from './dates.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Whole days from one date to another, both `YYYY-MM-DD`. */
function daysFrom(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY)
}

/** The how-manieth business day offline it is; the day on which the network went is the first. The business day turns at 04:00. */
export function offlineDay(since: number, today: string): number {
  return Math.max(1, daysFrom(dateText(since - 4 * HOUR), today) + 1)
}

export type RosterLeft =
  | { readonly kind: 'none' }
  | { readonly kind: 'over'; readonly until: string }
  | { readonly kind: 'days'; readonly days: number; readonly until: string }
  /** `more`: some days more than these whole weeks. */
  | { readonly kind: 'weeks'; readonly weeks: number; readonly more: boolean; readonly until: string }

/** How long the roster still counts after today: days up to a week, whole weeks beyond; 0 days = today is the last. */
export function rosterLeft(roster: TerminalView['roster'], today: string): RosterLeft {
  const { syncedAt, goodUntil: until, stale } = roster
  if (syncedAt === null || until === null) return { kind: 'none' }
  const days = Math.min(daysFrom(today, until), roster.validDays)
  if (stale || days < 0) return { kind: 'over', until }
  if (days <= 7) return { kind: 'days', days, until }
  return { kind: 'weeks', weeks: Math.floor(days / 7), more: days % 7 > 0, until }
}

/** The last week of a roster, a block a day, the days that are over first. */
export function rosterBlocks(left: number, validDays: number): { day: number; isLeft: boolean }[] {
  const total = Math.min(7, validDays)
  return Array.from({ length: total }, (_, day) => ({ day, isLeft: day >= total - left }))
}

/** When something was, by day and clock: `今天 6:10`, `昨天 17:42`, `11 月 17 日 6:10`. */
export function momentText(at: number, now: number, language: Language): string {
  const [day, today] = [dateText(at), dateText(now)]
  const clock = clockText(at).replace(/^0/, '')
  const ago = daysFrom(day, today)
  if (ago === 0) return language === 'zh' ? `今天 ${clock}` : `today ${clock}`
  if (ago === 1) return language === 'zh' ? `昨天 ${clock}` : `yesterday ${clock}`
  return `${dateSeenFrom(day, today, language)} ${clock}`
}

/** How long something has waited, or null where it came only just now. */
export function waitText(at: number, now: number, language: Language): string | null {
  return now - at < MINUTE ? null : ageText(at, now, language)
}

const grouped = new Intl.NumberFormat('en')

/** A count with commas at the thousands: `2,316`. */
export function countText(count: number): string {
  return grouped.format(count)
}
