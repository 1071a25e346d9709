import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DemoSenior, demoSeniors } from '../../../province/demo-people.ts'
import { mostTries } from '../../../shared/face/decide.ts'
import { shippedModel } from '../../../shared/face/shipped-model.ts'
import { deviceEventId } from '../../../shared/ids.ts'
import { surnameOf } from '../../../shared/person-names.ts'
import {
  type Counter,
  claimOf,
  expectedClaim,
  openCounter,
  salesAtTerminal,
  untilAllSent,
  untilSeen,
} from '../../e2e/check-in/counter.ts'
import {
  encodedNow,
  markNow,
  nextScene,
  pixelsNow,
  type Thumbnail,
  thumbnails,
  watchFilm,
} from '../../support/camera-mark.ts'
import { type FaceScene, writeFaceFilm } from '../../support/face-film.ts'
import { facePicture, otherPeople, sameMan } from '../../support/face-pictures.ts'
import { filesBelow, findInFiles, readIfThere, type Secret } from '../../support/find-in-files.ts'
import { imagesIn, likeness } from '../../support/images-in-files.ts'
import { pixelsIn } from '../../support/pixels-in-files.ts'

/** The one whose face is enrolled: eleven pictures of one man play his part. */
const [senior] = demoSeniors()
  .filter(({ homeSite, cards, expected }) => homeSite === 'demo-canteen' && cards.length === 1 && expected.fen === 600)
  .slice(30)
const folder = mkdtempSync(join(tmpdir(), 'aixin-film-'))
const strangers = otherPeople
/** Between 0.591 and 0.662 from the mean of three pictures of the man, whichever they are: below 0.6 for 7 of 165. */
const nearest = 'fragrance-George-Clooney-main_crop.jpg'
const films = { man: join(folder, 'man.mjpeg'), others: join(folder, 'others.mjpeg') }
const pictures: Buffer[] = []
let counter: Counter
let pixels: number[] = []
/** What the pages asked of other places, and what their policy did not let through. */
const outside: string[] = []
const blocked: string[] = []

const page = (): Page => counter.cashier.page
const somebody = (): DemoSenior => {
  if (senior === undefined) throw new Error('the demo has too few members')
  return senior
}

/** Presses keys at the pace of a finger. */
async function press(...keys: string[]): Promise<void> {
  for (const key of keys) {
    await page().keyboard.press(key)
    await page().waitForTimeout(60)
  }
}

async function standBefore(film: string): Promise<void> {
  await counter.standBefore({ film })
  await watch()
}

async function watch(): Promise<void> {
  const { origin } = new URL(page().url())
  page().on('request', request => {
    if (!/^(blob|data):/.test(request.url()) && !request.url().startsWith(`${origin}/`)) outside.push(request.url())
  })
  page().on('console', message => {
    if (message.text().includes('Content Security Policy')) blocked.push(message.text())
  })
  await page().locator('[data-device="camera"]').getByText('就绪').waitFor()
  await watchFilm(page())
}

/** Finds the senior at the desk, as staff do by name and last digits. */
async function find(): Promise<void> {
  await counter.till.client.openDesk()
  await counter.till.client.chooseSenior({ senior: somebody().id })
  await page().locator(`[data-desk-person="${somebody().id}"]`).waitFor()
}

/** Takes the photo of the step that stands there, again where the film had not moved on. */
async function photograph(done: string): Promise<void> {
  await press('Enter')
  await page().locator(done).waitFor({ timeout: 30_000 })
}

beforeAll(async () => {
  const man = sameMan.map((name): FaceScene => ({ people: [facePicture(name)], frames: 24 }))
  const others = strangers.map((name): FaceScene => {
    // One of them looks aside, and is taken as he is only after a while.
    return { people: [facePicture(name)], frames: name === 'sample5.jpg#2' ? 135 : 54 }
  })
  pictures.push(...writeFaceFilm(films.man, man), ...writeFaceFilm(films.others, others))
  counter = await openCounter({ camera: { film: films.man }, profileInData: true })
  await watch()
})
afterAll(async () => {
  await counter?.close()
  rmSync(folder, { recursive: true, force: true })
})

test('faces are off until staff switch them on, on a screen that says what they are', async () => {
  await press('F1')
  await page().locator('[data-answer="FACE_OFF"]').waitFor()
  await page().locator('[data-device="face"] button').click()
  await page().getByText('人脸没有启用').waitFor()
  await press('Digit1')
  await page().getByText('人脸在用').waitFor()
  await press('Escape')
  expect(counter.till.terminal().face).toMatchObject({ ...shippedModel, on: true, enrolled: 0, oneToMany: false })
})

