import { describe, expect, test } from 'vitest'
import { businessDate } from '../../../shared/business-day.ts'
import { fundId, recordId, seniorId } from '../../../shared/ids.ts'
import { lookedAtAgain, withEnded } from '../../../shared/leases/ended-claims.ts'
import { type Amount, counterOf, left } from '../../../shared/leases/holder.ts'
import {
  type CapOf,
  grantOf,
  holderId,
  holderOf,
  noRights,
  outstanding,
  settleDrawn,
  settledOf,
  settlePending,
  settleUnleased,
  topUp,
  unsettle,
} from '../../../shared/leases/rights.ts'
import {
  afterClose,
  afterRelease,
  afterWriteOff,
  asked,
  freshLease,
  type SeniorLease,
  seenAt,
  withCloseRecall,
  withOwed,
  withoutClaim,
  withoutOld,
  withoutOwed,
  withoutWithdrawn,
  wordFor,
} from '../../../shared/leases/senior-lease.ts'
import { leaseWord, owedKey } from '../../../shared/leases/word.ts'

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

  test('that comes later, with no answer, is asked of the next who has it, and looked at again of nobody new', () => {
    const third = holderId('third', 1)
    const both = topUp(topUp(noRights, home, [of(november, 600)], capOf), other, [of(november, 400)], capOf)
    const first = asked({ ...freshLease, rights: both }, third, question(300), capOf)
    const again = asked(first.lease, third, { ...question(300), isSame: true }, capOf)
    const later = asked(again.lease, third, question(300), capOf)
    expect([first.tell, again.tell, later.tell]).toEqual([[home], [], [other]])
    expect(later.lease.recalls[other]).toMatchObject({ amounts: [of(november, 300)] })
  })

  test('of a period that is over and was forgotten there is answered by nothing, and nothing is out any more', () => {
    const waiting = asked(atHome, other, question(500), capOf).lease
    const held = (on: string) =>
      outstanding(
        afterRelease(waiting, home, [], { recall: '1', on: businessDate.parse(on) }).rights,
        counterOf(november),
      )
    expect([held('2026-11-30'), held('2026-12-10'), held('2026-12-11')]).toEqual([
      held('2026-11-20'),
      held('2026-11-20'),
      0,
    ])
    expect(held('2026-11-20')).toBeGreaterThan(0)
  })

  test('is met by what came back, and the recall is over', () => {
    const waiting = asked(atHome, other, question(500), capOf).lease
    const back = afterRelease(waiting, home, [of(november, 300)], { recall: '1', on: businessDate.parse('2026-11-20') })
    expect(back.recalls).toEqual({})
    const { lease } = asked(back, other, question(500), capOf)
    expect(left(holderOf(lease.rights, other), counterOf(november))).toBe(300)
    expect(grantOf(lease.rights, other).totals).toEqual({ [november]: 300 })
  })

  test('waits on where the answer is to an older recall', () => {
    const waiting = asked(atHome, other, question(500), capOf).lease
    expect(
      afterRelease(waiting, home, [], { recall: '0', on: businessDate.parse('2026-11-20') }).recalls[home],
    ).toBeDefined()
  })
})

describe('a sale that is taken back', () => {
  const record = '0193aaaa-0000-7000-8000-000000000001'
  const debits = [of(november, 200)]
  const subsidies = [{ fund: fundId.parse('city'), fen: 200 }]
  const waiting: SeniorLease = { ...freshLease, open: [record] }
  const settled = settlePending(noRights, debits, capOf) ?? noRights
  const owed = { [owedKey(record)]: { of: recordId.parse(record), subsidies, debits } }
  const accepted: SeniorLease = { ...freshLease, rights: settled, owed }
  const payout: CapOf = () => 1
  const day = businessDate.parse('2026-11-20')
  const drawn = (lease: SeniorLease) => settledOf(lease.rights, counterOf(november))

  test('has no claim any more', () => {
    expect(withoutClaim(waiting, record)).toEqual({ lease: freshLease, tell: [] })
  })

  test('gives back what its accepted claim took, and is not made good', () => {
    const { lease } = withoutWithdrawn(withoutClaim(accepted, record).lease)
    expect([lease.owed, lease.withdrawn, drawn(lease)]).toEqual([{}, {}, 0])
  })

  describe('while a till may pay its accepted claim', () => {
    const key = owedKey(record)
    const back = withoutClaim(withOwed(accepted, home, payout), record, [of(november, 100)])
    const waits = withoutWithdrawn(back.lease)

    test('keeps what the claim took, and asks that till for the right to pay it', () => {
      expect([waits.lease.owed, drawn(waits.lease), waits.freed]).toEqual([{}, 200, []])
      expect([back.tell, back.lease.recalls[home]?.amounts]).toEqual([[home], [of(key, 1)]])
    })

    test.each<[string, (lease: SeniorLease) => SeniorLease]>([
      ['handed it back', lease => afterRelease(lease, home, [of(key, 1)], { recall: '1', on: day })],
      ['closed its lease', lease => afterClose(lease, home, 1)],
      ['was given up', lease => afterWriteOff(lease, home)],
    ])('frees it once that till %s', (_, after) => {
      const { lease, freed } = withoutWithdrawn(after(waits.lease))
      expect([drawn(lease), lease.withdrawn, freed.length]).toEqual([0, {}, 1])
    })

    test('keeps it for ever once that till paid, and takes again what the void gave back', () => {
      const { rights, beyond } = settleDrawn(waits.lease.rights, home, [of(key, 1)])
      const paid = withoutOwed({ ...waits.lease, rights }, key)
      expect([beyond, drawn(paid), paid.withdrawn]).toEqual([[], 300, {}])
      expect(withoutWithdrawn(paid).freed).toEqual([])
    })
  })

  test('leaves the claims of other sales alone', () => {
    const other = '0193aaaa-0000-7000-8000-000000000002'
    expect(withoutClaim(accepted, other).lease).toEqual(accepted)
    expect(withoutClaim(waiting, other).lease).toEqual(waiting)
  })
})

