import type { Span } from './minutes.ts'

/** Where somebody is for a while: `place` is the station or one senior's home; who waits at two places at once is nowhere. */
export interface Stay extends Span {
  readonly place: string
}

const minute = 60_000

/** Places as this module compares them. @param home whose home it is */
export function placeOf(where: 'station' | 'home', home: string): string {
  return where === 'station' ? 'station' : `home:${home}`
}

/** True where two stays share time; one that ends as the other begins does not. */
export function overlap(one: Span, other: Span): boolean {
  const end = (span: Span) => span.until ?? Number.POSITIVE_INFINITY
  return one.from < end(other) && other.from < end(one)
}

/** Whole minutes that are still missing for the way between a stay and those before and after it; 0 where the way fits. */
export function wayMissing(stay: Stay, others: readonly Stay[], travelMinutes: number): number {
  const gaps = others.flatMap(other => {
    if (other.place === stay.place || overlap(stay, other)) return []
    if (other.until !== null && other.until <= stay.from) return [stay.from - other.until]
    return stay.until === null ? [] : [other.from - stay.until]
  })
  const least = Math.min(...gaps, Number.POSITIVE_INFINITY)
  return least >= travelMinutes * minute ? 0 : Math.ceil((travelMinutes * minute - least) / minute)
}

/** Minutes between the newest stay that ended before an instant (ms) and that instant; null where there was none. */
export function minutesSinceLast(at: number, others: readonly Span[]): number | null {
  const ends = others.flatMap(({ until }) => (until !== null && until <= at ? [until] : []))
  return ends.length === 0 ? null : Math.floor((at - Math.max(...ends)) / minute)
}
