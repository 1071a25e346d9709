import { expect, test } from 'vitest'
import {
  flattened,
  type GreyPicture,
  meanOver,
  pictureOf,
  resized,
  rotated,
  sharpened,
} from '../../../shared/code-reading/picture-arts.ts'

const row = (...values: number[]): GreyPicture => ({
  values: Float32Array.from(values),
  width: values.length,
  height: 1,
})

test('a picture made smaller has the mean of what each pixel covers', () => {
  expect([...resized(row(0, 10, 20, 30), 2, 1).values]).toEqual([5, 25])
  expect([...resized(row(0, 10, 20, 30), 3, 1).values]).toEqual([2.5, 15, 27.5])
})

test('a picture made larger lies on the lines between its pixels', () => {
  expect([...resized(row(0, 10, 20), 6, 1).values]).toEqual([0, 2.5, 7.5, 12.5, 17.5, 20])
})

test('both edges are resized', () => {
  const square = { values: Float32Array.from([0, 10, 20, 30]), width: 2, height: 2 }
  expect(resized(square, 1, 2)).toEqual({ values: Float32Array.from([5, 25]), width: 1, height: 2 })
})

test('a mean at the edge is of the pixels that there are', () => {
  expect([...meanOver(row(0, 10, 20, 30), 1).values]).toEqual([5, 10, 20, 25])
})

test('sharpening leaves what is even and lifts what stands out', () => {
  expect([...sharpened(row(50, 50, 50, 50), 1, 2).values]).toEqual([50, 50, 50, 50])
  expect(sharpened(row(50, 50, 80, 50, 50), 1, 2).values[2]).toBeGreaterThan(80)
})

test('flattening makes ink black and paper white under a slope of light', () => {
  const slope = row(20, 60, 40, 80, 60, 100, 80, 120)
  expect([...flattened(slope, 2).values]).toEqual([0, 255, 0, 255, 0, 255, 0, 255])
})

test('a picture turned by a right angle has below what was on the right', () => {
  const dark = { values: new Float32Array(441), width: 21, height: 21 }
  for (const y of [9, 10, 11]) for (const x of [15, 16, 17]) dark.values[y * 21 + x] = 255
  const { values, width } = rotated(dark, 90)
  const brightest = values.indexOf(Math.max(...values))
  expect(Math.abs((brightest % width) - 10)).toBeLessThanOrEqual(2)
  expect(Math.abs(Math.floor(brightest / width) - 16)).toBeLessThanOrEqual(2)
})

test('what lies beyond black and white is cut off', () => {
  expect([...pictureOf(row(-40, 12.6, 300)).data]).toEqual([0, 13, 255])
})
