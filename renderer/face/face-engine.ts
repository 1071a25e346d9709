import { linkEngine } from '../../shared/face/engine-link.ts'
import type { FaceStart } from '../../shared/face/face-engine.ts'
import type { OwnModel } from './onnx-engine.ts'
import type { FacePicture, FaceWorkerMessage } from './worker-messages.ts'

/** An answer that takes longer than this has hung; the engine is lost. */
const HUNG_MILLISECONDS = 30_000

/**
 * Starts the face engine in a worker, with the shipped networks or with the operator's own recognition network. It takes a second or two and
 * about 100 MB: start it when face is switched on and used, stop it after. It never reads a camera; each frame is given to `analyse` by
 * somebody's key or tap.
 */
export function startFaceEngine(own: OwnModel | null = null): Promise<FaceStart<FacePicture>> {
  const worker = new Worker(new URL('./face-worker.ts', import.meta.url), { type: 'module' })
  const clocks = new Map<number, ReturnType<typeof setTimeout>>()
  const send = (message: FaceWorkerMessage, transfer: Transferable[] = []) => worker.postMessage(message, transfer)
  const link = linkEngine<FacePicture>({
    post(request) {
      const hung = () => link.lose('no answer')
      clocks.set(request.id, setTimeout(hung, HUNG_MILLISECONDS))
      send({ type: 'look', request }, request.frame instanceof VideoFrame ? [request.frame] : [])
    },
    end() {
      for (const clock of clocks.values()) clearTimeout(clock)
      worker.terminate()
    },
  })
  worker.addEventListener('message', ({ data }) => {
    if (data.type === 'answer') clearTimeout(clocks.get(data.id))
    link.hear(data)
  })
  worker.addEventListener('error', event => link.lose(event.message))
  send({ type: 'start', own })
  return link.started
}
