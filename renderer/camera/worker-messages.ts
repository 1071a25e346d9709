import type { DecoderName } from './code-decoder.ts'

/** To the code worker: a frame to look at, transferred. `whole` asks for all of it instead of its middle; `turn` counts the looks. */
export interface LookRequest {
  readonly frame: VideoFrame
  readonly whole: boolean
  readonly turn: number
}

/** From the code worker: `ready` once its decoder is loaded, then one `looked` for each request. */
export type WorkerMessage =
  | { readonly type: 'ready'; readonly decoder: DecoderName }
  | { readonly type: 'looked'; readonly texts: readonly string[]; readonly whole: boolean }
