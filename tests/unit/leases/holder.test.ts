import { describe, expect, test } from 'vitest'
import { businessDate } from '../../../shared/business-day.ts'
import {
  type Amount,
  closed,
  counterOf,
  drawn,
  emptyHolder,
  givenBack,
  left,
  released,
  withGrant,
} from '../../../shared/leases/holder.ts'

const date = (text: string) => businessDate.parse(text)
const of = (key: string, amount: number): Amount => ({ ...counterOf(key), amount })
const lunch = 'meals|2026-11-28/lunch'
const november = 'spend|2026-11'
const december = 'spend|2026-12'
const ahead = (through: string, spend: number) => ({ through: date(through), each: { meals: 1, spend } })
const home = withGrant(emptyHolder, { epoch: 1, ahead: ahead('2026-11-30', 1500), totals: {} })

describe('a lease ahead', () => {
  test('covers every period that begins by its date, and no later one', () => {
    expect([lunch, november, december].map(key => left(home, counterOf(key)))).toEqual([1, 1500, 0])
  })

  test('is not shortened or lowered by an older message that comes late', () => {
    const longer = withGrant(home, { epoch: 1, ahead: ahead('2026-12-10', 2000), totals: {} })
    const late = withGrant(longer, { epoch: 1, ahead: ahead('2026-11-30', 1500), totals: {} })
    expect(late).toEqual(longer)
  })

  test('leaves a total as it is where an older and lower one comes late', () => {
    const told = withGrant(home, { epoch: 1, ahead: null, totals: { [december]: 700 } })
    expect(withGrant(told, { epoch: 1, ahead: null, totals: { [december]: 400 } })).toEqual(told)
  })

  test('says nothing of a counter that has a total of its own', () => {
    const told = withGrant(home, { epoch: 1, ahead: ahead('2026-12-10', 1500), totals: { [december]: 700 } })
    expect(left(told, counterOf(december))).toBe(700)
  })
})

describe('a visit', () => {
  test('draws on all its counters or on none', () => {
    expect(drawn(home, [of(lunch, 1), of(november, 1501)])).toBeNull()
    const after = drawn(home, [of(lunch, 1), of(november, 300)])
    expect(after && [lunch, november].map(key => left(after, counterOf(key)))).toEqual([0, 1200])
  })

  test('that is voided gives its rights back to the terminal, unless the lease was closed since', () => {
    const debits = [of(lunch, 1), of(november, 300)]
    const sold = drawn(home, debits)
    if (sold === null) throw new Error('the lease holds the visit')
    expect([lunch, november].map(key => left(givenBack(sold, debits, 1), counterOf(key)))).toEqual([1, 1500])
    const again = withGrant(closed(sold), { epoch: 2, ahead: null, totals: { [november]: 400 } })
    const drawnAgain = drawn(again, [of(november, 400)])
    if (drawnAgain === null) throw new Error('the new lease holds the visit')
    expect(left(givenBack(drawnAgain, debits, 1), counterOf(november))).toBe(0)
  })
})

test('what is handed back is never more than is held, and a grant heard again does not bring it back', () => {
  const { holder, amounts } = released(home, [of(november, 2000), of(december, 10)])
  expect(amounts).toEqual([of(november, 1500)])
  const told = withGrant(holder, { epoch: 1, ahead: ahead('2026-11-30', 1500), totals: { [november]: 1500 } })
  expect(left(told, counterOf(november))).toBe(0)
})

test('a closed lease holds nothing, and grants of its epoch that come late count for nothing', () => {
  const gone = closed(home)
  expect(withGrant(gone, { epoch: 1, ahead: ahead('2026-12-31', 9000), totals: { [november]: 9000 } })).toEqual(gone)
  expect(left(gone, counterOf(november))).toBe(0)
})
