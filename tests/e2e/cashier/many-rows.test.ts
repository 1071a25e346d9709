import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { isPriced } from '../../support/till.ts'
import { type Counter, openCounter } from '../check-in/counter.ts'
import { clean, handsOn } from './hands.ts'

let counter: Counter

beforeAll(async () => {
  counter = await openCounter({ touch: true })
  const { client, untilCashier } = counter.till
  for (let sold = 0; sold < 11; sold++) {
    await client.startGuest()
    await client.chooseTender({ tender: 'outside' })
    const { checkIn, digest } = await untilCashier((view): view is Extract<typeof view, { state: 'priced' }> =>
      isPriced(view) ? view.tender === 'outside' : false,
    )
    expect(await client.confirm({ checkIn, digest })).toMatchObject({ result: 'recorded' })
    await client.dismiss()
  }
})
afterAll(() => counter?.close())
beforeEach(() => clean(counter))

test.each([
  ['1', '[data-screen="refund"]', 'data-earlier', '[data-refund="open"]'],
  ['8', '[data-screen="phone"]', 'data-waiting', '[data-phone="asked"]'],
] as const)(
  'behind key %s of the menu, the keyboard alone reaches rows below the ninth, each told by its second',
  async (key, screen, row, card) => {
    const { page } = counter.cashier
    const hands = handsOn(page, 'keyboard')
    await hands.press('F10', '')
    await page.locator('[data-screen="more"]').waitFor()
    await hands.press(key, '')
    const rows = page.locator(`${screen} li`)
    await expect.poll(() => rows.count(), { timeout: 30_000 }).toBe(11)
    expect(await rows.first().innerText()).toMatch(/\d\d:\d\d:\d\d/)
    await hands.press('0', '')
    await rows.nth(10).locator('kbd').getByText('2').waitFor()
    expect(await rows.first().locator('kbd').count()).toBe(0)
    const last = await rows.nth(10).locator(`[${row}]`).getAttribute(row)
    await hands.press('2', '')
    await page.locator(card).waitFor()
    expect(await page.locator(`[aria-pressed="true"] [${row}]`).getAttribute(row)).toBe(last)
    await hands.press('Esc', '')
    await hands.press('0', '')
    await rows.first().locator('kbd').getByText('1').waitFor()
    await hands.press('Esc', '')
    await hands.press('Esc', '')
  },
)
