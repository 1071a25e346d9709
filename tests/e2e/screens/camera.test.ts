import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { CameraCounts } from '../../../renderer/state/cashier-camera.ts'
import { buildStage, type Scene, type Stage } from './stage.ts'

let stage: Stage
let scene: Scene

beforeAll(async () => {
  stage = await buildStage()
})
afterAll(() => stage.close())
afterEach(() => scene.close())

const counts = (): Promise<CameraCounts | undefined> => scene.page.evaluate(() => window.aixinCounts?.())
const cameraStates = () => scene.core.named('cameraState').map(call => call.input)

test('the page runs the code camera, tells the core and breaks no page policy', async () => {
  scene = await stage.open({ search: '', clock: false })
  await expect.poll(cameraStates, { timeout: 20_000 }).toContainEqual({ camera: 'camera', state: 'running' })
  await scene.page.locator('[data-device="camera"]').getByText('就绪').waitFor()
  await expect.poll(async () => (await counts())?.framesDecoded, { timeout: 20_000 }).toBeGreaterThan(0)
  expect(scene.blocked).toEqual([])
  expect(scene.outside).toEqual([])
})

test('a core that comes back is told the state of the camera again', async () => {
  scene = await stage.open({ search: '', clock: false })
  await expect.poll(cameraStates, { timeout: 20_000 }).toContainEqual({ camera: 'camera', state: 'running' })
  const before = scene.core.named('cameraState').length
  scene.core.cut()
  await expect.poll(() => scene.core.named('cameraState').length, { timeout: 20_000 }).toBeGreaterThan(before)
})

test('the address can leave the camera out', async () => {
  scene = await stage.open()
  await scene.page.locator('[data-device="camera"]').getByText('没有开启').waitFor()
  expect(cameraStates()).toEqual([])
  expect(await counts()).toEqual({ framesDecoded: 0, codesRead: 0 })
})
