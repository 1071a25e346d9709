import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BoundedHouse, openBoundedHouse } from '../../support/bounded-house.ts'

let at: BoundedHouse
beforeAll(async () => {
  at = await openBoundedHouse()
})
afterAll(() => at.house.close())

/* The policy lets a till give 15 yuan until it is heard, and 10 to one senior, also on one day; a meal is 5. */
describe('what a till gives without a right', () => {
  it('is held where one push brings more than its policy lets it give, and taken again in the next', async () => {
    const till = await at.house.terminal()
    const seniors = [at.someone(), at.someone(), at.someone(), at.someone()]
    const sales = []
    for (const senior of seniors) sales.push(await at.meal(till, senior, 'advance'))
    expect(await at.push(till, ...sales)).toEqual(['accepted', 'accepted', 'accepted', 'flagged RIGHT_NOT_HELD'])
    const [, , , last] = seniors
    if (last === undefined) throw new Error('no senior')
    expect(await at.money(last)).toEqual({ 'city held': 500 })
    expect(await at.push(till, await at.meal(till, at.someone(), 'advance'))).toEqual(['accepted'])
  })

  it('is held where one senior gets more on a day, also in several pushes and after voids', async () => {
    const [till, senior] = [await at.house.terminal(), at.someone()]
    const first = await at.meal(till, senior, 'advance')
    expect(await at.push(till, first, await till.voidOf(first.id))).toEqual(['accepted', 'accepted'])
    expect(await at.push(till, await at.meal(till, senior, 'advance'))).toEqual(['accepted'])
    expect(await at.push(till, await at.meal(till, senior, 'advance'))).toEqual(['flagged RIGHT_NOT_HELD'])
  })

  it('counts at each till for itself', async () => {
    const senior = at.someone()
    for (const till of [await at.house.terminal(), await at.house.terminal()]) {
      const sales = [await at.meal(till, senior, 'advance'), await at.meal(till, senior, 'advance')]
      expect(await at.push(till, ...sales)).toEqual(['accepted', 'accepted'])
    }
  })
})
