import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { voidSale } from '../../../electron/core/void-sale.ts'
import { recordId } from '../../../shared/ids.ts'
import { openSaleHouse, type SaleHouse } from '../../support/sale-house.ts'

describe('a sale of an earlier day that nobody heard of', () => {
  let house: SaleHouse
  beforeEach(async () => {
    house = await openSaleHouse()
  })
  afterEach(() => house.close())

  it('is voided on a later one, once, and its rights are there again', async () => {
    const { id: sale } = await house.eat(0, 0)
    await house.eat(1, 1)
    expect(await house.takeBack(sale)).toMatchObject({ notice: { code: 'SALE_UNKNOWN' } })
    const late = { sale: recordId.parse(sale), today: null, operator: null, reason: 'lane-unheard' }
    expect(await voidSale(house.parts, late)).toEqual({ result: 'done' })
    expect(await voidSale(house.parts, late)).toMatchObject({ notice: { code: 'SALE_ALREADY_VOID' } })
    const head = house.ledger.head()
    const last = house.ledger.after({ generation: head?.generation ?? 1, seq: (head?.seq ?? 1) - 1 }, 1)[0]?.record
    const of = house.ledger.byId(sale)?.record
    expect(last).toMatchObject({ kind: 'void', payload: { of: sale, reason: 'lane-unheard', operator: null } })
    expect(last?.businessDate).not.toBe(of?.businessDate)
    if (of?.kind !== 'sale' || of.payload.senior === null) throw new Error('no sale of a senior')
    const keys = of.payload.debits.map(({ limit, label }) => `${limit}|${label}`)
    expect(keys.length).toBeGreaterThan(0)
    expect(house.usage.of(of.payload.senior, of.payload.policy.pack, keys)).toEqual({})
    const counters = of.payload.debits.map(({ limit, label }) => ({ key: `${limit}|${label}`, limit, label }))
    const rights = house.parts.leases.rights(of.payload.senior, of.payload.policy.pack, counters)
    expect(Object.keys(rights).sort()).toEqual(keys.sort())
  })
})