test('a word says what is owed, not what it took', () => {
  const record = recordId.parse('0193aaaa-0000-7000-8000-000000000001')
  const subsidies = [{ fund: fundId.parse('city'), fen: 200 }]
  const lease = { ...freshLease, owed: { [owedKey(record)]: { of: record, subsidies, debits: [of(november, 200)] } } }
  const to = { id: home, generation: 1, senior: seniorId.parse('1'.repeat(32)), pack: 'TEST' }
  expect(leaseWord.parse(wordFor(lease, to)).owed).toEqual({ [owedKey(record)]: { of: record, subsidies } })
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

describe('what was drawn of periods that ended long ago', () => {
  const [old, recent, payout] = ['meal|2025-10-01/lunch', 'meal|2025-12-01/lunch', owedKey('any')]
  const today = businessDate.parse('2026-11-20')
  const drew = (lease: SeniorLease) => Object.keys(withoutOld(lease, today).rights.settled)
  const settled = [of(old, 1), of(recent, 1), of(november, 700), of(payout, 1)]
  const lease: SeniorLease = { ...freshLease, rights: settleUnleased(noRights, settled) }

  test('is forgotten after 400 days, and nothing of later periods or of what was paid out', () => {
    expect(drew(lease)).toEqual([recent, november, payout])
  })

  test('is kept while somebody may still draw on the period, or a claim is open', () => {
    const held = { ...lease, rights: topUp(lease.rights, home, [of(old, 1)], capOf) }
    expect(drew(held)).toContain(old)
    expect(drew({ ...lease, open: ['any'] })).toContain(old)
  })

  test('makes no difference to a void that comes later still', () => {
    const { rights } = withoutOld(lease, today)
    expect(settledOf(unsettle(rights, home, [of(old, 1)], null), counterOf(old))).toBe(0)
  })

  test('takes the claims along that ended in such periods', () => {
    const ended = { long: { counters: [old], taken: [] }, lately: { counters: [old, recent], taken: [] } }
    expect(Object.keys(withoutOld({ ...lease, ended }, today).ended)).toEqual(['lately'])
  })
})

describe('claims that ended without a payout', () => {
  const meal = (day: string) => `meal|2026-11-${day}/lunch`
  const drawn = settleUnleased(noRights, [of(meal('20'), 2), of(meal('21'), 1), of(november, 900)])
  const ended = (key: string, taken: readonly Amount[] = []) => ({
    counters: [counterOf(key), counterOf(november)],
    taken,
  })
  const both = withEnded(
    withEnded({ ...freshLease, rights: drawn }, 'one', ended(meal('20'), [of(meal('20'), 1)])),
    'other',
    { counters: [counterOf(meal('21'))], taken: [] },
  )
  const reopenedBy = (debits: readonly Amount[]) =>
    lookedAtAgain(both.rights, { ...both, rights: unsettle(both.rights, home, debits, null) })

  test('are looked at again when less is drawn of a counter of theirs, and what they took is given back', () => {
    const { lease, records } = reopenedBy([of(meal('20'), 1)])
    expect(records).toEqual(['one'])
    expect(lease.rights.settled[meal('20')]).toBe(0)
    expect(Object.keys(lease.ended)).toEqual(['other'])
    expect(reopenedBy([of(november, 1)]).records).toEqual(['one'])
  })

  test('stay ended while nothing of theirs came free', () => {
    expect(reopenedBy([of('meal|2026-11-22/lunch', 1)]).records).toEqual([])
    expect(lookedAtAgain(both.rights, both)).toEqual({ lease: both, records: [] })
  })
})
