import { describe, expect, test } from 'vitest'
import { type FaceRequest, linkEngine } from '../../../shared/face/engine-link.ts'
import { faceApiModel } from '../../../shared/face/face-api-networks.ts'
import type { FaceAnswer } from '../../../shared/face/face-engine.ts'

const nothingFound: FaceAnswer = { ok: true, findings: { found: false, hints: ['no-face'] } }

/** A thread that only notes what it is sent. */
function thread() {
  const requests: FaceRequest<string>[] = []
  const ended: true[] = []
  const link = linkEngine<string>({ post: request => requests.push(request), end: () => ended.push(true) })
  return { link, requests, ended }
}

async function startedEngine() {
  const { link, ...rest } = thread()
  link.hear({ type: 'ready', model: faceApiModel })
  const started = await link.started
  if (!started.ok) throw new Error(started.detail)
  return { link, engine: started.engine, ...rest }
}

describe('the caller of an engine', () => {
  test('gets each answer for its own frame, whatever their order', async () => {
    const { link, engine, requests } = await startedEngine()
    const [first, second] = [engine.analyse('a'), engine.analyse('b', 'turn')]
    expect(requests).toEqual([
      { id: 1, frame: 'a', question: 'embedding' },
      { id: 2, frame: 'b', question: 'turn' },
    ])
    const severalFaces: FaceAnswer = { ok: true, findings: { found: false, hints: ['several-faces'] } }
    link.hear({ type: 'answer', id: 2, answer: severalFaces })
    link.hear({ type: 'answer', id: 1, answer: nothingFound })
    expect(await first).toEqual(nothingFound)
    expect(await second).toEqual(severalFaces)
  })

  test('is told why a thread did not start, and the thread is ended', async () => {
    const { link, ended } = thread()
    link.hear({ type: 'not-started', problem: 'FACE_MODEL_CHANGED', detail: 'x' })
    expect(await link.started).toEqual({ ok: false, problem: 'FACE_MODEL_CHANGED', detail: 'x' })
    expect(ended).toEqual([true])
  })

  test('is told when the thread dies, for what waits and for what comes after, and the thread is ended once', async () => {
    const { link, engine, requests, ended } = await startedEngine()
    const waiting = engine.analyse('a')
    link.lose('gone')
    link.lose('gone again')
    const lost = { ok: false, problem: 'FACE_ENGINE_LOST', detail: 'gone' }
    expect(await waiting).toEqual(lost)
    expect(await engine.analyse('b')).toEqual(lost)
    expect(requests).toHaveLength(1)
    expect(ended).toEqual([true])
  })

  test('has lost an engine whose networks broke', async () => {
    const { link, engine, ended } = await startedEngine()
    const waiting = engine.analyse('a')
    link.hear({ type: 'answer', id: 1, answer: { ok: false, problem: 'FACE_ENGINE_LOST', detail: 'out of memory' } })
    expect(await waiting).toMatchObject({ ok: false, detail: 'out of memory' })
    expect(ended).toEqual([true])
  })

  test('can stop it', async () => {
    const { engine, ended } = await startedEngine()
    engine.stop()
    expect(ended).toEqual([true])
    expect(await engine.analyse('a')).toMatchObject({ ok: false, problem: 'FACE_ENGINE_LOST' })
  })
})
