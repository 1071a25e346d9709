/** Between two instants (ms); `until` null: it goes on. */
export interface Span {
  readonly from: number
  readonly until: number | null
}

const minute = 60_000

/** A visit longer than this was not signed out: nobody bathes for half a day. */
export const longestVisitMinutes = 12 * 60

/** Minutes from one clock time to the next that follows it, both in minutes of the day (0..1439): past midnight where need be, a whole day where they are the same. */
export function minutesUntil(from: number, until: number): number {
  return until > from ? until - from : until - from + 24 * 60
}

/** Whole minutes of service between two instants (ms), pauses taken off wherever they lie, also where they overlap. Never negative. */
export function netMinutes(from: number, until: number, pauses: readonly Span[]): number {
  const within = pauses
    .map(pause => ({ from: Math.max(from, pause.from), until: Math.min(until, pause.until ?? until) }))
    .filter(pause => pause.until > pause.from)
    .sort((one, other) => one.from - other.from)
  let pausedMs = 0
  let reached = from
  for (const pause of within) {
    pausedMs += Math.max(0, pause.until - Math.max(reached, pause.from))
    reached = Math.max(reached, pause.until)
  }
  return Math.max(0, Math.floor((until - from - pausedMs) / minute))
}

/** When a senior signed out (ms, to the minute), as the record of it tells: its whole minutes after the beginning, with the pauses between, and never after the record itself. */
export function signedOutAt(visit: { from: number; minutes: number; pausedMs: number; recorded: number }): number {
  return Math.min(visit.recorded, visit.from + visit.minutes * minute + visit.pausedMs)
}
