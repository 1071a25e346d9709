import type { FundId } from '../ids.ts'
import { type Fen, fen } from '../money.ts'
import { type Circumstances, judge } from './conditions.ts'
import type { PolicyVersion, Words } from './language.ts'

/** Something due to a person beside any visit; `fen` a month. */
export type DueStipend = { readonly id: string; readonly title: Words; readonly fund: FundId; readonly fen: Fen }

/** The stipends of a version that a person is due under these circumstances, in the version's order. They touch no price. */
export function stipendsDue({ stipends = [] }: PolicyVersion, at: Circumstances): DueStipend[] {
  return stipends
    .filter(({ when }) => at.person !== null && judge(when, at).holds)
    .map(({ id, title, fund, fen: amount }) => ({ id, title, fund, fen: fen(amount) }))
}
