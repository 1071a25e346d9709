import { fromBase64Url, toBase64Url, utf8ToBytes } from '../../../shared/bytes.ts'
import type { Embedding } from '../../../shared/face/embedding.ts'
import type { SiteFace } from '../../../shared/face/site-face.ts'
import type { SeniorId } from '../../../shared/ids.ts'
import { type FaceTemplate, faceContext, faceDeposited, faceFetched } from '../../../shared/province-api.ts'
import type { Suite } from '../../../shared/suite.ts'
import { type Faces, fromNumbers, toNumbers } from '../store/faces.ts'
import type { Enrolment } from '../sync/enrol.ts'
import type { Exchange } from '../sync/exchange.ts'
import type { SyncLoop } from '../sync/sync-loop.ts'
import type { FaceSetting } from './face-setting.ts'

/** A person waits at the counter: after this long (ms) without an answer the till goes on without the face. */
const answerWithin = 6000

export interface AwayTemplates {
  /** The template of a visitor, for one look: it is kept nowhere. Null where the senior agreed to nothing, or nobody answers. */
  fetch(senior: SeniorId, rules: SiteFace): Promise<Embedding | null>
}

export function createAwayTemplates(sync: Pick<SyncLoop, 'ask'>): AwayTemplates {
  return {
    async fetch(senior, { engine, modelHash, numbers }) {
      const answer = await sync.ask('face-fetch', { senior, engine, modelHash }, answerWithin)
      const fetched = answer.ok ? faceFetched.safeParse(answer.body) : null
      const template = fetched?.success ? fetched.data.template : null
      if (template?.senior !== senior) return null
      const found = toNumbers(Buffer.from(template.numbers, 'base64url'))
      return found.length === numbers ? found : null
    },
  }
}

/**
 * Sends the templates that may be known elsewhere and are not yet, each sealed to the province for keeping. Nothing is sent of a senior without
 * a consent named `away`. Call it when the province holds all records, the consents among them.
 */
export async function depositTemplates(
  parts: {
    faces: Faces
    setting: Pick<FaceSetting, 'rules'>
    suite: Suite
    enrolment: { province: { keys: Pick<Enrolment['province']['keys'], 'sealing'> } }
  },
  send: (body: unknown) => Promise<Exchange>,
): Promise<void> {
  const { faces, setting, suite, enrolment } = parts
  const rules = setting.rules()
  if (rules === null) return
  const { engine, modelHash } = rules
  const waiting = faces
    .everybody()
    .filter(({ what, over, deposited }) => what.includes('away') && !over?.includes('away') && !deposited)
  for (const { senior, record } of waiting) {
    const template = faces.templateOf(senior, rules)
    if (template === null || template === 'other-engine') continue
    const plain: FaceTemplate = { senior, numbers: toBase64Url(fromNumbers(template)) }
    const sealed = await suite.seal(
      fromBase64Url(enrolment.province.keys.sealing),
      utf8ToBytes(JSON.stringify(plain)),
      faceContext(senior, rules),
    )
    const reply = await send({ senior, engine, modelHash, consent: record, template: toBase64Url(sealed) })
    if (!reply.ok || !faceDeposited.safeParse(reply.body).success) continue
    const held = faces.consentOf(senior)
    if (held?.record === record && held.what.includes('away')) faces.note({ ...held, deposited: true })
  }
}
