import { encode } from 'jpeg-js'
import { businessDate } from '../../../shared/business-day.ts'
import { toBase64Url } from '../../../shared/bytes.ts'
import { consentSlip, erasureStatement, faceNotice } from '../../../shared/face/consent.ts'
import type { FaceView } from '../../../shared/face-api.ts'
import { seniorId } from '../../../shared/ids.ts'
import type { CashierView } from '../../../shared/terminal-api.ts'
import { facePicture } from '../../support/face-pictures.ts'
import type { PaperCore } from '../../support/paper-core.ts'
import { faceView, noon, terminalView } from './fixtures.ts'
import type { OpenOptions, Scene, Stage } from './stage.ts'

export const man = facePicture('franck_02045.jpg')

export const senior = seniorId.parse('1'.repeat(32))
const person = {
  ...{ senior, name: '张淑芬', sex: 'female' as const, age: 82, numberTail: '3071', home: true },
  ...{ means: null, pin: 'none' as const, cards: [{ handle: 'one', tail: 'F0A1', lost: false }] },
}
export const desk: CashierView = { state: 'desk', person, card: null, notice: null }
const today = businessDate.parse('2026-11-20')
export const given: NonNullable<PaperCore['faces']['status']> = {
  what: ['face', 'away', 'portrait'],
  givenOn: businessDate.parse('2026-09-03'),
  usedOn: businessDate.parse('2026-11-18'),
  endsOn: businessDate.parse('2027-11-18'),
  notice: faceNotice.version,
  outdated: false,
}
const words = { siteName: '槐树里长者食堂', date: today, what: ['face', 'portrait'] as const }
export const problem = (code: 'FACE_TRY_AGAIN' | 'FACE_NO_MATCH'): CashierView => ({
  ...{ state: 'problem', notice: { code, values: {} }, means: 'face', stranger: null, already: null, at: noon },
})

export interface Shown extends OpenOptions {
  view?: CashierView
  face?: Partial<FaceView> | null
  status?: PaperCore['faces']['status']
  camera?: boolean
  language?: string
}

/** Opens the cashier's page where faces are allowed; with `camera`, once its picture runs. */
export async function openFacePage(
  stage: Stage,
  { view, face = {}, status = null, camera = false, language = 'zh', ...options }: Shown = {},
): Promise<Scene> {
  const terminal = terminalView({ face: face && faceView(face) })
  const search = `?${camera ? '' : 'camera=off&'}lang=${language}`
  const scene = await stage.open({ terminal, search, clock: !camera, ...options })
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
  return scene
}
