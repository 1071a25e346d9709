import { oc } from '@orpc/contract'
import { z } from 'zod'
import { lateReasons, paymentOutcomes, refundReasons } from './afterwards-reasons.ts'
import { businessDate, meal } from './business-day.ts'
import { means } from './credential.ts'
import { checkInId, operatorId, recordId, seniorId } from './ids.ts'
import { payment, paymentReference } from './payment-api.ts'
import { pinText } from './pin.ts'
import { problemCode } from './problems.ts'
import { bilingual, tenderKind } from './site.ts'

const fen = z.int()
const notice = z.object({ code: problemCode, values: z.record(z.string(), z.union([z.string(), z.number()])) })
const refused = z.object({ result: z.literal('refused'), notice })
const done = z.discriminatedUnion('result', [z.object({ result: z.literal('done') }), refused])

/** A sale, a visit or a late entry of this terminal, of any day, as staff see it. */
export const earlierSale = z.object({
  record: recordId,
  kind: z.enum(['sale', 'late-entry', 'visit-out', 'late-visit']),
  at: z.int(),
  /** The business date that it counts for. */
  servedOn: businessDate,
  meal: meal.nullable(),
  /** Masked; null where the person is not known here. */
  name: z.string().nullable(),
  guest: z.boolean(),
  /** The set, or the service. */
  set: bilingual,
  means: means.nullable(),
  listFen: fen,
  discountFen: fen,
  subsidies: z.array(z.object({ fund: bilingual, fen })),
  ownPayFen: fen,
  /** What a refund gives back to the senior. */
  backFen: fen,
  /** By which tenders, each what it took; empty where nothing was owed. */
  back: z.array(payment),
  /** Of a phone payment of which nobody has said yet whether it came; until then nothing of the sale goes back. */
  waitingFen: fen,
  claimPending: z.boolean(),
  /** `made-good`: its claim was accepted or paid, so that its money is no longer this terminal's to give back. */
  standing: z.enum(['open', 'void', 'refunded', 'made-good']),
})
export type EarlierSale = z.infer<typeof earlierSale>

export const refundReason = z.enum(refundReasons)
export type RefundReason = z.infer<typeof refundReason>

const waitingPart = z.object({
  of: recordId,
  /** Its place among the tenders of that record. */
  tender: z.int().nonnegative(),
  fen,
  /** Masked; null where the person is not known here. */
  name: z.string().nullable(),
  guest: z.boolean(),
  what: bilingual,
})

/** A phone payment that was not confirmed when the meal was handed out: of one sale, or of a group, then `fen` is the sum of what waits and the rest is that of its first sale that waits. */
export const waitingPayment = waitingPart.extend({
  at: z.int(),
  servedOn: businessDate,
  /** Of a group: what its payer was asked for at once, and those of its sales of which nobody has said anything and which nobody took back. */
  group: z.object({ askedFen: fen, waiting: z.array(waitingPart).min(1) }).nullable(),
})
export type WaitingPayment = z.infer<typeof waitingPayment>

/** A meal that was served without the terminal. `senior` null: a guest. */
export const lateMeal = z.object({
  servedOn: businessDate,
  meal,
  senior: seniorId.nullable(),
  set: z.string(),
  tender: tenderKind,
})
export type LateMeal = z.infer<typeof lateMeal>

export const lateReason = z.enum(lateReasons)
export type LateReason = z.infer<typeof lateReason>

/** Another member of staff says by their PIN that the meal was served. */
export const approval = z.object({ operator: operatorId, pin: pinText })
export type Approval = z.infer<typeof approval>

const lateView = lateMeal.extend({
  /** The id that its record will have. */
  entry: checkInId,
  name: z.string().nullable(),
  listFen: fen,
  discountFen: fen,
  subsidyFen: fen,
  pendingFen: fen,
  ownPayFen: fen,
  /** The own payment without what cash is rounded off by. */
  paidFen: fen,
  attention: z.array(notice),
  digest: z.string(),
})
export type LateView = z.infer<typeof lateView>

const latePriced = z.discriminatedUnion('result', [z.object({ result: z.literal('priced'), late: lateView }), refused])
export type LatePriced = z.infer<typeof latePriced>

const lateRecorded = z.discriminatedUnion('result', [
  /** `held`: nobody approved it yet; it is counted and not paid out. */
  z.object({ result: z.literal('recorded'), record: recordId, held: z.boolean() }),
  /** The price is another one now, and nothing was recorded. */
  z.object({ result: z.literal('price-changed'), late: lateView }),
  refused,
])
export type LateRecorded = z.infer<typeof lateRecorded>

const staffMember = z.object({ operator: operatorId, name: z.string(), pin: z.enum(['none', 'set', 'locked']) })
const approvers = z.object({ own: staffMember.nullable(), others: z.array(staffMember) })
export type Approvers = z.infer<typeof approvers>

/** What staff do about meals of an earlier hour or day. */
export const afterwardsApi = {
  /** By business date of the record, or by senior; newest first. */
  find: oc
    .input(z.union([z.strictObject({ date: businessDate }), z.strictObject({ senior: seniorId })]))
    .output(z.array(earlierSale)),
  /** Gives the money of a record back, whole and once. The right stays used. */
  refund: oc.input(z.object({ sale: recordId, reason: refundReason })).output(done),
  /** Phone payments of which nobody has said yet whether they came, newest first. */
  waitingPayments: oc.output(z.array(waitingPayment)),
  /** That of one sale, however long ago it was; null: none of it waits. */
  waitingPayment: oc.input(z.object({ sale: recordId })).output(waitingPayment.nullable()),
  /** Says whether one of them came, once; of a group for all its sales that wait, by any of them. The sales stay, and no senior is ever asked for it. */
  sayPayment: oc
    .input(
      z.object({
        of: recordId,
        tender: z.int().nonnegative(),
        outcome: z.enum(paymentOutcomes),
        reference: paymentReference.nullable(),
      }),
    )
    .output(done),
  approvers: oc.output(approvers),
  /** The PIN of whoever is on shift. */
  setPin: oc.input(z.object({ pin: pinText })).output(done),
  priceLate: oc.input(lateMeal).output(latePriced),
  /** Records what was priced last. Safe to repeat. Without an approval it is held. */
  enterLate: oc
    .input(z.object({ entry: checkInId, digest: z.string(), reason: lateReason, approval: approval.nullable() }))
    .output(lateRecorded),
}
