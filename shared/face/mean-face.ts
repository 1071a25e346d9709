import { centreOf, type Point } from './frame.ts'

/**
 * The average face of dlib (`dlib/image_transforms/interpolation.h`, `get_face_chip_details`), Boost Software License: points 17 to 67 of
 * the 68, on a face of width 1. The recognition network learned on faces that were laid on these.
 */
const xs = [
  0.000213256, 0.0752622, 0.18113, 0.29077, 0.393397, 0.586856, 0.689483, 0.799124, 0.904991, 0.98004, 0.490127,
  0.490127, 0.490127, 0.490127, 0.36688, 0.426036, 0.490127, 0.554217, 0.613373, 0.121737, 0.187122, 0.265825, 0.334606,
  0.260918, 0.182743, 0.645647, 0.714428, 0.793132, 0.858516, 0.79751, 0.719335, 0.254149, 0.340985, 0.428858, 0.490127,
  0.551395, 0.639268, 0.726104, 0.642159, 0.556721, 0.490127, 0.423532, 0.338094, 0.290379, 0.428096, 0.490127,
  0.552157, 0.689874, 0.553364, 0.490127, 0.42689,
]
const ys = [
  0.106454, 0.038915, 0.0187482, 0.0344891, 0.0773906, 0.0773906, 0.0344891, 0.0187482, 0.038915, 0.106454, 0.203352,
  0.307009, 0.409805, 0.515625, 0.587326, 0.609345, 0.628106, 0.609345, 0.587326, 0.216423, 0.178758, 0.179852,
  0.231733, 0.245099, 0.244077, 0.231733, 0.179852, 0.178758, 0.216423, 0.244077, 0.245099, 0.780233, 0.745405,
  0.727388, 0.742578, 0.727388, 0.745405, 0.780233, 0.864805, 0.902192, 0.909281, 0.902192, 0.864805, 0.784792,
  0.778746, 0.785343, 0.778746, 0.784792, 0.824182, 0.831803, 0.824182,
]
const firstPoint = 17

/** What is left free around the face, in widths of the face. */
const padding = 0.25

/** A place on the average face as a place in an upright picture of `size` pixels with the padding around it. */
function onPatch({ x, y }: Point, size: number): Point {
  const whole = 1 + 2 * padding
  return { x: ((padding + x) / whole) * size, y: ((padding + y) / whole) * size }
}

/** Point `index` (17 to 67) of the average face on a patch of `size` pixels. Throws a RangeError for any other. */
export function meanPoint(index: number, size: number): Point {
  const [x, y] = [xs[index - firstPoint], ys[index - firstPoint]]
  if (x === undefined || y === undefined) throw new RangeError(`the average face has no point ${index}`)
  return onPatch({ x, y }, size)
}

const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index)

/** The points by which a face is laid on the average one: nose, eyes and most of the mouth; no brows, no chin. */
export const chipPoints: readonly number[] = [...range(27, 54), ...range(60, 64)]

/** Right eye, left eye and mouth of the average face on a patch of `size` pixels. */
export function meanKeyPoints(size: number): readonly [Point, Point, Point] {
  const middle = (first: number, last: number) => centreOf(range(first, last).map(index => meanPoint(index, size)))
  return [middle(36, 41), middle(42, 47), middle(48, 67)]
}
