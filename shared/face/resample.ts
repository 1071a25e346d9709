import type { Frame, Patch } from './frame.ts'
import { applySimilarity, inverseOf, type Similarity, scaleOf } from './similarity.ts'

/**
 * The square of `size` pixels that `toPatch` brings out of a frame. Bilinear; where the frame shrinks, it is first brought down to whole
 * means of its pixels and then sampled as densely as is left, so that fine patterns do not turn into false ones. What lies outside of the
 * frame is 0.
 */
export function cutPatch(frame: Frame, toPatch: Similarity, size: number): Patch {
  const toFrame = inverseOf(toPatch)
  const shrinks = 1 / scaleOf(toPatch)
  const step = Math.max(1, Math.floor(shrinks + 1e-9))
  const area = meansOf(frame, step, regionOf(frame, toFrame, size, step))
  const samples = Math.ceil(shrinks / step - 1e-9)
  const share = 1 / (samples * samples)
  const a = toFrame.a / step / samples
  const b = toFrame.b / step / samples
  const startX = (toFrame.dx - area.left) / step - 0.5
  const startY = (toFrame.dy - area.top) / step - 0.5
  const patch = new Float32Array(size * size * 3)
  for (let row = 0; row < size * samples; row += 1) {
    const rowStart = Math.floor(row / samples) * size
    for (let column = 0; column < size * samples; column += 1) {
      const x = a * (column + 0.5) - b * (row + 0.5) + startX
      const y = b * (column + 0.5) + a * (row + 0.5) + startY
      addSample(area, x, y, share, patch, (rowStart + Math.floor(column / samples)) * 3)
    }
  }
  return { data: patch, size }
}

/** A part of a frame in cells of `step` x `step` pixels; red, green and blue of each. */
interface Area {
  readonly data: Float32Array
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

type Region = Omit<Area, 'data'>

/** The cells that a patch touches, as far as the frame has them. */
function regionOf(frame: Frame, toFrame: Similarity, size: number, step: number): Region {
  const corners = [0, size].flatMap(x => [0, size].map(y => applySimilarity(toFrame, { x, y })))
  const cells = (values: readonly number[], length: number) => {
    const within = (cell: number) => Math.min(Math.ceil(length / step), Math.max(0, cell))
    const first = within(Math.floor(Math.min(...values) / step) - 1)
    return { first, count: within(Math.ceil(Math.max(...values) / step) + 1) - first }
  }
  const [across, down] = [
    cells(
      corners.map(({ x }) => x),
      frame.width,
    ),
    cells(
      corners.map(({ y }) => y),
      frame.height,
    ),
  ]
  return { left: across.first * step, top: down.first * step, width: across.count, height: down.count }
}

/** The mean of each cell; where a cell hangs over the frame's edge, what is missing counts as 0. */
function meansOf(frame: Frame, step: number, region: Region): Area {
  const { left, top, width, height } = region
  const data = new Float32Array(width * height * 3)
  const share = 1 / (step * step)
  const right = Math.min(frame.width, left + width * step)
  const bottom = Math.min(frame.height, top + height * step)
  for (let y = top; y < bottom; y += 1) {
    const rowStart = Math.floor((y - top) / step) * width
    for (let x = left; x < right; x += 1) {
      const from = (y * frame.width + x) * 4
      const cell = (rowStart + Math.floor((x - left) / step)) * 3
      data[cell] = (data[cell] ?? 0) + share * (frame.data[from] ?? 0)
      data[cell + 1] = (data[cell + 1] ?? 0) + share * (frame.data[from + 1] ?? 0)
      data[cell + 2] = (data[cell + 2] ?? 0) + share * (frame.data[from + 2] ?? 0)
    }
  }
  return { data, ...region }
}

/** Adds the colour between four cells to a pixel of the patch. */
function addSample(area: Area, x: number, y: number, share: number, patch: Float32Array, target: number): void {
  const { data, width, height } = area
  const left = Math.floor(x)
  const top = Math.floor(y)
  if (left < -1 || top < -1 || left >= width || top >= height) return
  const right = x - left
  const below = y - top
  for (let corner = 0; corner < 4; corner += 1) {
    const cellX = left + (corner & 1)
    const cellY = top + (corner >> 1)
    if (cellX < 0 || cellY < 0 || cellX >= width || cellY >= height) continue
    const weight = share * (corner & 1 ? right : 1 - right) * (corner >> 1 ? below : 1 - below)
    const from = (cellY * width + cellX) * 3
    patch[target] = (patch[target] ?? 0) + weight * (data[from] ?? 0)
    patch[target + 1] = (patch[target + 1] ?? 0) + weight * (data[from + 1] ?? 0)
    patch[target + 2] = (patch[target + 2] ?? 0) + weight * (data[from + 2] ?? 0)
  }
}

/** The similarity that puts a whole frame into a square of `size` pixels: as large as fits, in the middle. */
export function letterbox(width: number, height: number, size: number): Similarity {
  const scale = size / Math.max(width, height)
  return { a: scale, b: 0, dx: (size - width * scale) / 2, dy: (size - height * scale) / 2 }
}
