import { oc } from '@orpc/contract'
import { z } from 'zod'
import { done, notice } from './done.ts'
import { seniorId } from './ids.ts'
import { bilingual } from './site.ts'
import { statementEntry, statementMonth } from './statement.ts'

const statementViewSchema = z.object({
  senior: seniorId,
  name: z.string(),
  month: statementMonth,
  /** The month that goes on: there is none after it. */
  thisMonth: statementMonth,
  entries: z.array(statementEntry),
  funds: z.record(z.string(), bilingual),
  /** `here`: what this till knows, of its own sales alone; `all`: every site, as the province told. */
  coverage: z.enum(['here', 'all']),
  /** Of these the province has not heard yet. */
  unheard: z.int().nonnegative(),
})
/** What stands in a senior's name in a month, as staff see it at the desk. Named, since compilers write the unnamed type out. */
export interface StatementView extends z.infer<typeof statementViewSchema> {}
export const statementView: z.ZodType<StatementView> = statementViewSchema

const told = z.discriminatedUnion('result', [
  z.object({ result: z.literal('done'), statement: statementView }),
  z.object({ result: z.literal('refused'), notice }),
])
export type StatementTold = z.infer<typeof told>

const ofMonth = z.object({ senior: seniorId, month: statementMonth })

/** What staff do about the statement of a senior. */
export const statementApi = {
  /** What this till knows of a month; `month` null: the one that goes on. */
  read: oc.input(z.object({ senior: seniorId, month: statementMonth.nullable() })).output(told),
  /** The same with what the province knows of every site. */
  ask: oc.input(ofMonth).output(told),
  /** Prints what `read` told, or what the province told last of this senior and month, with a code for the page that covers all sites. */
  print: oc.input(ofMonth.extend({ coverage: z.enum(['here', 'all']) })).output(done),
  /** The codes on papers that were printed until now open nothing any more. */
  revoke: oc.input(z.object({ senior: seniorId })).output(done),
}
