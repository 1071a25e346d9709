import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Counter, openCounter, ownPayOf, untilSeen } from '../check-in/counter.ts'
import { bothHands, clean, handsOn } from './hands.ts'
import { collect, someoneOf, undoAll, withOneProxy, withTwoProxies } from './proxy-people.ts'

let counter: Counter
const withOne = withOneProxy()

beforeAll(async () => {
  counter = await openCounter({ touch: true })
})
afterAll(() => counter?.close())
beforeEach(async () => {
  await clean(counter)
  await undoAll(counter)
})

for (const name of bothHands) {
  test(`a meal is collected in two presses by ${name} alone, carried away, by the one who is registered`, async () => {
    const { page } = counter.cashier
    const hands = handsOn(page, name)
    const senior = someoneOf(withOne)
    await collect(counter, hands, senior)
    await page.getByText('代领：周建平').waitFor()
    await page.locator('[data-channel="takeaway"]').waitFor()
    const since = (await counter.cashier.history()).length
    await hands.press('回车', /已停住/)
    await untilSeen(counter.cashier, `已入账¥${ownPayOf(senior)}`, since)
    expect(hands.count()).toBe(2)
  })

  test(`one of two who are registered is chosen in three presses by ${name} alone, and taken back by one`, async () => {
    const { page } = counter.cashier
    const hands = handsOn(page, name)
    if (!withTwoProxies) throw new Error('nobody has two proxies')
    await collect(counter, hands, withTwoProxies)
    await page.getByText('谁来代领').waitFor()
    await hands.press('2', /林晓燕/)
    await page.getByText('代领：林晓燕').waitFor()
    expect(hands.count()).toBe(2)
    await hands.press('F4', /^代领/)
    await page.locator('[data-channel="dine-in"]').waitFor()
    await hands.press('F4', /^代领/)
    await hands.press('2', /林晓燕/)
    await page.getByText('代领：林晓燕').waitFor()
    const before = hands.count()
    const since = (await counter.cashier.history()).length
    await hands.press('回车', /已停住/)
    await untilSeen(counter.cashier, `已入账¥${ownPayOf(withTwoProxies)}`, since)
    expect(hands.count() - before).toBe(1)
  })
}
