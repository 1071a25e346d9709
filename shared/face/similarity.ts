import { centreOf, type Point } from './frame.ts'

/** Turning, scaling and moving, without a mirror: `x' = a x - b y + dx`, `y' = b x + a y + dy`. */
export interface Similarity {
  readonly a: number
  readonly b: number
  readonly dx: number
  readonly dy: number
}

export function applySimilarity({ a, b, dx, dy }: Similarity, { x, y }: Point): Point {
  return { x: a * x - b * y + dx, y: b * x + a * y + dy }
}

/** How many units of the target a unit of the source becomes. */
export function scaleOf({ a, b }: Similarity): number {
  return Math.hypot(a, b)
}

/** The way back. Throws a RangeError where everything falls on one point. */
export function inverseOf({ a, b, dx, dy }: Similarity): Similarity {
  const square = a * a + b * b
  if (!(square > 0)) throw new RangeError('a similarity without extent has no inverse')
  const [backA, backB] = [a / square, -b / square]
  return { a: backA, b: backB, dx: -(backA * dx - backB * dy), dy: -(backB * dx + backA * dy) }
}

/**
 * The similarity that brings `from` to `to` with the least sum of squared distances (Umeyama 1991, in the plane). Null where the points of
 * `from` coincide. Throws a RangeError where the lists differ in length.
 */
export function fitSimilarity(from: readonly Point[], to: readonly Point[]): Similarity | null {
  if (from.length !== to.length) throw new RangeError('each point needs its counterpart')
  const [fromCentre, toCentre] = [centreOf(from), centreOf(to)]
  let [spread, along, across] = [0, 0, 0]
  for (const [index, point] of from.entries()) {
    const target = to[index] ?? toCentre
    const [x, y] = [point.x - fromCentre.x, point.y - fromCentre.y]
    const [u, v] = [target.x - toCentre.x, target.y - toCentre.y]
    spread += x * x + y * y
    along += x * u + y * v
    across += x * v - y * u
  }
  if (!(spread > 0)) return null
  const [a, b] = [along / spread, across / spread]
  const [dx, dy] = [
    toCentre.x - (a * fromCentre.x - b * fromCentre.y),
    toCentre.y - (b * fromCentre.x + a * fromCentre.y),
  ]
  return { a, b, dx, dy }
}
