import { create } from 'zustand'
import type {
  Approvers,
  EarlierSale,
  LateReason,
  LateView,
  RefundReason,
  WaitingPayment,
} from '../../shared/afterwards-api.ts'
import type { PaymentOutcome } from '../../shared/afterwards-reasons.ts'
import type { Meal } from '../../shared/business-day.ts'
import type { TenderKind } from '../../shared/site.ts'
import type { FoundSenior, Notice } from '../../shared/terminal-api.ts'

/** Which earlier sales are looked at: those of a business date, or of one senior. */
export type SalesOf =
  | { readonly by: 'date'; readonly date: string }
  | { readonly by: 'senior'; readonly senior: FoundSenior }

export interface RefundDraft {
  readonly of: SalesOf
  readonly sales: readonly EarlierSale[]
  /** Which nine of them have the digits, from 0. */
  readonly nine: number
  /** The record of the sale whose money is to go back. */
  readonly chosen: string | null
  readonly reason: RefundReason | null
  /** The core is being asked. */
  readonly busy: boolean
  readonly given: boolean
}

/** What is to be said of a phone payment. */
export interface PhoneDraft {
  /** Which nine of those that wait have the digits, from 0. */
  readonly nine: number
  readonly chosen: WaitingPayment | null
  readonly outcome: PaymentOutcome | null
  /** Off the receipt of the payment device. */
  readonly reference: string | null
  /** The pad for it stands in front. */
  readonly typing: boolean
  readonly busy: boolean
  /** What was recorded of it just now. */
  readonly said: PaymentOutcome | null
}

/** A meal from a paper list, as far as it is entered. */
export interface LateDraft {
  readonly who: FoundSenior | 'guest' | null
  readonly servedOn: string
  readonly meal: Meal
  readonly set: string
  readonly tender: TenderKind
  readonly reason: LateReason
  /** Which colleague is to approve it; null: nobody, and it is held. */
  readonly approver: string | null
  readonly priced: LateView | null
  /** Why it has no price. */
  readonly notice: Notice | null
  readonly busy: boolean
  readonly recorded: { readonly held: boolean } | null
}

export interface AfterwardsState {
  /** Stands in place of the columns; never while a check-in goes on. */
  screen: 'menu' | 'refund' | 'late' | 'rounds' | 'phone' | null
  refund: RefundDraft | null
  late: LateDraft | null
  phone: PhoneDraft | null
  /** Phone payments that wait, as the core last said; null: it has not answered yet. */
  waiting: readonly WaitingPayment[] | null
  /** Who is on shift, and who else could approve; as the core last said. */
  staff: Approvers | null
  /** The PIN of whoever is on shift was set just now. */
  pinDone: boolean
}

export const useAfterwards = create<AfterwardsState>(() => ({
  screen: null,
  refund: null,
  late: null,
  phone: null,
  waiting: null,
  staff: null,
  pinDone: false,
}))
