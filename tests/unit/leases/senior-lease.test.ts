import { describe, expect, test } from 'vitest'
import { type Amount, counterOf, left } from '../../../shared/leases/holder.ts'
import { type CapOf, grantOf, holderId, holderOf, noRights, settleDrawn, topUp } from '../../../shared/leases/rights.ts'
import {
  afterClose,
  afterRelease,
  asked,
  freshLease,
  type SeniorLease,
  seenAt,
  withCloseRecall,
} from '../../../shared/leases/senior-lease.ts'

const capOf: CapOf = () => 1000
const of = (key: string, amount: number): Amount => ({ ...counterOf(key), amount })
const november = 'spend|2026-11'
const [home, other] = [holderId('home', 1), holderId('other', 1)]
const question = (amount: number) => ({ epoch: 1, totals: [of(november, amount)], debits: [of(november, amount)] })
/** The home drew 700 and may draw all the rest. */
const atHome: SeniorLease = {
  ...freshLease,
  home,
  rights: settleDrawn(topUp(noRights, home, [of(november, 1000)], capOf), home, [of(november, 700)]).rights,
}

describe('a question for what the home holds', () => {
  test('asks it back, no more than records leave', () => {
    const { lease, tell } = asked(atHome, other, question(500), capOf)
    expect(tell).toEqual([home])
    expect(lease.recalls[home]).toEqual({ id: '1', close: false, amounts: [of(november, 300)] })
  })

  test('that comes again before the answer asks nobody twice', () => {
    const once = asked(atHome, other, question(500), capOf).lease
    expect(asked(once, other, question(500), capOf)).toEqual({ lease: once, tell: [] })
  })

  test('is met by what came back, and the recall is over', () => {
    const waiting = asked(atHome, other, question(500), capOf).lease
    const back = afterRelease(waiting, home, [of(november, 300)], '1')
    expect(back.recalls).toEqual({})
    const { lease } = asked(back, other, question(500), capOf)
    expect(left(holderOf(lease.rights, other), counterOf(november))).toBe(300)
    expect(grantOf(lease.rights, other).totals).toEqual({ [november]: 300 })
  })

  test('waits on where the answer is to an older recall', () => {
    const waiting = asked(atHome, other, question(500), capOf).lease
    expect(afterRelease(waiting, home, [], '0').recalls[home]).toBeDefined()
  })
})

describe('the second visit in a row at another place', () => {
  test('makes it the home, and the old one is asked to close', () => {
    const once = seenAt(atHome, other)
    expect([once.lease.home, once.tell]).toEqual([home, []])
    const twice = seenAt(once.lease, other)
    expect([twice.lease.home, twice.tell]).toEqual([other, [home, other]])
    expect(twice.lease.recalls[home]?.close).toBe(true)
  })

  test('counts from anew after one at home', () => {
    const between = seenAt(seenAt(atHome, other).lease, home).lease
    expect(seenAt(between, other).lease.home).toBe(home)
  })
})

test('a holder that closed is asked for nothing more', () => {
  expect(afterClose(withCloseRecall(atHome, home).lease, home, 1).recalls).toEqual({})
})
