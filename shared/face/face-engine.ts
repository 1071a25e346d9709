import type { FaceFindings, FaceQuestion } from './analyse-face.ts'
import type { Frame } from './frame.ts'
import type { FaceModel } from './networks.ts'

/**
 * Finds and describes the nearest face of single frames. It has no stream of its own: it sees a frame only when somebody calls, after a key or
 * a tap, and keeps none. Frames wait their turn.
 */
export interface FaceEngine<Picture = Frame> {
  readonly model: FaceModel
  /** A frame that can be transferred is taken over and closed. An engine that is lost answers so for good; start another. */
  analyse(frame: Picture, question?: FaceQuestion): Promise<FaceAnswer>
  stop(): void
}

export type FaceAnswer =
  | { readonly ok: true; readonly findings: FaceFindings }
  | { readonly ok: false; readonly problem: 'FACE_ENGINE_LOST'; readonly detail: string }

/** Why an engine does not start: a file of its own is missing or WebAssembly is, or the operator's model cannot be used. */
export type FaceStartProblem = 'FACE_ENGINE_MISSING' | 'FACE_MODEL_BAD' | 'FACE_MODEL_CHANGED'

export type FaceStart<Picture = Frame> =
  | { readonly ok: true; readonly engine: FaceEngine<Picture> }
  | { readonly ok: false; readonly problem: FaceStartProblem; readonly detail: string }
