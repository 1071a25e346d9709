import { describe, expect, test } from 'vitest'
import { faceDistance, meanEmbedding, templateOf } from '../../../shared/face/embedding.ts'

const of = (...numbers: number[]) => Float32Array.from(numbers)

describe('the distance of two faces', () => {
  test('is straight, and counts the lengths', () => {
    expect(faceDistance(of(0, 0), of(3, 4), 'euclidean')).toBe(5)
    expect(faceDistance(of(1, 0), of(2, 0), 'euclidean')).toBe(1)
  })

  test('by the cosine does not count the lengths', () => {
    expect(faceDistance(of(1, 0), of(2, 0), 'cosine')).toBeCloseTo(0, 9)
    expect(faceDistance(of(1, 0), of(0, 5), 'cosine')).toBeCloseTo(1, 9)
    expect(faceDistance(of(1, 0), of(-3, 0), 'cosine')).toBeCloseTo(2, 9)
  })

  test('from nothing is far by the cosine', () => {
    expect(faceDistance(of(0, 0), of(1, 0), 'cosine')).toBe(1)
  })

  test('between embeddings of different networks, or of none, is not measured', () => {
    expect(() => faceDistance(of(1), of(1, 2), 'euclidean')).toThrow(RangeError)
    expect(() => faceDistance(of(), of(), 'cosine')).toThrow(RangeError)
  })
})

describe('a template', () => {
  test('is the mean of the photos, number by number, not scaled to length 1', () => {
    expect(templateOf([of(3, 0), of(0, 3), of(3, 6)])).toEqual(of(2, 3))
  })

  test('is not made of fewer than three photos', () => {
    expect(() => templateOf([of(1), of(1)])).toThrow(RangeError)
  })

  test('is not made of different networks', () => {
    expect(() => meanEmbedding([of(1), of(1, 2)])).toThrow(RangeError)
    expect(() => meanEmbedding([])).toThrow(RangeError)
  })
})
