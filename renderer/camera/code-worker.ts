import { type CodeDecoder, readCodes, readCodesByTurns } from '../../shared/code-reading/code-decoder.ts'
import {
  brightnessOf,
  greyOf,
  middleOf,
  type Picture,
  type Region,
  zoomedPart,
} from '../../shared/code-reading/picture.ts'
import { createChangeWatch } from '../../shared/code-reading/scene-change.ts'
import { loadDecoder } from './load-decoder.ts'
import type { LookRequest, WorkerMessage } from './worker-messages.ts'

function post(message: WorkerMessage): void {
  self.postMessage(message)
}

/** The formats of WebCodecs whose first plane is brightness, one byte a pixel: what cameras give. */
const brightnessFirst: readonly (string | null)[] = ['I420', 'I420A', 'I422', 'I422A', 'I444', 'I444A', 'NV12', 'NV12A']

async function greyPartOf(frame: VideoFrame, rect: Region): Promise<Picture> {
  const { width, height } = rect
  if (!brightnessFirst.includes(frame.format)) {
    const colours = new Uint8ClampedArray(width * height * 4)
    await frame.copyTo(colours, { rect, format: 'RGBX' })
    return greyOf(colours, width, height)
  }
  const size = width * height
  const planes = new Uint8ClampedArray(frame.allocationSize({ rect }))
  const [brightness] = await frame.copyTo(planes, { rect })
  if (brightness?.stride !== width) throw new Error('a frame in another order than asked for')
  return { data: planes.slice(brightness.offset, brightness.offset + size), width, height }
}

/** Copies the wanted part out of the frame and gives the frame back at once: frames held open stall the camera. */
async function pictureOf({ frame, whole, zoom }: LookRequest): Promise<Picture> {
  try {
    const seen = frame.visibleRect ?? new DOMRectReadOnly(0, 0, frame.codedWidth, frame.codedHeight)
    const part = zoomedPart(seen.width, seen.height, zoom)
    const middle = whole ? { x: 0, y: 0, width: part.width, height: part.height } : middleOf(part.width, part.height)
    const rect = { ...middle, x: seen.x + part.x + middle.x, y: seen.y + part.y + middle.y }
    return await greyPartOf(frame, rect)
  } finally {
    frame.close()
  }
}

const hasChanged = createChangeWatch()

/** Null where there is no need to search: between customers, every pass is processor time for nothing. */
async function search(decoder: CodeDecoder, picture: Picture, request: LookRequest): Promise<string[] | null> {
  const { whole, idle, turn } = request
  if (!idle) return readCodes(decoder, picture)
  if (whole) return decoder.decode(picture, 'local')
  return hasChanged(picture) ? readCodesByTurns(decoder, picture, turn) : null
}

async function start(): Promise<void> {
  const decoder = await loadDecoder()
  async function look(request: LookRequest): Promise<void> {
    const { whole } = request
    const startedAt = performance.now()
    const picture = await pictureOf(request)
    const copyMilliseconds = performance.now() - startedAt
    const texts = await search(decoder, picture, request)
    const milliseconds = performance.now() - startedAt
    const brightness = brightnessOf(picture)
    const times = { milliseconds, copyMilliseconds }
    post({ type: 'looked', searched: texts !== null, texts: texts ?? [], whole, brightness, ...times })
  }
  // reportError reaches the page as the worker's error event, upon which the page starts another worker.
  self.addEventListener('message', (event: MessageEvent<LookRequest>) => void look(event.data).catch(reportError))
  post({ type: 'ready', decoder: decoder.name })
}

start().catch(reportError)
