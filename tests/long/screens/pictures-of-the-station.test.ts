import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { operatorId } from '../../../shared/ids.ts'
import { terminalView } from '../../e2e/screens/fixtures.ts'
import { buildStage, type Scene, type Stage } from '../../e2e/screens/stage.ts'
import { afternoon } from '../../e2e/screens/station-fixtures.ts'
import { type StationState, stationStates } from '../../e2e/screens/station-states.ts'
import { findingsInBothThemes } from '../../support/axe.ts'
import { layoutFaults } from '../../support/layout-faults.ts'

let stage: Stage
let scene: Scene

beforeAll(async () => {
  stage = await buildStage()
})
afterAll(() => stage.close())
afterEach(() => scene.close())

const lead = {
  operator: operatorId.parse('sun-min'),
  name: '孙敏',
  role: 'lead',
  on: true,
  pin: 'set',
  onShift: true,
} as const

const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
]

async function open({ terminal, view, english = false, keys = [], slow = false, shows }: StationState): Promise<void> {
  scene = await stage.open({
    ...{ terminal: terminalView({ meal: null, ...terminal }), station: view, clock: afternoon },
    search: `?camera=off&lang=${english ? 'en' : 'zh'}`,
  })
  scene.core.settings = { ...scene.core.settings, staff: [lead] }
  await scene.page.locator(view.open ? '[data-screen="station"]' : 'nav').waitFor()
  for (const key of keys) {
    await scene.page.keyboard.press(key)
    await scene.page.waitForTimeout(slow ? 400 : 70)
  }
  await scene.page.getByText(shows).first().waitFor()
}

for (const state of stationStates) {
  test(`${state.name} is drawn in each size, and axe finds nothing on it`, async () => {
    await open(state)
    for (const size of sizes) {
      await scene.page.setViewportSize(size)
      await scene.picture(state.name)
    }
    // What is scrolled out of sight lies over nothing.
    await scene.page.evaluate(() => document.querySelector('[data-day] ol')?.scrollTo(0, 0))
    if (state.view.open) expect((await layoutFaults(scene.page)).join('\n')).toBe('')
    expect(scene.blocked).toEqual([])
    expect(scene.outside).toEqual([])
    if (!state.english) expect(await findingsInBothThemes(scene.page)).toEqual([])
  })
}

for (const state of stationStates.filter(({ english }) => !english)) {
  test(`${state.name} is whole with text of 150 %`, async () => {
    await open({ ...state, terminal: { ...state.terminal, textSize: 150 } })
    await scene.picture(`${state.name}-text-150`)
    expect((await layoutFaults(scene.page)).join('\n')).toBe('')
  })
}
