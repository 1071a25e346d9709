import type { FaceEngine } from '../../shared/face/face-engine.ts'
import { shippedModel } from '../../shared/face/shipped-model.ts'
import type { FaceEngineRef } from '../../shared/face/site-face.ts'
import type { Notice } from '../../shared/terminal-api.ts'
import { startFaceEngine } from '../face/face-engine.ts'
import { loadSiteModel, type SiteModelCalls, type SiteModelLoaded } from '../face/site-model.ts'
import type { FacePicture } from '../face/worker-messages.ts'

/** An engine that has not started by then has hung. */
const START_MILLISECONDS = 30_000
/** About 100 MB are given back when nobody looked for so long. */
const UNUSED_MILLISECONDS = 2 * 60_000

export type KeptEngine =
  | { readonly ok: true; readonly engine: FaceEngine<FacePicture>; readonly modelHash: string }
  | { readonly ok: false; readonly problem: Notice['code']; readonly values: Notice['values'] }

let kept: Promise<KeptEngine> | null = null
let unused: ReturnType<typeof setTimeout> | undefined

/** The face engine, started where none runs, with the network that `core` gives. Its network must be the one that the site's feed names: numbers of another compare with nobody's. */
export async function faceEngine(site: FaceEngineRef, core: SiteModelCalls): Promise<KeptEngine> {
  keepFaceEngine()
  kept ??= start(core)
  const mine = kept
  const started = await mine
  if (!started.ok) {
    if (kept === mine) kept = null
    return started
  }
  const fits = started.engine.model.id === site.engine && started.modelHash === site.modelHash
  return fits ? started : { ok: false, problem: 'FACE_ENGINE_DIFFERS', values: {} }
}

/** The engine is in use: it stays for a while yet. */
export function keepFaceEngine(): void {
  clearTimeout(unused)
  unused = setTimeout(dropFaceEngine, UNUSED_MILLISECONDS)
}

/** Ends the engine; the next one who needs it starts another. */
export function dropFaceEngine(): void {
  const last = kept
  kept = null
  clearTimeout(unused)
  void last?.then(started => started.ok && started.engine.stop())
}

/** The network that the site brings, or word that it is the shipped one. */
async function siteModel(core: SiteModelCalls): Promise<SiteModelLoaded> {
  try {
    return await loadSiteModel(core)
  } catch (error) {
    console.info('no word of a network:', error instanceof Error ? error.message : String(error))
    return { ok: false, problem: 'FACE_ENGINE_LOST', values: {} }
  }
}

async function start(core: SiteModelCalls): Promise<KeptEngine> {
  const model = await siteModel(core)
  if (!model.ok) return model
  const starting = startFaceEngine(model.own)
  const hung = Promise.withResolvers<null>()
  const clock = setTimeout(() => hung.resolve(null), START_MILLISECONDS)
  const started = await Promise.race([starting, hung.promise])
  clearTimeout(clock)
  if (started === null) {
    void starting.then(late => late.ok && late.engine.stop())
    return { ok: false, problem: 'FACE_ENGINE_LOST', values: {} }
  }
  if (started.ok) return { ...started, modelHash: model.modelHash ?? shippedModel.modelHash }
  console.info('no face engine:', started.detail)
  return { ok: false, problem: started.problem, values: { detail: started.detail } }
}
