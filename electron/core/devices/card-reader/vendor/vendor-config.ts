import { z } from 'zod'

/** Which helper program drives the maker's middleware, and what it is told. `profile` is the helper's own matter. */
export const vendorReaderConfig = z.strictObject({
  helper: z.strictObject({
    program: z.string().min(1),
    arguments: z.array(z.string()).default([]),
    folder: z.string().min(1).optional(),
  }),
  profile: z.json(),
  /** Milliseconds; a library that waits for a card by itself needs a longer `read`. */
  deadlines: z
    .strictObject({
      open: z.int().min(100).max(60_000).default(10_000),
      read: z.int().min(100).max(60_000).default(8_000),
    })
    .default({ open: 10_000, read: 8_000 }),
})
