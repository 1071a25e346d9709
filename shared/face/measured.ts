import { suggestThreshold, type ThresholdChoice } from './calibration.ts'
import { mostFalseNames } from './decide.ts'
import { equalErrorRate, type Weighted } from './rates.ts'
import type { FaceThresholds } from './thresholds.ts'

/** Width of a bin of distances; bin 0 begins at 0, and the last one takes all that is farther. */
export const binWidth = 0.01
const lastBin = 399

/** How often distances fell into each bin, by its number; bins without any are left out. */
export type Counts = ReadonlyMap<number, number>

/** The bin of a distance. */
export function binOf(distance: number): number {
  // A hair more, so that 0.29 / 0.01 is 29.
  return Math.min(lastBin, Math.max(0, Math.floor(distance / binWidth + 1e-9)))
}

/** One person is measured by so many looks at the most, each on a day of its own, so that regulars do not stand for everybody. */
export const looksPerPerson = 3
/** Fewer looks say too little of how the own face lies. */
export const looksNeeded = 30
/** Fewer comparisons of different people allow a search among fewer than two, even without one mistake (rule of three). */
export const comparisonsNeeded = Math.ceil((2 * looksPerPerson * 3) / mostFalseNames)

export interface MeasuredReport {
  readonly looks: number
  readonly comparisons: number
  readonly enough: boolean
  /** Null before there is a look and a comparison. */
  readonly measured: (ThresholdChoice & { readonly equalErrorRate: number }) | null
}

/**
 * What the looks of a site's daily work say about its thresholds. A person counts up to `looksPerPerson` times, and the comparisons of the same
 * two people are not independent; so rates rest on the whole counts, but their bounds on a third of them.
 */
export function reportOnCounts(
  counts: { readonly genuine: Counts; readonly impostor: Counts },
  thresholds: FaceThresholds,
  members: number,
): MeasuredReport {
  const [looks, comparisons] = [total(counts.genuine), total(counts.impostor)]
  const enough = looks >= looksNeeded && comparisons >= comparisonsNeeded
  if (looks < looksPerPerson || comparisons < looksPerPerson) return { looks, comparisons, enough, measured: null }
  const bins = [...counts.genuine.keys(), ...counts.impostor.keys()]
  const choice = suggestThreshold(
    { genuine: counted(counts.genuine), impostor: counted(counts.impostor) },
    { lowest: Math.max(1, Math.min(...bins)) * binWidth, members, thresholds },
  )
  const rate = equalErrorRate(weighted(counts.genuine), weighted(counts.impostor))
  return { looks, comparisons, enough, measured: { ...choice, equalErrorRate: rate } }
}

function total(counts: Counts): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0)
}

function counted(counts: Counts) {
  const all = total(counts)
  return {
    trials: all,
    independent: Math.floor(all / looksPerPerson),
    passing(distance: number) {
      const bound = binOf(distance)
      return [...counts].reduce((sum, [bin, count]) => (bin < bound ? sum + count : sum), 0)
    },
  }
}

function weighted(counts: Counts): Weighted[] {
  return [...counts]
    .sort(([one], [other]) => one - other)
    .map(([bin, weight]) => ({ distance: (bin + 0.5) * binWidth, weight }))
}
