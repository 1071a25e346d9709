import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { businessDate } from '../../../shared/business-day.ts'
import { faceNotice } from '../../../shared/face/consent.ts'
import { desk, facePages, given, man, problem, type Shown } from '../../e2e/screens/face-page.ts'
import { calibrated, customerView, faceQuestion, limitView, noon, pricedView } from '../../e2e/screens/fixtures.ts'
import { buildStage, type Scene, type Stage } from '../../e2e/screens/stage.ts'
import { findingsInBothThemes } from '../../support/axe.ts'
import { writeFaceFilm } from '../../support/face-film.ts'

const folder = mkdtempSync(join(tmpdir(), 'aixin-film-'))
let stage: Stage
let scene: Scene
const pages = facePages(() => stage)

beforeAll(async () => {
  const film = join(folder, 'film.mjpeg')
  writeFaceFilm(film, [{ people: [man], frames: 30 }])
  stage = await buildStage(film)
})
afterAll(async () => {
  await pages.close()
  await stage.close()
  rmSync(folder, { recursive: true })
})

async function show(shown: Shown): Promise<void> {
  scene = await pages.show(shown)
}

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

/** The screen that stands there, in both languages and each size. */
async function inEachSize(name: string): Promise<void> {
  for (const language of ['zh', 'en']) {
    for (const size of sizes) {
      await scene.page.setViewportSize(size)
      await scene.picture(`${name}-${language}`)
      expect(await cutOff()).toEqual([])
      if (size === sizes[0]) expect(await findingsInBothThemes(scene.page)).toEqual([])
    }
    await press('KeyL')
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
    name: 'faces-erased',
    face: { erased: { on: businessDate.parse('2026-11-19'), people: 2, files: 57, found: 0 } },
    shows: 'erased="0"',
    presses: ['tile'],
  },
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
  { name: 'face-elsewhere', view: desk, shows: 'consent="everywhere"', presses: ['desk', 'KeyR', 'KeyA', 'KeyD'] },
  { name: 'face-erased', view: desk, status: given, shows: 'slip', presses: ['desk', 'KeyR', 'KeyA', 'Enter'] },
]

test.each(states)('$name is drawn in each size and language', async ({ name, shows, presses = [], ...shown }) => {
  await show(shown)
  for (const key of presses) {
    if (key === 'tile') await scene.page.locator('[data-device="face"] button').click()
    else if (key === 'desk') await scene.page.getByText('人脸授权').first().waitFor()
    else await press(key)
  }
  await stands(shows)
  await inEachSize(name)
})

test('each step of an enrolment is drawn in each size and language', async () => {
  await show({ view: desk, camera: true })
  await stands('desk-person')
  await scene.page.getByText('人脸授权').first().waitFor()
  await press('KeyR', 'KeyN', 'Digit2', 'KeyD')
  await scene.page.locator('[data-agent="name"]').fill('张志强')
  await scene.page.locator('[data-agent="relation"]').fill('监护人')
  await scene.page.locator('[data-agent="relation"]').press('Enter')
  await inEachSize('enrol-check')
  await press('Enter')
  await atStep('notice')
  await press('Enter')
  await inEachSize('enrol-notice')
  await press('KeyZ')
  await scene.picture('enrol-notice-large-zh')
  await press('KeyZ', 'Enter', 'Enter', 'Enter', 'Enter')
  await inEachSize('enrol-choice')
  await press('Digit2', 'Digit1', 'Digit4')
  await inEachSize('enrol-extras')
  await press('Enter')
  await atStep('photos')
  await press('Enter')
  await stands('photos="1"')
  await inEachSize('enrol-photos')
  await press('Enter')
  await stands('photos="2"')
  await press('Enter')
  await atStep('trial')
  await inEachSize('enrol-trial')
  await press('Enter')
  await atStep('slip')
  await inEachSize('enrol-slip')
  expect(asked('face.consent')).toMatchObject([
    {
      by: { who: 'agent', name: '张志强', relation: '监护人' },
      ...{ heardAll: true, notice: faceNotice.version, what: ['face', 'portrait'] },
    },
  ])
  const [portrait] = z.array(z.object({ jpeg: z.string() })).parse(asked('face.takePortrait'))
  expect(Buffer.from(portrait?.jpeg ?? '', 'base64url').length).toBeLessThanOrEqual(20 * 1024)
})

test('the seniors are asked whether it is them, by the surname alone', async () => {
  const now = { state: 'asking', surname: '欧阳', title: 'male', at: noon } as const
  scene = await stage.open({ page: 'customer.html', search: '', customer: customerView(now) })
  await scene.page.getByText('是您吗，欧阳先生？').waitFor()
  for (const size of [...sizes, { width: 1024, height: 600 }]) {
    await scene.page.setViewportSize(size)
    await scene.picture('customer-asking')
  }
  expect(scene.blocked).toEqual([])
  await scene.close()
})
