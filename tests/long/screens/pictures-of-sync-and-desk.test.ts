import { afterAll, beforeAll, test } from 'vitest'
import { deskStates, found } from '../../e2e/screens/desk-states.ts'
import { terminalView } from '../../e2e/screens/fixtures.ts'
import { keptPages } from '../../e2e/screens/kept-pages.ts'
import { buildStage, type Scene, type Stage } from '../../e2e/screens/stage.ts'
import { syncStates } from '../../e2e/screens/sync-states.ts'

/** Pictures to look at; whether they fit is a short test of each screen. */

let stage: Stage
let scene: Scene
const pages = keptPages(() => stage)

beforeAll(async () => {
  stage = await buildStage()
})
afterAll(async () => {
  await pages.close()
  await stage.close()
})

const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
]

test.each(syncStates)('$name is drawn in each size', async ({ name, terminal, english = false, sticks }) => {
  scene = await pages.show({ terminal: terminalView(terminal), search: `?camera=off&lang=${english ? 'en' : 'zh'}` })
  await scene.page.locator('[data-pill="unsent"]').click()
  await scene.page.locator('[data-screen="sync"]').waitFor()
  if (sticks) {
    scene.core.sticks = sticks
    await scene.page.keyboard.press('KeyU')
    await scene.page.locator('[data-card="stick"]').waitFor()
  }
  for (const size of sizes) {
    await scene.sizeTo(size)
    await scene.picture(name)
  }
})

for (const language of ['en', 'zh']) {
  test.each(deskStates)(`$name is drawn in each size in ${language}`, async ({ name, view, shows, types, presses }) => {
    scene = await pages.show({ search: `?camera=off&lang=${language}` })
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
    for (const size of sizes) {
      await scene.sizeTo(size)
      await scene.picture(`${name}-${language}`)
    }
  })
}
