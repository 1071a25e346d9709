import type { CashierView, PricedView } from '../../shared/terminal-api.ts'

/**
 * Seconds after which a priced sale records itself, or null where a person confirms: anything unusual, a hold, another tender than an
 * account, a guest, a face.
 */
export function entrySeconds(priced: PricedView): number | null {
  const ordinary =
    priced.attention.length === 0 &&
    priced.tender === 'account' &&
    priced.parts.length === 0 &&
    !priced.entry.held &&
    (priced.means === 'card' || priced.means === 'code')
  return ordinary ? priced.entry.seconds : null
}

/** The calm limit layout: there is something to say about the price. */
export function needsAttention(priced: PricedView): boolean {
  return priced.attention.length > 0
}

/** No check-in goes on: other screens may take the place of the columns. */
export function isQuiet(view: CashierView): boolean {
  return view.state === 'ready' || view.state === 'confirmed'
}
