import { z } from 'zod'

/** A scanner gun in serial (USB-CDC, RS-232) mode. Without `path` the one port that looks like a scanner is taken. */
export const serialScannerConfig = z.strictObject({
  path: z.string().min(1).optional(),
  baudRate: z.int().min(300).max(1_000_000).default(9600),
  /** What the gun sends after each code. Absent: CR, LF, both, or nothing but a pause. */
  suffix: z.string().min(1).max(8).optional(),
})
export type SerialScannerConfig = z.infer<typeof serialScannerConfig>