test('a member is enrolled with three pictures, after the notice and of their own choice', async () => {
  await press('Slash')
  const { name, numberTail = '', id } = somebody()
  await page().locator('[data-desk-search]:focus').waitFor()
  await page().keyboard.type(`${name}${numberTail}`, { delay: 50 })
  await page().locator('[data-found] button').first().waitFor()
  await press('Enter')
  await page().locator(`[data-desk-person="${id}"]`).waitFor()
  await page().getByText('人脸授权').first().waitFor()
  await press('KeyR')
  await page().getByText('本机没有存这位的人脸').waitFor()
  await press('KeyN', 'Digit1', 'Enter')
  await page().locator('[data-step="notice"]').waitFor()
  await press('Digit2', 'Enter', 'Enter', 'Enter', 'Enter', 'Digit2')
  expect(await page().locator('[data-step="notice"]').count()).toBe(1)
  await press('Enter', 'Digit2')
  await page().locator('[data-step="extras"]').waitFor()
  await press('Digit1', 'Digit3', 'Enter')
  await page().locator('[data-step="photos"]').waitFor()
  await photograph('[data-photos="1"]')
  await photograph('[data-photos="2"]')
  await photograph('[data-step="trial"]')
  expect(counter.till.terminal().face?.enrolled).toBe(0)
  await photograph('[data-step="slip"]')
  expect(await page().locator('[data-slip]').textContent()).toContain('说一声“关掉人脸”，当天就删')
  await press('Enter')
  await page().getByText('查看、关掉或重新开通').waitFor()
  expect(counter.till.terminal().face).toMatchObject({ enrolled: 1, portraits: 0 })
  pixels = await page().evaluate(() => window.filmSeen?.pixels() ?? [])
  await press('Escape')
})

test('the same man by card, by code and by face eats three times in one meal, on one subsidy', async () => {
  const { client } = counter.till
  await client.simulate({ senior: somebody().id, present: 'card' })
  await untilSeen(counter.cashier, '已入账')
  await page().locator('[data-middle="confirmed"]').waitFor({ state: 'detached' })
  await client.simulate({ senior: somebody().id, present: 'paper-code' })
  await page().locator('[data-own-pay]').waitFor()
  await press('Enter')
  await page().locator('[data-own-pay]').waitFor({ state: 'detached' })

  await find()
  await press('F1')
  await page().locator('[data-face-question="anybody"]').waitFor({ timeout: 30_000 })
  const { name, sex } = somebody()
  await untilSeen(counter.customer, `是您吗，${surnameOf(name)}${sex === 'female' ? '女士' : '先生'}`)
  expect(await salesAtTerminal(counter)).toHaveLength(2)
  await press('Enter')
  await page().locator('[data-own-pay]').waitFor()
  await press('Enter')
  await page().locator('[data-own-pay]').waitFor({ state: 'detached' })

  const sales = (await salesAtTerminal(counter)).map(({ payload }) => payload)
  const subsidies = sales.map(({ subsidies }) => subsidies.reduce((sum, { fen }) => sum + fen, 0))
  expect(sales.map(({ means, assurance }) => [means, assurance])).toEqual([
    ['card', 'presented'],
    ['code', 'presented'],
    ['face', 'presented'],
  ])
  expect(subsidies).toEqual([somebody().expected.fen, 0, 0])
  expect(sales[2]).toMatchObject({ device: 'camera:camera', deviceEvent: expect.any(String) })
  await untilAllSent(counter)
  expect(await claimOf(counter, somebody().id)).toEqual(expectedClaim(somebody()))
})

/** The senior shows the card, which begins the tries anew: a test looks at many people under one name, staff do not. */
async function showCard(): Promise<void> {
  await counter.till.client.dismiss()
  await counter.till.client.simulate({ senior: somebody().id, present: 'card' })
  await counter.till.untilCashier((now): now is typeof now => now.state === 'priced')
  await counter.till.client.dismiss()
}

