import { describe, expect, test } from 'vitest'
import { layOnChip } from '../../../shared/face/face-api-networks.ts'
import { landmarksFrom, meanOfBothSides, mirrorPartner } from '../../../shared/face/landmarks.ts'
import { chipPoints, meanKeyPoints, meanPoint } from '../../../shared/face/mean-face.ts'
import { layOnArcFace } from '../../../shared/face/onnx-recogniser.ts'
import { applySimilarity, inverseOf } from '../../../shared/face/similarity.ts'

const all = Array.from({ length: 68 }, (_, index) => index)

describe('the points of a face in a mirror', () => {
  test('are exchanged in pairs', () => {
    expect(mirrorPartner).toHaveLength(68)
    expect(all.map(index => mirrorPartner[mirrorPartner[index] ?? -1])).toEqual(all)
  })

  test('lie where the average face has its other side', () => {
    for (const index of all.slice(17)) {
      const [own, other] = [meanPoint(index, 1), meanPoint(mirrorPartner[index] ?? index, 1)]
      expect(Math.abs(own.x + other.x - 2 * meanPoint(30, 1).x)).toBeLessThan(0.02)
      expect(Math.abs(own.y - other.y)).toBeLessThan(0.01)
    }
  })

  test('and those without one meet in the middle', () => {
    const plain = all.map(index => ({ x: index, y: 2 * index }))
    const seenInMirror = all.map(index => {
      const { x, y } = plain[mirrorPartner[index] ?? -1] ?? { x: Number.NaN, y: Number.NaN }
      return { x: 112 - x + 2, y: y + 4 }
    })
    expect(meanOfBothSides(plain, seenInMirror, 112)).toEqual(plain.map(({ x, y }) => ({ x: x - 1, y: y + 2 })))
  })
})

test('the network gives x and y by turns, in parts of the patch', () => {
  const numbers = Float32Array.from({ length: 136 }, (_, index) => index / 136)
  const points = landmarksFrom(numbers, 136)
  expect(points).toHaveLength(68)
  expect(points[1]?.x).toBeCloseTo(2, 4)
  expect(points[67]?.y).toBeCloseTo(135, 4)
})

describe('the average face', () => {
  test('has its eyes and mouth where the crop for landmarks wants them', () => {
    const [right, left, mouth] = meanKeyPoints(112)
    expect(right.x).toBeCloseTo(35.5, 1)
    expect(left.x).toBeCloseTo(75.0, 1)
    expect(mouth.x).toBeCloseTo(55.3, 1)
    expect(right.y).toBeLessThan(mouth.y)
  })

  test('knows the points 17 to 67 only', () => {
    for (const index of [16, 68, -1]) expect(() => meanPoint(index, 150)).toThrow(RangeError)
  })

  test('is what a face is laid on, without brows and chin', () => {
    expect(chipPoints).toHaveLength(33)
    expect([chipPoints[0], chipPoints[27], chipPoints[28], chipPoints[32]]).toEqual([27, 54, 60, 64])
  })
})

const somewhere = { a: 0.3, b: 0.2, dx: -40, dy: 15 }

describe('a face is laid', () => {
  const away = all.map(index =>
    index < 17 ? { x: 0, y: 0 } : applySimilarity(inverseOf(somewhere), meanPoint(index, 150)),
  )

  test('upright on 150 pixels for the shipped network, wherever it was in the frame', () => {
    const found = layOnChip(away)
    for (const key of ['a', 'b', 'dx', 'dy'] as const) expect(found?.[key]).toBeCloseTo(somewhere[key], 6)
  })

  test('on the five points of ArcFace for an own network, at its size', () => {
    const lay = layOnArcFace(away, 224)
    if (lay === null) throw new Error('not laid')
    const nose = applySimilarity(lay, away[30] ?? { x: 0, y: 0 })
    expect(Math.abs(nose.x - 112)).toBeLessThan(8)
    expect(Math.abs(nose.y - 143)).toBeLessThan(12)
    const twice = layOnArcFace(away, 448)
    expect(twice?.a).toBeCloseTo(2 * lay.a, 9)
  })
})
