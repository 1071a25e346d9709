import type { Amount, Grant } from '../../../shared/leases/holder.ts'
import type { SimulatedVisit } from './pricing.ts'

/** What a simulated terminal's ledger holds of one senior: the real records, without what leases do not need. */
export type Entry =
  | { readonly kind: 'sale'; readonly senior: number; readonly sale: number; readonly debits: readonly Amount[] }
  | {
      readonly kind: 'pending'
      readonly senior: number
      readonly sale: number
      readonly visit: SimulatedVisit
    }
  | {
      readonly kind: 'void'
      readonly senior: number
      readonly of: number
      readonly debits: readonly Amount[]
      readonly epoch: number | null
    }
  | { readonly kind: 'release'; readonly senior: number; readonly amounts: readonly Amount[] }
  | { readonly kind: 'close'; readonly senior: number; readonly epoch: number }

/** What the province wants back. `close`: all of it, the senior's home is elsewhere now. */
export interface Recall {
  readonly close: boolean
  readonly amounts: readonly Amount[]
}

/** What the province tells a terminal of one senior. */
export interface Word {
  readonly senior: number
  readonly grant: Grant
  readonly recall: Recall | null
  /** Accepted claims that are not made good yet, by the key of their right. */
  readonly owed: Readonly<Record<string, number>>
}
