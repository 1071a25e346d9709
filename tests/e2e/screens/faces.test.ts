import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encode } from 'jpeg-js'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { businessDate } from '../../../shared/business-day.ts'
import { toBase64Url } from '../../../shared/bytes.ts'
import { consentSlip, erasureStatement, faceNotice } from '../../../shared/face/consent.ts'
import type { FaceView } from '../../../shared/face-api.ts'
import { seniorId } from '../../../shared/ids.ts'
import type { CashierView, Done } from '../../../shared/terminal-api.ts'
import { writeFaceFilm } from '../../support/face-film.ts'
import { facePicture } from '../../support/face-pictures.ts'
import type { PaperCore } from '../../support/paper-core.ts'
import {
  calibrated,
  customerView,
  faceQuestion,
  faceView,
  limitView,
  noon,
  pricedView,
  terminalView,
} from './fixtures.ts'
import { buildStage, type OpenOptions, type Scene, type Stage } from './stage.ts'

const folder = mkdtempSync(join(tmpdir(), 'aixin-film-'))
const man = facePicture('franck_02045.jpg')
let stage: Stage
let scene: Scene

beforeAll(async () => {
  const film = join(folder, 'film.mjpeg')
  writeFaceFilm(film, [{ people: [man], frames: 30 }])
  stage = await buildStage(film)
})
afterAll(async () => {
  await stage.close()
  rmSync(folder, { recursive: true })
})
afterEach(() => scene.close())

const senior = seniorId.parse('1'.repeat(32))
const person = {
  ...{ senior, name: '张淑芬', sex: 'female' as const, age: 82, numberTail: '3071', home: true },
  ...{ means: null, pin: 'none' as const, cards: [{ handle: 'one', tail: 'F0A1', lost: false }] },
}
const desk: CashierView = { state: 'desk', person, card: null, notice: null }
const today = businessDate.parse('2026-11-20')
const given: NonNullable<PaperCore['faces']['status']> = {
  what: ['face', 'away', 'portrait'],
  givenOn: businessDate.parse('2026-09-03'),
  usedOn: businessDate.parse('2026-11-18'),
  endsOn: businessDate.parse('2027-11-18'),
  notice: faceNotice.version,
  outdated: false,
}
const words = { siteName: '槐树里长者食堂', date: today, what: ['face', 'portrait'] as const }
const problem = (code: 'FACE_TRY_AGAIN' | 'FACE_NO_MATCH'): CashierView => ({
  ...{ state: 'problem', notice: { code, values: {} }, means: 'face', stranger: null, already: null, at: noon },
})

interface Shown extends OpenOptions {
  view?: CashierView
  face?: Partial<FaceView> | null
  status?: PaperCore['faces']['status']
  camera?: boolean
  language?: string
}

async function show({ view, face = {}, status = null, camera = false, language = 'zh', ...options }: Shown = {}) {
  const terminal = terminalView({ face: face && faceView(face) })
  const search = `?${camera ? '' : 'camera=off&'}lang=${language}`
  scene = await stage.open({ terminal, search, clock: !camera, ...options })
  const { core } = scene
  core.faces.status = status
  core.faces.slip = consentSlip({ ...words, what: [...words.what] })
  core.faces.statement = erasureStatement({
    ...{ ...words, what: ['face', 'away', 'portrait'] },
    search: { files: 41, bytes: 1, found: 0 },
  })
  core.faces.portrait = toBase64Url(encode({ data: man.data, width: man.width, height: man.height }, 50).data)
  if (view) core.cashier.set(view)
  if (camera)
    await scene.page
      .locator('[data-device="camera"]')
      .getByText(/就绪|Ready/)
      .waitFor({ timeout: 20_000 })
  return core
}

const until = async (holds: () => boolean) => expect.poll(holds, { timeout: 20_000, interval: 25 }).toBe(true)
const asked = (name: string) => scene.core.named(name).map(({ input }) => input)
/** Presses keys at the pace of a finger. */
async function press(...keys: string[]): Promise<void> {
  for (const key of keys) {
    await scene.page.keyboard.press(key)
    await scene.page.waitForTimeout(60)
  }
}
const stands = (what: string) => scene.page.locator(`[data-${what}]`).first().waitFor({ timeout: 20_000 })
const atStep = (step: string) => scene.page.locator(`[data-step="${step}"]`).waitFor()

const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
]

/** Keys whose words do not fit into them, and boxes that run over their screen. */
async function cutOff(): Promise<string[]> {
  return await scene.page.evaluate(() => {
    const spills = [...document.querySelectorAll('main button, div button, nav button')].flatMap(key => {
      const box = key.getBoundingClientRect()
      const over = [...key.querySelectorAll('strong, small, span')].some(part => {
        const inner = part.getBoundingClientRect()
        return inner.right > box.right + 1 || inner.bottom > box.bottom + 1 || inner.top < box.top - 1
      })
      return over || box.bottom > innerHeight + 1 || box.right > innerWidth + 1 ? [key.textContent ?? ''] : []
    })
    const scrolls = [...document.querySelectorAll('main section, main ol')].flatMap(part =>
      part.scrollHeight > part.clientHeight + 2 ? [`scrolls: ${part.textContent?.slice(0, 40)}`] : [],
    )
    return [...spills, ...scrolls]
  })
}

async function inEachSize(name: string): Promise<void> {
  for (const size of sizes) {
    await scene.page.setViewportSize(size)
    await scene.picture(name)
    expect(await cutOff()).toEqual([])
  }
  expect(scene.blocked).toEqual([])
  expect(scene.outside).toEqual([])
}

