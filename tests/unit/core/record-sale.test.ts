import { expect, onTestFinished, test } from 'vitest'
import { houseSeniors, openSaleHouse } from '../../support/sale-house.ts'

test('a visit that is confirmed twice is one sale, and the second answer is the first one’s record', async () => {
  const house = await openSaleHouse()
  onTestFinished(() => house.close())
  const [who] = houseSeniors
  if (who === undefined) throw new Error('the house has no seniors')
  const visit = house.present(who, { day: 0, meal: 'lunch', set: 'A', cash: false })
  const first = await visit.confirm()
  if (first.result !== 'recorded') throw new Error(first.result)
  expect(first.repeated).toBe(false)
  expect(await visit.confirm()).toEqual({ ...first, repeated: true })
  const kinds = house.ledger.after({ generation: 1, seq: 1 }, 10).map(({ record }) => record.kind)
  expect(kinds).toEqual(['sale'])
})
