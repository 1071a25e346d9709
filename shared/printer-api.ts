import { oc } from '@orpc/contract'
import { z } from 'zod'
import { recordId } from './ids.ts'
import { problemCode } from './problems.ts'
import { bilingual } from './site.ts'

const done = z.discriminatedUnion('result', [
  z.object({ result: z.literal('done') }),
  z.object({
    result: z.literal('refused'),
    notice: z.object({ code: problemCode, values: z.record(z.string(), z.union([z.string(), z.number()])) }),
  }),
])

/** How the printer is: what stops it, or `paper-low` where it still prints. `starting`: it was not looked at yet. */
export const printerState = z.enum(['starting', 'ready', 'paper-low', 'paper-out', 'cover-open', 'fault', 'gone'])
export type PrinterState = z.infer<typeof printerState>

/** What became of a sale's receipt. `unsure`: it stopped in the middle, or nobody knows how far it came. */
export const receiptView = z.object({
  record: recordId,
  state: z.enum(['none', 'waiting', 'printed', 'unsure']),
})
export type ReceiptView = z.infer<typeof receiptView>

export const printerView = z.object({
  simulated: z.boolean(),
  state: printerState,
  waiting: z.int(),
  /** Of the last sales. */
  receipts: z.array(receiptView),
  /** What a simulated printer printed last; null of a real one. */
  lastSlip: z.array(z.string()).nullable(),
})
export type PrinterView = z.infer<typeof printerView>

/** What the staff's page asks of the printer. It is done when the paper waits its turn: nobody waits for the printer. */
export const printerApi = {
  /** The receipt of a sale, marked as a reprint where it was printed before. */
  receipt: oc.input(z.object({ sale: recordId })).output(done),
  /** Lines that stand on the staff's screen, such as how to withdraw a face; the first one is the head. */
  lines: oc.input(z.object({ lines: z.array(bilingual).min(1).max(40) })).output(done),
}
