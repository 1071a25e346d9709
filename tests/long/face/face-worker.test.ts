import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { startNodeFaceEngine } from '../../../electron/core/face/node-engine.ts'
import type { FaceEngine } from '../../../shared/face/face-engine.ts'
import type { Frame } from '../../../shared/face/frame.ts'
import { buildPage, type PageServer, servePage } from '../../e2e/camera/page-server.ts'
import { facePicture } from '../../support/face-pictures.ts'
import { manifestFor } from '../../support/own-model.ts'
import { tinyNumbers, tinyOnnx } from '../../support/tiny-onnx.ts'

const folder = mkdtempSync(join(tmpdir(), 'face-worker-'))
const pages = join(folder, 'page')
const pictures = ['franck_01829.jpg', 'obama4_crop.jpg']
const model = tinyOnnx(112)
let nodeEngine: FaceEngine
let browser: Browser | undefined
let server: PageServer | undefined

/** The file of a picture's bare pixels beside the page. */
const pixelsFile = (name: string) => `${name}.bin`

beforeAll(async () => {
  await buildPage(pages, new URL('page', import.meta.url))
  for (const name of pictures) writeFileSync(join(pages, pixelsFile(name)), facePicture(name).data)
  writeFileSync(join(pages, 'tiny.bin'), model)
  const started = await startNodeFaceEngine()
  if (!started.ok) throw new Error(started.detail)
  nodeEngine = started.engine
})

afterEach(async () => {
  await browser?.close()
  await server?.close()
})

afterAll(() => {
  nodeEngine.stop()
  rmSync(folder, { recursive: true })
})

/** Opens the page in Chromium; `outside` and `blocked` fill with what it should never do. */
async function open(missing: readonly string[] = []) {
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: root })
  server = await servePage(pages, { missing })
  const { origin, served } = server
  const page = await browser.newPage()
  const outside: string[] = []
  const blocked: string[] = []
  page.on('request', request => {
    if (!request.url().startsWith(`${origin}/`)) outside.push(request.url())
  })
  page.on('console', message => {
    if (message.text().includes('Content Security Policy')) blocked.push(message.text())
  })
  await page.goto(origin)
  return { page, outside, blocked, served }
}

type Opened = Awaited<ReturnType<typeof open>>['page']
const start = (page: Opened, own: { manifest: unknown; file: string } | null = null) =>
  page.evaluate(own => window.face.start(own), own)
const look = (page: Opened, name: string, { width, height }: Frame, question?: 'turn') =>
  page.evaluate(([file, width, height, question]) => window.face.look(file, width, height, question), [
    pixelsFile(name),
    width,
    height,
    question,
  ] as const)

async function foundUnderNode(name: string, question?: 'turn') {
  const answer = await nodeEngine.analyse(facePicture(name), question)
  if (!answer.ok || !answer.findings.found) throw new Error('no face')
  return answer.findings
}

/** The greatest difference of two lists, number by number. */
function difference(one: ArrayLike<number>, other: ArrayLike<number>): number {
  expect(one.length).toBe(other.length)
  return Math.max(...Array.from(one, (value, index) => Math.abs(value - (other[index] ?? Number.NaN))))
}

function embeddingOf(answer: Awaited<ReturnType<typeof look>>): ArrayLike<number> {
  if (answer === null || !answer.ok || !('findings' in answer) || !answer.findings.found) throw new Error('no face')
  return answer.findings.embedding ?? []
}

test('the worker gives the embeddings that Node gives, on WebAssembly, with no request to the outside', async () => {
  const { page, outside, blocked, served } = await open()
  expect(await start(page)).toEqual({ ok: true, model: nodeEngine.model })
  for (const name of pictures) {
    const { embedding, box } = await foundUnderNode(name)
    const answer = await look(page, name, facePicture(name))
    expect(difference(embeddingOf(answer), embedding ?? [])).toBeLessThan(1e-3)
    expect(answer).toMatchObject({ findings: { box: { width: expect.closeTo(box.width, 2) }, hints: [] } })
  }
  expect(served.filter(path => path.endsWith('.wasm'))).toEqual([expect.stringContaining('tfjs-backend-wasm-simd')])
  expect(outside).toEqual([])
  expect(blocked).toEqual([])
})

