import type { DecoderName } from '../../shared/code-reading/code-decoder.ts'

/** How a frame is to be looked at. */
export interface Look {
  /** All of the frame instead of its middle. */
  readonly whole: boolean
  /** Only the middle 1/`zoom` of the frame's width and height counts as the frame; 1 or more. */
  readonly zoom: number
  /** Nobody was here for a while: little is searched until the picture changes. */
  readonly idle: boolean
}

/** To the code worker: a frame, transferred; `turn` counts the looks. */
export interface LookRequest extends Look {
  readonly frame: VideoFrame
  readonly turn: number
}

/**
 * What one look found; `brightness` is the mean of what was looked at, from 0 to 255, `milliseconds` what
 * it cost the worker, `copyMilliseconds` of them until the pixels were there.
 */
export interface Looked {
  /** False where the picture had not changed and was not searched. */
  readonly searched: boolean
  readonly texts: readonly string[]
  readonly whole: boolean
  readonly brightness: number
  readonly milliseconds: number
  readonly copyMilliseconds: number
}

/** From the code worker: `ready` once its decoder is loaded, then one `looked` for each request. */
export type WorkerMessage =
  | { readonly type: 'ready'; readonly decoder: DecoderName }
  | ({ readonly type: 'looked' } & Looked)
