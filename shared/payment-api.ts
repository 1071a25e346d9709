import { oc } from '@orpc/contract'
import { z } from 'zod'
import { checkInId } from './ids.ts'
import { problemCode } from './problems.ts'
import { tenderKind } from './site.ts'

/** What one tender takes (fen). */
export const payment = z.strictObject({ kind: tenderKind, fen: z.int().nonnegative() })

/** Off the receipt of an outside terminal: its number, or as many of its last digits as staff type. */
export const paymentReference = z.string().regex(/^\d{4,32}$/)

const done = z.discriminatedUnion('result', [
  z.object({ result: z.literal('done') }),
  z.object({
    result: z.literal('refused'),
    notice: z.object({ code: problemCode, values: z.record(z.string(), z.union([z.string(), z.number()])) }),
  }),
])

/** How the check-in on the screen is paid, beyond the one tender. */
export const paymentApi = {
  /** So much of the own payment by `first`, the rest by `rest`; `first` null: all of it by `rest`. */
  split: oc.input(z.object({ checkIn: checkInId, first: payment.nullable(), rest: tenderKind })).output(done),
  /** The outside payment of this amount (fen) was made, and this is its reference; null takes one that was typed wrongly back. */
  reference: oc
    .input(z.object({ checkIn: checkInId, fen: z.int(), reference: paymentReference.nullable() }))
    .output(done),
}
