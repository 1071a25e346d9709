import type { CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { shoot } from '../../support/gun.ts'
import { openSettings, setLeadPin } from '../../support/settings-by-keys.ts'
import { type Counter, openCounter } from '../check-in/counter.ts'
import { clean, handsOn } from './hands.ts'

let counter: Counter
let page: Page
let keyboard: CDPSession

beforeAll(async () => {
  counter = await openCounter()
  page = counter.cashier.page
  keyboard = await page.context().newCDPSession(page)
  await page.getByText('请下一位').first().waitFor()
  await setLeadPin(counter.till)
})
afterAll(() => counter?.close())

const keys = () => handsOn(page, 'keyboard')

/** Somebody holds a code to the gun that no canteen knows; what stands there then is put away. */
async function scanAndPutAway(): Promise<void> {
  await shoot(keyboard, '6901234567892', { pace: 5, atOnce: true })
  await counter.till.untilCashier(now => now.state === 'problem')
  await page.locator('[data-screen="close"], [data-form]').waitFor({ state: 'detached' })
  await clean(counter)
}

test('a scan in the blind count leaves what was counted to the same shift, until Esc puts it away', async () => {
  const counted = page.locator('[data-step="count"] [data-amount="cash"]')
  await keys().press('F12', '')
  await counted.waitFor()
  await keys().type('214.5')
  await scanAndPutAway()
  await keys().press('F12', '')
  await page.locator('[data-step="count"] [data-fen="21450"]').waitFor()
  expect(await page.locator('[data-expected]').count()).toBe(0)
  await keys().press('Esc', '')
  await page.getByText('请下一位').first().waitFor()
  await keys().press('F12', '')
  await counted.waitFor()
  expect(await counted.getAttribute('data-fen')).toBe('')
  await keys().press('Esc', '')
})

test('a scan over a form of the settings leaves it to the same lead, until Esc puts it away', async () => {
  const name = page.locator('[data-field="name"]')
  await openSettings(page)
  await keys().press('1', '')
  await page.locator('[data-set]').first().click()
  const old = await name.inputValue()
  await name.fill('小碗菜')
  await page.locator('[data-field="price"]').focus()
  await scanAndPutAway()
  await openSettings(page)
  await keys().press('1', '')
  await name.waitFor()
  expect(await name.inputValue()).toBe('小碗菜')
  await keys().press('Esc', '')
  await page.locator('[data-form]').waitFor({ state: 'detached' })
  await page.locator('[data-set]').first().click()
  expect(await name.inputValue()).toBe(old)
})
