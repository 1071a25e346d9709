import { type FaceReply, type FaceRequest, serveFaces } from '../../shared/face/engine-link.ts'
import { faceApi, loadFaceApiNetworks, startWasm } from '../../shared/face/face-api-networks.ts'
import type { FaceStartProblem } from '../../shared/face/face-engine.ts'
import type { Frame } from '../../shared/face/frame.ts'
import { loadFaceApiFiles, wasmPaths } from './face-files.ts'
import type { OwnModel } from './onnx-engine.ts'
import type { FacePicture, FaceWorkerMessage } from './worker-messages.ts'

function post(reply: FaceReply): void {
  self.postMessage(reply)
}

/** Copies the pixels out of a camera's frame and gives it back at once: frames held open stall the camera. */
async function frameOf(picture: FacePicture): Promise<Frame> {
  if (!(picture instanceof VideoFrame)) return picture
  try {
    const { x, y, width, height } =
      picture.visibleRect ?? new DOMRectReadOnly(0, 0, picture.codedWidth, picture.codedHeight)
    const data = new Uint8ClampedArray(width * height * 4)
    await picture.copyTo(data, { rect: { x, y, width, height }, format: 'RGBX' })
    return { data, width, height }
  } finally {
    picture.close()
  }
}

function refuse(problem: FaceStartProblem, detail: string): null {
  post({ type: 'not-started', problem, detail })
  return null
}

async function start(own: OwnModel | null): Promise<((request: FaceRequest<FacePicture>) => void) | null> {
  const [module, files] = await Promise.all([import('face-api.js/dist/face-api.esm.js'), loadFaceApiFiles()])
  const api = faceApi.parse(module)
  await startWasm(api, wasmPaths, false)
  const networks = await loadFaceApiNetworks(api, files)
  const loaded = own === null ? null : await (await import('./onnx-engine.ts')).loadOwnModel(own)
  if (loaded?.ok === false) return refuse(loaded.problem, loaded.detail)
  const { finder } = networks
  const recogniser = loaded?.recogniser ?? networks.recogniser
  post({ type: 'ready', model: recogniser.model })
  return serveFaces({ finder, recogniser }, frameOf, post)
}

let serve: Awaited<ReturnType<typeof start>> = null

self.addEventListener('message', async ({ data }: MessageEvent<FaceWorkerMessage>) => {
  if (data.type === 'look') {
    serve?.(data.request)
    return
  }
  serve = await start(data.own).catch((error: unknown) => refuse('FACE_ENGINE_MISSING', String(error)))
})
