import type { InferContractRouterOutputs } from '@orpc/contract'
import { fromBase64Url } from '../../shared/bytes.ts'
import type { Notice, terminalApi } from '../../shared/terminal-api.ts'
import type { OwnModel } from './onnx-engine.ts'

type Answers = InferContractRouterOutputs<typeof terminalApi>['face']

/** The two calls of the core that give the site's own network. */
export interface SiteModelCalls {
  model(): Promise<Answers['model']>
  modelPart(question: { offset: number }): Promise<Answers['modelPart']>
}

export type SiteModelLoaded =
  /** `own` null: the shipped network. `modelHash` is that of the own one, as the site's feed names it. */
  | { readonly ok: true; readonly own: OwnModel | null; readonly modelHash: string | null }
  | { readonly ok: false; readonly problem: Notice['code']; readonly values: Notice['values'] }

/** Fetches the network that this site brings, for `startFaceEngine`, which checks its hash once more. Where it is refused, faces stay off. */
export async function loadSiteModel(face: SiteModelCalls): Promise<SiteModelLoaded> {
  const answer = await face.model()
  if (answer.result === 'refused') return { ok: false, problem: answer.notice.code, values: answer.notice.values }
  if (answer.model === null) return { ok: true, own: null, modelHash: null }
  const { manifest, bytes, modelHash } = answer.model
  const model = new Uint8Array(bytes)
  for (let offset = 0; offset < bytes; ) {
    const part = fromBase64Url((await face.modelPart({ offset })).bytes)
    if (part.length === 0 || offset + part.length > bytes)
      return { ok: false, problem: 'FACE_MODEL_CHANGED', values: { detail: `${offset} of ${bytes} bytes` } }
    model.set(part, offset)
    offset += part.length
  }
  return { ok: true, own: { manifest, model: model.buffer }, modelHash }
}
