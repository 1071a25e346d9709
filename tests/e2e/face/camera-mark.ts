import type { Page } from 'playwright-core'

declare global {
  interface Window {
    /** Filled by the test's own script in the page: the camera that plays the film, and what it shows now. */
    filmSeen?: { mark(): number; pixels(): number[] }
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
    window.filmSeen = {
      mark() {
        const strip = look(0, 8, 80, 1)
        return [0, 1, 2, 3, 4].reduce((sum, bit) => sum + ((strip[(bit * 16 + 8) * 4] ?? 0) > 128 ? 1 << bit : 0), 0)
      },
      pixels: () => [...look(0, 0, 640, 480)],
    }
  })
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
