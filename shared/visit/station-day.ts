import type { Span } from './minutes.ts'
import { overlap, type Stay, wayMissing } from './two-places.ts'

/** A visit as far as places and minutes are concerned. */
export interface PlacedVisit extends Stay {
  /** Null of somebody whom nobody knows here. */
  readonly senior: string | null
  /** Who gave it, and when. */
  readonly carers: readonly (Span & { readonly carer: string })[]
  /** Null while it goes on. */
  readonly minutes: number | null
  /** Only somebody's presence: they may be given a service at the same place meanwhile, and it binds no carer. */
  readonly isStay: boolean
}

export type PlaceConflict =
  | { readonly conflict: 'senior' | 'carer'; readonly with: PlacedVisit }
  /** So many minutes are missing for the carer's way. */
  | { readonly conflict: 'way'; readonly minutes: number }

/** Whether two visits can go together: what shares no time does, and a service with a stay at its place; nobody is present twice. */
function together(one: PlacedVisit, other: PlacedVisit): boolean {
  return !overlap(one, other) || (one.place === other.place && one.isStay !== other.isStay)
}

/** Each carer's parts of a visit as stays of their own at its place. Whoever signs somebody in for the day is not bound to them. */
function partsOf(visit: PlacedVisit, carer: string): Stay[] {
  if (visit.isStay) return []
  return visit.carers
    .filter(part => part.carer === carer)
    .map(({ from, until }) => ({ from, until, place: visit.place }))
}

/** Why a visit cannot be given beside the others of the day: nobody is in two places at once, nor flies between them. Null where it can. */
export function placeConflict(
  visit: PlacedVisit,
  others: readonly PlacedVisit[],
  travelMinutes: number,
): PlaceConflict | null {
  const ofSenior = others.find(
    other => visit.senior !== null && other.senior === visit.senior && !together(visit, other),
  )
  if (ofSenior !== undefined) return { conflict: 'senior', with: ofSenior }
  for (const carer of new Set(visit.carers.map(part => part.carer))) {
    const own = partsOf(visit, carer)
    const busy = others.find(other => partsOf(other, carer).some(part => own.some(mine => overlap(mine, part))))
    if (busy !== undefined) return { conflict: 'carer', with: busy }
    const parts = others.flatMap(other => partsOf(other, carer))
    const minutes = Math.max(0, ...own.map(mine => wayMissing(mine, parts, travelMinutes)))
    if (minutes > 0) return { conflict: 'way', minutes }
  }
  return null
}

/** Minutes that a carer has given in these visits, by the clock; of a visit that several gave, their own part, pauses included. */
export function carerMinutes(carer: string, visits: readonly PlacedVisit[], now: number): number {
  const parts = visits.flatMap(visit => partsOf(visit, carer))
  return Math.floor(parts.reduce((sum, { from, until }) => sum + Math.max(0, (until ?? now) - from), 0) / 60_000)
}