const differs = limitView({
  face: { result: 'differs', triesLeft: 1 },
  attention: [{ code: 'FACE_DIFFERS', values: {} }],
})
const states: (Shown & { name: string; shows: string; presses?: string[] })[] = [
  { name: 'face-ready', shows: 'device="face"' },
  { name: 'face-question', view: faceQuestion(), shows: 'face-question' },
  { name: 'face-question-staff', view: faceQuestion({ confirmBy: 'staff', portrait: true }), shows: 'portrait' },
  {
    name: 'face-matches',
    view: pricedView({ face: { result: 'match', triesLeft: 1 }, entry: { seconds: null, held: true } }),
    shows: 'face-beside',
  },
  { name: 'face-differs', view: differs, shows: 'portrait' },
  { name: 'face-try-again', view: problem('FACE_TRY_AGAIN'), shows: 'problem' },
  { name: 'face-no-match', view: problem('FACE_NO_MATCH'), shows: 'problem' },
  { name: 'face-desk', view: desk, status: given, shows: 'desk-person' },
  { name: 'face-desk-none', view: desk, shows: 'desk-person' },
  { name: 'faces-off', face: { on: false, enrolled: 0, portraits: 0 }, shows: 'screen="faces"', presses: ['tile'] },
  { name: 'faces-on', shows: 'screen="faces"', presses: ['tile'] },
  {
    name: 'faces-calibrated',
    face: { ...calibrated, enrolled: 81_204 },
    shows: 'screen="faces"',
    presses: ['tile'],
  },
  {
    name: 'face-consents',
    view: desk,
    status: given,
    shows: 'consent="portrait"',
    presses: ['desk', 'KeyR', 'Digit1', 'KeyD'],
  },
  { name: 'face-erased', view: desk, status: given, shows: 'slip', presses: ['desk', 'KeyR', 'KeyA', 'Enter'] },
]

for (const language of ['zh', 'en']) {
  test.each(states)(`$name is drawn in each size in ${language}`, async ({ name, shows, presses = [], ...shown }) => {
    await show({ ...shown, language })
    for (const key of presses) {
      if (key === 'tile') await scene.page.locator('[data-device="face"] button').click()
      else if (key === 'desk')
        await scene.page
          .getByText(/人脸授权|Face consents/)
          .first()
          .waitFor()
      else await press(key)
    }
    await stands(shows)
    await inEachSize(`${name}-${language}`)
  })

  test(`each step of an enrolment is drawn in each size in ${language}`, async () => {
    await show({ view: desk, camera: true, language })
    await stands('desk-person')
    await scene.page
      .getByText(/开通人脸|Enrol the face/)
      .first()
      .waitFor()
    await press('KeyR', 'Digit2', 'KeyD')
    await scene.page.locator('[data-agent="name"]').fill('张志强')
    await scene.page.locator('[data-agent="relation"]').fill('监护人')
    await scene.page.locator('[data-agent="relation"]').press('Enter')
    await inEachSize(`enrol-check-${language}`)
    await press('Enter')
    await atStep('notice')
    await press('Enter')
    await inEachSize(`enrol-notice-${language}`)
    await press('KeyZ')
    for (const size of sizes) {
      await scene.page.setViewportSize(size)
      await scene.picture(`enrol-notice-large-${language}`)
    }
    await press('KeyZ', 'Enter', 'Enter', 'Enter', 'Enter')
    await inEachSize(`enrol-choice-${language}`)
    await press('Digit2', 'Digit1', 'Digit4')
    await inEachSize(`enrol-extras-${language}`)
    await press('Enter')
    await atStep('photos')
    await press('Enter')
    await scene.page.locator('[data-photos="1"]').waitFor({ timeout: 60_000 })
    await inEachSize(`enrol-photos-${language}`)
    await press('Enter')
    await scene.page.locator('[data-photos="2"]').waitFor({ timeout: 60_000 })
    await press('Enter')
    await atStep('trial')
    await inEachSize(`enrol-trial-${language}`)
    await press('Enter')
    await atStep('slip')
    await inEachSize(`enrol-slip-${language}`)
    expect(asked('face.consent')).toMatchObject([
      {
        by: { who: 'agent', name: '张志强', relation: '监护人' },
        ...{ heardAll: true, notice: faceNotice.version, what: ['face', 'portrait'] },
      },
    ])
  })
}

test('the seniors are asked whether it is them, by the surname alone', async () => {
  const now = { state: 'asking', surname: '欧阳', title: 'male', at: noon } as const
  scene = await stage.open({ page: 'customer.html', search: '', customer: customerView(now) })
  await scene.page.getByText('是您吗，欧阳先生？').waitFor()
  for (const size of [...sizes, { width: 1024, height: 600 }]) {
    await scene.page.setViewportSize(size)
    await scene.picture('customer-asking')
  }
  expect(scene.blocked).toEqual([])
})

describe('F1', () => {
  test('looks at three frames and hands over their numbers, with no picture and nothing asked of any other place', async () => {
    const core = await show({ face: calibrated, camera: true })
    const held = Promise.withResolvers<Done>()
    core.onCall = call => (call.name === 'face.look' ? held.promise : { result: 'done' })
    await press('F1')
    await stands('face-look')
    await until(() => asked('face.look').length === 1)
    await inEachSize('face-look')
    expect(asked('face.look')).toMatchObject([{ checkIn: null, senior: null, engine: faceView().engine }])
    const [{ frames }] = asked('face.look') as [{ frames: number[][] }]
    expect(frames.map(frame => frame.length)).toEqual([128, 128, 128])
    held.resolve({ result: 'done' })
    await scene.page.locator('[data-face-look]').waitFor({ state: 'detached' })
  })
})
