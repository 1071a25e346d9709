import { describe, expect, test } from 'vitest'
import { businessDate } from '../../../shared/business-day.ts'
import { resumesOn, startsOn } from '../../../shared/policy/counters.ts'

const on = (date: string) => businessDate.parse(date)

describe('the period after the one that holds a date', () => {
  test.each([
    ['day', '2026-11-30', '2026-12-01'],
    ['week', '2026-11-22', '2026-11-23'],
    ['week', '2026-11-23', '2026-11-30'],
    ['month', '2026-02-28', '2026-03-01'],
    ['month', '2026-12-01', '2027-01-01'],
    ['year', '2026-01-01', '2027-01-01'],
  ] as const)('of a %s on %s begins on %s', (period, date, next) => {
    expect(resumesOn(period, on(date))).toBe(next)
  })

  test('has no first date where the period is a meal: the next one may be on the same day', () => {
    expect(resumesOn('meal', on('2026-11-22'))).toBeNull()
  })
})

describe('the period that holds a date', () => {
  test.each([
    ['day', '2026-11-30', '2026-11-30'],
    ['week', '2026-11-22', '2026-11-16'],
    ['week', '2026-11-23', '2026-11-23'],
    ['month', '2026-11-30', '2026-11-01'],
    ['year', '2026-12-31', '2026-01-01'],
  ] as const)('of a %s on %s begins on %s', (period, date, first) => {
    expect(startsOn(period, on(date))).toBe(first)
  })
})
