import { z } from 'zod'
import { type ProblemCode, problemCode } from './problems.ts'

const noticeValues = z.record(z.string(), z.union([z.string(), z.number()]))

/** Something a person should know, as a code with its values; the screen words it. Named, since compilers write the unnamed type out. */
export interface Notice {
  code: ProblemCode
  values: Record<string, string | number>
}
export const notice: z.ZodType<Notice, Notice> = z.object({ code: problemCode, values: noticeValues })

export interface Refused {
  result: 'refused'
  notice: Notice
}
/** The core did what was asked, or says why not. */
export type Done = { result: 'done' } | Refused
export const done: z.ZodType<Done, Done> = z.discriminatedUnion('result', [
  z.object({ result: z.literal('done') }),
  z.object({ result: z.literal('refused'), notice }),
])
