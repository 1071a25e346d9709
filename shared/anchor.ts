import { z } from 'zod'
import { bytes32, terminalId } from './ids.ts'

/**
 * A place of a terminal's ledger as somebody outside of it knows it: the province's receipt, the chain head on a day slip, the
 * acknowledgement that came back on a USB stick (docs/record-format.md). Held against a ledger it shows that nothing up to there was cut off.
 */
export const anchor = z.object({
  v: z.literal(1),
  source: z.enum(['province', 'day-slip', 'usb', 'verify']),
  terminal: terminalId,
  generation: z.int().positive(),
  seq: z.int().positive(),
  /** SHA-256 of the record's bytes. */
  hash: bytes32,
  /** When it was made (ms UTC), where that is known; it proves nothing. */
  at: z.int().nonnegative().optional(),
})
export type Anchor = z.infer<typeof anchor>

/** The anchor of a day slip as its code and one line of text: `terminal|generation|seq|hash`. */
export function slipAnchor({
  terminal,
  generation,
  seq,
  hash,
}: {
  terminal: string
  generation: number
  seq: number
  hash: string
}): string {
  return `${terminal}|${generation}|${seq}|${hash}`
}

/** Reads the text of a day slip's code; null where it is none. */
export function readSlipAnchor(text: string): Anchor | null {
  const [terminal, generation, seq, hash, more] = text.trim().split('|')
  if (more !== undefined) return null
  const read = { v: 1, source: 'day-slip', terminal, generation: Number(generation), seq: Number(seq), hash }
  const parsed = anchor.safeParse(read)
  return parsed.success ? parsed.data : null
}
