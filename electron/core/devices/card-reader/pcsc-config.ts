import { z } from 'zod'
import { uidOrder } from '../../../../shared/card-uid.ts'

/** What the PC/SC driver may be told. */
export const pcscConfig = z.strictObject({
  /** Which reader: see `readersFor`. */
  reader: z.string().min(1).optional(),
  /** Byte order of the UIDs that this reader gives, found with one known card; where absent, only social-security cards are read. */
  uidOrder: uidOrder.optional(),
})
