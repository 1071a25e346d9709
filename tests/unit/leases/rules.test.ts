import { describe, expect, test } from 'vitest'
import { businessDate } from '../../../shared/business-day.ts'
import { type Amount, counterOf, left } from '../../../shared/leases/holder.ts'
import { type CapOf, holderId, holderOf, leaseAhead, noRights, topUp } from '../../../shared/leases/rights.ts'
import { aheadFor, daysLeft, leasedThrough, recallsFor, reserveOf, totalsFor } from '../../../shared/leases/rules.ts'

const date = (text: string) => businessDate.parse(text)
const of = (key: string, amount: number): Amount => ({ ...counterOf(key), amount })
const capOf: CapOf = () => 1000
const november = 'spend|2026-11'
const [home, other, third] = [holderId('home', 1), holderId('other', 1), holderId('third', 1)]
const ahead = { through: date('2026-11-30'), each: { spend: 600 } }
const leased = topUp(leaseAhead(noRights, home, ahead, capOf), other, [of(november, 300)], capOf)

describe('a home', () => {
  test('holds a week ahead in town, and the current and the next month in a village', () => {
    expect(leasedThrough('town', date('2026-11-28'))).toBe('2026-12-05')
    expect(leasedThrough('village', date('2026-11-28'))).toBe('2026-12-31')
    expect(leasedThrough('village', date('2026-12-01'))).toBe('2027-01-31')
  })

  test('leaves a part of long periods to the province, and nothing of a meal or day', () => {
    const limits = (['meal', 'day', 'week', 'month', 'year'] as const).map(period => ({
      limit: period,
      period,
      cap: 800,
    }))
    expect(aheadFor('town', date('2026-11-28'), () => limits).ahead.each).toEqual({
      meal: 800,
      day: 800,
      week: 700,
      month: 700,
      year: 700,
    })
  })

  test('leaves the province nothing where it is in a village, which may not be heard for weeks', () => {
    const limits = [{ limit: 'month', period: 'month', cap: 800 }] as const
    expect(aheadFor('village', date('2026-11-28'), () => limits).ahead.each).toEqual({ month: 800 })
    expect(reserveOf('month', 800, 20, 'village')).toBe(0)
  })

  test('holds coming periods by what they will hold, and those of less in lines of their own', () => {
    const limitsOn = (on: string) => [
      { limit: 'meal', period: 'meal', cap: on < '2026-11-30' ? 1 : 2 } as const,
      ...(on < '2026-12-01' ? [] : [{ limit: 'month', period: 'month', cap: 800 } as const]),
    ]
    const { ahead, lowerThan } = aheadFor('village', date('2026-11-28'), limitsOn, date('2026-11-27'))
    expect(ahead).toEqual({ through: '2026-12-31', each: { meal: 2, month: 800 } })
    const lower = new Map(lowerThan(ahead.each).map(({ key, amount }) => [key, amount]))
    expect([...lower].filter(([key]) => key.endsWith('lunch') || key.startsWith('month'))).toEqual([
      ['meal|2026-11-27/lunch', 1],
      ['meal|2026-11-28/lunch', 1],
      ['meal|2026-11-29/lunch', 1],
      [november.replace('spend', 'month'), 0],
    ])
  })

  test('gets the reserve as well in the last days of a period', () => {
    expect([4, 3, 0].map(days => reserveOf('month', 800, days))).toEqual([100, 0, 0])
    expect(daysLeft('month', date('2026-11-27'))).toBe(3)
    expect(daysLeft('week', date('2026-11-22'))).toBe(0)
    expect(daysLeft('meal', date('2026-11-22'))).toBe(0)
  })
})

describe('what is lacking', () => {
  test('is asked for as a total, beside what is held', () => {
    expect(totalsFor(holderOf(leased, other), [of(november, 500)])).toEqual([of(november, 500)])
    expect(totalsFor(holderOf(leased, other), [of(november, 200)])).toEqual([of(november, 300)])
  })

  test('is called back from whoever holds most, and only as much as is lacking', () => {
    const recalls = recallsFor(leased, third, [of(november, 850)], capOf)
    expect([...(recalls ?? [])]).toEqual([
      [home, [of(november, 600)]],
      [other, [of(november, 150)]],
    ])
    expect(left(holderOf(leased, home), counterOf(november))).toBe(600)
  })

  test('is called back last from who was asked before and did not answer', () => {
    const recalls = recallsFor(leased, third, [of(november, 450)], capOf, id => id === home)
    expect([...(recalls ?? [])]).toEqual([
      [other, [of(november, 300)]],
      [home, [of(november, 50)]],
    ])
  })

  test('is not called back where all of it together would not do', () => {
    expect(recallsFor(leased, third, [of(november, 1001)], capOf)).toBeNull()
  })

  test('is nothing for who holds enough', () => {
    expect(recallsFor(leased, home, [of(november, 700)], capOf)?.size).toBe(0)
  })
})
