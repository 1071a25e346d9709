import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { faceNotice } from '../../../shared/face/consent.ts'
import type { Done } from '../../../shared/terminal-api.ts'
import { desk, facePages, given, man, problem, type Shown, senior } from '../../e2e/screens/face-page.ts'
import { calibrated, faceQuestion, faceView, guestView, pricedView, printerView } from '../../e2e/screens/fixtures.ts'
import { buildStage, type Scene, type Stage } from '../../e2e/screens/stage.ts'
import { writeFaceFilm } from '../../support/face-film.ts'
import { facePicture } from '../../support/face-pictures.ts'

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

async function show(shown: Shown = {}): Promise<Scene['core']> {
  scene = await pages.show(shown)
  return scene.core
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
const stands = (what: string) => scene.page.locator(`[data-${what}]`).first().waitFor({ timeout: 30_000 })
const gone = (what: string) =>
  scene.page.locator(`[data-${what}]`).first().waitFor({ state: 'detached', timeout: 30_000 })
const looked = z.array(z.object({ frames: z.array(z.array(z.number())) }))

/** Goes on to the notice of an enrolment. */
async function begin(): Promise<void> {
  await scene.page.getByText('人脸授权').first().waitFor()
  await press('KeyR', 'KeyN', 'Digit1', 'Enter')
  await stands('step="notice"')
}

describe('F1 before a camera', () => {
  test('looks at three frames where all members may be searched, and hands over numbers and no picture', async () => {
    const core = await show({ face: calibrated, camera: true })
    const held = Promise.withResolvers<Done>()
    core.onCall = call => (call.name === 'face.look' ? held.promise : { result: 'done' })
    await press('F1')
    await stands('face-look')
    await until(() => asked('face.look').length === 1)
    expect(asked('face.look')).toMatchObject([{ checkIn: null, senior: null, engine: faceView().engine }])
    const [look] = looked.parse(asked('face.look'))
    expect(look?.frames.map(frame => frame.length)).toEqual([128, 128, 128])
    expect(asked('face.atCamera')).toEqual([{ stage: 'ahead' }, { stage: null }])
    held.resolve({ result: 'done' })
    await gone('face-look')
    expect(scene.blocked).toEqual([])
    expect(scene.outside).toEqual([])
  })

  test('compares with the person of a priced check-in, stops its bar, and Escape ends the look and not the sale', async () => {
    const priced = pricedView()
    const core = await show({ view: priced, camera: true })
    core.onCall = call => (call.name === 'face.look' ? new Promise<Done>(() => undefined) : { result: 'done' })
    await stands('own-pay')
    await press('F1')
    await until(() => asked('face.look').length === 1)
    expect(asked('face.look')).toMatchObject([{ checkIn: priced.checkIn, senior: null }])
    await press('Escape')
    await gone('face-look')
    await stands('entry="held"')
    expect([...asked('dismiss'), ...asked('confirm')]).toEqual([])
  })

  test('compares with the person at the desk, and asks nothing of the camera where they are not enrolled', async () => {
    const core = await show({ view: desk, status: given, camera: true })
    await scene.page.getByText('比对人脸').waitFor()
    await press('F1')
    await until(() => asked('face.look').length === 1)
    expect(asked('face.look')).toMatchObject([{ senior, checkIn: null }])
    await gone('face-look')
    core.faces.status = null
    core.cashier.set({ state: 'ready' })
    await scene.page.getByText('请下一位').waitFor()
    core.cashier.set(desk)
    await scene.page.getByText('开通，或把别处开通的关掉').first().waitFor()
    await press('F1')
    await stands('answer="FACE_NOT_ENROLLED"')
    expect(asked('face.look')).toHaveLength(1)
  })

  test('a card that comes ends the look', async () => {
    const core = await show({ face: calibrated, camera: true })
    core.onCall = call => (call.name === 'face.look' ? new Promise<Done>(() => undefined) : { result: 'done' })
    await press('F1')
    await stands('face-look')
    core.cashier.set(pricedView())
    await gone('face-look')
    await stands('own-pay')
  })

  test('an engine that dies in the middle of a look is told, and the next look has another', async () => {
    const core = await show({ face: calibrated, camera: true })
    await scene.page.evaluate(() => {
      const post = Worker.prototype.postMessage
      const later = window.setTimeout
      // The six seconds that a look waits for an answer are over at once for the frame that gets none.
      const sooner = new Proxy(later, {
        apply: (call, self, [run, wait, ...rest]) =>
          Reflect.apply(call, self, [run, wait === 6000 ? 300 : wait, ...rest]),
      })
      let sent = 0
      Worker.prototype.postMessage = function (this: Worker, ...message: unknown[]) {
        Reflect.apply(post, this, message)
        const [what] = message
        if (typeof what !== 'object' || what === null || !('request' in what)) return
        sent += 1
        if (sent === 2) this.terminate()
        window.setTimeout = sent === 1 ? sooner : later
      }
    })
    await press('F1')
    await stands('answer="FACE_ENGINE_LOST"')
    await gone('face-look')
    await press('F1')
    await until(() => asked('face.look').length === 1)
    expect(core.named('face.look')).toHaveLength(1)
  })

  test('after a look that missed, F1 looks once more and Enter goes on without', async () => {
    const core = await show({ face: calibrated, view: problem('FACE_TRY_AGAIN'), camera: true })
    await stands('problem')
    await press('F1')
    await until(() => asked('face.look').length === 1)
    await gone('face-look')
    core.cashier.set(problem('FACE_NO_MATCH'))
    await stands('problem="FACE_NO_MATCH"')
    await press('Enter')
    await until(() => asked('dismiss').length === 1)
  })

  test('takes a photo only after a key, and tells what is the matter with the one that does not count', async () => {
    const core = await show({ view: desk, camera: true })
    core.onCall = call =>
      call.name === 'face.photo'
        ? { result: 'refused', notice: { code: 'FACE_PHOTO_DIFFERS', values: {} } }
        : { result: 'done' }
    await begin()
    await press('Enter', 'Enter', 'Enter', 'Enter', 'Enter', 'Digit2', 'Digit1', 'Digit3', 'Enter')
    await stands('step="photos"')
    await scene.page.waitForTimeout(1500)
    expect(asked('face.photo')).toEqual([])
    await press('Enter')
    await stands('answer="FACE_PHOTO_DIFFERS"')
    expect(await scene.page.locator('[data-photos="0"]').count()).toBe(1)
  })

  test.each([
    ['the site has another network', { face: { ...calibrated, engine: 'own/1' }, camera: true }, 'FACE_ENGINE_DIFFERS'],
    [
      'the weights are others than the site names',
      { face: { ...calibrated, modelHash: 'A'.repeat(43) }, camera: true },
      'FACE_ENGINE_DIFFERS',
    ],
    [
      'a file of the engine is missing',
      { face: calibrated, camera: true, missing: 'face_recognition_model*' },
      'FACE_ENGINE_MISSING',
    ],
  ] satisfies [string, Shown, string][])('says so where %s, and the till goes on', async (_name, shown, code) => {
    const core = await show(shown)
    await press('F1')
    await stands(`answer="${code}"`)
    expect(asked('face.look')).toEqual([])
    core.cashier.set(pricedView())
    await stands('own-pay')
  })
})

describe('F1 without a camera', () => {
  test('asks staff to find the person first where one face is not looked for among all', async () => {
    await show()
    await press('F1')
    await stands('answer="FACE_ONLY_WITH_OTHER"')
    expect(asked('openDesk')).toHaveLength(1)
    expect(asked('face.look')).toEqual([])
  })

  test.each([
    ['faces are off', { face: { on: false } }, 'FACE_OFF'],
    ['the province allows none', { face: null }, 'FACE_OFF'],
    ['there is no camera', { face: calibrated }, 'NO_CAMERA'],
  ] satisfies [string, Shown, string][])('says so where %s, and the till goes on', async (_name, shown, code) => {
    const core = await show(shown)
    await press('F1')
    await stands(`answer="${code}"`)
    expect(asked('face.look')).toEqual([])
    core.cashier.set(pricedView())
    await stands('own-pay')
  })

  test('a guest has no face to compare', async () => {
    await show({ view: guestView() })
    await stands('own-pay')
    await press('F1')
    await scene.page.waitForTimeout(300)
    expect(await scene.page.locator('[data-face-look], [data-answer]').count()).toBe(0)
  })
})

describe('the question whether it is them', () => {
  test.each([
    ['anybody', 'staff'],
    ['staff', 'compared'],
  ] as const)('asked of %s, Enter says so as %s', async (confirmBy, by) => {
    const question = faceQuestion({ confirmBy })
    await show({ view: question })
    await stands('face-question')
    await press('Digit3', 'KeyW', 'Space')
    await press('Enter')
    await until(() => asked('face.confirm').length === 1)
    expect(asked('face.confirm')).toEqual([{ look: question.look, by }])
    expect([...asked('chooseSet'), ...asked('chooseTender'), ...asked('face.portrait')]).toEqual([])
  })

  test('Escape says that it is somebody else', async () => {
    const question = faceQuestion()
    await show({ view: question })
    await stands('face-question')
    await press('Escape')
    await until(() => asked('face.notThem').length === 1)
    expect(asked('face.notThem')).toEqual([{ look: question.look }])
    expect(asked('dismiss')).toEqual([])
  })
})

describe('an enrolment', () => {
  test('cannot be agreed to before all five sentences were heard, and can be declined at any time', async () => {
    await show({ view: desk })
    await begin()
    await press('Enter', 'Enter', 'Enter', 'Enter', 'Digit2')
    expect(await scene.page.locator('[data-sentence="heard"]').count()).toBe(4)
    await stands('step="notice"')
    await press('Digit1')
    await gone('screen="enrolment"')
    await until(() => asked('face.cancel').length === 1)
    expect(asked('face.consent')).toEqual([])
  })

  test('needs an answer to each further question, and an agent needs name and relation', async () => {
    await show({ view: desk })
    await scene.page.getByText('人脸授权').first().waitFor()
    await press('KeyR', 'KeyN', 'Digit1', 'KeyD', 'Enter')
    expect(asked('face.begin')).toEqual([])
    await press('KeyB', 'Enter')
    await stands('step="notice"')
    await press('Enter', 'Enter', 'Enter', 'Enter', 'Enter', 'Digit2', 'Digit1', 'Enter')
    expect(asked('face.consent')).toEqual([])
    await press('Digit3', 'Enter')
    await stands('step="photos"')
    expect(asked('face.consent')).toMatchObject([
      { what: ['face'], by: { who: 'senior' }, notice: faceNotice.version, heardAll: true },
    ])
  })

  test('is over, here and in the core, when somebody else comes to the desk', async () => {
    const core = await show({ view: desk })
    await begin()
    core.cashier.set(pricedView())
    await gone('screen="enrolment"')
    await until(() => asked('face.cancel').length === 1)
  })
})

describe('withdrawing', () => {
  test('ends what is marked, by whom it is said, and nothing without a mark', async () => {
    await show({ view: desk, status: given })
    await scene.page.getByText('人脸授权').first().waitFor()
    await press('KeyR', 'Enter', 'Digit2', 'Digit3', 'Digit3', 'Enter')
    await stands('slip')
    expect(asked('face.withdraw')).toEqual([{ senior, what: ['away'], by: { who: 'senior' } }])
    await press('Escape')
    await gone('screen="person-face"')
    await stands('desk-person')
  })

  test('gives a statement to take home, where there is a printer', async () => {
    const core = await show({ view: desk, status: given, printer: printerView([]) })
    await scene.page.getByText('人脸授权').first().waitFor()
    await press('KeyR', 'KeyA', 'Enter')
    await stands('slip')
    await press('KeyT')
    await scene.page.getByText('打印一份带走').click()
    await until(() => asked('printer.lines').length === 2)
    expect(asked('printer.lines')).toEqual([{ lines: core.faces.statement }, { lines: core.faces.statement }])
  })

  test('works while faces are off', async () => {
    await show({ view: desk, status: given, face: { on: false } })
    await scene.page.getByText('人脸授权').first().waitFor()
    await press('KeyR', 'KeyA', 'Enter')
    await stands('slip')
    expect(asked('face.withdraw')).toMatchObject([{ what: ['face', 'away', 'portrait'] }])
  })
})

describe('of somebody of whom nothing is kept here', () => {
  test.each([
    ['on', { on: true }],
    ['off', { on: false }],
    ['not allowed', null],
  ] as const)('one key ends the face everywhere while faces are %s, after it was marked', async (_, face) => {
    await show({ view: desk, status: null, face })
    await scene.page.getByText('人脸授权').first().waitFor()
    await press('KeyR', 'Enter')
    await scene.page.getByText('平台收到马上删，别的机器下次联网就删').waitFor()
    expect(asked('face.withdraw')).toEqual([])
    await press('KeyA', 'Enter')
    await stands('slip')
    expect(asked('face.withdraw')).toEqual([{ senior, what: ['face', 'away', 'portrait'], by: { who: 'senior' } }])
  })

  test.each([
    ['switched off', { on: false }, 'FACE_OFF'],
    ['not allowed', null, 'FACE_NOT_ALLOWED'],
  ] as const)('nobody is enrolled while faces are %s, and the page says so', async (_, face, code) => {
    await show({ view: desk, status: null, face })
    await scene.page.getByText('人脸授权').first().waitFor()
    await press('KeyR', 'KeyN')
    await stands(`answer="${code}"`)
  })
})

test('the tile of faces opens their screen, where one key switches them on, and a check-in closes it', async () => {
  const core = await show({ face: { on: false } })
  await scene.page.locator('[data-device="face"] button').click()
  await stands('screen="faces"')
  await press('Digit1')
  await until(() => asked('face.switch').length === 1)
  expect(asked('face.switch')).toEqual([{ on: true }])
  expect(asked('chooseSet')).toEqual([])
  core.cashier.set(pricedView())
  await gone('screen="faces"')
})

describe('before a camera that sees no clear face', () => {
  let others: Stage
  const otherPages = facePages(() => others)

  beforeAll(async () => {
    const film = join(folder, 'unclear.mjpeg')
    const other = facePicture('SeanConnery.jpg')
    writeFaceFilm(film, [
      { people: [], frames: 75 },
      { people: [man, other], frames: 75 },
      { people: [man], light: 0.25, frames: 75 },
    ])
    others = await buildStage(film)
  })
  afterAll(async () => {
    await otherPages.close()
    await others.close()
  })

  test('one hint after the other helps, and after two tries the other means are offered', async () => {
    scene = await otherPages.show({ face: calibrated, camera: true })
    const hints = scene.page.evaluate(
      () =>
        new Promise<string[]>(resolve => {
          const seen = new Set<string>()
          new MutationObserver(() => {
            if (document.querySelector('[data-answer]')) resolve([...seen])
            const hint = document.querySelector('[data-face-hint]')?.getAttribute('data-face-hint')
            if (hint) seen.add(hint)
          }).observe(document, { subtree: true, childList: true, attributes: true })
        }),
    )
    await press('F1')
    await stands('face-look="again"')
    await stands('answer="FACE_NO_MATCH"')
    await gone('face-look')
    expect(await hints).toEqual(expect.arrayContaining(['no-face', 'several-faces', 'too-dark']))
    expect(asked('face.look')).toEqual([])
  })
})
