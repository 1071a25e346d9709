import { Worker } from 'node:worker_threads'
import { type FaceReply, linkEngine } from '../../../shared/face/engine-link.ts'
import type { FaceStart } from '../../../shared/face/face-engine.ts'
import type { Frame } from '../../../shared/face/frame.ts'

/** The face engine in a thread of Node, for commands and measurements. */
export function startNodeFaceEngine(): Promise<FaceStart> {
  const thread = new Worker(new URL('./face-thread.ts', import.meta.url))
  const link = linkEngine<Frame>({
    post: request => thread.postMessage(request),
    end: () => void thread.terminate(),
  })
  thread.on('message', (reply: FaceReply) => link.hear(reply))
  thread.on('error', error => link.lose(String(error)))
  thread.on('exit', () => link.lose('the thread of the engine ended'))
  return link.started
}
