import { pricesOf } from '../../shared/menu-prices.ts'
import type { SetMeal } from '../../shared/site.ts'

/** What may stand in the field as an amount in yuan: more digits than it takes, so that none is cut off behind somebody's back. */
export function isAmount(text: string): boolean {
  return /^\d{0,9}(\.\d{0,2})?$/.test(text)
}

/** The amount in fen; null where the line of the menu is not sold at it. */
export function fenOfTyped(text: string, set: SetMeal): number | null {
  const parts = /^(\d{1,3})(?:\.(\d{0,2}))?$/.exec(text)
  if (!parts) return null
  const fen = Number(parts[1]) * 100 + Number((parts[2] ?? '').padEnd(2, '0'))
  return pricesOf(set).includes(fen) ? fen : null
}
