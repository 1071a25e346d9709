import type { Point } from './frame.ts'

/** The 68 points of a face (iBUG 300-W): 0-16 jaw, 17-26 brows, 27-35 nose, 36-47 eyes, 48-67 mouth. */
export const landmarkCount = 68

/** Pairs that a mirror exchanges; the others lie on the middle line. */
const exchanged: readonly (readonly [number, number])[] = [
  ...[0, 1, 2, 3, 4, 5, 6, 7].map(index => [index, 16 - index] as const),
  ...[17, 18, 19, 20, 21].map(index => [index, 43 - index] as const),
  ...([
    [31, 35],
    [32, 34],
  ] as const),
  ...([
    [36, 45],
    [37, 44],
    [38, 43],
    [39, 42],
    [40, 47],
    [41, 46],
  ] as const),
  ...([
    [48, 54],
    [49, 53],
    [50, 52],
    [55, 59],
    [56, 58],
  ] as const),
  ...([
    [60, 64],
    [61, 63],
    [65, 67],
  ] as const),
]

/** For each point, the one that it becomes in a mirror. */
export const mirrorPartner: readonly number[] = (() => {
  const partners = Array.from({ length: landmarkCount }, (_, index) => index)
  for (const [one, other] of exchanged) {
    partners[one] = other
    partners[other] = one
  }
  return partners
})()

/** Point `index` of a face. Throws a RangeError where there is none. */
export function pointOf(landmarks: readonly Point[], index: number): Point {
  const point = landmarks[index]
  if (point === undefined) throw new RangeError(`there is no point ${index}`)
  return point
}

/** The points as the network gives them: x and y by turns, in parts of a patch of `size` pixels. */
export function landmarksFrom(numbers: Float32Array, size: number): Point[] {
  return Array.from({ length: landmarkCount }, (_, index) => ({
    x: (numbers[2 * index] ?? Number.NaN) * size,
    y: (numbers[2 * index + 1] ?? Number.NaN) * size,
  }))
}

/** The mean of the points found on a patch of `size` pixels and on its mirror image. */
export function meanOfBothSides(plain: readonly Point[], inMirror: readonly Point[], size: number): Point[] {
  return plain.map(({ x, y }, index) => {
    const other = pointOf(inMirror, mirrorPartner[index] ?? index)
    return { x: (x + size - other.x) / 2, y: (y + other.y) / 2 }
  })
}
