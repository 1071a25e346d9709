import type { Picture } from './picture.ts'

/** Edge in pixels of the squares by which two pictures are compared, and how many apart their pixels are looked at. */
const SQUARE = 24
const STEP = 4
/** The noise of a camera stays below this difference of a square's mean, of 255; paper or a phone instead of a counter does not. */
const DIFFERENCE = 12
/** Share of the squares that must differ. */
const SHARE = 0.01

/**
 * Gives back a function that says whether a picture differs from the last one that did; the first one does. A code that is held up
 * changes the picture, so that an empty counter need not be searched again and again.
 */
export function createChangeWatch(): (picture: Picture) => boolean {
  let last: Float32Array | null = null
  return picture => {
    const squares = squaresOf(picture)
    const before = last
    const differs =
      before === null ||
      before.length !== squares.length ||
      squares.filter((mean, at) => Math.abs(mean - (before[at] ?? 0)) > DIFFERENCE).length > squares.length * SHARE
    if (differs) last = squares
    return differs
  }
}

function squaresOf({ data, width, height }: Picture): Float32Array {
  const [across, down] = [Math.floor(width / SQUARE), Math.floor(height / SQUARE)]
  const means = new Float32Array(across * down)
  const looked = (SQUARE / STEP) ** 2
  for (let at = 0; at < means.length; at++) {
    const [left, top] = [(at % across) * SQUARE, Math.floor(at / across) * SQUARE]
    let sum = 0
    for (let y = top; y < top + SQUARE; y += STEP)
      for (let x = left; x < left + SQUARE; x += STEP) sum += data[y * width + x] ?? 0
    means[at] = sum / looked
  }
  return means
}