test('of other people before the camera none is taken for him', async () => {
  await standBefore(films.others)
  const missed = new Set<number>()
  const compared = new Set<number>()
  const accepted: string[] = []
  let looks = 0
  while (missed.size + compared.size < strangers.length && accepted.length === 0) {
    if (looks % mostTries === 0) await showCard()
    await find()
    const who = await nextScene(page(), mark => mark < strangers.length && !missed.has(mark) && !compared.has(mark))
    await press('F1')
    await page().locator('[data-problem], [data-face-question], [data-answer]').first().waitFor({ timeout: 60_000 })
    const view = await counter.till.untilCashier((now): now is typeof now => true)
    // Nobody was looked at: no clear face in time, or a machine so busy that the engine seemed to hang.
    if (view.state === 'desk') continue
    looks += 1
    // Whoever was in the picture before and after the look was the one who was looked at.
    if ((await markNow(page())) !== who) continue
    const nobody = looks % mostTries === 1 ? 'FACE_TRY_AGAIN' : 'FACE_NO_MATCH'
    if (view.state === 'problem' && view.notice.code === nobody) missed.add(who)
    else if (view.state === 'face-to-confirm' && view.confirmBy === 'staff') compared.add(who)
    else accepted.push(`${strangers[who]}: ${view.state}`)
  }
  expect(accepted).toEqual([])
  expect(missed.size + compared.size).toBe(strangers.length)
  // One of them lies near the lower threshold: of some three pictures of the man, it is for staff to compare (docs/face.md).
  expect([...compared].map(who => strangers[who])).toEqual(compared.size === 0 ? [] : [nearest])
  await showCard()
}, 600_000)

test('two tries that find nobody end in the other ways, whatever stood on the screen in between; these work at once', async () => {
  await find()
  await press('F1')
  await page().locator('[data-problem="FACE_TRY_AGAIN"]').waitFor()
  await press('Escape')
  await page().getByText('请下一位').first().waitFor()
  await find()
  await press('F1')
  await page().locator('[data-problem="FACE_NO_MATCH"]').waitFor({ timeout: 20_000 })
  await press('Enter')
  await page().getByText('请下一位').first().waitFor()
  await find()
  await press('F1')
  await page().locator('[data-answer="FACE_NO_MATCH"]').waitFor({ timeout: 20_000 })
  expect(await salesAtTerminal(counter)).toHaveLength(3)
  await press('Enter')
  await page().locator('[data-own-pay]').waitFor()
  await press('Enter')
  await page().locator('[data-own-pay]').waitFor({ state: 'detached' })
  expect(await salesAtTerminal(counter)).toHaveLength(4)
})

test('the face is withdrawn without a reason, the proof stands on the screen, and it is known no more', async () => {
  await find()
  await page().getByText('人脸授权').first().waitFor()
  await press('KeyR', 'KeyA', 'Enter')
  await page().locator('[data-slip]').waitFor()
  expect(await page().locator('[data-slip]').textContent()).toMatch(/已删除：人脸特征.*没有留下。密钥也已销毁/)
  await press('Escape')
  expect(counter.till.terminal().face?.enrolled).toBe(0)
  await page().getByText('开通，或把别处开通的关掉').waitFor()
  await press('F1')
  await page().locator('[data-answer="FACE_NOT_ENROLLED"]').waitFor()
  const look = {
    ...shippedModel,
    ...{ camera: 'camera', checkIn: null, senior: somebody().id, turn: null, frames: [Array<number>(128).fill(0.1)] },
    eventId: deviceEventId.parse('01a1f5ee-4e70-70ec-ad4d-8532449f6db2'),
  }
  expect(await counter.till.client.face.look(look)).toMatchObject({ notice: { code: 'FACE_NOT_ENROLLED' } })
})

/** Pieces of every picture that stood before the camera, as its JPEG and as the pixels that the page saw. */
function piecesOfFrames(): Secret[] {
  const ofFiles = pictures.flatMap((jpeg, place) =>
    [0.3, 0.5, 0.7].map(part => {
      const at = Math.floor(jpeg.length * part)
      return { what: 'jpeg', text: `jpeg ${place} at ${at}`, bytes: jpeg.subarray(at, at + 20) }
    }),
  )
  const rgba = Buffer.from(pixels)
  const ofPixels = [180, 220, 260, 300].flatMap(row => {
    const at = (row * 640 + 300) * 4
    const piece = rgba.subarray(at, at + 4 * 12)
    const only = (wanted: (byte: number) => boolean) => Buffer.from(piece.filter((_, place) => wanted(place % 4)))
    return [
      { what: 'pixels', text: `rgba of row ${row}`, bytes: piece },
      { what: 'pixels', text: `rgb of row ${row}`, bytes: only(colour => colour < 3) },
      { what: 'pixels', text: `green of row ${row}`, bytes: only(colour => colour === 1) },
    ]
  })
  return [...ofFiles, ...ofPixels]
}

