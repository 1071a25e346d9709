import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserHost } from '../../electron/browser-host.ts'
import { demoCodeReply } from '../../shared/province-api.ts'
import { fakeCameraFlags, type Scene, writeCameraFilm } from '../support/fake-camera.ts'
import type { VirtualReader } from '../support/virtual-reader.ts'
import type { Journal } from './journal.ts'
import { type OpenPages, openPages } from './pages.ts'
import type { RushSenior } from './rush-seniors.ts'

/** Frames of the film, at 30 a second. A code and the card after it have six seconds together. */
const filmRate = 30
const leadFrames = 90
const codeFrames = 66
const gapFrames = 114
/** Room at the end for a machine that is slow; the browser is closed before the film begins anew. */
const tailFrames = 1350

/** How long (ms) the rush waits before it goes on without: patience, never a measure. */
const codePatience = 15_000
const cardPatience = 30_000
const recordPatience = 30_000
const barPatience = 4_000

export interface Rush {
  readonly host: BrowserHost
  /** Of the province itself: a senior's phone does not hang on the terminal's line. */
  readonly province: string
  readonly journal: Journal
  readonly reader: VirtualReader
  readonly interrupted: AbortSignal
  /** For films. */
  readonly folder: string
  readonly pictures: string
}

export interface Served {
  readonly senior: RushSenior
  /** When the card was put in, or when the code first stood before the camera by the film's own pace. */
  readonly shownAt: number
}

export interface BatchResult {
  readonly served: readonly Served[]
  readonly decodedFrames: number
}

/** Serves these seniors one after the other, and takes a picture of both screens as the one of `picture` stands recorded. */
export async function runBatch(
  rush: Rush,
  seniors: readonly RushSenior[],
  picture: { readonly name: string; readonly of: RushSenior } | null,
): Promise<BatchResult> {
  const film = join(rush.folder, 'film.mjpeg')
  const { starts, frames } = await writeFilm(rush, film, seniors)
  const pages = await openPages(rush.host, fakeCameraFlags(film))
  try {
    const began = await untilFilm(pages, rush)
    const filmEnd = began + (frames * 1000) / filmRate - 2_000
    const served: Served[] = []
    let shot: Promise<void> | undefined
    for (const senior of seniors) {
      const frame = starts.get(senior.name)
      served.push(
        frame === undefined
          ? await serveCard(rush, pages, senior)
          : await serveCode(rush, pages, senior, began + (frame * 1000) / filmRate, filmEnd),
      )
      if (picture?.of !== senior) continue
      // After the sale, so that no measured time has a picture in it.
      shot = pages.picture(rush.pictures, picture.name)
      // Heard below, once the queue is served.
      shot.catch(() => undefined)
    }
    await shot
    // On a slow machine the film is behind; what is still to come on it gets its time.
    const isOver = () => [...starts.keys()].every(name => rush.journal.saleOf(name)?.recordedAt) || null
    await rush.journal.until(isOver, filmEnd - Date.now())
    return { served, decodedFrames: await pages.decodedFrames() }
  } finally {
    await pages.close()
    rmSync(film, { force: true })
  }
}

/** A film of freshly minted codes; gives the frame at which each senior's code first stands. */
async function writeFilm(
  rush: Rush,
  path: string,
  seniors: readonly RushSenior[],
): Promise<{ starts: ReadonlyMap<string, number>; frames: number }> {
  const starts = new Map<string, number>()
  const scenes: Scene[] = [{ blank: leadFrames }]
  let frames = leadFrames
  for (const { id, name, means } of seniors) {
    if (means === 'card') continue
    rush.interrupted.throwIfAborted()
    const reply = await fetch(new URL('/v1/demo/codes', rush.province), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ senior: id, kind: 'dynamic' }),
    })
    const { text } = demoCodeReply.parse(await reply.json())
    scenes.push({ text, frames: codeFrames }, { blank: gapFrames })
    starts.set(name, frames)
    frames += codeFrames + gapFrames
  }
  scenes.push({ blank: tailFrames })
  writeCameraFilm(path, scenes)
  return { starts, frames: frames + tailFrames }
}

async function untilFilm(pages: OpenPages, rush: Rush): Promise<number> {
  const deadline = performance.now() + 60_000
  while (performance.now() < deadline) {
    rush.interrupted.throwIfAborted()
    const began = await pages.filmBegan()
    if (began !== null) return began
    await new Promise(resolve => setTimeout(resolve, 100))
  }
  throw new Error('the page got no camera picture within a minute')
}

async function serveCard(rush: Rush, pages: OpenPages, senior: RushSenior): Promise<Served> {
  const shownAt = Date.now()
  await rush.reader.insert(senior.card)
  await untilRecorded(rush, pages, senior, cardPatience)
  await rush.reader.remove()
  return { senior, shownAt }
}

async function serveCode(
  rush: Rush,
  pages: OpenPages,
  senior: RushSenior,
  shownAt: number,
  filmEnd: number,
): Promise<Served> {
  const patience = Math.min(shownAt + codePatience, filmEnd) - Date.now()
  await untilRecorded(rush, pages, senior, patience)
  return { senior, shownAt }
}

/** Waits for price and record as the senior does. Where the rules leave it to the cashier, or the bar was stopped, Enter records the sale. */
async function untilRecorded(
  { journal }: Rush,
  { cashier }: OpenPages,
  { name }: RushSenior,
  pricePatience: number,
): Promise<void> {
  const isRecorded = () => journal.saleOf(name)?.recordedAt
  const sale = await journal.until(() => journal.saleOf(name), pricePatience)
  if (sale === null) return
  if ((await journal.until(isRecorded, barPatience)) !== null) return
  if (sale.held || sale.barMs === null) await cashier.keyboard.press('Enter')
  await journal.until(isRecorded, recordPatience)
}
