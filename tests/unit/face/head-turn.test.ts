import { describe, expect, test } from 'vitest'
import { headTurned, noseShift, noseSide } from '../../../shared/face/head-turn.ts'
import { head, seen } from '../../support/made-up-head.ts'

describe('a head', () => {
  test('turned to the side asked for passes, to the other it does not', () => {
    expect(headTurned(seen({}), seen({ turn: 30 }), 'right')).toBe(true)
    expect(headTurned(seen({}), seen({ turn: -30 }), 'right')).toBe(false)
    expect(headTurned(seen({}), seen({ turn: -30 }), 'left')).toBe(true)
  })

  test('turned only a little does not pass', () => {
    expect(headTurned(seen({}), seen({ turn: 4 }), 'right')).toBe(false)
  })

  test('kept still does not pass', () => {
    expect(headTurned(seen({}), seen({}), 'left')).toBe(false)
  })

  test('tilted and nearer to the camera passes by its turn alone', () => {
    expect(headTurned(seen({ roll: -8 }), seen({ turn: 30, roll: 10, scale: 140 }), 'right')).toBe(true)
    expect(headTurned(seen({}), seen({ roll: 25, scale: 180 }), 'right')).toBe(false)
  })
})

describe('a flat photo', () => {
  const turns = Array.from({ length: 11 }, (_, index) => 10 * (index - 5))

  test('turned up to 50 degrees keeps its nose in its plane', () => {
    for (const turn of turns)
      expect(Math.abs(noseShift(seen({ flat: true }), seen({ flat: true, turn })) ?? 1)).toBeLessThan(1e-9)
  })

  test('turned, tilted, moved nearer or bent does not pass', () => {
    for (const turn of turns)
      for (const bend of [0, 0.15])
        for (const roll of [-20, 0, 20])
          for (const asked of ['left', 'right'] as const)
            expect(headTurned(seen({ flat: true }), seen({ flat: true, turn, roll, bend, scale: 130 }), asked)).toBe(
              false,
            )
  })
})

test('the nose stands in the middle of a face that looks at the camera, and moves with it', () => {
  expect(Math.abs(noseSide(seen({})))).toBeLessThan(0.02)
  expect(noseSide(seen({ turn: 25 }))).toBeGreaterThan(0.2)
  expect(noseSide(seen({ turn: -25 }))).toBeLessThan(-0.2)
})

test('points on one line are no face', () => {
  const line = head.map((_, index) => ({ x: index, y: 2 * index }))
  expect(noseShift(line, seen({}))).toBeNull()
  expect(headTurned(line, seen({}), 'left')).toBe(false)
})

describe('each of the two signs alone does not do', () => {
  const moved = (which: readonly number[], eyeDistances: number) => {
    const by = eyeDistances * 100 * ((head[45]?.x ?? 0) - (head[36]?.x ?? 0))
    return seen({}).map(({ x, y }, index) => ({ x: which.includes(index) ? x + by : x, y }))
  }

  test('a nose that stands elsewhere between the edges of the face, but in the plane of eyes and mouth', () => {
    const after = moved([2, 14], -0.25)
    expect(noseSide(after) - noseSide(seen({}))).toBeGreaterThan(0.25)
    expect(headTurned(seen({}), after, 'right')).toBe(false)
  })

  test('a nose that leaves the plane, but stands where it did between the edges of the face', () => {
    const after = moved([2, 14, 29, 30, 33], 0.2)
    expect(noseShift(seen({}), after)).toBeCloseTo(0.2, 2)
    expect(headTurned(seen({}), after, 'right')).toBe(false)
  })

  test('both together do', () => {
    expect(headTurned(seen({}), moved([29, 30, 33], 0.3), 'right')).toBe(true)
  })
})
