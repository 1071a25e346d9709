import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Till } from './till.ts'

/** A fictional lead's, for tests alone. */
const pin = '305817'

export async function setLeadPin({ client }: Till): Promise<void> {
  expect(await client.afterwards.setPin({ pin })).toEqual({ result: 'done' })
}

/** From the plate to the questions of the settings, as the one lead opens them. */
export async function openSettings(page: Page): Promise<void> {
  await page.keyboard.press('F10')
  await page.getByText('设置').first().click()
  await page.locator('[data-pin-pad]').waitFor()
  await page.keyboard.type(pin, { delay: 70 })
  await page.getByText('卖什么，多少钱？').waitFor()
}
