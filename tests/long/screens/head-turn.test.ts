import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { turnSeen } from '../../../shared/credential.ts'
import { isTurn } from '../../../shared/face/head-turn.ts'
import { desk, facePages, given, man, problem, senior } from '../../e2e/screens/face-page.ts'
import { buildStage, type Scene, type Stage } from '../../e2e/screens/stage.ts'
import { nextScene, watchFilm } from '../../support/camera-mark.ts'
import { type FaceScene, writeFaceFilm } from '../../support/face-film.ts'
import { facePicture } from '../../support/face-pictures.ts'

const folder = mkdtempSync(join(tmpdir(), 'aixin-film-'))
const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
]
const looked = z.array(z.looseObject({ frames: z.array(z.array(z.number())), turn: turnSeen.nullable() }))
afterAll(() => rmSync(folder, { recursive: true }))

/** Pages of a site that asks for a turn of the head, before a camera that plays a film. */
function before(film: readonly FaceScene[]) {
  let stage: Stage
  const pages = facePages(() => stage)
  beforeAll(async () => {
    const path = join(folder, `${film.length}.mjpeg`)
    writeFaceFilm(path, film)
    stage = await buildStage(path)
  })
  afterAll(async () => {
    await pages.close()
    await stage.close()
  })
  return async (language = 'zh') => {
    const scene = await pages.show({ status: given, face: { headTurn: true }, camera: true })
    if (language === 'en') await scene.page.keyboard.press('KeyL')
    scene.core.cashier.set(desk)
    await scene.page.getByText(language === 'en' ? 'Compare the face' : '比对人脸').waitFor()
    return scene
  }
}

const looks = ({ core }: Scene) => looked.parse(core.named('face.look').map(({ input }) => input))
const until = async (holds: () => boolean) => expect.poll(holds, { timeout: 30_000, interval: 25 }).toBe(true)
const stands = ({ page }: Scene, what: string) => page.locator(`[data-${what}]`).first().waitFor({ timeout: 30_000 })
const gone = ({ page }: Scene, what: string) =>
  page.locator(`[data-${what}]`).first().waitFor({ state: 'detached', timeout: 30_000 })

describe('a man who does not turn his head', () => {
  const show = before([{ people: [man], frames: 30 }])

  test.each(['zh', 'en'])(
    'is asked to, to one side and in plain words (%s), and no turn is told to the core',
    async language => {
      const scene = await show(language)
      const { core, page } = scene
      core.onCall = ({ name }) => {
        if (name !== 'face.look') return { result: 'done' }
        core.cashier.set(problem('FACE_NO_TURN'))
        return { result: 'refused', notice: { code: 'FACE_NO_TURN', values: {} } }
      }
      // The side is drawn by chance: here always the right one, whose words are longer.
      await page.evaluate(() => {
        const draw = crypto.getRandomValues.bind(crypto)
        crypto.getRandomValues = array =>
          array instanceof Uint8Array && array.length === 1 ? array.fill(1) : draw(array)
      })
      await page.keyboard.press('F1')
      await stands(scene, 'face-look="turning"')
      for (const size of sizes) {
        await page.setViewportSize(size)
        await scene.picture(`face-turn-${language}`)
      }
      await until(() => looks(scene).length === 1)
      expect(looks(scene)).toMatchObject([{ senior, turn: null }])
      await stands(scene, 'problem="FACE_NO_TURN"')
      await gone(scene, 'face-look')
      expect(await page.locator('[data-answer]').count()).toBe(0)
      for (const size of sizes) {
        await page.setViewportSize(size)
        await scene.picture(`face-no-turn-${language}`)
      }
      await page.keyboard.press('F1')
      await until(() => looks(scene).length === 2)
      expect(looks(scene)[1]).toMatchObject({ senior, turn: null })
      if (language === 'en') await page.keyboard.press('KeyL')
    },
  )

  test('Escape ends the look while he is asked', async () => {
    const scene = await show()
    await scene.page.keyboard.press('F1')
    await stands(scene, 'face-look="turning"')
    await scene.page.keyboard.press('Escape')
    await gone(scene, 'face-look')
    expect(looks(scene)).toEqual([])
  })
})

describe('a man who turns his head to the one side and the other', () => {
  const show = before(
    ['franck_01829.jpg', 'franck_02683.jpg', 'franck_01829.jpg', 'franck_04000.jpg'].map(name => {
      return { people: [facePicture(name)], frames: 45 }
    }),
  )

  test('is seen to turn to the side that he was asked for, in numbers only', async () => {
    const scene = await show()
    await watchFilm(scene.page)
    // The engine starts with the first look, while the film goes on.
    await scene.page.keyboard.press('F1')
    await stands(scene, 'face-look="turning"')
    await scene.page.keyboard.press('Escape')
    await gone(scene, 'face-look')
    await nextScene(scene.page, mark => mark === 0)
    await scene.page.keyboard.press('F1')
    await until(() => looks(scene).length === 1)
    const [look] = looks(scene)
    const turn = look?.turn ?? null
    expect(look?.frames).toHaveLength(1)
    expect(turn && isTurn(turn, turn.asked)).toBe(true)
    expect(turn?.frame).toHaveLength(128)
    expect(turn?.frame).not.toEqual(look?.frames[0])
    expect([...scene.blocked, ...scene.outside]).toEqual([])
  })
})
