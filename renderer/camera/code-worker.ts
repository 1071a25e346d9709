import { type CodeDecoder, readCodes } from './code-decoder.ts'
import { middleOf, type Picture } from './picture.ts'
import { loadWasmDecoder } from './wasm-decoder.ts'
import type { LookRequest, WorkerMessage } from './worker-messages.ts'

function post(message: WorkerMessage): void {
  self.postMessage(message)
}

/** Copies the wanted part out of the frame and gives the frame back at once: frames held open stall the camera. */
async function pictureOf(frame: VideoFrame, whole: boolean): Promise<Picture> {
  try {
    const seen = frame.visibleRect ?? new DOMRectReadOnly(0, 0, frame.codedWidth, frame.codedHeight)
    const part = whole ? { x: 0, y: 0, width: seen.width, height: seen.height } : middleOf(seen.width, seen.height)
    const rect = { ...part, x: seen.x + part.x, y: seen.y + part.y }
    const data = new Uint8ClampedArray(part.width * part.height * 4)
    await frame.copyTo(data, { rect, format: 'RGBX' })
    return { data, width: part.width, height: part.height }
  } finally {
    frame.close()
  }
}

async function loadDecoder(): Promise<CodeDecoder> {
  try {
    return await loadWasmDecoder()
  } catch (error) {
    console.warn('WebAssembly decoder not available, reading codes without it', error)
    const { createLibraryDecoder } = await import('./library-decoder.ts')
    return createLibraryDecoder()
  }
}

async function start(): Promise<void> {
  const decoder = await loadDecoder()
  async function look({ frame, whole, turn }: LookRequest): Promise<void> {
    const texts = await readCodes(decoder, await pictureOf(frame, whole), turn)
    post({ type: 'looked', texts, whole })
  }
  // reportError reaches the page as the worker's error event, upon which the page starts another worker.
  self.addEventListener('message', (event: MessageEvent<LookRequest>) => void look(event.data).catch(reportError))
  post({ type: 'ready', decoder: decoder.name })
}

start().catch(reportError)
