import { describe, expect, test } from 'vitest'
import { businessDate } from '../../../shared/business-day.ts'
import { capDay, capsOn } from '../../../shared/leases/cap-day.ts'
import { counterOf } from '../../../shared/leases/holder.ts'
import { limitsOf, owedKey } from '../../../shared/leases/word.ts'
import { packOf, person, subsidyStep, visit } from '../../support/policy-kit.ts'

const today = businessDate.parse('2026-11-20')

describe('what a counter holds is decided', () => {
  test.each([
    ['2026-11-20/lunch', '2026-11-20'],
    ['2026-11-20', '2026-11-20'],
    ['2026-W47', '2026-11-20'],
    ['2026-11', '2026-11-20'],
    ['2026', '2026-11-20'],
  ])('today while its period runs: %s', (label, day) => expect(capDay(label, today)).toBe(day))

  test.each([
    ['2026-11-19/dinner', '2026-11-19'],
    ['2026-11-19', '2026-11-19'],
    ['2026-W46', '2026-11-15'],
    ['2026-10', '2026-10-31'],
    ['2025', '2025-12-31'],
    ['2020-W53', '2021-01-03'],
  ])('on its last day once it is over: %s', (label, day) => expect(capDay(label, today)).toBe(day))

  test.each([
    ['2026-11-21/breakfast', '2026-11-21'],
    ['2026-11-21', '2026-11-21'],
    ['2026-W48', '2026-11-23'],
    ['2026-12', '2026-12-01'],
    ['2027', '2027-01-01'],
    ['2027-W01', '2027-01-04'],
  ])('on its first day before it begins: %s', (label, day) => expect(capDay(label, today)).toBe(day))

  test.each([['lunch'], ['2026-13'], ['2026-11-31'], ['']])('never for what is no label: %j', label =>
    expect(capDay(label, today)).toBeNull(),
  )
})

test('a lunch before a birthday holds what it held, whenever it is asked about, and a payout is one', () => {
  const cap = { classes: [{ when: { age: { atLeast: 80 } }, cap: 2 }, { cap: 1 }] }
  const limits = [{ id: 'meal', period: 'meal', unit: 'count', cap }]
  const pack = packOf([subsidyStep('city', 500, { limits: ['meal'] })], { limits })
  const { site, listFen } = visit()
  const born = person({ birthDate: '1946-11-20' })
  const capOf = capsOn(businessDate => limitsOf(pack, born, { businessDate, site, listFen }), today)
  const keys = ['meal|2026-11-19/lunch', 'meal|2026-11-20/lunch', 'meal|nonsense', owedKey('x')]
  expect(keys.map(key => capOf(counterOf(key)))).toEqual([1, 2, 0, 1])
})
