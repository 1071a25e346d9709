import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { terminalView } from '../../e2e/screens/fixtures.ts'
import { householdTerminal, type NeighbourState, neighbourStates } from '../../e2e/screens/neighbour-states.ts'
import { buildStage, type Scene, type Stage } from '../../e2e/screens/stage.ts'
import { findingsInBothThemes } from '../../support/axe.ts'
import { layoutFaults } from '../../support/layout-faults.ts'

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

async function open(state: NeighbourState): Promise<void> {
  const { household, view, terminal, closing, english = false, keys = [], place, shows } = state
  scene = await stage.open({
    terminal: terminalView({ ...householdTerminal, ...terminal }),
    search: `?camera=off&lang=${english ? 'en' : 'zh'}`,
  })
  const { core, page } = scene
  if (closing) core.closing = closing
  const person = place === undefined ? undefined : household.people[place]
  const chosen = view?.state === 'priced' && person ? { checkIn: view.checkIn, senior: person.senior } : null
  core.neighbour.set({ ...household, chosen })
  await page.locator('[data-screen="neighbour"]').waitFor()
  if (view) {
    core.cashier.set(view)
    await page.locator(`[data-panel="${view.state === 'priced' ? 'price' : view.state}"]`).waitFor()
  }
  for (const key of keys) {
    await page.keyboard.press(key)
    await page.waitForTimeout(500)
  }
  await page.getByText(shows).first().waitFor()
}

for (const state of neighbourStates) {
  test(`${state.name} is drawn in each size, and axe finds nothing on it`, async () => {
    await open(state)
    for (const size of sizes) {
      await scene.sizeTo(size)
      await scene.picture(state.name)
      expect((await layoutFaults(scene.page)).join('\n')).toBe('')
    }
    expect(scene.blocked).toEqual([])
    expect(scene.outside).toEqual([])
    expect(await findingsInBothThemes(scene.page)).toEqual([])
  })
}

for (const state of neighbourStates.filter(({ english }) => !english)) {
  test(`${state.name} is whole with text of 150 %`, async () => {
    await open({ ...state, terminal: { ...state.terminal, textSize: 150 } })
    await scene.picture(`${state.name}-text-150`)
    expect((await layoutFaults(scene.page)).join('\n')).toBe('')
  })
}