test("a camera's frame is described like its pixels, and taken over", async () => {
  const { page } = await open()
  await start(page)
  const [name = ''] = pictures
  const { width, height } = facePicture(name)
  const { answer, closed } = await page.evaluate(
    ([file, width, height]) => window.face.lookAtVideoFrame(file, width, height),
    [pixelsFile(name), width, height] as const,
  )
  expect(difference(embeddingOf(answer), (await foundUnderNode(name)).embedding ?? [])).toBeLessThan(1e-3)
  expect(closed).toBe(true)
})

test('asked about a turn of the head, it gives landmarks and no embedding', async () => {
  const { page } = await open()
  await start(page)
  const [name = ''] = pictures
  const answer = await look(page, name, facePicture(name), 'turn')
  const { landmarks } = await foundUnderNode(name, 'turn')
  expect(answer).toMatchObject({ findings: { found: true, embedding: null } })
  if (answer === null || !('findings' in answer) || !answer.findings.found) throw new Error('no face')
  const flat = (points: readonly { x: number; y: number }[]) => points.flatMap(({ x, y }) => [x, y])
  expect(difference(flat(answer.findings.landmarks), flat(landmarks))).toBeLessThan(0.05)
})

test.each([
  ['WebAssembly', ['.wasm']],
  ['the detector', ['blazeface']],
  ['the landmarks', ['face_landmark']],
  ['the recognition network', ['face_recognition']],
])('without the file of %s the engine is refused, and goes on by no other way', async (_name, [part = '']) => {
  const { page, served } = await open([part])
  expect(await start(page)).toMatchObject({ ok: false, problem: 'FACE_ENGINE_MISSING' })
  expect(await look(page, 'obama4_crop.jpg', facePicture('obama4_crop.jpg'))).toBeNull()
  expect(served.filter(path => path.includes(part))).toEqual([])
})

test('a stopped engine answers that it is gone', async () => {
  const { page } = await open()
  await start(page)
  await page.evaluate(() => window.face.stop())
  const answer = await look(page, 'obama4_crop.jpg', facePicture('obama4_crop.jpg'))
  expect(answer).toMatchObject({ ok: false, problem: 'FACE_ENGINE_LOST' })
})

test("the operator's own model makes the embeddings, one picture like another of the same face", async () => {
  const { page, outside, blocked } = await open()
  const manifest = manifestFor(model)
  const started = await start(page, { manifest, file: 'tiny.bin' })
  expect(started).toMatchObject({ ok: true, model: { numbers: tinyNumbers, metric: 'cosine' } })
  const [name = ''] = pictures
  const once = embeddingOf(await look(page, name, facePicture(name)))
  expect(once).toHaveLength(tinyNumbers)
  // The tiny network gives means of fields of (0..255 - 127.5) / 128, channel by channel.
  expect(Math.max(...Array.from(once, Math.abs))).toBeLessThanOrEqual(1)
  expect(new Set(Array.from(once, value => value.toFixed(4))).size).toBeGreaterThan(10)
  expect(outside).toEqual([])
  expect(blocked).toEqual([])
})

test.each([
  ['is not the file that its manifest names', { sha256: '0'.repeat(64) }, 'FACE_MODEL_CHANGED'],
  ['has no licence', { licence: undefined }, 'FACE_MODEL_BAD'],
  ['gives another count of numbers', { output: { numbers: 512 } }, 'FACE_MODEL_BAD'],
  ['takes pictures of another size', { input: { ...manifestFor(model).input, size: 96 } }, 'FACE_MODEL_BAD'],
])('an own model that %s is refused', async (_name, change, problem) => {
  const { page } = await open()
  expect(await start(page, { manifest: { ...manifestFor(model), ...change }, file: 'tiny.bin' })).toMatchObject({
    ok: false,
    problem,
  })
})
