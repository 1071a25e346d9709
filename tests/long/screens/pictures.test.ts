import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { views as closeViews } from '../../e2e/screens/close-states.ts'
import { noon, people, terminalView } from '../../e2e/screens/fixtures.ts'
import { slipInDrawer } from '../../e2e/screens/paper-states.ts'
import { buildStage, type Scene, type Stage } from '../../e2e/screens/stage.ts'
import { cashierStates, customerStates, pressKeys } from '../../e2e/screens/till-states.ts'

let stage: Stage
let scene: Scene

beforeAll(async () => {
  stage = await buildStage()
})
afterAll(() => stage.close())
afterEach(() => scene.close())

const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
]

for (const state of cashierStates) {
  test(`${state.name} is drawn in each size`, async () => {
    scene = await stage.open({ terminal: terminalView(state.terminal), search: state.search ?? '?camera=off' })
    if (state.passing) await scene.page.clock.pauseAt(noon + 1)
    if (state.view) scene.core.cashier.set(state.view)
    await pressKeys(scene.page, state)
    for (const size of sizes) {
      await scene.page.setViewportSize(size)
      await scene.page.getByText(state.shows).first().waitFor()
      await scene.picture(state.name)
    }
    expect(scene.blocked).toEqual([])
    expect(scene.outside).toEqual([])
  })
}

for (const [name, view] of Object.entries(closeViews)) {
  test(`close-${name} is drawn in each size`, async () => {
    scene = await stage.open({ terminal: terminalView(), search: '?camera=off' })
    scene.core.closing = view
    await scene.page.keyboard.press('F12')
    for (const size of sizes) {
      await scene.page.setViewportSize(size)
      await scene.page.locator(`[data-screen="close"][data-step="${view.step}"]`).waitFor()
      await scene.picture(`close-${name}`)
    }
    expect(scene.blocked).toEqual([])
    expect(scene.outside).toEqual([])
  })
}

test('the simulator drawer lists the people', async () => {
  scene = await stage.open({ terminal: terminalView({ fictional: true, simulator: true }) })
  scene.core.people = people
  await scene.page.getByText('模拟器 · 演示用').click()
  await scene.page.getByText('欧阳秀英').waitFor()
  await scene.picture('cashier-simulator')
  expect(scene.blocked).toEqual([])
})

test('the simulator drawer shows the last slip', async () => {
  scene = await stage.open({ terminal: terminalView(slipInDrawer) })
  await scene.page.getByText('模拟器 · 演示用').click()
  await scene.page.getByText('模拟打印机刚打出').click()
  await scene.page.getByText('张女士，套餐 A').waitFor()
  await scene.picture('paper-simulated')
  expect(scene.blocked).toEqual([])
})

for (const state of customerStates) {
  test(`${state.name} is drawn in each size`, async () => {
    scene = await stage.open({ page: 'customer.html', search: state.search ?? '', customer: state.view })
    for (const size of [...sizes, { width: 1024, height: 600 }]) {
      await scene.page.setViewportSize(size)
      await scene.page.getByText(state.shows).first().waitFor()
      await scene.picture(state.name)
    }
    expect(scene.blocked).toEqual([])
    expect(scene.outside).toEqual([])
  })
}
