import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { noon, terminalView } from '../../e2e/screens/fixtures.ts'
import { choosing, kioskStates, kioskView } from '../../e2e/screens/kiosk-fixtures.ts'
import { buildStage, type Scene, type Stage } from '../../e2e/screens/stage.ts'

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
  { width: 1024, height: 600 },
]

async function inEachSize(name: string): Promise<void> {
  for (const size of sizes) {
    await scene.sizeTo(size)
    await scene.picture(name)
  }
  expect(scene.blocked).toEqual([])
  expect(scene.outside).toEqual([])
}

for (const { name, view, shows } of kioskStates)
  test(`${name} is drawn in each size`, async () => {
    scene = await stage.open({ page: 'kiosk.html', search: '', kiosk: view() })
    await scene.page.getByText(shows).first().waitFor()
    await inEachSize(name)
  })

for (const { name, view } of kioskStates.filter(state => /welcome|choosing|priced|confirmed|closed$/.test(state.name)))
  test(`${name} is drawn in English`, async () => {
    scene = await stage.open({ page: 'kiosk.html', search: '?lang=en', kiosk: view() })
    await scene.page.locator('[data-key="help"]').waitFor()
    await inEachSize(`${name}-english`)
  })

/** What a person opens on the page, by the keys that lead there. */
const panels: readonly { name: string; press: readonly string[]; from?: typeof choosing }[] = [
  { name: 'kiosk-way-card', press: ['way-card'] },
  { name: 'kiosk-way-code', press: ['way-code'] },
  { name: 'kiosk-pin', press: ['pin'], from: choosing },
  { name: 'kiosk-help', press: ['help'] },
  { name: 'kiosk-staff', press: ['staff'] },
  { name: 'kiosk-staff-pin', press: ['staff', 'staff-sun'] },
  { name: 'kiosk-look', press: ['way-face'] },
]

for (const { name, press, from } of panels)
  test(`${name} is drawn in each size`, async () => {
    scene = await stage.open({
      page: 'kiosk.html',
      search: '',
      kiosk: kioskView(from ?? { state: 'idle' }),
      clock: false,
    })
    for (const key of press) await scene.page.locator(`[data-key="${key}"]`).click()
    await scene.page.waitForTimeout(1500)
    await inEachSize(name)
  })

test('the countdown is drawn in each size', async () => {
  scene = await stage.open({ page: 'kiosk.html', search: '', kiosk: kioskView(choosing), clock: false })
  await scene.page.locator('[data-key="more-time"]').waitFor({ timeout: 30_000 })
  await inEachSize('kiosk-countdown')
})

test.each([
  ['sells', { front: 'kiosk', helpSince: null }],
  ['calls', { front: 'kiosk', helpSince: noon }],
  ['left', { front: 'staff', helpSince: null }],
] as const)("the cashier's page of a kiosk is drawn: %s", async (name, kiosk) => {
  scene = await stage.open({ terminal: terminalView({ kiosk }) })
  await scene.page.locator('[data-kiosk-strip]').waitFor()
  await scene.picture(`cashier-kiosk-${name}`)
})
