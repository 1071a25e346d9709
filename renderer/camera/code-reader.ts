import type { DecoderName } from '../../shared/code-reading/code-decoder.ts'
import type { Look, Looked, LookRequest, WorkerMessage } from './worker-messages.ts'

const RESTART_MILLISECONDS = 3000
/** A look that takes longer than this has hung; the worker is replaced. */
const HUNG_MILLISECONDS = 15_000

/** The code worker as seen from the page: takes a frame when it is free, and is started again when it dies. */
export interface CodeReader {
  /** True where a frame may be handed over now; frames are dropped, never queued. `at` is a steady clock in ms. */
  isFree(at: number): boolean
  look(frame: VideoFrame, look: Look, at: number): void
  decoder(): DecoderName | null
  stop(): void
}

export function startCodeReader(on: { ready(decoder: DecoderName): void; looked(looked: Looked): void }): CodeReader {
  let worker: Worker | null = null
  let decoder: DecoderName | null = null
  let busySince: number | null = null
  let restart: ReturnType<typeof setTimeout> | undefined
  let turn = 0

  function start(): void {
    const started = new Worker(new URL('./code-worker.ts', import.meta.url), { type: 'module' })
    worker = started
    started.addEventListener('message', ({ data }: MessageEvent<WorkerMessage>) => {
      if (worker !== started) return
      busySince = null
      if (data.type === 'looked') return on.looked(data)
      decoder = data.decoder
      on.ready(decoder)
    })
    started.addEventListener('error', replaceWorker)
  }

  function replaceWorker(): void {
    end()
    restart = setTimeout(start, RESTART_MILLISECONDS)
  }

  function end(): void {
    clearTimeout(restart)
    worker?.terminate()
    worker = null
    decoder = null
    busySince = null
  }

  start()
  return {
    isFree(at) {
      if (busySince !== null && at - busySince > HUNG_MILLISECONDS) replaceWorker()
      return decoder !== null && busySince === null
    },
    look(frame, look, at) {
      busySince = at
      const request: LookRequest = { ...look, frame, turn: turn++ }
      worker?.postMessage(request, [frame])
    },
    decoder: () => decoder,
    stop: end,
  }
}
