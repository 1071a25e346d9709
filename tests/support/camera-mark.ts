import type { Page } from 'playwright-core'

declare global {
  interface Window {
    /** Filled by the test's own script in the page: the camera that plays the film, and what it shows now. */
    filmSeen?: {
      mark(): number
      pixels(width?: number): number[]
      encoded(type: string, width: number): string
    }
  }
}

/** Lets a test see what the camera shows, by a stream of its own. `mark` is the scene's number in the corner of the picture. */
export async function watchFilm(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const video = document.createElement('video')
    video.muted = true
    video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 480 } })
    await video.play()
    const canvas = document.createElement('canvas')
    canvas.width = 640
    canvas.height = 480
    const drawing = canvas.getContext('2d', { willReadFrequently: true })
    const look = (x: number, y: number, width: number, height: number) => {
      drawing?.drawImage(video, 0, 0)
      return drawing?.getImageData(x, y, width, height).data ?? new Uint8ClampedArray(0)
    }
    const scaled = (width: number) => {
      const small = document.createElement('canvas')
      small.width = width
      small.height = (width * 3) / 4
      small.getContext('2d')?.drawImage(video, 0, 0, small.width, small.height)
      return small
    }
    window.filmSeen = {
      mark() {
        const strip = look(0, 8, 80, 1)
        return [0, 1, 2, 3, 4].reduce((sum, bit) => sum + ((strip[(bit * 16 + 8) * 4] ?? 0) > 128 ? 1 << bit : 0), 0)
      },
      pixels(width = 640) {
        const drawn = scaled(width)
        return [...(drawn.getContext('2d')?.getImageData(0, 0, drawn.width, drawn.height).data ?? [])]
      },
      encoded: (type, width) => scaled(width).toDataURL(type, 0.6),
    }
  })
}

/** What the camera shows now as a page could write it down: a `data:` URL in this format. */
export function encodedNow(page: Page, type: string, width: number): Promise<string> {
  return page.evaluate(([type, width]) => window.filmSeen?.encoded(type, width) ?? '', [type, width] as const)
}

/** What the camera shows now as RGBA, in a size of one's own. */
export async function pixelsNow(page: Page, width: number): Promise<Buffer> {
  return Buffer.from(await page.evaluate(wide => window.filmSeen?.pixels(wide) ?? [], width))
}

/** A picture 32x24 and grey, and its sides as they are. */
export interface Thumbnail {
  readonly width: number
  readonly height: number
  readonly grey: readonly number[]
}

/** Pictures of any format as the browser decodes them; null for what it cannot decode. */
export function thumbnails(page: Page, pictures: readonly Buffer[]): Promise<(Thumbnail | null)[]> {
  return page.evaluate(
    async list => {
      const [width, height] = [32, 24]
      const drawing = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })
      if (drawing === null) throw new Error('no canvas')
      drawing.imageSmoothingQuality = 'high'
      const seen: ({ width: number; height: number; grey: number[] } | null)[] = []
      for (const base64 of list) {
        const bytes = Uint8Array.from(atob(base64), sign => sign.charCodeAt(0))
        const picture = await createImageBitmap(new Blob([bytes])).catch(() => null)
        if (picture !== null) drawing.drawImage(picture, 0, 0, width, height)
        const { data } = drawing.getImageData(0, 0, width, height)
        const light = (at: number) => (data[at] ?? 0) + (data[at + 1] ?? 0) + (data[at + 2] ?? 0)
        const grey = Array.from({ length: width * height }, (_, place) => light(place * 4))
        seen.push(picture && { width: picture.width, height: picture.height, grey })
      }
      return seen
    },
    pictures.map(picture => picture.toString('base64')),
  )
}

/** The number of the scene that the camera shows now. */
export function markNow(page: Page): Promise<number> {
  return page.evaluate(() => window.filmSeen?.mark() ?? -1)
}

/** Waits until the camera begins to show another scene that fits, and gives its number. */
export async function nextScene(page: Page, fits: (mark: number) => boolean): Promise<number> {
  let before = await markNow(page)
  for (;;) {
    const now = await markNow(page)
    if (now !== before && fits(now)) return now
    before = now
    await page.waitForTimeout(30)
  }
}
