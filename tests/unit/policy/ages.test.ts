import { describe, expect, test } from 'vitest'
import { countsAsAgedFrom } from '../../../shared/policy/ages.ts'
import { date, packOf, person, price, subsidyStep, visit } from '../../support/policy-kit.ts'

const sixtyFrom = (birthDate: string, rules: object) => countsAsAgedFrom(date(birthDate), 60, rules)

describe('an age counts, as the version says,', () => {
  test.each([
    ['birthday', '2026-11-20'],
    ['day-before', '2026-11-19'],
    ['day-after', '2026-11-21'],
    ['month', '2026-11-01'],
    ['next-month', '2026-12-01'],
    ['year', '2026-01-01'],
  ])('by the rule "%s" from %s for somebody born on 20 November 1966', (ageRule, from) => {
    expect(sixtyFrom('1966-11-20', { ageRule })).toBe(from)
  })

  test('from the birthday itself where it says nothing', () => {
    expect(sixtyFrom('1966-11-20', {})).toBe('2026-11-20')
  })

  test('from the month after December in the next year, from the day after New Year’s Eve on 1 January', () => {
    expect(sixtyFrom('1966-12-31', { ageRule: 'next-month' })).toBe('2027-01-01')
    expect(sixtyFrom('1966-12-31', { ageRule: 'day-after' })).toBe('2027-01-01')
    expect(sixtyFrom('1967-01-01', { ageRule: 'day-before' })).toBe('2026-12-31')
  })

  test('from 1 February for those born on the first, the middle and the last of January, where the next month counts', () => {
    const born = ['1966-01-01', '1966-01-15', '1966-01-31']
    expect(born.map(day => sixtyFrom(day, { ageRule: 'next-month' }))).toEqual(born.map(() => '2026-02-01'))
  })
})

describe('somebody born on 29 February', () => {
  const from = (years: number, rules: object) => countsAsAgedFrom(date('1968-02-29'), years, rules)

  test('has a birthday on that day in leap years, whatever the version says of other years', () => {
    expect([from(60, {}), from(60, { leapDayBirthday: '02-28' })]).toEqual(['2028-02-29', '2028-02-29'])
  })

  test('has it on 1 March in common years, or on 28 February where the version says so', () => {
    expect(from(61, {})).toBe('2029-03-01')
    expect(from(61, { leapDayBirthday: '03-01' })).toBe('2029-03-01')
    expect(from(61, { leapDayBirthday: '02-28' })).toBe('2029-02-28')
  })

  test('counts from that birthday’s month, or the month after it', () => {
    expect(from(61, { ageRule: 'month' })).toBe('2029-03-01')
    expect(from(61, { ageRule: 'month', leapDayBirthday: '02-28' })).toBe('2029-02-01')
    expect(from(61, { ageRule: 'next-month', leapDayBirthday: '02-28' })).toBe('2029-03-01')
    expect(from(61, { ageRule: 'day-before' })).toBe('2029-02-28')
  })
})

test('the rule of the version decides what is paid and which date is told', () => {
  const steps = [subsidyStep('meal', 300, { when: { age: { atLeast: 60 } } })]
  const byMonth = packOf(steps, { version: { ageRule: 'month' } })
  const born = (birthDate: string) => price(byMonth, { person: person({ birthDate }), visit: visit() })
  expect(born('1966-11-30').ownPayFen).toBe(1200)
  expect(born('1966-12-01')).toMatchObject({
    ownPayFen: 1500,
    reasons: [{ code: 'AGE_NOT_YET', values: { from: '2026-12-01' } }],
  })
})
