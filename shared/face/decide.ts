import { type Embedding, faceDistance } from './embedding.ts'
import type { FaceModel } from './networks.ts'
import type { FaceThresholds } from './thresholds.ts'

/**
 * What may follow from a face. Nothing here confirms anybody: the best outcome is a question to the person or to staff, and what is less sure
 * goes to staff alone.
 */
export type FaceOutcome = 'person-confirms' | 'staff-compares' | 'nobody'

/** After so many tries without an outcome the other means are used. */
export const mostTries = 2

/** How many frames a search looks at, and how many of them must agree. */
export const searchFrames = 3
const framesThatAgree = 2

/** How likely a search may name a wrong member for a person who is none: 1:N is off where members x FAR passes this. */
export const mostFalseNames = 1e-3

/** One person's template against one frame, by their distance. */
export function decideOneToOne(distance: number, { oneToOne }: FaceThresholds): FaceOutcome {
  if (distance <= oneToOne.match) return 'person-confirms'
  return distance <= oneToOne.staffCompares ? 'staff-compares' : 'nobody'
}

/** What comes after `tries` tries of which the last had this outcome. */
export function stepAfter(
  outcome: FaceOutcome,
  tries: number,
): Exclude<FaceOutcome, 'nobody'> | 'try-again' | 'other-means' {
  if (outcome !== 'nobody') return outcome
  return tries < mostTries ? 'try-again' : 'other-means'
}

/** How many members 1:N allows at this rate of false acceptance of one comparison (0 to 1, an upper bound of it). */
export function membersAllowed(falseAcceptance: number): number {
  if (!(falseAcceptance > 0)) return 0
  return Math.floor(mostFalseNames / falseAcceptance + 1e-9)
}

export interface Member<Id> {
  readonly id: Id
  readonly template: Embedding
}

export type SearchResult<Id> =
  | { readonly outcome: 'person-confirms' | 'staff-compares'; readonly id: Id; readonly distance: number }
  | { readonly outcome: 'nobody' }
  /** More members than the site's calibration allows: ask for card, code or name first, then compare with that one. */
  | { readonly outcome: 'too-many-members'; readonly allowed: number }

/**
 * Looks for a person among a site's active members, by three frames of them. A member is named where at least two frames find that member
 * nearest, near enough, and the next member enough farther away. `allowed` is how many members the site's own calibration allows; without
 * one it is 0. Throws a RangeError for another number of frames.
 */
export function searchMembers<Id>(search: {
  frames: readonly Embedding[]
  members: readonly Member<Id>[]
  model: Pick<FaceModel, 'metric' | 'thresholds'>
  allowed: number
}): SearchResult<Id> {
  const { frames, members, model, allowed } = search
  if (frames.length !== searchFrames) throw new RangeError(`a search looks at ${searchFrames} frames`)
  if (members.length > allowed) return { outcome: 'too-many-members', allowed }
  const nearest = frames.flatMap(frame => nearestOf(frame, members, model) ?? [])
  const { candidate, staffCompares } = model.thresholds.oneToMany
  for (const [outcome, rule] of [
    ['person-confirms', candidate],
    ['staff-compares', staffCompares],
  ] as const) {
    const passing = nearest.filter(({ distance, margin }) => distance <= rule.distance && margin >= rule.margin)
    const named = passing.find(({ member }) => agreeing(passing, member).length >= framesThatAgree)?.member
    if (named === undefined) continue
    const distance = Math.min(...agreeing(passing, named).map(({ distance }) => distance))
    return { outcome, id: named.id, distance }
  }
  return { outcome: 'nobody' }
}

interface Nearest<Id> {
  readonly member: Member<Id>
  readonly distance: number
  /** By how much the next member is farther away; infinite where there is none. */
  readonly margin: number
}

function agreeing<Id>(nearest: readonly Nearest<Id>[], member: Member<Id>): Nearest<Id>[] {
  return nearest.filter(each => each.member === member)
}

function nearestOf<Id>(
  frame: Embedding,
  members: readonly Member<Id>[],
  { metric }: Pick<FaceModel, 'metric'>,
): Nearest<Id> | null {
  let best: { member: Member<Id>; distance: number } | null = null
  let next = Number.POSITIVE_INFINITY
  for (const member of members) {
    const distance = faceDistance(frame, member.template, metric)
    if (best === null || distance < best.distance) {
      next = best?.distance ?? next
      best = { member, distance }
    } else if (distance < next) next = distance
  }
  return best === null ? null : { ...best, margin: next - best.distance }
}
