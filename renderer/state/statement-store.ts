import { create } from 'zustand'
import type { StatementView } from '../../shared/statement-api.ts'

export interface StatementState {
  /** Whose statement stands in place of the columns; null: nobody's. */
  senior: string | null
  /** Null until the core told it. */
  view: StatementView | null
  /** The province is being asked. */
  asking: boolean
  /** Staff are about to revoke the codes of earlier papers; nothing happens before Enter. */
  revoking: boolean
  /** What was done last. */
  done: 'printed' | 'revoked' | null
}

export const closedStatement: StatementState = {
  ...{ senior: null, view: null, asking: false, revoking: false, done: null },
}

export const useStatement = create<StatementState>(() => closedStatement)
