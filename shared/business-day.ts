import { z } from 'zod'

/** A business date in Asia/Shanghai, `YYYY-MM-DD`. The business day turns at 04:00. */
export const businessDate = z.iso.date().brand<'BusinessDate'>()
export type BusinessDate = z.infer<typeof businessDate>

export const meal = z.enum(['breakfast', 'lunch', 'dinner'])
export type Meal = z.infer<typeof meal>

const businessMinute = z.int().min(240).max(1680)

/** Minutes after midnight of the business date, 240 (04:00) to 1680 (04:00 of the next day). `to` is exclusive. */
export const mealPeriods = z.record(meal, z.object({ from: businessMinute, to: businessMinute }))
export type MealPeriods = z.infer<typeof mealPeriods>

/** DESIGN's default meal periods: breakfast 06:00-09:30, lunch 10:30-13:30, dinner 16:30-19:00. */
export const defaultMealPeriods: MealPeriods = {
  breakfast: { from: 360, to: 570 },
  lunch: { from: 630, to: 810 },
  dinner: { from: 990, to: 1140 },
}

const shanghaiOffset = 8 * 3600_000
const dayTurn = 4 * 3600_000
const dayLength = 86_400_000

/** Milliseconds UTC of midnight UTC of a calendar date; the one place where date text becomes a number. */
function epochOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`)
}

function dateOf(epoch: number): BusinessDate {
  return businessDate.parse(new Date(epoch).toISOString().slice(0, 10))
}

/** The business date of an instant (ms UTC): Shanghai keeps UTC+8 all year since 1991. */
export function businessDateOf(atMilliseconds: number): BusinessDate {
  return dateOf(atMilliseconds + shanghaiOffset - dayTurn)
}

/** The first minute of a business day, after midnight. */
export const dayBegins = dayTurn / 60_000

/** The instant (ms UTC) at which a business date begins, 04:00 in Shanghai. */
export function beginOf(date: BusinessDate): number {
  return epochOf(date) - shanghaiOffset + dayTurn
}

/** Minutes after midnight of the business date at an instant (ms UTC): 240..1679, so that 01:00 is minute 1500 of the day before. */
export function businessMinuteOf(atMilliseconds: number): number {
  const local = atMilliseconds + shanghaiOffset - dayTurn
  return Math.floor((((local % dayLength) + dayLength) % dayLength) / 60_000) + dayTurn / 60_000
}

/** Minutes after midnight as clock time, `HH:MM`; minutes past 24:00 belong to the next calendar day's small hours. */
export function clockTime(minutes: number): string {
  const [hour, minute] = [Math.floor(minutes / 60) % 24, minutes % 60]
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}

/** An instant (ms UTC) as Shanghai's wall clock shows it, `YYYYMMDD-HHMMSS`: for names of files that sort by time. */
export function clockStamp(atMilliseconds: number): string {
  const text = new Date(atMilliseconds + shanghaiOffset).toISOString()
  return `${text.slice(0, 10).replaceAll('-', '')}-${text.slice(11, 19).replaceAll(':', '')}`
}

/** The meal period running at an instant, or null between meals. */
export function mealAt(atMilliseconds: number, periods: MealPeriods): Meal | null {
  const minute = businessMinuteOf(atMilliseconds)
  return meal.options.find(name => minute >= periods[name].from && minute < periods[name].to) ?? null
}

export function addDays(date: BusinessDate, days: number): BusinessDate {
  return dateOf(epochOf(date) + days * dayLength)
}

/** Whole days from `from` to `to`; negative when `to` lies before. */
export function daysBetween(from: BusinessDate, to: BusinessDate): number {
  return Math.round((epochOf(to) - epochOf(from)) / dayLength)
}

/** ISO weekday, 1 Monday .. 7 Sunday. */
export function weekdayOf(date: BusinessDate): number {
  return new Date(epochOf(date)).getUTCDay() || 7
}

/** Label of the Monday-Sunday week that holds a date, ISO 8601: `2026-W47`. */
export function weekLabel(date: BusinessDate): string {
  const thursday = addDays(date, 4 - weekdayOf(date))
  const year = thursday.slice(0, 4)
  const week = Math.floor((epochOf(thursday) - epochOf(`${year}-01-01`)) / dayLength / 7) + 1
  return `${year}-W${String(week).padStart(2, '0')}`
}

export const limitPeriod = z.enum(['meal', 'day', 'week', 'month', 'year'])
export type LimitPeriod = z.infer<typeof limitPeriod>

/** The label of the period a date (and meal) falls into: `2026-11-20/lunch`, `2026-11-20`, `2026-W47`, `2026-11`, `2026`. Labels, not clocks, bound limits. */
export function periodLabel(period: LimitPeriod, date: BusinessDate, mealName: string): string {
  switch (period) {
    case 'meal':
      return `${date}/${mealName}`
    case 'day':
      return date
    case 'week':
      return weekLabel(date)
    case 'month':
      return date.slice(0, 7)
    case 'year':
      return date.slice(0, 4)
  }
}

/** The label of the same kind that holds a date; labels of one kind sort as their periods do. */
function labelLike(label: string, date: BusinessDate): string {
  return label.includes('W') ? weekLabel(date) : date.slice(0, Math.min(label.length, 10))
}

/** True where the period of a label (see `periodLabel`) begins on a date or before. */
export function labelBeginsBy(label: string, date: BusinessDate): boolean {
  return label.slice(0, 10) <= labelLike(label, date)
}

/** True where the last day of the period of a label lies before a date. */
export function labelEndsBefore(label: string, date: BusinessDate): boolean {
  return label.slice(0, 10) < labelLike(label, date)
}

/** Whole years of age on a date; the birthday itself counts (a senior born on 29 February ages on 1 March in common years). */
export function ageOn(birthDate: BusinessDate, date: BusinessDate): number {
  const years = Number(date.slice(0, 4)) - Number(birthDate.slice(0, 4))
  return date.slice(5) >= birthDate.slice(5) ? years : years - 1
}

/** For how many days after a meal was served it can be entered late: a paper list is typed in by then, and a month comes to rest. */
export const lateDays = 7
