import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { checkInSound } from '../../../renderer/voice/staff-sounds.ts'
import { changeSettings } from '../../support/station-lead.ts'
import { type Counter, members, openCounter, ownPayOf, salesAtTerminal, untilPrice } from '../check-in/counter.ts'
import { clean, presentCard } from './hands.ts'

let counter: Counter
const nextMember = members()

beforeAll(async () => {
  counter = await openCounter()
  await changeSettings(counter.till, { what: 'entry-pause', seconds: null })
})
afterAll(() => counter?.close())
beforeEach(() => clean(counter))

const focused = () =>
  counter.cashier.page.evaluate(() => document.activeElement?.textContent?.replace(/\s+/g, '').slice(0, 4) ?? '')

/** Goes by the Tab key to the key with these words. */
async function tabTo(words: string): Promise<void> {
  const { page } = counter.cashier
  for (let at = 0; at < 80 && (await focused()) !== words; at++) {
    await page.keyboard.press('Tab')
    await page.waitForTimeout(60)
  }
  expect(await focused()).toBe(words)
}

/** The core tells all views anew, as it does after every exchange with the province. */
async function untilToldAnew(): Promise<void> {
  const { client, untilTerminal } = counter.till
  const before = counter.till.terminal().roster.syncedAt ?? 0
  expect(await client.syncNow()).toEqual({ result: 'done' })
  await untilTerminal(({ roster }) => (roster.syncedAt ?? 0) > before)
  await counter.cashier.page.waitForTimeout(500)
}

test('a key that has the focus keeps it while the core tells its views, so that Enter on “not this person” records nothing', async () => {
  const { page } = counter.cashier
  const senior = nextMember()
  const before = await salesAtTerminal(counter)
  await presentCard(counter, senior)
  await untilPrice(page, ownPayOf(senior))
  await tabTo('不是本人')
  await untilToldAnew()
  expect(await focused()).toBe('不是本人')
  await page.keyboard.press('Enter')
  await page.getByText('请下一位').first().waitFor()
  expect(await salesAtTerminal(counter)).toHaveLength(before.length)
})

test('another card that is read meanwhile is told to staff with a knock and a next step, and the price stays', async () => {
  const { page } = counter.cashier
  const senior = nextMember()
  await presentCard(counter, senior)
  await untilPrice(page, ownPayOf(senior))
  const priced = counter.till.cashier()
  await presentCard(counter, nextMember())
  await page.locator('[data-answer="ANOTHER_CAME"]').getByText('先办完这位，再请下一位刷一次').waitFor()
  const view = counter.till.cashier()
  expect(view).toEqual({ ...priced, another: expect.any(Number) })
  expect(checkInSound(priced, view)).toBe('knock')
  await presentCard(counter, senior)
  await page.waitForTimeout(500)
  expect(counter.till.cashier()).toEqual(view)
  expect(await page.locator(`[data-own-pay="${ownPayOf(senior)}"]`).count()).toBe(1)
})
