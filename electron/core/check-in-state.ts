import { z } from 'zod'
import { assurance, means } from '../../shared/credential.ts'
import { checkInId, deviceEventId, seniorId } from '../../shared/ids.ts'
import type { ProblemCode } from '../../shared/problems.ts'
import { tenderKind } from '../../shared/site.ts'
import type { Notice, SaleView } from '../../shared/terminal-api.ts'
import type { Priced } from './price-visit.ts'

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
  tender: tenderKind,
  held: z.boolean(),
})
export type OpenCheckIn = z.infer<typeof openCheckIn>

export type PricedCheckIn = {
  readonly state: 'priced'
  readonly open: OpenCheckIn
  readonly priced: Priced
  readonly attention: Notice[]
}

/** Where the one check-in of this till stands. */
export type CheckInState =
  | { readonly state: 'ready' }
  | { readonly state: 'reading'; readonly means: 'card' | 'code' }
  | PricedCheckIn
  | {
      readonly state: 'confirmed'
      readonly open: OpenCheckIn
      readonly priced: Priced
      readonly sale: SaleView
      readonly at: number
    }
  | {
      readonly state: 'problem'
      readonly code: ProblemCode
      readonly values: Notice['values']
      readonly means: 'card' | 'code' | null
      /** The unknown person, ready to be priced at the list price. */
      readonly stranger: OpenCheckIn | null
      readonly already: SaleView | null
      readonly at: number
    }
