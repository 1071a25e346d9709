import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoSeniors } from '../../../province/demo-people.ts'
import { operatorId } from '../../../shared/ids.ts'
import { carerId } from '../../../shared/visit/service.ts'
import { type Counter, openCounter } from '../../e2e/check-in/counter.ts'
import { watchFilm } from '../../support/camera-mark.ts'
import { writeFaceFilm } from '../../support/face-film.ts'
import { facePicture, sameMan } from '../../support/face-pictures.ts'
import { readLedger } from '../../support/read-ledger.ts'

/** A senior whose part eleven pictures of one man play, at the station by the keyboard alone. */
const [senior] = demoSeniors().filter(({ homeSite }) => homeSite === 'demo-canteen')
const folder = mkdtempSync(join(tmpdir(), 'aixin-film-'))
const film = join(folder, 'man.mjpeg')
const wu = carerId.parse('wu-cuilan')
const approval = { operator: operatorId.parse('sun-min'), pin: '840215' }
const carerPin = '305917'
const done = { result: 'done' }
let counter: Counter

const page = () => counter.cashier.page
const station = (state: string) => page().locator(`[data-station="${state}"]`).waitFor()

/** Presses keys at the pace of a finger. */
async function press(...keys: string[]): Promise<void> {
  for (const key of keys) {
    await page().keyboard.press(key)
    await page().waitForTimeout(60)
  }
}

async function find(field: '[data-desk-search]' | '[data-sale-search]'): Promise<void> {
  if (senior === undefined) throw new Error('the demo has no members')
  await press('Slash')
  await page().locator(`${field}:focus`).waitFor()
  await page().keyboard.type(`${senior.name}${senior.numberTail ?? ''}`, { delay: 50 })
  const found = page().locator('[data-found] button, [data-sale-found] button')
  await found.first().waitFor()
  // Enter right behind fast letters is a scanner's.
  await page().waitForTimeout(400)
  await press('Enter')
}

/** The face is looked at, and one key says that it is they. */
async function showFace(): Promise<void> {
  await press('F1')
  await page().locator('[data-face-question="anybody"]').waitFor({ timeout: 30_000 })
  await press('Enter')
}

/** Switches faces on and enrols the senior, as the till's pages do. */
async function enrol(): Promise<void> {
  const { face } = counter.till.client
  expect(await face.switch({ on: true })).toEqual(done)
  await find('[data-desk-search]')
  await page().getByText('人脸授权').first().waitFor()
  await press('KeyR')
  await page().getByText('本机没有存这位的人脸').waitFor()
  await press('KeyN', 'Digit1', 'Enter')
  await page().locator('[data-step="notice"]').waitFor()
  await press('Enter', 'Enter', 'Enter', 'Enter', 'Digit2', 'Enter', 'Digit2')
  await page().locator('[data-step="extras"]').waitFor()
  await press('Digit1', 'Digit3', 'Enter')
  await page().locator('[data-step="photos"]').waitFor()
  for (const next of ['[data-photos="1"]', '[data-photos="2"]', '[data-step="trial"]', '[data-step="slip"]']) {
    await press('Enter')
    await page().locator(next).waitFor({ timeout: 30_000 })
  }
  await press('Enter')
  await page().getByText('查看、关掉或重新开通').waitFor()
  await press('Escape')
}

beforeAll(async () => {
  writeFaceFilm(
    film,
    sameMan.map(name => ({ people: [facePicture(name)], frames: 24 })),
  )
  counter = await openCounter({ camera: { film } })
  await page().locator('[data-device="camera"]').getByText('就绪').waitFor()
  await watchFilm(page())
  const { client } = counter.till
  expect(await client.afterwards.setPin({ pin: approval.pin })).toEqual(done)
  expect(await client.visit.setCarerPin({ carer: wu, pin: carerPin, approval })).toEqual(done)
  await enrol()
}, 300_000)
afterAll(async () => {
  await counter?.close()
  rmSync(folder, { recursive: true, force: true })
})

test('a senior signs in and out at the station by their face, with keys alone', async () => {
  const { client } = counter.till
  await press('KeyY')
  await station('list')
  await find('[data-sale-search]')
  await station('arriving')
  await showFace()
  await page().getByText('人脸', { exact: true }).waitFor()
  expect(await client.visit.chooseService({ service: 'day-care' })).toEqual(done)
  expect(await client.visit.carer({ carer: wu, pin: carerPin })).toEqual(done)
  await page().locator('[data-arriving="ready"]').waitFor()
  await press('Enter')
  await station('visit')
  // Within the first minute whoever shows themselves again is told that the visit has just begun.
  await page().waitForTimeout(61_000)
  await showFace()
  await station('leaving')
  await press('Enter')
  await station('list')
  const { records, findings } = await readLedger(counter.house.dataDir)
  expect(findings).toEqual([])
  const noted = records.flatMap(record => (record.kind === 'attendance' ? [record.payload] : []))
  expect(noted.map(({ event, means, assurance }) => [event, means, assurance])).toEqual([
    ['in', 'face', 'presented'],
    ['out', 'face', 'presented'],
  ])
}, 180_000)

test('Esc ends a look, and nobody is asked', async () => {
  await find('[data-sale-search]')
  await station('arriving')
  await press('F1')
  await page().locator('[data-face-look]').waitFor()
  await press('Escape')
  await page().locator('[data-face-look]').waitFor({ state: 'detached' })
  await station('arriving')
})
