import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { contentSecurityPolicy } from '../../../electron/page-policy.ts'
import { parseElderCode } from '../../../shared/elder-code.ts'
import { buildPage, type PageServer, servePage } from '../../e2e/camera/page-server.ts'
import { elderCodeMaker } from '../../support/elder-code-maker.ts'
import { fakeCameraFlags, writeCameraFilm } from '../../support/fake-camera.ts'

const folder = mkdtempSync(join(tmpdir(), 'code-camera-'))
const film = join(folder, 'film.mjpeg')
const pages = join(folder, 'page')
const maker = elderCodeMaker()
let phoneCode: string
let paperCode: string
/** The browser of the last test: the next one that wants the same camera takes it, in a context of its own. */
let running: { readonly flags: string; readonly browser: Browser } | undefined
let context: BrowserContext | undefined
let server: PageServer | undefined

beforeAll(async () => {
  phoneCode = await maker.mint({}, 'base32')
  paperCode = await maker.mint({ kind: 'paper' }, 'base45')
  writeCameraFilm(film, [
    { blank: 15 },
    { text: phoneCode, frames: 45 },
    { blank: 15 },
    { text: paperCode, frames: 45 },
    { blank: 15 },
    { text: 'https://pay.example/1', frames: 45 },
    { blank: 45 },
  ])
  await buildPage(pages)
})

afterEach(async () => {
  await context?.close()
  await server?.close()
})

afterAll(async () => {
  await running?.browser.close()
  rmSync(folder, { recursive: true })
})

async function browserWith(flags: readonly string[]): Promise<Browser> {
  const key = flags.join(' ')
  if (running?.flags === key) return running.browser
  await running?.browser.close()
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: [...root, ...flags] })
  running = { flags: key, browser }
  return browser
}

/** Opens the camera page in a Chromium with the given flags; `outside` and `blocked` fill with what the page should never do. */
async function open(options: {
  flags?: string[]
  permissions?: string[]
  missing?: string[]
  policy?: string
  search?: string
  before?: () => void
}) {
  const { missing = [], policy } = options
  server = await servePage(pages, policy === undefined ? { missing } : { missing, policy })
  const { origin } = server
  const browser = await browserWith(options.flags ?? [])
  context = await browser.newContext({ permissions: options.permissions ?? [] })
  const page = await context.newPage()
  const outside: string[] = []
  const blocked: string[] = []
  context.on('request', request => {
    const { protocol } = new URL(request.url())
    if (!['blob:', 'data:'].includes(protocol) && !request.url().startsWith(`${origin}/`)) outside.push(request.url())
  })
  page.on('console', message => {
    if (message.text().includes('Content Security Policy')) blocked.push(message.text())
  })
  if (options.before) await page.addInitScript(options.before)
  await page.goto(`${origin}/${options.search ?? ''}`)
  return { page, outside, blocked }
}

const codes = (page: Page) => page.evaluate(() => [...window.seen.codes])
const states = (page: Page) => page.evaluate(() => [...window.seen.states])
const decoder = (page: Page) => page.evaluate(() => window.seen.camera.counts().decoder)
const notes = (page: Page) => page.evaluate(() => [...window.seen.latest.notes])
const opened = (page: Page) => page.evaluate(() => [...window.seen.opened])
const patience = { timeout: 60_000, interval: 100 }

test('codes held before the camera arrive in order, each once a showing, with no request to the outside', async () => {
  const { page, outside, blocked } = await open({ flags: fakeCameraFlags(film) })
  await vi.waitUntil(async () => (await codes(page)).length >= 4, patience)
  const inOrder = [phoneCode, paperCode, 'https://pay.example/1']
  const read = (await codes(page)).slice(0, 4)
  const first = inOrder.indexOf(read[0] ?? '')
  expect(read).toEqual([0, 1, 2, 3].map(step => inOrder[(first + step) % 3]))
  expect(await states(page)).toEqual(['starting', 'running'])
  expect(await decoder(page)).toBe('zxing-wasm')
  expect(server?.served.some(path => path.endsWith('.wasm'))).toBe(true)
  expect(outside).toEqual([])
  expect(blocked).toEqual([])
})

test('what the camera reads is a token that can be judged', async () => {
  const { page } = await open({ flags: fakeCameraFlags(film) })
  await vi.waitUntil(async () => (await codes(page)).includes(paperCode), patience)
  const [text] = (await codes(page)).filter(read => read === paperCode)
  expect(parseElderCode(text ?? '')).toMatchObject({ ok: true, token: { kind: 'paper', keyId: maker.key.keyId } })
})

test('where the WebAssembly file cannot be had, codes are read without it', async () => {
  const { page, outside } = await open({ flags: fakeCameraFlags(film), missing: ['.wasm'] })
  await vi.waitUntil(async () => (await codes(page)).includes(phoneCode), patience)
  expect(await decoder(page)).toBe('zxing-library')
  expect(await notes(page)).toEqual(['slow-reader'])
  expect(outside).toEqual([])
})

test('where the page policy forbids WebAssembly, codes are read without it', async () => {
  const policy = contentSecurityPolicy.replace(" 'wasm-unsafe-eval'", '')
  const { page } = await open({ flags: fakeCameraFlags(film), policy })
  await vi.waitUntil(async () => (await codes(page)).includes(phoneCode), patience)
  expect(await decoder(page)).toBe('zxing-library')
})

