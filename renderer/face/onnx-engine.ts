import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url'
import { env, InferenceSession, Tensor } from 'onnxruntime-web/wasm'
import type { FaceStartProblem } from '../../shared/face/face-engine.ts'
import { checkModel } from '../../shared/face/model-manifest.ts'
import type { FaceRecogniser } from '../../shared/face/networks.ts'
import { onnxRecogniser } from '../../shared/face/onnx-recogniser.ts'

/** A recognition network that the operator brings: its manifest, not yet checked, and the bytes of the file that it names. */
export interface OwnModel {
  readonly manifest: unknown
  readonly model: ArrayBuffer
}

export type LoadedModel =
  | { readonly ok: true; readonly recogniser: FaceRecogniser }
  | { readonly ok: false; readonly problem: FaceStartProblem; readonly detail: string }

/** Loads the operator's model on onnxruntime-web, WebAssembly with one thread. Faces are still found by the engine's own networks. */
export async function loadOwnModel({ manifest, model }: OwnModel): Promise<LoadedModel> {
  const bytes = new Uint8Array(model)
  const checked = checkModel(manifest, bytes)
  if (!checked.ok) return checked
  env.wasm.wasmPaths = { wasm: wasmUrl }
  env.wasm.numThreads = 1
  try {
    const session = await InferenceSession.create(bytes, { executionProviders: ['wasm'] })
    const [input, output] = [session.inputNames[0], session.outputNames[0]]
    if (input === undefined || output === undefined || session.inputNames.length > 1)
      return { ok: false, problem: 'FACE_MODEL_BAD', detail: 'the model does not take one picture' }
    const recogniser = onnxRecogniser(checked.manifest, async (numbers, shape) => {
      const results = await session.run({ [input]: new Tensor('float32', numbers, shape) })
      const data = results[output]?.data
      if (!(data instanceof Float32Array)) throw new TypeError('the model does not give decimal numbers')
      return data
    })
    return await tried(recogniser)
  } catch (error) {
    return { ok: false, problem: 'FACE_MODEL_BAD', detail: String(error) }
  }
}

/** One run on a grey patch: a model that does not fit its manifest shows at the start, not at the counter. */
async function tried(recogniser: FaceRecogniser): Promise<LoadedModel> {
  const size = recogniser.patchSize
  await recogniser.embed([{ data: new Float32Array(size * size * 3).fill(128), size }])
  return { ok: true, recogniser }
}
