import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { views } from './close-states.ts'
import { pricedView, terminalView } from './fixtures.ts'
import { buildStage, type Stage } from './stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await buildStage()
})
afterAll(() => stage.close())

/** Ten million, at the pace of fingers. */
async function typeMillions(page: Page): Promise<void> {
  for (const digit of '10000000') {
    await page.keyboard.press(`Digit${digit}`)
    await page.waitForTimeout(70)
  }
}

test('a float beyond any drawer is said to be, and neither cut nor taken', async () => {
  const scene = await stage.open({ terminal: terminalView({ shift: null, operator: null }) })
  await scene.page.locator('[data-middle="shift"]').waitFor()
  await scene.page.keyboard.press('KeyF')
  await scene.page.locator('[data-middle="float"]').waitFor()
  await typeMillions(scene.page)
  await scene.page.locator('[data-answer="AMOUNT_TOO_LARGE"]').waitFor()
  await scene.page.getByText('10,000,000').waitFor()
  await scene.page.keyboard.press('Enter')
  await scene.page.waitForTimeout(600)
  expect(await scene.page.locator('[data-middle="float"]').count()).toBe(1)
  await scene.page.keyboard.press('Backspace')
  await scene.page.waitForTimeout(70)
  await scene.page.keyboard.press('Backspace')
  await scene.page.locator('[data-answer]').waitFor({ state: 'detached' })
  await scene.page.keyboard.press('Enter')
  await scene.page.locator('[data-middle="shift"]').getByText('100,000').waitFor()
  await scene.close()
})

test('a count beyond any drawer is said to be, and not recorded', async () => {
  const scene = await stage.open({ terminal: terminalView() })
  scene.core.closing = views.count
  await scene.page.keyboard.press('F12')
  await scene.page.locator('[data-step="count"]').waitFor()
  await typeMillions(scene.page)
  await scene.page.locator('[data-answer="AMOUNT_TOO_LARGE"]').waitFor()
  await scene.page.getByText('10,000,000').waitFor()
  await scene.page.keyboard.press('ArrowDown')
  await scene.page.waitForTimeout(70)
  await scene.page.keyboard.press('Digit0')
  await scene.page.waitForTimeout(70)
  await scene.page.keyboard.press('Enter')
  await scene.page.locator('[data-answer="AMOUNT_TOO_LARGE"]').waitFor()
  await scene.page.waitForTimeout(300)
  expect(scene.core.calls.map(({ name }) => name)).not.toContain('close.count')
  await scene.close()
})

test('a first part beyond the price is said to be too much, and not cut to what fits', async () => {
  const scene = await stage.open({ terminal: terminalView() })
  const entry = { seconds: null, held: true }
  scene.core.cashier.set(pricedView({ listFen: 20_000, ownPayFen: 15_000, dueFen: 15_000, entry }))
  await scene.page.locator('[data-own-pay]').first().waitFor()
  await scene.page.keyboard.press('KeyF')
  const pad = scene.page.locator('[data-amount-pad="part"]')
  await pad.waitFor()
  await typeMillions(scene.page)
  await pad.getByText('10000000').waitFor()
  await scene.page.keyboard.press('Enter')
  await pad.getByText('要大于 0、小于实付').waitFor()
  expect(scene.core.calls.map(({ name }) => name)).not.toContain('payment.split')
  await scene.close()
})
