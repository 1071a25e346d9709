import { describe, expect, test } from 'vitest'
import { anchors, facesAmong, numbersPerCandidate, othersBeside, overlap } from '../../../shared/face/blazeface.ts'
import { letterbox } from '../../../shared/face/resample.ts'

const whole = { a: 1, b: 0, dx: 0, dy: 0 }

/** Candidates of which those at the given anchors are faces: logit, centre relative to the anchor, width and height. */
function candidates(
  faces: readonly { anchor: number; logit: number; x?: number; y?: number; size: number }[],
): Float32Array {
  const numbers = new Float32Array(anchors.length * numbersPerCandidate).fill(-100)
  for (const { anchor, logit, x = 0, y = 0, size } of faces)
    numbers.set([logit, x, y, size, size, -5, -6, 5, -6, 0, 0, 0, 8, -9, 0, 9, 0], anchor * numbersPerCandidate)
  return numbers
}

describe('the anchors', () => {
  test('are two for each of 16 x 16 cells, then six for each of 8 x 8', () => {
    expect(anchors).toHaveLength(896)
    expect([anchors[0], anchors[1], anchors[2]]).toEqual([
      { x: 8, y: 8 },
      { x: 8, y: 8 },
      { x: 24, y: 8 },
    ])
    expect([anchors[511], anchors[512], anchors[517], anchors[518]]).toEqual([
      { x: 248, y: 248 },
      { x: 16, y: 16 },
      { x: 16, y: 16 },
      { x: 48, y: 16 },
    ])
    expect(anchors[895]).toEqual({ x: 240, y: 240 })
  })
})

describe('the faces among the candidates', () => {
  test('stand around their anchors, with six key points', () => {
    const [face, ...more] = facesAmong(candidates([{ anchor: 512, logit: 3, x: 4, y: 10, size: 40 }]), whole)
    expect(more).toEqual([])
    expect(face).toMatchObject({ x: 0, y: 6, width: 40, height: 40 })
    expect(face?.score).toBeCloseTo(0.9526, 4)
    expect(face?.keyPoints).toHaveLength(6)
    expect(face?.keyPoints[0]).toEqual({ x: 11, y: 10 })
    expect(face?.keyPoints[3]).toEqual({ x: 16, y: 24 })
  })

  test('are told in pixels of the frame', () => {
    const [face] = facesAmong(candidates([{ anchor: 895, logit: 3, y: -100, size: 32 }]), letterbox(1280, 720, 256))
    expect([face?.x, face?.y, face?.width, face?.height].map(value => Math.round(value ?? 0))).toEqual([
      1120, 340, 160, 160,
    ])
  })

  test.each([
    [0.4, 0],
    [0.41, 1],
  ])('are those of a score of 0.6 or more: a logit of %f gives %i', (logit, count) => {
    expect(facesAmong(candidates([{ anchor: 0, logit, size: 30 }]), whole)).toHaveLength(count)
  })

  test('that lie on one another are one, with the highest score', () => {
    const found = facesAmong(
      candidates([
        { anchor: 0, logit: 2, size: 30 },
        { anchor: 1, logit: 3, x: 3, size: 30 },
        { anchor: 2, logit: 1, x: -14, size: 30 },
      ]),
      whole,
    )
    expect(found).toHaveLength(1)
    expect(found[0]?.score).toBeCloseTo(0.9526, 4)
  })

  test('begin with the nearest, even where another is seen more clearly', () => {
    const found = facesAmong(
      candidates([
        { anchor: 0, logit: 5, size: 20 },
        { anchor: 895, logit: 1, size: 90 },
      ]),
      whole,
    )
    expect(found.map(({ width }) => width)).toEqual([90, 20])
  })
})

test('two boxes overlap by what they share of what they cover together', () => {
  const box = { x: 0, y: 0, width: 10, height: 10 }
  expect(overlap(box, box)).toBe(1)
  expect(overlap(box, { ...box, x: 5 })).toBeCloseTo(1 / 3, 9)
  expect(overlap(box, { ...box, x: 10 })).toBe(0)
})

test('a part of the first face is no other person, a face beside it is', () => {
  const face = (x: number, width: number) => ({ x, y: 0, width, height: width, score: 1, keyPoints: [] })
  const beside = face(120, 40)
  expect(othersBeside([face(0, 100), face(20, 40), beside])).toEqual([beside])
  expect(othersBeside([])).toEqual([])
})
