import type { Frame, Patch } from './frame.ts'
import { inverseOf, type Similarity, scaleOf } from './similarity.ts'

/**
 * The square of `size` pixels that `toPatch` brings out of a frame. Bilinear; where the frame shrinks, each pixel is the mean of as many
 * samples as it covers, so that fine patterns do not turn into false ones. What lies outside of the frame is 0.
 */
export function cutPatch(frame: Frame, toPatch: Similarity, size: number): Patch {
  const { a, b, dx, dy } = inverseOf(toPatch)
  const { data, width, height } = frame
  const samples = Math.max(1, Math.ceil(1 / scaleOf(toPatch) - 1e-9))
  const weight = 1 / (samples * samples)
  const patch = new Float32Array(size * size * 3)
  for (let row = 0; row < size * samples; row += 1) {
    const v = (row + 0.5) / samples
    const rowStart = Math.floor(row / samples) * size * 3
    for (let column = 0; column < size * samples; column += 1) {
      const u = (column + 0.5) / samples
      const x = a * u - b * v + dx - 0.5
      const y = b * u + a * v + dy - 0.5
      const left = Math.floor(x)
      const top = Math.floor(y)
      if (left < -1 || top < -1 || left >= width || top >= height) continue
      const target = rowStart + Math.floor(column / samples) * 3
      const [right, below] = [x - left, y - top]
      for (let corner = 0; corner < 4; corner += 1) {
        const sourceX = left + (corner & 1)
        const sourceY = top + (corner >> 1)
        if (sourceX < 0 || sourceY < 0 || sourceX >= width || sourceY >= height) continue
        const share = weight * (corner & 1 ? right : 1 - right) * (corner >> 1 ? below : 1 - below)
        const source = (sourceY * width + sourceX) * 4
        patch[target] = (patch[target] ?? 0) + share * (data[source] ?? 0)
        patch[target + 1] = (patch[target + 1] ?? 0) + share * (data[source + 1] ?? 0)
        patch[target + 2] = (patch[target + 2] ?? 0) + share * (data[source + 2] ?? 0)
      }
    }
  }
  return { data: patch, size }
}

/** The similarity that puts a whole frame into a square of `size` pixels: as large as fits, in the middle. */
export function letterbox(width: number, height: number, size: number): Similarity {
  const scale = size / Math.max(width, height)
  return { a: scale, b: 0, dx: (size - width * scale) / 2, dy: (size - height * scale) / 2 }
}
