import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import type { CameraCounts } from '../../../renderer/state/cashier-camera.ts'
import { customerView, pricedView } from '../../e2e/screens/fixtures.ts'
import { keptPages } from '../../e2e/screens/kept-pages.ts'
import { buildStage, type OpenOptions, type Scene, type Stage } from '../../e2e/screens/stage.ts'

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

/** A page of this test's own, for what happens while a page loads. */
async function openAnew(options: OpenOptions = {}): Promise<void> {
  await pages.close()
  scene = await stage.open(options)
  onTestFinished(() => scene.close())
}

/** A page whose camera runs. */
async function showRunning(size = { width: 1280, height: 800 }): Promise<void> {
  scene = await pages.show({ search: '', clock: false, size })
  await tile().getByText('就绪').waitFor({ timeout: 30_000 })
}

const counts = (): Promise<CameraCounts | undefined> => scene.page.evaluate(() => window.aixinCounts?.())
const cameraStates = () => scene.core.named('cameraState').map(call => call.input)

const running = { camera: 'camera', state: 'running', notes: [] }
const tile = () => scene.page.locator('[data-device="camera"]')
const panel = () => scene.page.locator('[data-screen="camera"]')

test('the page runs the code camera, tells the core and breaks no page policy', async () => {
  await openAnew({ search: '', clock: false })
  await expect.poll(cameraStates, { timeout: 20_000 }).toContainEqual(running)
  await scene.page.locator('[data-device="camera"]').getByText('就绪').waitFor()
  await expect.poll(async () => (await counts())?.framesDecoded, { timeout: 20_000 }).toBeGreaterThan(0)
  expect(scene.blocked).toEqual([])
  expect(scene.outside).toEqual([])
})

test('the address can leave the camera out', async () => {
  await openAnew()
  await scene.page.locator('[data-device="camera"]').getByText('没有开启').waitFor()
  expect(cameraStates()).toEqual([])
  expect(await counts()).toMatchObject({ framesDecoded: 0, codesRead: 0 })
})

test('the slower reader is said on the tile, in the panel and to the core', async () => {
  await openAnew({ search: '', clock: false, missing: '.wasm' })
  await tile().getByText('识码较慢').waitFor({ timeout: 30_000 })
  await expect.poll(cameraStates).toContainEqual({ ...running, notes: ['slow-reader'] })
  await tile().getByRole('button').click()
  await panel().locator('[data-note="slow-reader"]').waitFor()
})

test('a core that comes back is told the state of the camera again', async () => {
  await showRunning()
  expect(cameraStates()).toEqual([])
  scene.core.cut()
  await expect.poll(cameraStates, { timeout: 20_000 }).toContainEqual(running)
})

for (const size of [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
]) {
  test(`the tile opens the camera with its live picture at ${size.width}×${size.height}, and Escape closes it`, async () => {
    await showRunning(size)
    await tile().getByRole('button').click()
    await panel().getByText('能看清，可以扫码').waitFor()
    await expect.poll(() => panel().locator('video').evaluate(isPlaying)).toBe(true)
    const before = (await counts())?.framesDecoded ?? 0
    await scene.page.keyboard.press('Escape')
    await panel().waitFor({ state: 'detached' })
    await expect.poll(async () => (await counts())?.framesDecoded, { timeout: 20_000 }).toBeGreaterThan(before)
  })
}

const isPlaying = (element: HTMLElement | SVGElement) => element instanceof HTMLVideoElement && !element.paused

test('camera, zoom and mirror are kept by the terminal, and the picture follows what it keeps', async () => {
  await showRunning()
  await tile().getByRole('button').click()
  await panel().getByRole('button', { name: 'fake_device_0' }).click()
  await panel().getByRole('button', { name: '2×' }).click()
  await panel().getByRole('button', { name: '像镜子一样' }).click()
  const unchosen = { camera: null, mirrored: true, zoom: 1 }
  const label = 'fake_device_0'
  await expect
    .poll(() => scene.core.named('chooseCamera').map(call => call.input))
    .toMatchObject([
      { ...unchosen, camera: { label } },
      { ...unchosen, zoom: 2 },
      { ...unchosen, mirrored: false },
    ])
  scene.core.terminal.set({ ...scene.core.terminal.value(), camera: { camera: null, mirrored: false, zoom: 2 } })
  const shown = () =>
    panel()
      .locator('video')
      .evaluate(video => getComputedStyle(video).transform)
  await expect.poll(shown).toBe('matrix(2, 0, 0, 2, 0, 0)')
  await panel().getByText('裁取画面中间').waitFor()
})

test('the panel leaves when a check-in comes', async () => {
  await showRunning()
  await tile().getByRole('button').click()
  await panel().waitFor()
  scene.core.cashier.set(pricedView())
  await panel().waitFor({ state: 'detached' })
})

test('the seniors are asked for light where it is dark, in the place of another note', async () => {
  const dark = { ...customerView(), needsLight: true }
  await openAnew({ page: 'customer.html', search: '', customer: dark, size: { width: 1024, height: 600 } })
  await scene.page.getByText('这里有点暗，请朝亮处举').waitFor()
  expect(await scene.page.getByText('手机、纸卡都行').count()).toBe(0)
})
