import { greatestFen } from '../policy/facts.ts'
import type { Quote } from '../policy/quote-form.ts'
import type { SiteService } from './service.ts'

export type ServicePrice = NonNullable<SiteService['price']>

/**
 * The list price of a visit (fen). One that ended before its least minutes costs nobody anything, the funds included: whoever is unwell after ten
 * minutes does not pay for a bath.
 */
export function listFenOf(
  price: Pick<ServicePrice, 'fen' | 'perMinutes'>,
  visit: { readonly minutes: number; readonly endedEarly: boolean },
): number {
  if (visit.endedEarly) return 0
  const units = price.perMinutes === undefined ? 1 : Math.max(1, Math.ceil(visit.minutes / price.perMinutes))
  return Math.min(greatestFen, price.fen * units)
}

/** True where a pack would bear part of the price: now, or once its rights are proven. */
export function givesAnything({ listFen, ownPayFen, pendingFen }: Quote): boolean {
  return ownPayFen < listFen || pendingFen > 0
}
