import { analyseFace, type FaceQuestion } from './analyse-face.ts'
import type { FaceAnswer, FaceEngine, FaceStart, FaceStartProblem } from './face-engine.ts'
import type { Frame } from './frame.ts'
import type { FaceFinder, FaceModel, FaceRecogniser } from './networks.ts'

/** The two ends of an engine that runs in a thread of its own, a page's worker or a thread of Node. */

export interface FaceRequest<Picture> {
  readonly id: number
  readonly frame: Picture
  readonly question: FaceQuestion
}

/** What the thread says: once how its start went, then one answer a request. */
export type FaceReply =
  | { readonly type: 'ready'; readonly model: FaceModel }
  | { readonly type: 'not-started'; readonly problem: FaceStartProblem; readonly detail: string }
  | { readonly type: 'answer'; readonly id: number; readonly answer: FaceAnswer }

export interface EngineLink<Picture> {
  readonly started: Promise<FaceStart<Picture>>
  hear(reply: FaceReply): void
  /** The thread is gone: what waits for it is told so, and it is ended. */
  lose(detail: string): void
}

/** The caller's end. `post` sends to the thread, `end` ends it for good. */
export function linkEngine<Picture>(thread: {
  post(request: FaceRequest<Picture>): void
  end(): void
}): EngineLink<Picture> {
  const start = Promise.withResolvers<FaceStart<Picture>>()
  const waiting = new Map<number, (answer: FaceAnswer) => void>()
  let lastId = 0
  let lost: Extract<FaceAnswer, { ok: false }> | null = null

  function lose(detail: string, problem: FaceStartProblem = 'FACE_ENGINE_MISSING'): void {
    if (lost !== null) return
    lost = { ok: false, problem: 'FACE_ENGINE_LOST', detail }
    start.resolve({ ok: false, problem, detail })
    for (const answer of waiting.values()) answer(lost)
    waiting.clear()
    thread.end()
  }

  const engineOf = (model: FaceModel): FaceEngine<Picture> => ({
    model,
    analyse: (frame, question = 'embedding') =>
      new Promise(resolve => {
        if (lost !== null) return resolve(lost)
        lastId += 1
        waiting.set(lastId, resolve)
        thread.post({ id: lastId, frame, question })
      }),
    stop: () => lose('the engine was stopped'),
  })

  return {
    started: start.promise,
    hear(reply) {
      if (reply.type === 'ready') start.resolve({ ok: true, engine: engineOf(reply.model) })
      else if (reply.type === 'not-started') lose(reply.detail, reply.problem)
      else if (!reply.answer.ok) lose(reply.answer.detail)
      else {
        waiting.get(reply.id)?.(reply.answer)
        waiting.delete(reply.id)
      }
    },
    lose,
  }
}

/** The thread's end: answers one request after the other. `toFrame` gives the pixels of what was sent. */
export function serveFaces<Picture>(
  networks: { finder: FaceFinder; recogniser: FaceRecogniser },
  toFrame: (picture: Picture) => Frame | Promise<Frame>,
  post: (reply: FaceReply) => void,
): (request: FaceRequest<Picture>) => void {
  let last: Promise<void> = Promise.resolve()
  async function answer({ frame, question }: FaceRequest<Picture>): Promise<FaceAnswer> {
    try {
      return { ok: true, findings: await analyseFace(await toFrame(frame), networks, question) }
    } catch (error) {
      return { ok: false, problem: 'FACE_ENGINE_LOST', detail: String(error) }
    }
  }
  return request => {
    last = last.then(async () => post({ type: 'answer', id: request.id, answer: await answer(request) }))
  }
}
