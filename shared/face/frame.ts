/** A picture: four bytes a pixel, red, green, blue and one that means nothing; rows from the top, without gaps. */
export interface Frame {
  readonly data: Uint8Array | Uint8ClampedArray
  readonly width: number
  readonly height: number
}

/** A place in a picture, in pixels from its upper left corner; pixel centres lie at halves. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** Red, green and blue of a square picture, 0-255 and not rounded, pixel after pixel: what the networks eat. */
export interface Patch {
  readonly data: Float32Array
  readonly size: number
}

/** The patch as in a mirror, left for right. */
export function mirrored({ data, size }: Patch): Patch {
  const turned = new Float32Array(data.length)
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const from = (y * size + size - 1 - x) * 3
      turned.set(data.subarray(from, from + 3), (y * size + x) * 3)
    }
  }
  return { data: turned, size }
}

export function distanceBetween(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y)
}

/** The middle of some points. Throws a RangeError where there is none. */
export function centreOf(points: readonly Point[]): Point {
  if (points.length === 0) throw new RangeError('no points have no centre')
  const sum = points.reduce((all, { x, y }) => ({ x: all.x + x, y: all.y + y }), { x: 0, y: 0 })
  return { x: sum.x / points.length, y: sum.y / points.length }
}
