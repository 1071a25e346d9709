import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { views as closeViews } from '../../e2e/screens/close-states.ts'
import { deskStates, found } from '../../e2e/screens/desk-states.ts'
import { noon, terminalView } from '../../e2e/screens/fixtures.ts'
import { buildStage, type Scene, type Stage } from '../../e2e/screens/stage.ts'
import { syncStates } from '../../e2e/screens/sync-states.ts'
import { cashierStates, customerStates, pressKeys } from '../../e2e/screens/till-states.ts'
import { axeFindings } from '../../support/axe.ts'
import { layoutFaults } from '../../support/layout-faults.ts'

/** Larger text at 1280 × 800: nothing is cut or lies over anything else, and what has no room is scrolled to. */

let stage: Stage
let scene: Scene

beforeAll(async () => {
  stage = await buildStage()
})
afterAll(() => stage.close())
afterEach(() => scene.close())

const search = '?camera=off'

/** The states that are looked at in both sizes, with every rule of axe and in high contrast. */
const main = [
  'cashier-ready',
  'cashier-priced',
  'cashier-limit',
  'cashier-confirmed',
  'cashier-shift',
  'desk-person',
  'close-day',
  'sync-online',
]
const isMain = (name: string) => main.includes(name) || name.startsWith('customer-')

async function isWhole(name: string, size: number): Promise<void> {
  await scene.page.locator(`html[data-text="${size}"]`).waitFor()
  await scene.picture(`${name}-text-${size}`)
  expect((await layoutFaults(scene.page)).join('\n')).toBe('')
  if (!isMain(name)) return
  for (const contrast of ['no-preference', 'more'] as const) {
    await scene.page.emulateMedia({ contrast, reducedMotion: 'reduce' })
    expect((await axeFindings(scene.page)).join('\n')).toBe('')
  }
}

describe.each([125, 150] as const)('with text of %d %%', textSize => {
  const looked = <S extends { readonly name: string }>(states: readonly S[]) =>
    states.filter(({ name }) => textSize === 150 || isMain(name))

  test.each(looked(cashierStates))('$name is whole', async state => {
    scene = await stage.open({
      terminal: terminalView({ ...state.terminal, textSize }),
      search: state.search ?? search,
    })
    if (state.passing) await scene.page.clock.pauseAt(noon + 1)
    if (state.view) scene.core.cashier.set(state.view)
    await pressKeys(scene.page, state)
    await scene.page.getByText(state.shows).first().waitFor()
    await isWhole(state.name, textSize)
  })

  test.each(looked(deskStates))('$name is whole', async ({ name, view, shows, types, presses }) => {
    scene = await stage.open({ terminal: terminalView({ textSize }) })
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
    await isWhole(name, textSize)
  })

  test.each(looked(syncStates.filter(({ sticks }) => !sticks)))('$name is whole', async ({ name, terminal }) => {
    scene = await stage.open({ terminal: terminalView({ ...terminal, textSize }) })
    await scene.page.locator('[data-pill="unsent"]').click()
    await scene.page.locator('[data-screen="sync"]').waitFor()
    await isWhole(name, textSize)
  })

  test.each(looked(Object.entries(closeViews).map(([name, view]) => ({ name: `close-${name}`, view }))))(
    '$name is whole',
    async ({ name, view }) => {
      scene = await stage.open({ terminal: terminalView({ textSize }) })
      scene.core.closing = view
      await scene.page.keyboard.press('F12')
      await scene.page.locator(`[data-screen="close"][data-step="${view.step}"]`).waitFor()
      await isWhole(name, textSize)
    },
  )

  test.each(looked(customerStates))('$name is whole', async ({ name, view, shows, search: asked }) => {
    scene = await stage.open({ page: 'customer.html', search: asked ?? '', customer: { ...view, textSize } })
    await scene.page.getByText(shows).first().waitFor()
    await isWhole(name, textSize)
  })
})
