import { afterAll, beforeAll, expect, test } from 'vitest'
import { deskStates, found } from '../../e2e/screens/desk-states.ts'
import { noon, people, terminalView } from '../../e2e/screens/fixtures.ts'
import { keptPages } from '../../e2e/screens/kept-pages.ts'
import { slipInDrawer } from '../../e2e/screens/paper-states.ts'
import { buildStage, type Scene, type Stage } from '../../e2e/screens/stage.ts'
import { syncStates } from '../../e2e/screens/sync-states.ts'
import { cashierStates, customerStates, pressKeys } from '../../e2e/screens/till-states.ts'
import { findingsInBothThemes } from '../../support/axe.ts'

/** Every rule in both themes; states that differ in words alone are looked at once. */

let stage: Stage
const pages = keptPages(() => stage)

beforeAll(async () => {
  stage = await buildStage()
})
afterAll(async () => {
  await pages.close()
  await stage.close()
})

async function expectNothingFound({ page }: Scene): Promise<void> {
  expect(await findingsInBothThemes(page)).toEqual([])
}

test.each(cashierStates.filter(({ passing }) => !passing))(
  'axe finds nothing on $name',
  async ({ terminal, view, shows, search, keys }) => {
    const scene = await pages.show({ terminal: terminalView(terminal), search: search ?? '?camera=off' })
    if (view) scene.core.cashier.set(view)
    await pressKeys(scene.page, { ...(view ? { view } : {}), ...(keys ? { keys } : {}) })
    await scene.page.getByText(shows).first().waitFor()
    await expectNothingFound(scene)
  },
)

test.each(cashierStates.filter(({ passing }) => passing))(
  'axe finds nothing on $name, while it stands',
  async ({ terminal, view, shows }) => {
    await pages.close()
    const scene = await stage.open({ terminal: terminalView(terminal) })
    await scene.page.clock.pauseAt(noon + 1)
    if (view) scene.core.cashier.set(view)
    await scene.page.getByText(shows).first().waitFor()
    await expectNothingFound(scene)
    await scene.close()
  },
)

test.each(deskStates)('axe finds nothing on $name', async ({ view, shows, types, presses }) => {
  const scene = await pages.show()
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
  await expectNothingFound(scene)
})

test.each(syncStates)('axe finds nothing on $name', async ({ terminal, english = false, sticks }) => {
  const scene = await pages.show({
    terminal: terminalView(terminal),
    search: `?camera=off&lang=${english ? 'en' : 'zh'}`,
  })
  await scene.page.locator('[data-pill="unsent"]').click()
  await scene.page.locator('[data-screen="sync"]').waitFor()
  if (sticks) {
    scene.core.sticks = sticks
    await scene.page.keyboard.press('KeyU')
    await scene.page.locator('[data-card="stick"]').waitFor()
  }
  await expectNothingFound(scene)
})

test.each(customerStates)('axe finds nothing on $name', async ({ view, shows, search }) => {
  await pages.close()
  const scene = await stage.open({ page: 'customer.html', search: search ?? '', customer: view })
  await scene.page.getByText(shows).first().waitFor()
  await expectNothingFound(scene)
  await scene.close()
})

test.each(['模拟器 · 演示用', '模拟打印机刚打出'])('axe finds nothing on the simulator with %s', async opens => {
  await pages.close()
  const scene = await stage.open({ terminal: terminalView({ fictional: true, simulator: true, ...slipInDrawer }) })
  scene.core.people = people
  await scene.page.getByText('模拟器 · 演示用').click()
  await scene.page.getByText('欧阳秀英').waitFor()
  if (opens !== '模拟器 · 演示用') await scene.page.getByText(opens).click()
  await expectNothingFound(scene)
  await scene.close()
})

test.each([
  ['sells', { front: 'kiosk', helpSince: null }],
  ['calls', { front: 'kiosk', helpSince: noon }],
  ['was left', { front: 'staff', helpSince: null }],
] as const)('axe finds nothing on the staff’s page of a kiosk that %s', async (_, kiosk) => {
  const scene = await pages.show({ terminal: terminalView({ kiosk }) })
  await scene.page.locator('[data-kiosk-strip]').waitFor()
  await expectNothingFound(scene)
})
