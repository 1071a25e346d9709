import type { FaceFindings, FaceQuestion, FoundFace } from '../../shared/face/analyse-face.ts'
import type { FaceEngine } from '../../shared/face/face-engine.ts'
import type { QualityHint } from '../../shared/face/quality.ts'
import { frameOf } from '../camera/frame-of.ts'
import type { FacePicture } from '../face/worker-messages.ts'

/** What the person before the camera is told: how good the picture is (0 to 1), and the one thing that would help most. */
export interface Seen {
  readonly quality: number
  readonly hint: QualityHint | null
}

/** `unclear`: no good frame in time; `no-picture`: no frame at all; `lost`: the engine is gone, or hangs. */
export type Gathered = 'enough' | 'unclear' | 'no-picture' | 'lost' | 'stopped'

/** A hint that changes sooner than this (ms) cannot be followed. */
const HINT_MILLISECONDS = 1200
/** An answer that takes longer than this (ms) has hung. The first one of an engine takes longest. */
const HUNG_MILLISECONDS = 6000
/** A camera gives its next frame within this (ms), or has stopped. */
const FRAME_MILLISECONDS = 1000

/** Without these a frame is no use; the others only make it worse. */
const needed: readonly QualityHint[] = ['no-face', 'several-faces', 'too-dark', 'too-small']

/** In which order hints are given: what hinders all else comes first. */
const order: readonly QualityHint[] = [...needed, 'too-bright', 'turned-away', 'blurred']

function seenIn(findings: FaceFindings): Seen {
  const hint = order.find(each => findings.hints.includes(each)) ?? null
  const quality = findings.found ? Math.max(0.25, 1 - 0.3 * findings.hints.length) : 0.05
  return { quality, hint }
}

/**
 * Looks at the camera's frames, one after the other, until `take` says that it has enough good ones, the time (ms) is out, or `signal` ends
 * it. `take` gets frames with one face and nothing the matter with it; after `contentAfter` ms also a face that is turned a little, or soft.
 * `picture` is the frame itself, and is closed when `take` has settled.
 */
export async function gatherFaces(options: {
  engine: FaceEngine<FacePicture>
  video: HTMLVideoElement
  milliseconds: number
  contentAfter: number
  question?: FaceQuestion
  signal: AbortSignal
  onSeen(seen: Seen): void
  take(face: FoundFace, picture: VideoFrame): Promise<'enough' | 'more'> | 'enough' | 'more'
}): Promise<Gathered> {
  const { engine, video, signal, onSeen } = options
  const over = AbortSignal.any([signal, AbortSignal.timeout(options.milliseconds)])
  const from = performance.now()
  const hints = steadyHints()
  let pictures = 0
  const outOfTime = (): Gathered => (signal.aborted ? 'stopped' : pictures > 0 ? 'unclear' : 'no-picture')
  while (!over.aborted) {
    const frame = await nextFrame(video, over)
    if (frame === null) continue
    pictures += 1
    const picture = frame.clone()
    try {
      const findings = await findingsIn(engine, frame, signal, options.question)
      if (findings === null) return signal.aborted ? 'stopped' : 'lost'
      onSeen(hints(seenIn(findings)))
      const content = performance.now() - from > options.contentAfter
      const good = findings.hints.every(hint => content && !needed.includes(hint))
      if (findings.found && good && (await options.take(findings, picture)) === 'enough')
        return signal.aborted ? 'stopped' : 'enough'
    } finally {
      picture.close()
    }
  }
  return outOfTime()
}

/** What is in a frame, which the engine takes over and closes; null where `signal` ends it, or the engine is lost or hangs. */
export async function findingsIn(
  engine: FaceEngine<FacePicture>,
  frame: VideoFrame,
  signal: AbortSignal,
  question?: FaceQuestion,
): Promise<FaceFindings | null> {
  const hung = Promise.withResolvers<null>()
  const clock = setTimeout(() => hung.resolve(null), HUNG_MILLISECONDS)
  const answer = await Promise.race([engine.analyse(frame, question), ended(signal), hung.promise])
  clearTimeout(clock)
  return answer?.ok ? answer.findings : null
}

function ended(signal: AbortSignal): Promise<null> {
  if (signal.aborted) return Promise.resolve(null)
  return new Promise(resolve => signal.addEventListener('abort', () => resolve(null), { once: true }))
}

/** The next frame that the camera gives, so that none is looked at twice; null where none came in time. */
async function nextFrame(video: HTMLVideoElement, over: AbortSignal): Promise<VideoFrame | null> {
  const came = Promise.withResolvers<boolean>()
  const request = video.requestVideoFrameCallback(() => came.resolve(true))
  const clock = setTimeout(() => came.resolve(false), FRAME_MILLISECONDS)
  const isThere = await Promise.race([came.promise, ended(over)])
  clearTimeout(clock)
  video.cancelVideoFrameCallback(request)
  return isThere === true && !over.aborted ? frameOf(video) : null
}

/** Holds each hint long enough to be read and followed. */
function steadyHints(): (seen: Seen) => Seen {
  let shown: { hint: QualityHint | null; since: number } = { hint: null, since: Number.NEGATIVE_INFINITY }
  return ({ quality, hint }) => {
    const at = performance.now()
    if (hint !== shown.hint && (shown.hint === null || hint === null || at - shown.since >= HINT_MILLISECONDS))
      shown = { hint, since: at }
    return { quality, hint: shown.hint }
  }
}
