import { describe, expect, test } from 'vitest'
import { policyOf, usualWorld } from '../../../electron/core/simulation/world.ts'
import { businessDate } from '../../../shared/business-day.ts'
import { type Amount, counterOf, emptyHolder, left, withGrant } from '../../../shared/leases/holder.ts'
import { debitsByScope, drawnWithPots, potFundOf, potsLeft, trancheOf } from '../../../shared/leases/pots.ts'
import { type CapOf, free, holderId, holderOf, noRights, settleDrawn, topUp } from '../../../shared/leases/rights.ts'

const date = (text: string) => businessDate.parse(text)
const of = (key: string, amount: number): Amount => ({ ...counterOf(key), amount })
const lunch = 'meal|2026-11-28/lunch'
const november = 'pot:city|2026-11'
const { pack } = policyOf({ ...usualWorld, potFen: 10_000 })
const person = withGrant(emptyHolder, { epoch: 1, ahead: null, totals: { [lunch]: 600 } })
const pots = new Map([['city', withGrant(emptyHolder, { epoch: 1, ahead: null, totals: { [november]: 1000 } })]])

describe('a debit on a pot', () => {
  test('draws on the fund, and one on a limit on the person', () => {
    expect([potFundOf('pot:city'), potFundOf('meal')]).toEqual(['city', null])
    const scopes = debitsByScope([of(lunch, 500), of(november, 500)])
    expect(scopes.person).toEqual([of(lunch, 500)])
    expect([...scopes.pots]).toEqual([['city', [of(november, 500)]]])
  })

  test('is taken with those on the person, or none of them is', () => {
    const after = drawnWithPots(person, pots, [of(lunch, 500), of(november, 500)])
    expect(after && left(after.person, counterOf(lunch))).toBe(100)
    expect(after && potsLeft(pack, date('2026-11-28'), after.pots)).toEqual({ city: 500 })
    expect(drawnWithPots(person, pots, [of(lunch, 500), of(november, 1001)])).toBeNull()
    expect(drawnWithPots(person, pots, [of(lunch, 601), of(november, 601)])).toBeNull()
  })

  test('is held against one pot, whoever came', () => {
    const capOf: CapOf = () => 1000
    const [here, there] = [holderId('here', 1), holderId('there', 1)]
    const tranches = topUp(topUp(noRights, here, [of(november, 700)], capOf), there, [of(november, 700)], capOf)
    expect(left(holderOf(tranches, there), counterOf(november))).toBe(300)
    const drawn = settleDrawn(settleDrawn(tranches, here, [of(november, 600)]).rights, there, [of(november, 300)])
    expect(drawn.beyond).toEqual([])
    expect(free(drawn.rights, counterOf(november), capOf)).toBe(0)
  })
})

test('a till that holds nothing of a pot has nothing left of it, in any period', () => {
  expect(potsLeft(pack, date('2026-12-01'), pots)).toEqual({ city: 0 })
  expect(potsLeft(policyOf(usualWorld).pack, date('2026-12-01'), pots)).toEqual({})
})

describe('a tranche', () => {
  const pot = { period: 'month', capFen: 30_000, date: date('2026-11-10') } as const

  test('is two weeks of the members’ part in town, and all of it in a village', () => {
    expect(trancheOf('town', pot, { here: 10, all: 100 })).toBe(1400)
    expect(trancheOf('village', pot, { here: 10, all: 100 })).toBe(3000)
  })

  test('is no more than the part, however short the period, and nothing where nobody lives', () => {
    expect(trancheOf('town', { ...pot, period: 'week' }, { here: 10, all: 100 })).toBe(3000)
    expect(trancheOf('town', pot, { here: 0, all: 0 })).toBe(0)
  })
})
