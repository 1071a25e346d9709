import { expect, test } from 'vitest'
import { businessDate } from '../../../shared/business-day.ts'
import { mostMembers, noLaxer } from '../../../shared/face/site-face.ts'

const today = businessDate.parse('2026-11-22')
const thresholds = (distance: number, margin: number) => ({
  oneToOne: { match: distance, staffCompares: distance },
  oneToMany: { candidate: { distance, margin }, staffCompares: { distance, margin } },
})
const province = thresholds(0.5, 0.05)

test("a site's own thresholds are never laxer than the province's", () => {
  const own = { on: today, pairs: 10_000, far: 1e-3, thresholds: thresholds(9, 0) }
  expect(noLaxer(own, province, today).thresholds).toEqual(province)
})

test('stricter ones stay as they are', () => {
  const own = { on: today, pairs: 10_000, far: 1e-3, thresholds: thresholds(0.4, 0.1) }
  expect(noLaxer(own, province, today)).toEqual(own)
})

test('so few comparisons as one allow no search among members, whatever rate is told with them', () => {
  const own = { on: today, pairs: 1, far: 1e-9, thresholds: province }
  expect(mostMembers(noLaxer(own, province, today))).toBe(0)
})

test('one of a day that has not come is of today, so that a newer one of the province goes before it', () => {
  const own = { on: businessDate.parse('2099-01-01'), pairs: 10_000, far: 1e-3, thresholds: province }
  expect(noLaxer(own, province, today).on).toBe(today)
})
