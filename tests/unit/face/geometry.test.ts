import { describe, expect, test } from 'vitest'
import { type Frame, mirrored } from '../../../shared/face/frame.ts'
import { cutPatch, letterbox } from '../../../shared/face/resample.ts'
import { applySimilarity, fitSimilarity, inverseOf, scaleOf } from '../../../shared/face/similarity.ts'
import { orientationIn, upright } from '../../../shared/face/upright.ts'

const turn = { a: 1.2, b: -0.5, dx: 30, dy: -7 }
const places = [
  { x: 0, y: 0 },
  { x: 40, y: 3 },
  { x: 12, y: 55 },
  { x: 33, y: 21 },
]

/** A frame whose red is given pixel by pixel, green the double of it, blue 0. */
function frameOf(rows: readonly (readonly number[])[]): Frame {
  const width = rows[0]?.length ?? 0
  return { data: Uint8Array.from(rows.flat().flatMap(red => [red, red * 2, 0, 255])), width, height: rows.length }
}
const redOf = (data: ArrayLike<number>, step: number) => Array.from(data).filter((_, index) => index % step === 0)
const same = { a: 1, b: 0, dx: 0, dy: 0 }

describe('a similarity', () => {
  test('is found again from the points that it moved', () => {
    const found = fitSimilarity(
      places,
      places.map(point => applySimilarity(turn, point)),
    )
    for (const key of ['a', 'b', 'dx', 'dy'] as const) expect(found?.[key]).toBeCloseTo(turn[key], 9)
  })

  test('of least squares lies between points that do not fit', () => {
    const found = fitSimilarity(
      [
        { x: 0, y: 0 },
        { x: 2, y: 0 },
        { x: 1, y: 0 },
      ],
      [
        { x: 0, y: 0 },
        { x: 2, y: 0 },
        { x: 1, y: 3 },
      ],
    )
    expect(found).toEqual({ a: 1, b: 0, dx: 0, dy: 1 })
  })

  test('cannot be found from points that coincide', () => {
    expect(
      fitSimilarity(
        [
          { x: 1, y: 1 },
          { x: 1, y: 1 },
        ],
        [
          { x: 0, y: 0 },
          { x: 5, y: 5 },
        ],
      ),
    ).toBeNull()
  })

  test('and its inverse lead back', () => {
    const back = applySimilarity(inverseOf(turn), applySimilarity(turn, { x: 17, y: -4 }))
    expect(back.x).toBeCloseTo(17, 9)
    expect(back.y).toBeCloseTo(-4, 9)
    expect(scaleOf(turn)).toBeCloseTo(1.3, 9)
  })
})

describe('a patch', () => {
  test('cut where the pixels lie has their very values, all three colours', () => {
    const patch = cutPatch(
      frameOf([
        [10, 20],
        [30, 40],
      ]),
      same,
      2,
    )
    expect(Array.from(patch.data)).toEqual([10, 20, 0, 20, 40, 0, 30, 60, 0, 40, 80, 0])
  })

  test('of half the size holds the mean of the pixels that it covers', () => {
    const patch = cutPatch(
      frameOf([
        [0, 100, 8, 8],
        [0, 100, 8, 8],
        [4, 4, 2, 6],
        [4, 4, 6, 2],
      ]),
      { a: 0.5, b: 0, dx: 0, dy: 0 },
      2,
    )
    expect(redOf(patch.data, 3)).toEqual([50, 8, 4, 4])
  })

  test('of a fine pattern is grey, not another pattern', () => {
    const checks = Array.from({ length: 64 }, (_, y) => Array.from({ length: 64 }, (_, x) => ((x + y) % 2) * 200))
    const patch = cutPatch(frameOf(checks), { a: 0.2, b: 0, dx: 0, dy: 0 }, 12)
    for (const red of redOf(patch.data, 3)) expect(Math.abs(red - 100)).toBeLessThan(9)
  })

  test('of stripes that shrink a little less than to half is nearer to grey than single samples would be', () => {
    const stripes = Array.from({ length: 64 }, () => Array.from({ length: 64 }, (_, x) => (x % 2) * 200))
    const patch = cutPatch(frameOf(stripes), { a: 0.55, b: 0, dx: 0, dy: 0 }, 30)
    const worst = Math.max(...redOf(patch.data, 3).map(red => Math.abs(red - 100)))
    expect(worst).toBeLessThan(50)
  })

  test('between two pixels is the mean of both', () => {
    expect(redOf(cutPatch(frameOf([[10, 20]]), { ...same, dx: -0.5 }, 1).data, 3)).toEqual([15])
  })

  test('is black outside of the frame', () => {
    expect(redOf(cutPatch(frameOf([[9]]), { ...same, dx: 1 }, 3).data, 3)).toEqual([0, 9, 0, 0, 0, 0, 0, 0, 0])
  })

  test('in a mirror has left and right exchanged', () => {
    const patch = cutPatch(
      frameOf([
        [1, 2],
        [3, 4],
      ]),
      same,
      2,
    )
    expect(redOf(mirrored(patch).data, 3)).toEqual([2, 1, 4, 3])
    expect(mirrored(mirrored(patch))).toEqual(patch)
  })
})

