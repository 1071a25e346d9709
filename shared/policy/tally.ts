import type { Circumstances } from './conditions.ts'
import type { Counter } from './counters.ts'
import type { Benefit, PolicyPack, PolicyVersion } from './language.ts'
import type { LadderStep, QuoteInputs } from './quote-form.ts'
import type { Reason } from './reasons.ts'

/**
 * The state of the walk down the steps. Amounts are worked out on `entitledFen`, the price as if every right were proven, so that a
 * pending claim, once settled, brings exactly the price that a proven one would have brought.
 */
export type Tally = {
  readonly counters: readonly Counter[]
  priceFen: number
  entitledFen: number
  discountFen: number
  operatorFen: number
  pendingFen: number
  readonly byFund: Map<string, number>
  /** Fen by fund, granted or pending. */
  readonly claimedByFund: Map<string, number>
  /** Fen by fund that the operator earns beside the price. */
  readonly earnedByFund: Map<string, number>
  /** Draws on counters by key: those granted, and those granted or pending. */
  readonly granted: Map<string, number>
  readonly claimed: Map<string, number>
  readonly ladder: LadderStep[]
  readonly reasons: Reason[]
}

/** What the steps of a walk share. */
export type Walk = {
  readonly pack: PolicyPack
  readonly version: PolicyVersion
  readonly inputs: QuoteInputs
  readonly tally: Tally
  /** The circumstances at the running price reached. */
  readonly at: () => Circumstances
}

/**
 * Whether a step is for whoever is here: somebody whose facts are known (also where the step does not say), a guest, or anyone. A stranger is
 * neither person nor guest, and no surcharge is ever for one.
 */
export function isFor({ kind, for: whom = 'person' }: Pick<Benefit, 'kind' | 'for'>, at: Circumstances): boolean {
  if (at.stranger === true) return whom === 'anyone' && kind !== 'surcharge'
  return whom === 'anyone' || (whom === 'guest') === (at.person === null)
}

/** What a visit draws on a counter once `amount` more is drawn. A visit counts once on a count, however many steps share it. */
export function drawnWith(drawn: ReadonlyMap<string, number>, { key, unit }: Counter, amount: number): number {
  return unit === 'count' ? 1 : (drawn.get(key) ?? 0) + amount
}
