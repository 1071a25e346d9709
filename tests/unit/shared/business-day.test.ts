import { describe, expect, test } from 'vitest'
import {
  addDays,
  ageOn,
  businessDate,
  businessDateOf,
  businessMinuteOf,
  daysBetween,
  defaultMealPeriods,
  mealAt,
  mealPeriods,
  periodLabel,
  weekdayOf,
  weekLabel,
} from '../../../shared/business-day.ts'

/** Milliseconds of a Shanghai wall-clock time. */
const at = (text: string) => Date.parse(`${text}+08:00`)
const date = (text: string) => businessDate.parse(text)

describe('the business day', () => {
  test.each([
    ['2026-11-20T03:59:59.999', '2026-11-19', 1679],
    ['2026-11-20T04:00:00', '2026-11-20', 240],
    ['2026-11-20T12:00:00', '2026-11-20', 720],
    ['2026-11-21T00:00:00', '2026-11-20', 1440],
    ['2026-11-21T01:00:59', '2026-11-20', 1500],
    ['2027-01-01T03:59:00', '2026-12-31', 1679],
    ['2024-03-01T00:30:00', '2024-02-29', 1470],
  ])('%s Shanghai time is %s, minute %i', (time, day, minute) => {
    expect(businessDateOf(at(time))).toBe(day)
    expect(businessMinuteOf(at(time))).toBe(minute)
  })

  test('a time before 1970 has a minute of the day too', () => {
    expect(businessMinuteOf(at('1969-12-31T12:00:00'))).toBe(720)
  })

  test('a date that no calendar has is not one', () => {
    expect(['2026-02-29', '2026-13-01', '2026-11-31', '26-11-20', '2026-11-20T00:00'].map(isDate)).toEqual(
      Array.from({ length: 5 }, () => false),
    )
  })
})

function isDate(text: string): boolean {
  return businessDate.safeParse(text).success
}

describe('days', () => {
  test.each([
    ['2026-12-31', 1, '2027-01-01'],
    ['2024-02-28', 1, '2024-02-29'],
    ['2026-02-28', 1, '2026-03-01'],
    ['2026-03-01', -1, '2026-02-28'],
    ['2026-11-20', 0, '2026-11-20'],
  ])('%s and %i days make %s', (from, days, to) => {
    expect(addDays(date(from), days)).toBe(to)
    expect(daysBetween(date(from), date(to))).toBe(days)
  })

  test('Monday is 1 and Sunday is 7', () => {
    const week = [16, 17, 18, 19, 20, 21, 22].map(day => weekdayOf(date(`2026-11-${day}`)))
    expect(week).toEqual([1, 2, 3, 4, 5, 6, 7])
  })
})

describe('the Monday-Sunday week over the end of a year', () => {
  test.each([
    ['2026-12-27', '2026-W52'],
    ['2026-12-28', '2026-W53'],
    ['2026-12-31', '2026-W53'],
    ['2027-01-03', '2026-W53'],
    ['2027-01-04', '2027-W01'],
    ['2024-12-29', '2024-W52'],
    ['2024-12-30', '2025-W01'],
    ['2023-01-01', '2022-W52'],
    ['2026-01-01', '2026-W01'],
  ])('%s lies in %s', (day, week) => {
    expect(weekLabel(date(day))).toBe(week)
  })
})

test('a limit is bounded by the label of its period', () => {
  const labels = (['meal', 'day', 'week', 'month', 'year'] as const).map(period =>
    periodLabel(period, date('2027-01-01'), 'dinner'),
  )
  expect(labels).toEqual(['2027-01-01/dinner', '2027-01-01', '2026-W53', '2027-01', '2027'])
})

describe('meal periods', () => {
  test.each([
    ['10:29:59', null],
    ['10:30:00', 'lunch'],
    ['13:29:59', 'lunch'],
    ['13:30:00', null],
    ['16:30:00', 'dinner'],
  ])('at %s the default meal is %s', (time, meal) => {
    expect(mealAt(at(`2026-11-20T${time}`), defaultMealPeriods)).toBe(meal)
  })

  test('a dinner that runs past midnight belongs to the day on which it began', () => {
    const late = mealPeriods.parse({ ...defaultMealPeriods, dinner: { from: 1200, to: 1560 } })
    const half = at('2026-11-21T01:30:00')
    expect([mealAt(half, late), businessDateOf(half)]).toEqual(['dinner', '2026-11-20'])
    expect(mealAt(at('2026-11-21T02:00:00'), late)).toBeNull()
  })

  test.each([
    ['before 04:00', { from: 239, to: 570 }],
    ['beyond 04:00 of the next day', { from: 360, to: 1681 }],
    ['within a minute', { from: 360.5, to: 570 }],
  ])('cannot lie %s', (_, breakfast) => {
    expect(mealPeriods.safeParse({ ...defaultMealPeriods, breakfast }).success).toBe(false)
  })

  test('are given for every meal', () => {
    expect(mealPeriods.safeParse({ lunch: defaultMealPeriods.lunch }).success).toBe(false)
  })
})

describe('age', () => {
  test.each([
    ['1946-11-20', '2026-11-19', 79],
    ['1946-11-20', '2026-11-20', 80],
    ['1946-12-31', '2026-01-01', 79],
    ['1944-02-29', '2024-02-28', 79],
    ['1944-02-29', '2024-02-29', 80],
    ['1944-02-29', '2026-02-28', 81],
    ['1944-02-29', '2026-03-01', 82],
  ])('born %s, on %s: %i', (birth, day, age) => {
    expect(ageOn(date(birth), date(day))).toBe(age)
  })
})