test('a camera that cannot zoom is zoomed by cutting out the middle, where codes are still read', async () => {
  const { page } = await open({ flags: fakeCameraFlags(film), search: '?zoom=2' })
  await vi.waitUntil(async () => (await codes(page)).includes(phoneCode), patience)
  expect((await opened(page)).at(-1)?.digitalZoom).toBe(2)
})

test('a camera that goes away is lost, and runs again when it comes back', async () => {
  const { page } = await open({ flags: fakeCameraFlags(film) })
  await vi.waitUntil(async () => (await codes(page)).length > 0, patience)
  await page.evaluate(() => {
    const stream = window.seen.camera.video.srcObject
    if (!(stream instanceof MediaStream)) throw new Error('no stream')
    for (const track of stream.getVideoTracks()) track.dispatchEvent(new Event('ended'))
  })
  await vi.waitUntil(async () => (await states(page)).at(-1) === 'running', patience)
  expect(await states(page)).toEqual(['starting', 'running', 'lost', 'running'])
  const before = (await codes(page)).length
  await vi.waitUntil(async () => (await codes(page)).length > before, patience)
})

test('a stopped camera is let go', async () => {
  const { page } = await open({ flags: fakeCameraFlags(film) })
  await vi.waitUntil(async () => (await states(page)).includes('running'), patience)
  const ended = await page.evaluate(() => {
    const stream = window.seen.camera.video.srcObject
    window.seen.camera.stop()
    return stream instanceof MediaStream && stream.getTracks().every(track => track.readyState === 'ended')
  })
  expect(ended).toBe(true)
})

test.each([
  ['with WebAssembly', []],
  ['without', ['.wasm']],
])('frames of a camera that mirrors them are read %s', async (_, missing) => {
  const mirroring = join(folder, 'mirroring.mjpeg')
  writeCameraFilm(mirroring, [{ text: phoneCode, frames: 30, mirrored: true }])
  const { page } = await open({ flags: fakeCameraFlags(mirroring), missing })
  await vi.waitUntil(async () => (await codes(page)).includes(phoneCode), patience)
})

test('a dark picture is said after a while, and that it is light again', async () => {
  const dusk = join(folder, 'dusk.mjpeg')
  writeCameraFilm(dusk, [{ blank: 150 }, { blank: 150, dark: true }])
  const { page } = await open({ flags: fakeCameraFlags(dusk) })
  await vi.waitUntil(async () => (await notes(page)).includes('dark'), patience)
  await vi.waitUntil(async () => !(await notes(page)).includes('dark'), patience)
})

const twoCameras = ['--use-fake-device-for-media-stream=device-count=2', '--use-fake-ui-for-media-stream']

test('the chosen camera is opened, by its label where its id is of another address', async () => {
  const { page } = await open({ flags: twoCameras, search: '?camera=fake_device_1' })
  await vi.waitUntil(async () => (await opened(page)).length > 0, patience)
  expect((await opened(page)).at(-1)?.camera.label).toBe('fake_device_1')
  expect(await notes(page)).toEqual([])
})

test('another camera is opened when the staff choose it', async () => {
  const { page } = await open({ flags: twoCameras, search: '?camera=fake_device_1' })
  await vi.waitUntil(async () => (await opened(page)).length > 0, patience)
  await page.evaluate(() => {
    const camera = { id: '', label: 'fake_device_0' }
    window.seen.camera.use({ camera, mirrored: false, zoom: 1 })
  })
  await vi.waitUntil(async () => (await opened(page)).at(-1)?.camera.label === 'fake_device_0', patience)
})

/** Stands in for a plug that is pulled: hides the second camera from the page until `window.plugged` is true. */
function hideSecondCamera(): void {
  const devices = navigator.mediaDevices
  const all = devices.enumerateDevices.bind(devices)
  devices.enumerateDevices = async () =>
    (await all()).filter(({ label }) => label !== 'fake_device_1' || 'plugged' in window)
}

test('where the chosen camera is gone another one is used and said, until the chosen one is back', async () => {
  const { page } = await open({ flags: twoCameras, search: '?camera=fake_device_1', before: hideSecondCamera })
  await vi.waitUntil(async () => (await notes(page)).includes('other-camera'), patience)
  expect((await opened(page)).at(-1)?.camera.label).toBe('fake_device_0')
  await page.evaluate(() => {
    Object.assign(window, { plugged: true })
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'))
  })
  await vi.waitUntil(async () => (await opened(page)).at(-1)?.camera.label === 'fake_device_1', patience)
  await vi.waitUntil(async () => (await notes(page)).length === 0, patience)
})

test('a terminal without a camera says so and keeps looking for one', async () => {
  const { page } = await open({ permissions: ['camera'] })
  await vi.waitUntil(async () => (await states(page)).length >= 2, patience)
  expect(await states(page)).toEqual(['starting', 'no-camera'])
})

test('a camera that the browser refuses is told apart from a missing one', async () => {
  const { page } = await open({ flags: ['--use-fake-device-for-media-stream'] })
  await vi.waitUntil(async () => (await states(page)).length >= 2, patience)
  expect(await states(page)).toEqual(['starting', 'refused'])
})

test('a refused camera starts by itself once it is allowed', async () => {
  const { page } = await open({ flags: ['--use-fake-device-for-media-stream'] })
  await vi.waitUntil(async () => (await states(page)).includes('refused'), patience)
  await page.context().grantPermissions(['camera'])
  await vi.waitUntil(async () => (await states(page)).includes('running'), patience)
})
