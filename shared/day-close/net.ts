import type { TenderKind } from '../site.ts'
import type { DayFigures, TenderFigures } from './figures.ts'

/** What a tender holds at the end (fen): taken, without all that went back. */
export function netOf({ takenFen, voidedFen, refundedFen, madeGoodFen }: TenderFigures): number {
  return takenFen - voidedFen - refundedFen - madeGoodFen
}

/** What a kind of tender holds at the end (fen); 0 where nobody paid by it. */
export function netBy(figures: Pick<DayFigures, 'tenders'>, kind: TenderKind): number {
  const found = figures.tenders.find(one => one.kind === kind)
  return found ? netOf(found) : 0
}
