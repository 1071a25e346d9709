import { z } from 'zod'
import { type Assurance, assurance, means } from '../../shared/credential.ts'
import type { FaceOutcome } from '../../shared/face/decide.ts'
import { checkInId, deviceEventId, operatorId, proxyId, type SeniorId, seniorId } from '../../shared/ids.ts'
import { payment, paymentReference } from '../../shared/payment-api.ts'
import { channel } from '../../shared/policy/facts.ts'
import type { ProblemCode } from '../../shared/problems.ts'
import { tenderKind } from '../../shared/site.ts'
import type { Notice, SaleView } from '../../shared/terminal-api.ts'
import type { Priced } from './price-visit.ts'

/** Something beside the set meal. `openFen`: what one piece costs where staff typed it; null: what the menu says. */
export const addedItem = z.strictObject({
  set: z.string(),
  quantity: z.int().min(1).max(9),
  openFen: z.int().nullable(),
})
export type AddedItem = z.infer<typeof addedItem>

/** A person identified and not yet recorded; kept on disk, encrypted, so that a crash between price and record loses nothing. */
export const openCheckIn = z.strictObject({
  id: checkInId,
  at: z.int(),
  /** `guest` pays the list price; `senior` is on the roster; `stranger` showed a credential that nobody here knows. */
  who: z.enum(['guest', 'senior', 'stranger']),
  senior: seniorId.nullable(),
  means: means.nullable(),
  assurance: assurance.nullable(),
  codeKind: z.enum(['dynamic', 'paper']).nullable(),
  credentialKey: z.string().nullable(),
  tail: z.string().nullable(),
  device: z.strictObject({ id: z.string(), eventId: deviceEventId, simulated: z.boolean() }).nullable(),
  set: z.string(),
  /** Takes the own payment, or what `first` leaves of it; see `paymentsOf`. */
  tender: tenderKind,
  first: payment.nullable().default(null),
  /** The reference that staff entered for an outside payment of this amount (fen). */
  paid: z.strictObject({ reference: paymentReference, fen: z.int() }).nullable().default(null),
  more: z.array(addedItem).max(8).default([]),
  channel: channel.default('dine-in'),
  held: z.boolean(),
  /** Staff put it aside once: it keeps the meal that it came in, and its portion, until it is settled. */
  parked: z.boolean().default(false),
  /** Nobody proved who it is as far as the subsidy needs: list price now, the province decides. */
  atListPrice: z.boolean().default(false),
  /** Who collects the meal for the senior; `approver` let it go on beyond the limit, `before` is where it was to be eaten. */
  proxy: z.strictObject({ id: proxyId, approver: operatorId.nullable(), before: channel }).nullable().default(null),
  /** What a look said of the person who came by another means; null where none was taken. */
  face: z
    .strictObject({ result: z.enum(['match', 'staff-compares', 'differs', 'no-turn']), tries: z.int() })
    .nullable()
    .default(null),
})
export type OpenCheckIn = z.infer<typeof openCheckIn>
/** What a check-in begins with, whoever it is. */
export type BlankCheckIn = Pick<
  OpenCheckIn,
  'id' | 'at' | 'set' | 'tender' | 'first' | 'paid' | 'more' | 'channel' | 'held' | 'parked' | 'proxy'
>

export type PricedCheckIn = {
  readonly state: 'priced'
  readonly open: OpenCheckIn
  readonly priced: Priced
  readonly attention: Notice[]
  /** The assurance that this much subsidy needs and that is not reached yet; null where nothing is missing. */
  readonly needs: Assurance | null
  /** When another card or code was read last while this one stands here; null where none was. */
  readonly another: number | null
}

/** Staff look after a person's means: whom they found, and which card waits to be bound. */
export interface DeskState {
  readonly state: 'desk'
  readonly person: SeniorId | null
  /** The person's own credential, where one was presented; null where staff found them. */
  readonly came: OpenCheckIn | null
  readonly card: { readonly key: string; readonly tail: string; readonly device: OpenCheckIn['device'] } | null
  /** The check-in of the unknown card, which goes on when the card is bound. */
  readonly from: OpenCheckIn | null
  readonly notice: Notice | null
}

/** A face was found, and waits for somebody to say whether it is this person; on disk only once they did. */
export interface FaceToConfirm {
  readonly state: 'face-to-confirm'
  readonly open: OpenCheckIn
  readonly result: Exclude<FaceOutcome, 'nobody'>
  /** Looks that missed before this one. */
  readonly tries: number
  readonly at: number
}

/** How one payer pays for a group: never by a card account, which is one person's. */
export const groupTender = z.enum(['cash', 'outside'])
export type GroupTender = z.infer<typeof groupTender>

/** What one payer pays for all of a group (fen); cash is rounded for each of them. */
export interface GroupSum {
  readonly tender: GroupTender
  readonly listFen: number
  readonly ownPayFen: number
}

/** Where the one check-in of this till stands. */
export type CheckInState =
  | { readonly state: 'ready' }
  | { readonly state: 'reading'; readonly means: 'card' | 'code' }
  | PricedCheckIn
  | DeskState
  | FaceToConfirm
  | {
      readonly state: 'confirmed'
      readonly open: OpenCheckIn
      readonly priced: Priced
      readonly sale: SaleView
      readonly at: number
    }
  /** One payer has paid for several, and all of them are recorded. */
  | { readonly state: 'group-paid'; readonly sum: GroupSum; readonly at: number }
  | {
      readonly state: 'problem'
      readonly code: ProblemCode
      readonly values: Notice['values']
      readonly means: 'card' | 'code' | 'face' | null
      /** Looks at a face that missed so far. */
      readonly faceTries: number
      /** The unknown person, ready to be priced at the list price. */
      readonly stranger: OpenCheckIn | null
      readonly already: SaleView | null
      readonly at: number
    }
