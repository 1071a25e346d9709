import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { views as closeViews } from '../../e2e/screens/close-states.ts'
import { deskStates, found } from '../../e2e/screens/desk-states.ts'
import { noon, terminalView } from '../../e2e/screens/fixtures.ts'
import { buildStage, type Scene, type Stage } from '../../e2e/screens/stage.ts'
import { cashierStates, customerStates, pressKeys } from '../../e2e/screens/till-states.ts'
import { axeFindings } from '../../support/axe.ts'
import { layoutFaults } from '../../support/layout-faults.ts'

/** English is longer than Chinese: at 1280 × 800 in the usual size nothing is cut, leaves its key, or has a strip left to be read in. */

let stage: Stage
let scene: Scene
beforeAll(async () => {
  stage = await buildStage()
})
afterAll(() => stage.close())
afterEach(() => scene.close())

const search = '?camera=off&lang=en'

async function isWhole(): Promise<void> {
  await scene.page.locator('html[lang="en"]').waitFor({ state: 'attached' })
  await scene.page.evaluate(() => document.fonts.ready)
  // A change of the core's view takes a moment to the page.
  await scene.page.waitForTimeout(300)
  expect((await layoutFaults(scene.page)).join('\n')).toBe('')
}

test.each(cashierStates)('$name is whole in English', async state => {
  scene = await stage.open({ terminal: terminalView(state.terminal), search })
  if (state.passing) await scene.page.clock.pauseAt(noon + 1)
  if (state.view) scene.core.cashier.set(state.view)
  await pressKeys(scene.page, state)
  await isWhole()
})

test.each(deskStates)('$name is whole in English', async ({ view, shows, types, presses }) => {
  scene = await stage.open({ terminal: terminalView(), search })
  scene.core.found = found
  scene.core.cashier.set(view)
  await scene.page.locator(`[data-${shows}]`).first().waitFor()
  if (types) {
    await scene.page.keyboard.type(types)
    await scene.page.locator('[data-found] button').first().waitFor()
  }
  for (const key of presses?.split(' ') ?? []) {
    await scene.page.keyboard.press(key)
    await scene.page.waitForTimeout(70)
  }
  await isWhole()
})

test.each(Object.entries(closeViews))('close %s is whole in English', async (_, view) => {
  scene = await stage.open({ terminal: terminalView(), search })
  scene.core.closing = view
  await scene.page.keyboard.press('F12')
  await scene.page.locator(`[data-screen="close"][data-step="${view.step}"]`).waitFor()
  await isWhole()
  if (view.step !== 'day') return
  for (const [key, shown] of [
    ['Digit2', '[data-meals]'],
    ['Digit3', '[data-persons]'],
  ] as const) {
    await scene.page.keyboard.press(key)
    await scene.page.locator(shown).waitFor()
    await isWhole()
  }
})

test.each(customerStates)('$name is whole in English', async ({ view }) => {
  scene = await stage.open({ page: 'customer.html', search: '?lang=en', customer: view })
  await isWhole()
})

test.each(customerStates)("$name fits a small seniors' screen in English with the largest text", async ({ view }) => {
  const size = { width: 1024, height: 600 }
  scene = await stage.open({ page: 'customer.html', search: '?lang=en', customer: { ...view, textSize: 150 }, size })
  await scene.page.locator('html[data-text="150"]').waitFor({ state: 'attached' })
  await isWhole()
  expect((await axeFindings(scene.page)).join('\n')).toBe('')
})
