import { z } from 'zod'

const line = z.string().max(400)

/**
 * One part of a slip. `text`: `left` begins the line and `right` ends it; `size` large is twice as wide and high; `center` is for a line
 * without `right`. `qr`: at most 400 characters, so that it still reads from narrow paper.
 */
const slipPart = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('text'),
    left: line,
    right: line.optional(),
    size: z.enum(['normal', 'large']).default('normal'),
    center: z.boolean().default(false),
  }),
  z.strictObject({ kind: z.literal('rule') }),
  z.strictObject({ kind: z.literal('qr'), text: z.string().min(1).max(400) }),
])

/** What a printer prints on one piece of paper, whatever its width. */
export const slip = z.array(slipPart).min(1).max(400)
export type Slip = z.infer<typeof slip>
export type SlipPart = Slip[number]
type SlipText = Extract<SlipPart, { kind: 'text' }>

/** A line of normal size. */
export function slipLine(left: string, right?: string): SlipText {
  return { kind: 'text', left, size: 'normal', center: false, ...(right === undefined ? {} : { right }) }
}

/** A line of normal size in the middle. */
export function slipCentred(text: string): SlipPart {
  return { kind: 'text', left: text, size: 'normal', center: true }
}

/** A line of double size. */
export function slipLarge(left: string, right?: string): SlipPart {
  return { ...slipLine(left, right), size: 'large' }
}

export const slipRule: SlipPart = { kind: 'rule' }

export function slipQr(text: string): SlipPart {
  return { kind: 'qr', text }
}
