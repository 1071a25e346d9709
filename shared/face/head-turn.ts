import { distanceBetween, type Point } from './frame.ts'
import { pointOf } from './landmarks.ts'

/**
 * The optional challenge "turn your head": deters a flat photo, printed or on a screen, because a flat thing that is turned, bent or moved
 * keeps its nose in the plane of its eyes and mouth. It does not stop a film, a mask or a changed face (docs/face.md).
 */

/** Directions as the camera sees them: `left` is the left side of the picture. */
export type TurnDirection = 'left' | 'right'

const leastTurn = 0.25
const leastNoseShift = 0.09

/** Where the nose tip stands between the edges of the face: -1 at the picture's left edge, 0 in the middle, 1 at the right one. */
export function noseSide(landmarks: readonly Point[]): number {
  const nose = pointOf(landmarks, 30)
  const toLeft = distanceBetween(nose, pointOf(landmarks, 2))
  const toRight = distanceBetween(nose, pointOf(landmarks, 14))
  return (toLeft - toRight) / (toLeft + toRight)
}

const planePoints = [36, 39, 42, 45, 48, 54]
const nosePoints = [29, 30, 33]

/**
 * How far the nose moved along the line of the eyes, in eye distances, beyond what a flat picture would explain: the corners of eyes and mouth
 * are brought from the first picture onto the second by the best affine map. Positive to the picture's right. Null where they lie on one line.
 */
export function noseShift(before: readonly Point[], after: readonly Point[]): number | null {
  const affine = fitAffine(
    planePoints.map(index => pointOf(before, index)),
    planePoints.map(index => pointOf(after, index)),
  )
  if (affine === null) return null
  const [right, left] = [pointOf(after, 36), pointOf(after, 45)]
  const eyes = distanceBetween(right, left)
  if (!(eyes > 0)) return null
  const along = { x: (left.x - right.x) / eyes, y: (left.y - right.y) / eyes }
  const shifts = nosePoints.map(index => {
    const flat = affine(pointOf(before, index))
    const seen = pointOf(after, index)
    return ((seen.x - flat.x) * along.x + (seen.y - flat.y) * along.y) / eyes
  })
  return shifts.reduce((sum, shift) => sum + shift, 0) / shifts.length
}

/** How far a head turned, positive to the picture's right: the move of `noseSide` (of 2), and `noseShift` (in eye distances). */
export interface TurnMeasures {
  readonly side: number
  readonly shift: number
}

/** What lies between two pictures of a face; null where the points of one of them lie on one line. */
export function turnMeasures(before: readonly Point[], after: readonly Point[]): TurnMeasures | null {
  const shift = noseShift(before, after)
  return shift === null ? null : { side: noseSide(after) - noseSide(before), shift }
}

/** Whether these are the measures of a head that was turned in the direction asked for. */
export function isTurn({ side, shift }: TurnMeasures, asked: TurnDirection): boolean {
  const sign = asked === 'right' ? 1 : -1
  return sign * side >= leastTurn && sign * shift >= leastNoseShift
}

/** Whether a head was turned in the direction asked for, from the first picture to the second. */
export function headTurned(before: readonly Point[], after: readonly Point[], asked: TurnDirection): boolean {
  const measures = turnMeasures(before, after)
  return measures !== null && isTurn(measures, asked)
}

/** The person's own left is on the right of a camera's picture. */
export function seenByCamera(own: TurnDirection): TurnDirection {
  return own === 'left' ? 'right' : 'left'
}

/** The affine map of least squares from one list of points to another; null where the points lie on one line. */
function fitAffine(from: readonly Point[], to: readonly Point[]): ((point: Point) => Point) | null {
  let [sx, sy, sxx, sxy, syy] = [0, 0, 0, 0, 0]
  let [su, sv, sxu, syu, sxv, syv] = [0, 0, 0, 0, 0, 0]
  const count = from.length
  for (const [index, { x, y }] of from.entries()) {
    const { x: u, y: v } = pointOf(to, index)
    sx += x
    sy += y
    sxx += x * x
    sxy += x * y
    syy += y * y
    su += u
    sv += v
    sxu += x * u
    syu += y * u
    sxv += x * v
    syv += y * v
  }
  const [mx, my] = [sx / count, sy / count]
  const [xx, xy, yy] = [sxx - sx * mx, sxy - sx * my, syy - sy * my]
  const determinant = xx * yy - xy * xy
  if (!(determinant > 1e-9 * xx * yy)) return null
  const row = (sum: number, sumX: number, sumY: number) => {
    const [a, b] = [sumX - (sx * sum) / count, sumY - (sy * sum) / count]
    const [p, q] = [(a * yy - b * xy) / determinant, (b * xx - a * xy) / determinant]
    return (point: Point) => p * point.x + q * point.y + (sum - p * sx - q * sy) / count
  }
  const [toX, toY] = [row(su, sxu, syu), row(sv, sxv, syv)]
  return point => ({ x: toX(point), y: toY(point) })
}
