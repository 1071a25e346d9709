import { addDays, type BusinessDate, beginOf, dayBegins } from '../business-day.ts'
import type { Span } from './minutes.ts'

const minute = 60_000

/** The instant (ms) of a clock time on a business date; before the day turns it is the next morning. */
function instantOf(date: BusinessDate, clock: string): number {
  const [hours, minutes] = [Number(clock.slice(0, 2)), Number(clock.slice(3))]
  const at = hours * 60 + minutes
  return beginOf(date) + ((at < dayBegins ? at + 1440 : at) - dayBegins) * minute
}

/** The instants (ms) of a visit that was given between two clock times; an end that is not after its beginning is of the day after. */
export function lateSpan(late: { readonly servedOn: BusinessDate; readonly from: string; readonly until: string }) {
  const from = instantOf(late.servedOn, late.from)
  const until = instantOf(late.servedOn, late.until)
  return { from, until: until > from ? until : instantOf(addDays(late.servedOn, 1), late.until) } satisfies Span
}
