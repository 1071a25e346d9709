import { mostTries, searchFrames } from '../../shared/face/decide.ts'
import type { Point } from '../../shared/face/frame.ts'
import type { KioskView } from '../../shared/kiosk-api.ts'
import { uuidV7 } from '../../shared/uuid.ts'
import { type CameraState, type CameraStream, keepCameraOpen } from '../camera/camera-stream.ts'
import { dropFaceEngine, faceEngine, keepFaceEngine } from './face-engine-keeper.ts'
import { findingsIn, type Gathered, gatherFaces } from './face-frames.ts'
import { anySide, watchTurn } from './face-turn.ts'
import { calls, openPanel } from './kiosk-actions.ts'
import { touched } from './kiosk-quiet.ts'
import { type KioskLook, useKiosk } from './kiosk-store.ts'

const TRY_MILLISECONDS = 8000
const CONTENT_AFTER_MILLISECONDS = TRY_MILLISECONDS / 3

type Face = NonNullable<KioskView['face']>

const { getState: state, setState, subscribe } = useKiosk

let camera: { video: HTMLVideoElement; stream: CameraStream } | null = null

/** The picture of the look that goes on; null where none does. */
export function lookPicture(): HTMLVideoElement | null {
  return camera?.video ?? null
}

/** Opens the camera, which nothing else here does; resolves when it gives a picture, or cannot. */
async function openCamera(signal: AbortSignal): Promise<HTMLVideoElement | null> {
  const video = document.createElement('video')
  video.muted = true
  video.playsInline = true
  const settled = Promise.withResolvers<CameraState>()
  const stream = keepCameraOpen({
    video,
    wanted: null,
    onState: next => next !== 'starting' && settled.resolve(next),
    onOpen: () => undefined,
    onFrame: () => undefined,
  })
  camera = { video, stream }
  signal.addEventListener('abort', closeCamera, { once: true })
  return (await settled.promise) === 'running' ? video : null
}

function closeCamera(): void {
  camera?.stream.stop()
  camera?.video.remove()
  camera = null
}

function show(change: Partial<KioskLook>): void {
  const { panel } = state()
  if (panel?.shows === 'look') setState({ panel: { shows: 'look', look: { ...panel.look, ...change } } })
}

/** Looks at the face of whoever pressed the key, until the core has an answer or the panel goes. */
export async function lookAtFace(): Promise<void> {
  const face = state().view?.face
  if (!face || state().panel?.shows === 'look') return
  openPanel({ shows: 'look', look: { stage: 'starting', turn: null, quality: 0, hint: null } })
  const ending = new AbortController()
  const unwatch = subscribe(({ panel, connected }) => {
    if (panel?.shows !== 'look' || !connected) ending.abort()
  })
  try {
    const over = await look(face, ending.signal)
    if (over !== null && !ending.signal.aborted) show({ stage: over, turn: null })
  } finally {
    unwatch()
    closeCamera()
    ending.abort()
  }
}

/** How it ended where the core has no word of it: nothing came from the camera or the engine, or no picture was good enough. */
async function look(face: Face, signal: AbortSignal): Promise<'no-camera' | 'unclear' | null> {
  const video = await openCamera(signal)
  if (video === null || signal.aborted) return 'no-camera'
  const started = await faceEngine(face, calls.kiosk.face)
  if (!started.ok || signal.aborted) return 'no-camera'
  const eye = { engine: started.engine, video, signal, milliseconds: TRY_MILLISECONDS }
  const frames: number[][] = []
  let before: readonly Point[] = []
  for (let tries = 1; frames.length < searchFrames; tries += 1) {
    if (tries > mostTries) break
    show({ stage: tries === 1 ? 'looking' : 'again', quality: 0, hint: null })
    touched()
    const gathered = await gatherFaces({
      ...eye,
      contentAfter: CONTENT_AFTER_MILLISECONDS,
      onSeen: show,
      take({ embedding, landmarks, hints }) {
        // A turn is measured from a face that looks at the camera.
        if (embedding === null || (face.headTurn && hints.includes('turned-away'))) return 'more'
        frames.push(Array.from(embedding))
        before = landmarks
        return frames.length < searchFrames ? 'more' : 'enough'
      },
    })
    if (isLost(gathered)) return 'no-camera'
  }
  if (frames.length < searchFrames) return 'unclear'
  const turned = face.headTurn ? await askForTurn(eye, before) : null
  if (turned && isLost(turned.gathered)) return 'no-camera'
  show({ stage: 'comparing', turn: null, quality: 1, hint: null })
  const { engine, modelHash } = face
  const eventId = uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)))
  const answer = await calls.kiosk.face.look({
    ...{ engine, modelHash, frames, turn: turned?.turn ?? null, camera: 'camera', eventId },
  })
  // What came of it stands in the core's view, and ends this panel.
  return answer.result === 'done' || answer.notice.code === 'FACE_NO_TURN' ? null : 'unclear'
}

async function askForTurn(
  eye: Pick<Parameters<typeof gatherFaces>[0], 'engine' | 'video' | 'signal' | 'milliseconds'>,
  before: readonly Point[],
): ReturnType<typeof watchTurn> {
  const side = anySide()
  show({ stage: 'turning', turn: side, quality: 1, hint: null })
  touched()
  return await watchTurn<VideoFrame>({
    ...{ before, side },
    gather: take =>
      gatherFaces({ ...eye, contentAfter: -1, question: 'turn', onSeen: ({ quality }) => show({ quality }), take }),
    async describe(picture) {
      const findings = await findingsIn(eye.engine, picture.clone(), eye.signal)
      return findings?.found ? findings.embedding : null
    },
  })
}

function isLost(gathered: Gathered): boolean {
  keepFaceEngine()
  if (gathered === 'lost') dropFaceEngine()
  return gathered === 'lost' || gathered === 'no-picture' || gathered === 'stopped'
}
