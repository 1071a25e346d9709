import { type Comparison, compareAsEnrolled, type People } from './comparisons.ts'
import { membersAllowed } from './decide.ts'
import { type Interval, rateAtMost, wilson } from './intervals.ts'
import type { FaceModel } from './networks.ts'
import { equalErrorRate, inOrder } from './rates.ts'
import type { FaceThresholds } from './thresholds.ts'

/** How distances lie: the smallest, the greatest, and those in between below which this part of them lies. */
export interface Spread {
  readonly count: number
  readonly least: number
  readonly tenth: number
  readonly median: number
  readonly ninetieth: number
  readonly greatest: number
}

/** What a threshold would do at this site. */
export interface AtThreshold {
  readonly distance: number
  /** Members who would be known by one frame, with the 95 % interval over the comparisons made. */
  readonly known: { readonly rate: number; readonly interval: Interval }
  /** Comparisons of two people that would pass: how many, and the rate that is not passed with 95 % confidence. */
  readonly falseAcceptance: { readonly hits: number; readonly trials: number; readonly atMost: number }
  /** Members for 1:N, by `atMost`; and by the bare rate, null where no comparison passed. */
  readonly members: { readonly safe: number; readonly byBareRate: number | null }
}

export type CalibrationReport =
  | ({
      readonly enough: true
      readonly model: string
      readonly people: number
      readonly photos: number
      readonly genuine: Spread
      readonly impostor: Spread
      readonly equalErrorRate: number
    } & ThresholdChoice)
  | { readonly enough: false; readonly model: string; readonly people: number; readonly photos: number }

const step = 0.01

/** Distances as far as thresholds need them. */
export interface Counted {
  readonly trials: number
  /** How many trials the bounds of rates may rest on. */
  readonly independent: number
  /** How many trials lie within a distance. */
  passing(distance: number): number
}

/** What thresholds would do, and the one for 1:N that the distances suggest. */
export interface ThresholdChoice {
  /** What the 1:1 threshold in force does here. */
  readonly oneToOne: AtThreshold
  /** For 1:N, not above the one in force: the threshold with the most known members among those that allow all; where none does, the one that errs least. */
  readonly suggested: AtThreshold
  readonly allowsAll: boolean
}

/** Chooses a threshold for 1:N. @param among `lowest` distance of all, and how many `members` a search should reach */
export function suggestThreshold(
  distances: { readonly genuine: Counted; readonly impostor: Counted },
  among: { readonly lowest: number; readonly members: number; readonly thresholds: FaceThresholds },
): ThresholdChoice {
  const { oneToOne, oneToMany } = among.thresholds
  const at = (distance: number) => atThreshold(distance, distances)
  const highest = oneToMany.staffCompares.distance
  const grid = Array.from({ length: Math.max(1, Math.floor((highest - among.lowest) / step) + 1) }, (_, index) =>
    at(Math.round((highest - index * step) * 1000) / 1000),
  )
  const forAll = grid.find(({ members }) => members.safe >= among.members)
  const least = grid.reduce((best, each) => (each.falseAcceptance.atMost < best.falseAcceptance.atMost ? each : best))
  return { oneToOne: at(oneToOne.match), suggested: forAll ?? least, allowsAll: forAll !== undefined }
}

/**
 * What a site's own members say about its thresholds: distances between templates and photos of the same and of different members, by the
 * embeddings of each member's photos. At least two members are needed, one of them with three photos. Comparisons that share a person are
 * counted as if they were independent, which makes the intervals somewhat too narrow; margin and agreeing frames, which a search demands on
 * top, are not counted at all, which makes the rates too high.
 */
export function calibrate(people: People, model: FaceModel): CalibrationReport {
  const counts = { model: model.id, people: people.length, photos: people.flat().length }
  const { genuine, impostor } = compareAsEnrolled(people, model.metric)
  if (genuine.length === 0 || impostor.length === 0) return { enough: false, ...counts }
  const distances = { genuine: sorted(genuine), impostor: sorted(impostor) }
  const lowest = Math.min(distances.genuine[0] ?? 0, distances.impostor[0] ?? 0)
  const choice = suggestThreshold(
    { genuine: countedOf(distances.genuine), impostor: countedOf(distances.impostor) },
    { lowest, members: people.length, thresholds: model.thresholds },
  )
  return {
    enough: true,
    ...counts,
    genuine: spreadOf(distances.genuine),
    impostor: spreadOf(distances.impostor),
    equalErrorRate: equalErrorRate(inOrder(distances.genuine), inOrder(distances.impostor)),
    ...choice,
  }
}

/** Thresholds whose 1:N names nobody beyond the suggested distance: those to search with where `suggested.members.safe` members are allowed. */
export function tightened(thresholds: FaceThresholds, suggested: number): FaceThresholds {
  const { candidate, staffCompares } = thresholds.oneToMany
  const upTo = (rule: typeof candidate) => ({ ...rule, distance: Math.min(rule.distance, suggested) })
  return { ...thresholds, oneToMany: { candidate: upTo(candidate), staffCompares: upTo(staffCompares) } }
}

function atThreshold(
  distance: number,
  { genuine, impostor }: { readonly genuine: Counted; readonly impostor: Counted },
): AtThreshold {
  const known = genuine.passing(distance) / genuine.trials
  const hits = impostor.passing(distance)
  const part = impostor.independent / impostor.trials
  const atMost = rateAtMost(Math.ceil(hits * part), impostor.independent)
  return {
    distance,
    known: { rate: known, interval: wilson(known * genuine.independent, genuine.independent) },
    falseAcceptance: { hits, trials: impostor.trials, atMost },
    members: { safe: membersAllowed(atMost), byBareRate: hits === 0 ? null : membersAllowed(hits / impostor.trials) },
  }
}

/** Each distance is a trial of its own. */
function countedOf(distances: readonly number[]): Counted {
  const passing = (limit: number) => distances.filter(each => each <= limit).length
  return { trials: distances.length, independent: distances.length, passing }
}

function sorted(comparisons: readonly Comparison[]): number[] {
  return comparisons.map(({ distance }) => distance).sort((one, other) => one - other)
}

/** Of distances in rising order; not of none. */
function spreadOf(distances: readonly number[]): Spread {
  const at = (part: number) =>
    distances[Math.min(distances.length - 1, Math.floor(part * distances.length))] ?? Number.NaN
  return { count: distances.length, least: at(0), tenth: at(0.1), median: at(0.5), ninetieth: at(0.9), greatest: at(1) }
}
