import { Worker } from 'node:worker_threads'
import type { FaceFindings } from '../../../shared/face/analyse-face.ts'
import { type FaceEngine, FaceFault, type FaceReply, type FaceRequest } from '../../../shared/face/face-engine.ts'
import type { Frame } from '../../../shared/face/frame.ts'

/** The face engine in a thread of Node, for commands and measurements. Rejects with a `FaceFault` where it cannot start. */
export async function startNodeFaceEngine(): Promise<FaceEngine> {
  const thread = new Worker(new URL('./face-thread.ts', import.meta.url))
  const waiting = new Map<number, PromiseWithResolvers<FaceFindings>>()
  const started = Promise.withResolvers<FaceEngine>()
  let lastId = 0

  function end(fault: FaceFault): void {
    started.reject(fault)
    for (const { reject } of waiting.values()) reject(fault)
    waiting.clear()
    void thread.terminate()
  }

  const engine = (model: FaceEngine['model']): FaceEngine => ({
    model,
    analyse(frame, question = 'embedding') {
      const answer = Promise.withResolvers<FaceFindings>()
      lastId += 1
      waiting.set(lastId, answer)
      const request: FaceRequest<Frame> = { id: lastId, frame, question }
      thread.postMessage(request)
      return answer.promise
    },
    stop: () => end(new FaceFault('the engine was stopped')),
  })

  thread.on('message', (reply: FaceReply) => {
    if (reply.type === 'ready') started.resolve(engine(reply.model))
    else if (reply.type === 'not-started') end(new FaceFault(reply.detail))
    else {
      const answer = waiting.get(reply.id)
      waiting.delete(reply.id)
      if (reply.type === 'found') answer?.resolve(reply.findings)
      else answer?.reject(new FaceFault(reply.detail))
    }
  })
  thread.on('error', error => end(new FaceFault(String(error))))
  thread.on('exit', () => end(new FaceFault('the thread of the engine ended')))
  return started.promise
}
