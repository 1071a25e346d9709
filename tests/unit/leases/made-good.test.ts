import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { businessDate } from '../../../shared/business-day.ts'
import { fundId, recordId } from '../../../shared/ids.ts'
import { type LeaseWord, owedKey } from '../../../shared/leases/word.ts'
import { houseSeniors, openSaleHouse, type SaleHouse } from '../../support/sale-house.ts'

const claim = recordId.parse('0193aaaa-0000-7000-8000-000000000001')
const [first] = houseSeniors
if (first === undefined) throw new Error('the house has no seniors')
const who = first
const { senior } = who
const lunch = { day: 0, meal: 'lunch', set: 'A', cash: false } as const
let house: SaleHouse

beforeEach(async () => {
  house = await openSaleHouse()
})
afterEach(() => house.close())

/** The province's word that a claim of 3.00 was accepted, with the right to pay it or without. */
function word(right: 0 | 1, owed: LeaseWord['owed'] = { [owedKey(claim)]: paid }): LeaseWord {
  const grant = { epoch: 1, ahead: null, totals: { [owedKey(claim)]: right } }
  return { senior: senior.id, pack: house.pack.id, generation: 1, grant, recall: null, owed }
}
const someDays = { through: businessDate.parse('2099-01-01'), each: {} }
const paid = { of: claim, subsidies: [{ fund: fundId.parse('city'), fen: 300 }] }
const kinds = () => house.ledger.after({ generation: 1, seq: 1 }, 10).map(({ record }) => record.kind)

describe('an accepted claim of an earlier visit', () => {
  test('is made good with the sale on which staff and senior saw it, in a record of its own, once', async () => {
    await house.parts.leases.hear([word(1)])
    expect(await house.present(who, lunch).confirm()).toMatchObject({ result: 'recorded' })
    expect(kinds()).toEqual(['sale', 'made-good'])
    expect(await house.present(who, { ...lunch, day: 1 }).confirm()).toMatchObject({ result: 'recorded' })
    expect(kinds()).toEqual(['sale', 'made-good', 'sale'])
  })

  test('that was heard after the price was shown is not paid unseen: the price is shown once more', async () => {
    const visit = house.present(who, lunch)
    await house.parts.leases.hear([word(1)])
    expect(await visit.confirm()).toMatchObject({ result: 'price-changed', priced: { owed: [{ of: claim }] } })
    expect(kinds()).toEqual([])
  })

  test('that fell away after it was shown is not promised: the price is shown once more', async () => {
    await house.parts.leases.hear([word(1)])
    const visit = house.present(who, lunch)
    await house.parts.leases.hear([word(1, {})])
    expect(await visit.confirm()).toMatchObject({ result: 'price-changed', priced: { owed: [] } })
    expect(kinds()).toEqual([])
  })

  test('is made good under whatever pack the sale was, and kept over the turn of a day where the home is', async () => {
    const elsewhere = { ...word(1), pack: 'OTHER' }
    await house.parts.leases.hear([elsewhere, { ...word(0, {}), grant: { epoch: 1, ahead: someDays, totals: {} } }])
    await house.parts.leases.turnDay()
    expect(house.parts.leases.owed(who.ref)).toMatchObject([{ of: claim, pack: 'OTHER' }])
    expect(await house.present(who, lunch).confirm()).toMatchObject({ result: 'recorded' })
    expect(kinds()).toEqual(['sale', 'made-good'])
    expect(house.parts.leases.owed(who.ref)).toEqual([])
  })

  test('waits unsent like every record of money', async () => {
    await house.parts.leases.hear([word(1)])
    await house.present(who, lunch).confirm()
    expect(house.ledger.unsent({ generation: 1, seq: 2 }).count).toBe(1)
  })
})

describe('records that stand or fall together', () => {
  const draft = () =>
    ({ kind: 'void', id: recordId.parse(house.parts.clock.mint()), at: house.parts.clock.now() }) as const
  const payload = { of: claim, reason: 'operator', operator: null } as const

  test('are one chain', async () => {
    const one = () => ({ draft: { ...draft(), payload }, also: () => true })
    const stored = await house.ledger.appendAll([one(), one()])
    expect(stored?.map(({ seq }) => seq)).toEqual([2, 3])
    expect(house.ledger.head()?.seq).toBe(3)
  })

  test('are not stored, nor anything that they brought, where the last of them is not', async () => {
    const usage = () => house.usage.of(who.ref, house.pack.id, ['meal|x'])
    const before = usage()
    const stored = await house.ledger.appendAll([
      {
        draft: { ...draft(), payload },
        also() {
          house.usage.change(who.ref, house.pack.id, 'meal|x', 1)
          return true
        },
      },
      { draft: { ...draft(), payload }, also: () => false },
    ])
    expect(stored).toBeNull()
    expect([usage(), house.ledger.head()?.seq]).toEqual([before, 1])
  })
})
