import { describe, expect, test } from 'vitest'
import { businessDate } from '../../../shared/business-day.ts'
import { type Amount, counterOf, left } from '../../../shared/leases/holder.ts'
import {
  atRisk,
  type CapOf,
  free,
  grantUpTo,
  holderId,
  holderOf,
  leaseAhead,
  noRights,
  type Rights,
  retired,
  settleDrawn,
  settlePending,
  settleReleased,
  topUp,
  writeOff,
} from '../../../shared/leases/rights.ts'

const capOf: CapOf = ({ limit }) => (limit === 'meals' ? 1 : 1500)
const of = (key: string, amount: number): Amount => ({ ...counterOf(key), amount })
const november = 'spend|2026-11'
const [home, other] = [holderId('home', 1), holderId('other', 1)]
const ahead = { through: businessDate.parse('2026-11-30'), each: { meals: 1, spend: 1200 } }
const leased = leaseAhead(noRights, home, ahead, capOf)

describe('a lease ahead', () => {
  test('leaves the province what it does not name, for whoever comes elsewhere', () => {
    expect(free(leased, counterOf(november), capOf)).toBe(300)
  })

  test('is given to one holder at a time', () => {
    expect(leaseAhead(leased, other, ahead, capOf)).toEqual(leased)
  })

  test('gives of a counter that was drawn on elsewhere only what is left of it', () => {
    const elsewhere = settlePending(noRights, [of(november, 900)], capOf)
    const kept = leaseAhead(elsewhere ?? noRights, home, ahead, capOf)
    expect(left(holderOf(kept, home), counterOf(november))).toBe(600)
  })
})

describe('a question for rights', () => {
  const heldBy = (kept: Rights) => left(holderOf(kept, other), counterOf(november))

  test('asked again with the same totals gives nothing more', () => {
    const once = grantUpTo(leased, other, 1, [of(november, 200)], capOf)
    expect(heldBy(once)).toBe(200)
    expect(grantUpTo(once, other, 1, [of(november, 200)], capOf)).toEqual(once)
    expect(free(once, counterOf(november), capOf)).toBe(100)
  })

  test('that comes late, with a lower total, takes nothing back', () => {
    const once = grantUpTo(leased, other, 1, [of(november, 200)], capOf)
    expect(grantUpTo(once, other, 1, [of(november, 120)], capOf)).toEqual(once)
  })

  test('is answered as far as there is any, and never past the total', () => {
    const some = grantUpTo(leased, other, 1, [of(november, 500)], capOf)
    expect(heldBy(some)).toBe(300)
    const more = grantUpTo(settleReleased(some, home, [of(november, 900)]), other, 1, [of(november, 500)], capOf)
    expect(heldBy(more)).toBe(500)
  })

  test('of an epoch that was closed, or from a holder that was given up, gives nothing', () => {
    expect(grantUpTo(leased, other, 2, [of(november, 200)], capOf)).toEqual(leased)
    const gone = writeOff(leased, other)
    expect(grantUpTo(gone, other, 1, [of(november, 200)], capOf)).toEqual(gone)
  })
})

test('a holder is topped up to what it shall be able to draw, beyond a reserve', () => {
  const kept = topUp(leased, home, [of(november, 1500)], capOf, () => 100)
  expect(left(holderOf(kept, home), counterOf(november))).toBe(1400)
})

describe('a holder that an operator gave up', () => {
  test('shows before what may have been drawn unheard, and frees it after', () => {
    expect(atRisk(leased, home, counterOf(november))).toBe(1200)
    expect(free(writeOff(leased, home), counterOf(november), capOf)).toBe(1500)
  })

  test('draws beyond the rights if it comes back, and the amount is named', () => {
    const { rights, beyond } = settleDrawn(writeOff(leased, home), home, [of(november, 300)])
    expect(beyond).toEqual([of(november, 300)])
    expect(rights.settled[november]).toBe(300)
  })
})

describe('a holder whose terminal goes on from a backup', () => {
  const payout = 'owed|9999-12-31/7'
  const [today, tomorrow] = ['meals|2026-11-20/lunch', 'meals|2026-11-21/lunch']
  const owing = topUp(leased, home, [of(payout, 1), of(tomorrow, 1)], capOf)
  const kept = retired(owing, home, [counterOf(today), counterOf(november)])

  test('keeps what its lost records may have drawn, payouts among it, until an operator gives it up', () => {
    expect([today, november, payout].map(key => atRisk(kept, home, counterOf(key)))).toEqual([1, 1200, 1])
    expect(free(writeOff(kept, home), counterOf(today), capOf)).toBe(1)
  })

  test('holds no period any more that it had not come to', () => {
    expect([tomorrow, 'meals|2026-11-25/lunch'].map(key => free(kept, counterOf(key), capOf))).toEqual([1, 1])
  })

  test('leaves room for the lease of the next generation, which gets nothing of what is kept', () => {
    const next = holderId('home', 2)
    const after = leaseAhead(kept, next, ahead, capOf)
    expect([today, tomorrow, november].map(key => left(holderOf(after, next), counterOf(key)))).toEqual([0, 1, 300])
  })
})
