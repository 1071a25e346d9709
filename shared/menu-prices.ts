import type { SetMeal } from './site.ts'

/** Every price at which a line of the menu may be sold (fen). */
export function pricesOf({ priceFen, open }: SetMeal): number[] {
  if (open === undefined) return [priceFen]
  const steps = Math.floor((open.mostFen - priceFen) / open.stepFen)
  return Array.from({ length: steps + 1 }, (_, step) => priceFen + step * open.stepFen)
}
