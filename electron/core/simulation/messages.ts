import type { BusinessDate } from '../../../shared/business-day.ts'
import type { Amount, Grant } from '../../../shared/leases/holder.ts'
import type { SeniorLease } from '../../../shared/leases/senior-lease.ts'
import type { SimulatedVisit } from './pricing.ts'

/** Whose rights something speaks of: a senior's, by number, or those of a fund's pot, by the fund's id. */
export type Scope = number | string

/** The epochs in which a visit drew: the senior's lease, and each pot's by fund. */
export interface Epochs {
  readonly person: number
  readonly pots: Readonly<Record<string, number>>
}

/** What a simulated terminal's ledger holds: the real records, without what leases do not need. `id` stands for the record's hash. */
export type Entry = { readonly id: number } & (
  | { readonly kind: 'sale'; readonly senior: number; readonly sale: number; readonly debits: readonly Amount[] }
  | {
      readonly kind: 'pending'
      readonly senior: number
      readonly sale: number
      readonly visit: SimulatedVisit
      /** What the visit had already: the steps that were proven. */
      readonly granted: readonly Amount[]
      readonly grantedFen: number
    }
  | {
      readonly kind: 'void'
      readonly senior: number
      readonly of: number
      readonly debits: readonly Amount[]
      readonly epochs: Epochs
    }
  | {
      readonly kind: 'release'
      readonly scope: Scope
      readonly amounts: readonly Amount[]
      /** The recall that it answers. */
      readonly recall: string
      /** Business date of the record. */
      readonly on: BusinessDate
    }
  | { readonly kind: 'close'; readonly scope: Scope; readonly epoch: number }
  /** First of a generation: the terminal was restored from a backup that ends after so many records of the one before. */
  | { readonly kind: 'opened'; readonly after: number; readonly date: BusinessDate }
)

/** Records of one generation, from a place on. */
export interface Batch {
  readonly generation: number
  /** The business date that the terminal had reached in it: nothing that it drew and does not send is of an earlier one. */
  readonly date: BusinessDate
  readonly from: number
  readonly entries: readonly Entry[]
}

/** What the province tells a terminal of one senior or pot; for that generation of it alone. */
export interface Word {
  readonly scope: Scope
  readonly generation: number
  readonly grant: Grant
  readonly recall: SeniorLease['recalls'][string] | null
  /** Accepted claims that are not made good yet, by the key of their right. */
  readonly owed: SeniorLease['owed']
  /** What records anywhere drew, of the counters that were asked for. */
  readonly used: Readonly<Record<string, number>>
  /** Fen of a pot that is neither drawn nor here, by key of its counter; empty for a senior. */
  readonly elsewhere: Readonly<Record<string, number>>
}

/** A terminal's question for what a visit lacks of one senior's or pot's rights. */
export interface Question {
  readonly scope: Scope
  readonly epoch: number
  readonly totals: readonly Amount[]
  readonly debits: readonly Amount[]
}