test('all this asked nothing of any other place, and broke no page policy', () => {
  expect([...outside, ...blocked]).toEqual([])
})

test('no piece of a frame is anywhere in the data folder, browser profile included; a planted one is found', () => {
  const pieces = piecesOfFrames()
  expect(pieces.length).toBe(3 * (sameMan.length + strangers.length) + 12)
  expect(pieces.every(({ bytes }) => bytes !== undefined && new Set(bytes).size > 4)).toBe(true)
  const { dataDir } = counter.house
  const { findings, searched } = findInFiles(dataDir, pieces)
  expect(searched).toBeGreaterThan(1_000_000)
  expect(findings.map(({ text, file }) => `${text} in ${file}`)).toEqual([])
  writeFileSync(
    join(dataDir, 'planted'),
    Buffer.concat([Buffer.alloc(9), ...pieces.flatMap(({ bytes }) => bytes ?? [])]),
  )
  const planted = findInFiles(dataDir, pieces).findings.filter(({ file }) => file === 'planted')
  expect(new Set(planted.map(({ text }) => text)).size).toBe(pieces.length)
})

/** Two pictures of one frame are more alike than this, whatever their size and format; two people before the same grey are less. */
const sameFrom = 0.97
/** The browser keeps the pages' icon in sizes of its own (pixels a side). */
const largestIcon = 32

/** Pictures below a folder that are neither the pages' own nor an icon, or are like one that stood before the camera. */
async function strangePictures(folder: string, frames: readonly (Thumbnail | null)[]): Promise<string[]> {
  const images = imagesIn(folder)
  const own = new Set(imagesIn(counter.pages).map(({ bytes }) => bytes.toString('base64')))
  const seen = await thumbnails(
    page(),
    images.map(({ bytes }) => bytes),
  )
  const strange = images.flatMap(({ file, format, bytes }, place) => {
    const small = seen[place]
    const alike = Math.max(...frames.map(frame => (frame && small ? likeness(small.grey, frame.grey) : 0)))
    const isIcon = small && Math.max(small.width, small.height) <= largestIcon
    const isKnown = isIcon || own.has(bytes.toString('base64'))
    if (isKnown && alike < sameFrom) return []
    return [`${format} in ${file}: ${alike >= sameFrom ? 'a frame' : 'unknown'}`]
  })
  return strange.sort()
}

test('no raw pixels of any frame are there, in whatever size and colours; planted ones are found', async () => {
  const { dataDir } = counter.house
  const ownFiles = filesBelow(counter.pages).map(readIfThere)
  const here = () => pixelsIn(dataDir, piece => ownFiles.some(own => own.includes(piece))).map(({ file }) => file)
  expect(here()).toEqual([])
  const only = (bytes: Buffer, wanted: (place: number) => boolean) => bytes.filter((_, at) => wanted(at % 4))
  const planted: string[] = []
  for (const width of [640, 160]) {
    await nextScene(page(), mark => mark === 0)
    const rgba = await pixelsNow(page(), width)
    const kinds = { rgba, rgb: only(rgba, place => place < 3), grey: only(rgba, place => place === 1) }
    for (const [kind, bytes] of Object.entries(kinds)) {
      const name = `planted-${kind}-${width}.raw`
      writeFileSync(join(dataDir, name), Buffer.concat([Buffer.alloc(77, 5), bytes, Buffer.alloc(77, 5)]))
      planted.push(name)
    }
  }
  expect(here().sort()).toEqual(planted.sort())
  for (const name of planted) rmSync(join(dataDir, name))
})

test('no picture of a frame is there either, in whatever format and size; planted ones are found', async () => {
  const { dataDir } = counter.house
  const frames = await thumbnails(page(), pictures)
  expect(frames).not.toContain(null)
  expect(await strangePictures(dataDir, frames)).toEqual([])
  const planted: string[] = []
  for (const format of ['jpeg', 'png', 'webp'])
    for (const width of [640, 160, largestIcon]) {
      const url = await encodedNow(page(), `image/${format}`, width)
      const bytes = Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')
      const name = `planted-${format}-${width}`
      writeFileSync(join(dataDir, `${name}.bin`), Buffer.concat([Buffer.alloc(77, 5), bytes, Buffer.alloc(77, 5)]))
      writeFileSync(join(dataDir, `${name}.txt`), Buffer.from(`{"picture":"${url}"}`, 'utf16le'))
      planted.push(`${format} in ${name}.bin: a frame`, `${format} in ${name}.txt: a frame`)
    }
  expect(await strangePictures(dataDir, frames)).toEqual(planted.sort())
})
