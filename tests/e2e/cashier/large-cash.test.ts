import { afterAll, beforeAll, expect, test } from 'vitest'
import { layoutFaults } from '../../support/layout-faults.ts'
import { pricedView, terminalView } from '../screens/fixtures.ts'
import { buildStage, type Stage } from '../screens/stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await buildStage()
})
afterAll(() => stage.close())

/** What stands on the keys for notes at an amount in cash, and how many of them can be pressed. */
async function keysAt(dueFen: number): Promise<string[]> {
  const scene = await stage.open({ terminal: terminalView() })
  scene.core.cashier.set(
    pricedView({ tender: 'cash', listFen: dueFen, ownPayFen: dueFen, dueFen, entry: { seconds: null, held: true } }),
  )
  const keys = scene.page.locator('fieldset button')
  await keys.first().waitFor()
  const texts = await keys.evaluateAll(found =>
    found.map(key => `${key.textContent}${key.matches(':disabled') ? ' off' : ''}`),
  )
  expect(await layoutFaults(scene.page)).toEqual([])
  await scene.close()
  return texts
}

test.each([
  [450, ['5Z', '10X', '20C', '50V', '100B', '其他N']],
  [1350, ['5Z off', '10X off', '20C', '50V', '100B', '其他N']],
  [10_000, ['5Z off', '10X off', '20C off', '50V off', '100B', '其他N']],
  [12_000, ['120Z', '150X', '200C', '300V', '其他N']],
  [12_350, ['125Z', '130X', '140C', '150V', '200B', '其他N']],
  [85_000, ['850Z', '860X', '900C', '1000V', '其他N']],
  [98_760, ['990Z', '1000X', '1100C', '其他N']],
])('at %d fen the keys stand for what people lay down', async (dueFen, keys) => {
  expect(await keysAt(dueFen)).toEqual(keys)
})

test('one key takes 150 yuan for 120 and records the sale', async () => {
  const scene = await stage.open({ terminal: terminalView() })
  const due = { listFen: 12_000, ownPayFen: 12_000, dueFen: 12_000 }
  scene.core.cashier.set(pricedView({ tender: 'cash', ...due, entry: { seconds: null, held: true } }))
  await scene.page.locator('fieldset button').first().waitFor()
  await scene.page.waitForTimeout(400)
  await scene.page.keyboard.press('KeyX')
  await expect.poll(() => scene.core.named('confirm').length).toBe(1)
  await scene.close()
})
