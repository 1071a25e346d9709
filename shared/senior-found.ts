import { z } from 'zod'
import { seniorId } from './ids.ts'

/** A person among those whom staff's search fits: enough to choose by, not to learn who is on the roster. */
export const foundSenior = z.object({
  senior: seniorId,
  name: z.string(),
  sex: z.enum(['female', 'male']),
  birthYear: z.int(),
  numberTail: z.string().nullable(),
})
export type FoundSenior = z.infer<typeof foundSenior>
