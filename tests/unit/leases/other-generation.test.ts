import { expect, onTestFinished, test } from 'vitest'
import { counterOf } from '../../../shared/leases/holder.ts'
import { houseSeniors, openSaleHouse } from '../../support/sale-house.ts'

test.each([
  [1, 1],
  [2, 0],
])('a word to generation %i of a terminal in generation 1 leaves it %i right to a meal', async (generation, rights) => {
  const house = await openSaleHouse()
  onTestFinished(() => house.close())
  const [who] = houseSeniors
  if (who === undefined) throw new Error('the house has no seniors')
  const key = 'meal|2027-03-01/lunch'
  const grant = { epoch: 1, ahead: null, totals: { [key]: 1 } }
  const word = { senior: who.senior.id, pack: house.pack.id, generation, grant, recall: null, owed: {} }
  await house.parts.leases.hear([word])
  expect(house.parts.leases.rights(who.ref, house.pack.id, [counterOf(key)])[key] ?? 0).toBe(rights)
})
