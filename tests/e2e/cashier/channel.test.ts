import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  type Counter,
  members,
  openCounter,
  ownPayOf,
  salesAtProvince,
  untilAllSent,
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

const tag = (channel: string) => counter.cashier.page.locator(`[data-channel="${channel}"]`)

async function channelAtProvince(senior: ReturnType<typeof nextMember>) {
  await untilAllSent(counter)
  const [sale] = await salesAtProvince(counter, senior.id)
  return { channel: sale?.record.payload.channel, code: sale?.code }
}

for (const name of bothHands) {
  test(`a meal is tagged for delivery before the card comes, by one press of ${name}, and records itself`, async () => {
    const { page } = counter.cashier
    const hands = handsOn(page, name)
    const senior = nextMember()
    await hands.press('F3', '送餐')
    await page.getByText('这一份送餐').waitFor()
    const since = (await counter.cashier.history()).length
    await presentCard(counter, senior)
    await untilSeen(counter.cashier, `已入账¥${ownPayOf(senior)}`, since)
    expect(hands.count()).toBe(1)
    expect(await channelAtProvince(senior)).toEqual({ channel: 'delivery', code: null })
    await page.getByText('补贴按本人另算').waitFor()
  })

  test(`a priced meal becomes takeaway by ${name}, and stays on the screen until it is confirmed`, async () => {
    const { page } = counter.cashier
    const hands = handsOn(page, name)
    const senior = nextMember()
    await presentCard(counter, senior)
    await untilPrice(page, ownPayOf(senior))
    await hands.press('G', /^堂食/)
    await tag('takeaway').waitFor()
    await hands.press('回车', /已停住/)
    await untilSeen(counter.cashier, `已入账¥${ownPayOf(senior)}`)
    expect(hands.count()).toBe(2)
    expect(await channelAtProvince(senior)).toEqual({ channel: 'takeaway', code: null })
  })
}
