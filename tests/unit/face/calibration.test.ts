import { describe, expect, test } from 'vitest'
import { reportLines } from '../../../electron/core/face/calibrate.ts'
import { calibrate, tightened } from '../../../shared/face/calibration.ts'
import { compareAsEnrolled, comparePhotos, compareTemplates } from '../../../shared/face/comparisons.ts'
import { faceApiModel } from '../../../shared/face/face-api-networks.ts'
import { defaultThresholds } from '../../../shared/face/thresholds.ts'
import { madeUpPeople } from '../../support/made-up-faces.ts'

const photos = (...places: number[]) => places.map(place => Float32Array.of(place))
const distances = (list: readonly { distance: number }[]) =>
  list.map(({ distance }) => Math.round(distance * 1000) / 1000)

describe('comparisons', () => {
  test('of photos are those of each pair, once', () => {
    const { genuine, impostor } = comparePhotos([photos(0, 1), photos(5)], 'euclidean')
    expect(distances(genuine)).toEqual([1])
    expect(distances(impostor)).toEqual([5, 4])
  })

  test('of templates leave out the photos of which they are made', () => {
    const { genuine, impostor } = compareTemplates([photos(0, 3, 6, 9), photos(20)], 'euclidean')
    expect(distances(genuine)).toEqual([6, 6, 2, 2])
    expect(distances(impostor)).toEqual([17, 14, 15, 16])
  })

  test('as enrolled use all photos of a person against others, all but one against that one', () => {
    const { genuine, impostor } = compareAsEnrolled([photos(0, 3, 6), photos(20, 21)], 'euclidean')
    expect(distances(genuine)).toEqual([4.5, 0, 4.5])
    expect(distances(impostor)).toEqual([17, 18])
  })
})

describe('a calibration', () => {
  const few = calibrate(madeUpPeople({ seed: 1, people: 20, photos: 4 }), faceApiModel)
  const many = calibrate(madeUpPeople({ seed: 2, people: 120, photos: 4 }), faceApiModel)

  test('of too few people or photos suggests nothing', () => {
    expect(calibrate([photos(0, 0, 0)], faceApiModel)).toMatchObject({ enough: false, people: 1, photos: 3 })
    expect(calibrate([photos(0, 0), photos(1, 1)], faceApiModel)).toMatchObject({ enough: false })
    expect(calibrate([], faceApiModel)).toMatchObject({ enough: false })
  })

  test('of 20 people who are never mistaken proves too little for 1:N', () => {
    if (!few.enough) throw new Error('not calibrated')
    expect(few.suggested.falseAcceptance).toMatchObject({ hits: 0, trials: 20 * 19 * 4 })
    expect(few.suggested.falseAcceptance.atMost).toBeCloseTo(3 / 1520, 4)
    expect(few.suggested.members).toEqual({ safe: 0, byBareRate: null })
    expect(few.allowsAll).toBe(false)
  })

  test('of more people allows more of them', () => {
    if (!many.enough) throw new Error('not calibrated')
    expect(many.suggested.members.safe).toBe(19)
    expect(many.suggested.falseAcceptance.trials).toBe(120 * 119 * 4)
  })

  test('never suggests a laxer threshold than the shipped one', () => {
    if (!many.enough) throw new Error('not calibrated')
    expect(many.suggested.distance).toBe(defaultThresholds.oneToMany.staffCompares.distance)
  })

  test('suggests a stricter threshold where members look alike', () => {
    const one = photos(0, 0.02, 0.01)
    const report = calibrate([one, photos(0.4, 0.42, 0.41), photos(5, 5.02, 5.01)], faceApiModel)
    if (!report.enough) throw new Error('not calibrated')
    expect(report.suggested.distance).toBeLessThan(0.39)
    expect(report.suggested.falseAcceptance.hits).toBe(0)
    expect(report.oneToOne.falseAcceptance.hits).toBe(6)
    expect(report.oneToOne.members.byBareRate).toBe(0)
  })

  test('says how the distances lie', () => {
    const report = calibrate([photos(0, 3, 6), photos(20, 21)], faceApiModel)
    expect(report).toMatchObject({
      genuine: { count: 3, least: 0, median: 4.5, greatest: 4.5 },
      impostor: { count: 2, least: 17, greatest: 18 },
      equalErrorRate: 0,
    })
  })

  test('is the same however the people are ordered', () => {
    const people = madeUpPeople({ seed: 3, people: 12, photos: 4 })
    expect(calibrate(people.toReversed(), faceApiModel)).toEqual(calibrate(people, faceApiModel))
  })

  test('in words says what it allows, in both languages, and that a person confirms', () => {
    const text = reportLines(few).join('\n')
    expect(text).toContain('1:N 最多 0 人 / 1:N for at most 0 members')
    expect(text).toContain('0 of 1520: with 95 % confidence at most')
    expect(text).toContain('a person always does')
    expect(reportLines(calibrate([], faceApiModel)).join('\n')).toContain('until then 1:N stays off')
  })
})

test('thresholds tightened to a suggestion name nobody beyond it and stay valid', () => {
  expect(tightened(defaultThresholds, 0.35).oneToMany).toEqual({
    candidate: { distance: 0.35, margin: 0.08 },
    staffCompares: { distance: 0.35, margin: 0.05 },
  })
  expect(tightened(defaultThresholds, 0.46)).toEqual(defaultThresholds)
})
