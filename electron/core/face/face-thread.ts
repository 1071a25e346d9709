import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parentPort } from 'node:worker_threads'
import { type FaceReply, type FaceRequest, serveFaces } from '../../../shared/face/engine-link.ts'
import { faceApi, loadFaceApiNetworks, startWasm } from '../../../shared/face/face-api-networks.ts'
import type { Frame } from '../../../shared/face/frame.ts'
import { readFaceApiFiles, wasmFolder } from './model-files.ts'

/** The thread of the face engine under Node. */

/** The library's build for browsers is the one that carries WebAssembly; it loads where nothing looks like Node, so this thread does not. */
async function loadFaceApi() {
  Object.defineProperty(globalThis, 'process', { value: undefined })
  Object.defineProperty(globalThis, 'WorkerGlobalScope', { value: class {} })
  const api = faceApi.parse(await import('face-api.js/dist/face-api.esm.js'))
  Object.assign(api.tf.env().platform, {
    fetch: async (name: string) => new Response(new Uint8Array(readFileSync(join(wasmFolder(), name)))),
  })
  return api
}

async function start(): Promise<void> {
  const files = readFaceApiFiles()
  const api = await loadFaceApi()
  await startWasm(api, { simd: 'tfjs-backend-wasm-simd.wasm', plain: 'tfjs-backend-wasm.wasm' }, true)
  const networks = await loadFaceApiNetworks(api, files)
  const serve = serveFaces(networks, (frame: Frame) => frame, post)
  parentPort?.on('message', (request: FaceRequest<Frame>) => serve(request))
  post({ type: 'ready', model: networks.recogniser.model })
}

function post(reply: FaceReply): void {
  parentPort?.postMessage(reply)
}

start().catch((error: unknown) => post({ type: 'not-started', problem: 'FACE_ENGINE_MISSING', detail: String(error) }))
