import type { FoundFace } from '../../shared/face/analyse-face.ts'
import type { Notice } from '../../shared/terminal-api.ts'
import { calls } from './cashier-actions.ts'
import { cameraPicture } from './cashier-camera.ts'
import { useCashier } from './cashier-store.ts'
import { dropFaceEngine, faceEngine, keepFaceEngine } from './face-engine-keeper.ts'
import { gatherFaces, type Seen } from './face-frames.ts'
import { cameraProblem, mintEventId, TRY_MILLISECONDS } from './face-look.ts'

type FaceFrame = Parameters<typeof calls.face.photo>[0]['frame']

/** What a photo led to: it counts, another frame may do, or there is something to say. */
export type Taken = 'enough' | { readonly more: Notice } | { readonly told: Notice }

/**
 * Takes one good frame of the person before the camera and hands its numbers over. Gives null once one counts, else what to tell staff.
 * For an enrolment only a frame with nothing the matter is good.
 */
export async function captureFace(options: {
  signal: AbortSignal
  onSeen(seen: Seen): void
  take(frame: FaceFrame, face: FoundFace, picture: VideoFrame): Promise<Taken>
}): Promise<Notice | null> {
  const face = useCashier.getState().terminal?.face
  if (!face) return { code: 'FACE_OFF', values: {} }
  const video = cameraPicture()
  const fault = cameraProblem()
  if (fault !== null || video === null) return fault
  const started = await faceEngine(face, calls.face)
  if (!started.ok) return { code: started.problem, values: started.values }
  let last: Notice = { code: 'FACE_UNCLEAR', values: {} }
  let told: Notice | null = null
  const gathered = await gatherFaces({
    ...{ engine: started.engine, video, signal: options.signal, onSeen: options.onSeen },
    milliseconds: TRY_MILLISECONDS,
    contentAfter: Number.POSITIVE_INFINITY,
    async take(found, picture) {
      if (found.embedding === null) return 'more'
      const taken = await options.take(
        {
          ...{ engine: face.engine, modelHash: face.modelHash, camera: 'camera', hints: [] },
          ...{ eventId: mintEventId(), embedding: Array.from(found.embedding) },
        },
        found,
        picture,
      )
      if (taken === 'enough') return 'enough'
      if ('told' in taken) told = taken.told
      else last = taken.more
      return told === null ? 'more' : 'enough'
    },
  })
  keepFaceEngine()
  if (gathered === 'enough' || gathered === 'stopped') return told
  if (gathered === 'unclear') return last
  if (gathered === 'no-picture') return cameraProblem() ?? { code: 'NO_CAMERA', values: {} }
  dropFaceEngine()
  return { code: 'FACE_ENGINE_LOST', values: {} }
}
