import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  type Counter,
  members,
  openCounter,
  ownPayOf,
  salesAtTerminal,
  untilPrice,
  untilSeen,
} from '../check-in/counter.ts'
import { bothHands, clean, handsOn, presentCard } from './hands.ts'

let counter: Counter
const nextMember = members()

beforeAll(async () => {
  counter = await openCounter({ touch: true })
})
afterAll(() => counter?.close())
beforeEach(() => clean(counter))

for (const name of bothHands) {
  test(`somebody is put aside and taken back, by ${name} alone, one press each`, async () => {
    const { page } = counter.cashier
    const hands = handsOn(page, name)
    const [first, second] = [nextMember(), nextMember()]
    const before = await salesAtTerminal(counter)
    await presentCard(counter, first)
    await untilPrice(page, ownPayOf(first))
    await hands.press('F8', /^搁置/)
    await page.getByText('请下一位').first().waitFor()
    await page.getByRole('button', { name: '搁置 1' }).waitFor()

    const since = (await counter.cashier.history()).length
    await presentCard(counter, second)
    await untilSeen(counter.cashier, '已入账', since)
    await page.getByText('请下一位').first().waitFor()

    await hands.press('F8', '搁置 1')
    await hands.press('1', /还没有入账/)
    await untilPrice(page, ownPayOf(first))
    await page.waitForTimeout(2000)
    expect(await salesAtTerminal(counter)).toHaveLength(before.length + 1)
    await hands.press('回车', /已停住/)
    await untilSeen(counter.cashier, `已入账¥${ownPayOf(first)}`, since)
    expect(hands.count()).toBe(4)
    expect(await salesAtTerminal(counter)).toHaveLength(before.length + 2)
    expect(counter.till.terminal().parked).toEqual([])
  })
}

test('the seniors’ screen shows nothing of who was put aside', async () => {
  const { page } = counter.cashier
  const senior = nextMember()
  await presentCard(counter, senior)
  await untilPrice(page, ownPayOf(senior))
  await handsOn(page, 'keyboard').press('F8', '')
  await counter.customer.page.getByText('请选一种方式').waitFor()
  expect(await counter.customer.page.textContent('body')).not.toContain('搁置')
})