test('a letterbox keeps the form of a frame and puts it into the middle', () => {
  const box = letterbox(640, 480, 256)
  expect(applySimilarity(box, { x: 0, y: 0 })).toEqual({ x: 0, y: 32 })
  expect(applySimilarity(box, { x: 640, y: 480 })).toEqual({ x: 256, y: 224 })
})

describe('a photo of a camera that was held otherwise', () => {
  const frame = frameOf([
    [1, 2, 3],
    [4, 5, 6],
  ])
  test.each([
    [
      1,
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
    ],
    [
      2,
      [
        [3, 2, 1],
        [6, 5, 4],
      ],
    ],
    [
      3,
      [
        [6, 5, 4],
        [3, 2, 1],
      ],
    ],
    [
      4,
      [
        [4, 5, 6],
        [1, 2, 3],
      ],
    ],
    [
      5,
      [
        [1, 4],
        [2, 5],
        [3, 6],
      ],
    ],
    [
      6,
      [
        [4, 1],
        [5, 2],
        [6, 3],
      ],
    ],
    [
      7,
      [
        [6, 3],
        [5, 2],
        [4, 1],
      ],
    ],
    [
      8,
      [
        [3, 6],
        [2, 5],
        [1, 4],
      ],
    ],
  ])('stands upright by its orientation %i', (orientation, rows) => {
    const turned = upright(frame, orientation)
    expect([turned.width, turned.height]).toEqual([rows[0]?.length, rows.length])
    expect(redOf(turned.data, 4)).toEqual(rows.flat())
  })

  const tiff = (order: string, value: number) => {
    const bytes = new Uint8Array(26)
    const view = new DataView(bytes.buffer)
    const little = order === 'II'
    bytes.set(Buffer.from(order))
    view.setUint16(2, 42, little)
    view.setUint32(4, 8, little)
    view.setUint16(8, 1, little)
    view.setUint16(10, 0x0112, little)
    view.setUint16(12, 3, little)
    view.setUint32(14, 1, little)
    view.setUint16(18, value, little)
    return bytes
  }

  test.each(['II', 'MM'])('says how in its EXIF, whichever byte comes first: %s', order => {
    expect(orientationIn(tiff(order, 6))).toBe(6)
  })

  test.each([
    ['nothing', new Uint8Array()],
    ['no order', tiff('XX', 6)],
    ['an orientation that is none', tiff('II', 9)],
    ['a directory that is cut off', tiff('II', 6).slice(0, 15)],
    ['a directory far away', tiff('II', 6).map((byte, index) => (index === 4 ? 200 : byte))],
  ])('stays as it lies with %s in its EXIF', (_name, bytes) => {
    expect(orientationIn(bytes)).toBe(1)
  })
})
