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
  | {
      readonly enough: true
      readonly model: string
      readonly people: number
      readonly photos: number
      readonly genuine: Spread
      readonly impostor: Spread
      readonly equalErrorRate: number
      /** What the shipped 1:1 threshold does here. */
      readonly oneToOne: AtThreshold
      /** For 1:N, not above the shipped one: the threshold with the most known members among those that allow all; where none does, the one that errs least. */
      readonly suggested: AtThreshold
      readonly allowsAll: boolean
    }
  | { readonly enough: false; readonly model: string; readonly people: number; readonly photos: number }

const step = 0.01

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
  const at = (distance: number) => atThreshold(distance, distances)
  const lowest = Math.min(distances.genuine[0] ?? 0, distances.impostor[0] ?? 0)
  const highest = model.thresholds.oneToMany.staffCompares.distance
  const grid = Array.from({ length: Math.max(1, Math.floor((highest - lowest) / step) + 1) }, (_, index) =>
    at(Math.round((highest - index * step) * 1000) / 1000),
  )
  const forAll = grid.find(({ members }) => members.safe >= people.length)
  const suggested =
    forAll ?? grid.reduce((best, each) => (each.falseAcceptance.atMost < best.falseAcceptance.atMost ? each : best))
  return {
    enough: true,
    ...counts,
    genuine: spreadOf(distances.genuine),
    impostor: spreadOf(distances.impostor),
    equalErrorRate: equalErrorRate(inOrder(distances.genuine), inOrder(distances.impostor)),
    oneToOne: at(model.thresholds.oneToOne.match),
    suggested,
    allowsAll: forAll !== undefined,
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
  { genuine, impostor }: { genuine: readonly number[]; impostor: readonly number[] },
): AtThreshold {
  const known = genuine.filter(each => each <= distance).length
  const hits = impostor.filter(each => each <= distance).length
  const atMost = rateAtMost(hits, impostor.length)
  return {
    distance,
    known: { rate: known / genuine.length, interval: wilson(known, genuine.length) },
    falseAcceptance: { hits, trials: impostor.length, atMost },
    members: { safe: membersAllowed(atMost), byBareRate: hits === 0 ? null : membersAllowed(hits / impostor.length) },
  }
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
