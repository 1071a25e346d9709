import type { CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { shoot } from '../../support/gun.ts'
import { openSettings, setLeadPin } from '../../support/settings-by-keys.ts'
import { type Counter, openCounter, recordsAtTerminal, salesAtTerminal, untilPrice } from '../check-in/counter.ts'
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
/** Types like a gun into the field that has the focus. */
const gun = (text: string) => shoot(keyboard, text, { pace: 5, atOnce: true, writes: true })

/** Holds the page back at every sign, as a busy machine does. */
const keepBusy = () =>
  page.evaluate(() => {
    const stall = () => {
      const until = performance.now() + 80
      while (performance.now() < until);
    }
    window.addEventListener('input', stall, true)
  })

const settingChanges = async () => (await recordsAtTerminal(counter)).filter(({ kind }) => kind === 'setting-change')

/** The lead's form of the first set, from the plate. */
async function openFirstSet(): Promise<void> {
  await openSettings(page)
  await keys().press('1', '')
  await page.locator('[data-set]').first().click()
  await page.locator('[data-form="menu"]').waitFor()
}

test.each(['20', '123', '12345'])(
  'a gun’s %s and Enter in the price of a set changes no price, and is said',
  async text => {
    await openFirstSet()
    const price = page.locator('[data-field="price"]')
    await price.fill('16.00')
    await price.selectText()
    const before = await settingChanges()
    await gun(text)
    await page.locator('[data-answer="SCANNER_TYPED"]').waitFor()
    expect(await price.inputValue()).toBe('16.00')
    expect(await settingChanges()).toEqual(before)
    await keys().press('Esc', '')
    await keys().press('F10', '')
    // Back from what the settings stood over.
    await keys().press('Esc', '')
    await page.getByText('请下一位').first().waitFor()
  },
)

test('two signs and Enter of a gun are no cash that was given, however late a busy page sees them', async () => {
  await keys().press('F2', '')
  await untilPrice(page, '15.00')
  await keys().press('W', '')
  await page.getByText('收现金 15.00 元').waitFor()
  await keys().press('N', '')
  const pad = page.locator('[data-amount-pad="given"]')
  await pad.waitFor()
  await keepBusy()
  const before = (await salesAtTerminal(counter)).length
  await gun('20')
  await pad.getByText('刚才是扫码枪打的字').waitFor()
  expect(await salesAtTerminal(counter)).toHaveLength(before)
  await keys().press('Esc', '')
  await clean(counter)
})
