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
