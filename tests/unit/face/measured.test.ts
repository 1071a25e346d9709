import { describe, expect, test } from 'vitest'
import { calibrate } from '../../../shared/face/calibration.ts'
import { compareAsEnrolled } from '../../../shared/face/comparisons.ts'
import { faceApiModel } from '../../../shared/face/face-api-networks.ts'
import { binOf, comparisonsNeeded, looksNeeded, looksPerPerson, reportOnCounts } from '../../../shared/face/measured.ts'
import { defaultThresholds } from '../../../shared/face/thresholds.ts'
import { madeUpPeople } from '../../support/made-up-faces.ts'

function countsOf(distances: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>()
  for (const distance of distances) counts.set(binOf(distance), (counts.get(binOf(distance)) ?? 0) + 1)
  return counts
}
const times = (count: number, distance: number) => Array.from({ length: count }, () => distance)
const reportOf = (genuine: readonly number[], impostor: readonly number[], members = 100) =>
  reportOnCounts({ genuine: countsOf(genuine), impostor: countsOf(impostor) }, defaultThresholds, members)

describe('a bin', () => {
  test('begins at a hundredth, takes that hundredth, and the last takes what is farther', () => {
    expect([0, 0.009, 0.01, 0.29, 0.57, 0.58].map(binOf)).toEqual([0, 0, 1, 29, 57, 58])
    expect([binOf(-1), binOf(1000)]).toEqual([0, 399])
  })
})

describe('what looks say', () => {
  test('is the same as a calibration with the photos would, but for the bounds, which rest on a third of the counts', () => {
    const people = madeUpPeople({ seed: 5, people: 60, photos: 4 })
    const { genuine, impostor } = compareAsEnrolled(people, 'euclidean')
    const photos = calibrate(people, faceApiModel)
    const looks = reportOf(
      genuine.map(({ distance }) => distance),
      impostor.map(({ distance }) => distance),
      60,
    )
    if (!photos.enough || !looks.measured) throw new Error('nothing measured')
    expect(looks).toMatchObject({ looks: 240, comparisons: 60 * 59 * 4 })
    expect(looks.measured.equalErrorRate).toBeCloseTo(photos.equalErrorRate, 2)
    expect(looks.measured.oneToOne.known.rate).toBeCloseTo(photos.oneToOne.known.rate, 1)
    const wide = (interval: { low: number; high: number }) => interval.high - interval.low
    expect(wide(looks.measured.oneToOne.known.interval)).toBeGreaterThan(wide(photos.oneToOne.known.interval))
    expect(looks.measured.suggested.falseAcceptance.atMost).toBeGreaterThan(photos.suggested.falseAcceptance.atMost)
  })

  test('of nobody, or of too few, is nothing', () => {
    expect(reportOf([], [])).toEqual({ looks: 0, comparisons: 0, enough: false, measured: null })
    expect(reportOf([0.3, 0.3], times(900, 0.8)).measured).toBeNull()
    expect(reportOf(times(looksNeeded - 1, 0.3), times(comparisonsNeeded, 0.8)).enough).toBe(false)
    expect(reportOf(times(looksNeeded, 0.3), times(comparisonsNeeded - 1, 0.8)).enough).toBe(false)
    expect(reportOf(times(looksNeeded, 0.3), times(comparisonsNeeded, 0.8)).enough).toBe(true)
  })

  test('without a mistake, where it is just enough, allows a search among two and no more', () => {
    const { measured } = reportOf(times(looksNeeded, 0.3), times(comparisonsNeeded, 0.8))
    expect(measured?.suggested.falseAcceptance).toMatchObject({ hits: 0, trials: comparisonsNeeded })
    expect(measured?.suggested.falseAcceptance.atMost).toBeCloseTo((3 * looksPerPerson) / comparisonsNeeded, 5)
    expect(measured).toMatchObject({ suggested: { members: { safe: 2, byBareRate: null } }, allowsAll: false })
  })

  test('suggests the laxest threshold that carries all members, never one laxer than the site’s', () => {
    const impostor = [...times(300, 0.43), ...times(599_700, 0.8)]
    const { measured } = reportOf(times(60, 0.3), impostor, 50)
    expect(measured).toMatchObject({ suggested: { distance: 0.43, falseAcceptance: { hits: 0 } }, allowsAll: true })
    expect(reportOf(times(60, 0.3), times(600_000, 0.8), 50).measured?.suggested.distance).toBe(0.46)
  })

  test('where strangers lie as near as the person, carries nobody', () => {
    const { measured } = reportOf(times(60, 0.005), times(60_000, 0.005))
    expect(measured?.suggested).toMatchObject({ falseAcceptance: { atMost: 1 }, members: { safe: 0 } })
    expect(measured?.equalErrorRate).toBeCloseTo(0.5, 5)
  })
})
