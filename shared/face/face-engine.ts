import type { FaceFindings, FaceQuestion } from './analyse-face.ts'
import type { Frame } from './frame.ts'
import type { FaceModel } from './networks.ts'

/**
 * Finds and describes the nearest face of single frames. It has no stream of its own: it sees a frame only when somebody calls, after a key or
 * a tap, and keeps none. Frames wait their turn.
 */
export interface FaceEngine<Picture = Frame> {
  readonly model: FaceModel
  /** Rejects with a `FaceFault` where the engine is gone or the frame is none. */
  analyse(frame: Picture, question?: FaceQuestion): Promise<FaceFindings>
  stop(): void
}

/** The engine's own trouble; never the person's. */
export class FaceFault extends Error {
  override readonly name = 'FaceFault'
}

/** What the thread of an engine is sent, in a page and under Node alike. */
export interface FaceRequest<Picture> {
  readonly id: number
  readonly frame: Picture
  readonly question: FaceQuestion
}

/** What it says: once how its start went, then one answer a request. */
export type FaceReply =
  | { readonly type: 'ready'; readonly model: FaceModel }
  | { readonly type: 'not-started'; readonly detail: string }
  | { readonly type: 'found'; readonly id: number; readonly findings: FaceFindings }
  | { readonly type: 'fault'; readonly id: number; readonly detail: string }
