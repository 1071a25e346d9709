import { describe, expect, test } from 'vitest'
import { betaPart, rateAtMost, wilson } from '../../../shared/face/intervals.ts'
import { acceptedAt, equalErrorRate, inOrder, limitAt, partBelow } from '../../../shared/face/rates.ts'

describe('the rate that is not passed', () => {
  test.each([100, 9000, 1_000_000])('without a hit in %i trials is about three by the trials', trials => {
    expect(rateAtMost(0, trials)).toBeCloseTo(1 - 0.05 ** (1 / trials), 12)
    expect(rateAtMost(0, trials) * trials).toBeCloseTo(3, 1)
  })

  test('with hits is the root of the binomial sum', () => {
    // 1 of 10: (1-p)^10 + 10 p (1-p)^9 = 0.05
    const p = rateAtMost(1, 10)
    expect((1 - p) ** 10 + 10 * p * (1 - p) ** 9).toBeCloseTo(0.05, 9)
    expect(p).toBeCloseTo(0.3942, 4)
  })

  test('is 1 where nothing was tried or all were hits', () => {
    expect(rateAtMost(0, 0)).toBe(1)
    expect(rateAtMost(5, 5)).toBe(1)
  })
})

test('the incomplete beta function agrees with values that can be worked out by hand', () => {
  expect(betaPart(0.3, 1, 1)).toBeCloseTo(0.3, 10)
  expect(betaPart(0.5, 2, 2)).toBeCloseTo(0.5, 10)
  expect(betaPart(0.25, 2, 1)).toBeCloseTo(0.0625, 10)
  expect([betaPart(0, 2, 3), betaPart(1, 2, 3)]).toEqual([0, 1])
})

test('the interval of Wilson holds its rate and stays between 0 and 1', () => {
  expect(wilson(100, 100).low).toBeCloseTo(0.963, 3)
  expect(wilson(100, 100).high).toBeCloseTo(1, 9)
  expect(wilson(8, 10).low).toBeCloseTo(0.4902, 4)
  expect(wilson(8, 10).high).toBeCloseTo(0.9433, 4)
  expect(wilson(0, 0)).toEqual({ low: 0, high: 1 })
})

describe('rates of distances', () => {
  const genuine = inOrder([0.3, 0.1, 0.5, 0.2])
  const impostor = inOrder([0.9, 0.4, 0.6, 0.8, 0.7, 1, 1.1, 1.2, 1.3, 1.4])

  test('come from all that lie below a limit', () => {
    expect(partBelow(genuine, 0.3)).toBe(0.5)
    expect(partBelow(genuine, 0.30001)).toBe(0.75)
  })

  test('of acceptance are taken where just so many impostors pass', () => {
    expect(limitAt(impostor, 0.1)).toBe(0.6)
    expect(acceptedAt(genuine, impostor, 0.1)).toBe(1)
    expect(limitAt(impostor, 0.001)).toBe(0.4)
    expect(acceptedAt(genuine, impostor, 0.001)).toBe(0.75)
  })

  test('let no impostor pass that is as near as the first one too many', () => {
    expect(limitAt(inOrder([0.4, 0.4, 0.4, 0.9]), 0.25)).toBe(0.4)
  })

  test('count a distance as often as its weight says', () => {
    const weighted = [
      { distance: 0.1, weight: 3 },
      { distance: 0.9, weight: 1 },
    ]
    expect(partBelow(weighted, 0.5)).toBe(0.75)
    expect(limitAt(weighted, 0.75)).toBe(0.9)
  })

  test('are equal for both errors where as many impostors pass as members do not', () => {
    expect(equalErrorRate(inOrder([0.1, 0.2, 0.3, 0.8]), inOrder([0.25, 0.9, 1, 1.1]))).toBeCloseTo(0.25, 9)
    expect(equalErrorRate(inOrder([0.1, 0.2]), inOrder([0.8, 0.9]))).toBe(0)
    expect(equalErrorRate(inOrder([0.8, 0.9]), inOrder([0.1, 0.2]))).toBe(1)
  })
})
