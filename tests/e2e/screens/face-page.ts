import { encode } from 'jpeg-js'
import { businessDate } from '../../../shared/business-day.ts'
import { toBase64Url } from '../../../shared/bytes.ts'
import { consentSlip, erasureStatement, faceNotice } from '../../../shared/face/consent.ts'
import type { FaceView } from '../../../shared/face-api.ts'
import { seniorId } from '../../../shared/ids.ts'
import type { CashierView, TerminalView } from '../../../shared/terminal-api.ts'
import { facePicture } from '../../support/face-pictures.ts'
import type { PaperCore } from '../../support/paper-core.ts'
import { faceView, guestView, noon, terminalView } from './fixtures.ts'
import type { Scene, Stage } from './stage.ts'

export const man = facePicture('franck_02045.jpg')

export const senior = seniorId.parse('1'.repeat(32))
const person = {
  ...{ senior, name: '张淑芬', sex: 'female' as const, age: 82, numberTail: '3071', home: true },
  ...{ proxies: [], leads: [] },
  ...{ means: null, pin: 'none' as const, cards: [{ handle: 'one', tail: 'F0A1', lost: false, bound: true }] },
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
export const problem = (code: 'FACE_TRY_AGAIN' | 'FACE_NO_TURN' | 'FACE_NO_MATCH'): CashierView => ({
  ...{ state: 'problem', notice: { code, values: {} }, means: 'face', stranger: null, already: null, at: noon },
})

export interface Shown {
  view?: CashierView
  face?: Partial<FaceView> | null
  status?: PaperCore['faces']['status']
  camera?: boolean
  printer?: TerminalView['printer']
  report?: PaperCore['faceReport']
  /** A file that the page asks for and does not get. */
  missing?: string
}

const slipWords = { siteName: '槐树里长者食堂', date: today }

async function openPage(stage: Stage, { camera = false, missing }: Shown): Promise<Scene> {
  const search = `?${camera ? '' : 'camera=off&'}lang=zh`
  const terminal = terminalView({ face: faceView() })
  const scene = await stage.open({ terminal, search, clock: !camera, ...(missing ? { missing } : {}) })
  return scene
}

/**
 * A cashier's page where faces are allowed, with a camera or without, made new for each test. Only one stands open: a camera gives no frames
 * to a page behind another one.
 */
export function facePages(stage: () => Stage) {
  let open: { readonly key: string; readonly scene: Scene } | null = null
  return {
    async show(shown: Shown = {}): Promise<Scene> {
      const { view, face = {}, status = null, camera = false, report = null, missing = '', printer = null } = shown
      const key = `${camera} ${missing}`
      if (open?.key !== key) {
        await open?.scene.close()
        open = { key, scene: await openPage(stage(), shown) }
      }
      const { scene } = open
      const { core, page } = scene
      // Another check-in ends whatever the test before left open.
      core.cashier.set(guestView())
      await page.locator('[data-own-pay]').waitFor()
      core.onCall = () => ({ result: 'done' })
      core.calls.splice(0)
      core.faces.status = status
      core.faceReport = report
      core.faces.slip = consentSlip({ ...slipWords, what: ['face', 'portrait'] })
      core.faces.statement = erasureStatement({
        ...{ ...slipWords, what: ['face', 'away', 'portrait'] },
        search: { files: 41, bytes: 1, found: 0 },
      })
      core.faces.portrait = toBase64Url(encode({ data: man.data, width: man.width, height: man.height }, 50).data)
      core.terminal.set(terminalView({ face: face && faceView(face), printer }))
      core.cashier.set({ state: 'ready' })
      await page.setViewportSize({ width: 1280, height: 800 })
      await page.getByText('请下一位').waitFor()
      if (camera) await page.locator('[data-device="camera"]').getByText('就绪').waitFor()
      if (view) core.cashier.set(view)
      return scene
    },
    async close(): Promise<void> {
      await open?.scene.close()
      open = null
    },
  }
}
