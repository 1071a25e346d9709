import { startFaceEngine } from '../../../../renderer/face/face-engine.ts'
import type { FacePicture } from '../../../../renderer/face/worker-messages.ts'
import type { FaceQuestion } from '../../../../shared/face/analyse-face.ts'
import type { FaceAnswer, FaceEngine } from '../../../../shared/face/face-engine.ts'

let engine: FaceEngine<FacePicture> | null = null

/** What crosses to the test as JSON. */
function plain(answer: FaceAnswer) {
  if (!answer.ok || !answer.findings.found) return answer
  const { embedding, ...findings } = answer.findings
  return { ok: true, findings: { ...findings, embedding: embedding === null ? null : Array.from(embedding) } }
}

async function pixelsOf(name: string, width: number, height: number) {
  const bytes = await (await fetch(name)).arrayBuffer()
  return { data: new Uint8Array(bytes), width, height }
}

/** The engine, for the test to start and ask. Pictures are asked for by name and come as bare pixels, so that no decoder stands between. */
const face = {
  async start(own: { manifest: unknown; file: string } | null) {
    const model = own === null ? null : { manifest: own.manifest, model: await (await fetch(own.file)).arrayBuffer() }
    const started = await startFaceEngine(model)
    if (!started.ok) return started
    engine = started.engine
    return { ok: true, model: engine.model }
  },
  async look(name: string, width: number, height: number, question: FaceQuestion = 'embedding') {
    return engine === null ? null : plain(await engine.analyse(await pixelsOf(name, width, height), question))
  },
  /** As from a camera; says too whether the frame left the page. */
  async lookAtVideoFrame(name: string, width: number, height: number) {
    const { data } = await pixelsOf(name, width, height)
    const frame = new VideoFrame(data, { format: 'RGBX', codedWidth: width, codedHeight: height, timestamp: 0 })
    const answer = await engine?.analyse(frame)
    return { answer: answer === undefined ? null : plain(answer), closed: frame.format === null }
  },
  stop: () => engine?.stop(),
}
declare global {
  interface Window {
    face: typeof face
  }
}
window.face = face
