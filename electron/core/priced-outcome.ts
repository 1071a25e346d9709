import type { BusinessDate } from '../../shared/business-day.ts'
import { toBase64Url } from '../../shared/bytes.ts'
import { type CheckInId, recordId, type SeniorId } from '../../shared/ids.ts'
import { amountsOf } from '../../shared/leases/holder.ts'
import { commitTo, commitToQuote, type SealedInputs, type SeniorRef, type Tender } from '../../shared/record.ts'
import type { Suite } from '../../shared/suite.ts'
import type { LeaseDesk } from './lease-desk.ts'
import type { PricedFacts } from './price-facts.ts'
import type { SealedInputsStore } from './store/sealed-inputs.ts'
import type { Usage } from './store/usage.ts'

export interface OutcomeParts {
  readonly suite: Pick<Suite, 'randomBytes'>
  readonly leases: Pick<LeaseDesk, 'draw'>
  readonly sealed: SealedInputsStore
  readonly usage: Usage
}

/**
 * What a price brings: the members of a record's payload that say so (docs/record-format.md, Outcome), and what goes with the record in its
 * transaction. `id` is the record's own.
 */
export function outcomeOf(
  parts: OutcomeParts,
  { quote, policy, inputs: quoted }: Pick<PricedFacts, 'quote' | 'policy' | 'inputs'>,
  about: {
    readonly id: CheckInId
    readonly senior: SeniorId | null
    readonly ref: SeniorRef | null
    readonly credential: SealedInputs['credential']
    /** Nobody identified themselves. */
    readonly isGuest: boolean
    readonly date: BusinessDate
    readonly tenders: readonly Tender[]
  },
) {
  const { leases, sealed, usage } = parts
  const { ref, tenders } = about
  const record = recordId.parse(about.id)
  const salt = parts.suite.randomBytes(32)
  const { senior, credential } = about
  const inputs: SealedInputs = { v: 1, checkIn: about.id, senior, credential, quote: quoted }
  const takenFen = tenders.reduce((sum, { fen }) => sum + fen, 0)
  return {
    payload: {
      policy: { pack: quote.pack, version: quote.version, hash: policy.hash },
      listFen: quote.listFen,
      discountFen: quote.discountFen,
      subsidies: quote.subsidies,
      ownPayFen: quote.ownPayFen,
      operatorFen: quote.operatorFen,
      cashRoundingFen: quote.ownPayFen - takenFen,
      pendingFen: quote.pendingFen,
      claimPending: quote.pendingFen > 0 || (!about.isGuest && quoted.person === null),
      debits: quote.debits.map(({ limit, label, unit, amount }) => ({ limit, label, unit, amount })),
      quoteCommitment: commitToQuote(quote.digest, salt),
      inputsCommitment: commitTo(inputs, salt),
      tenders: [...tenders],
    },
    /** Draws the rights and keeps what was priced; false where the rights are not here any more, and nothing is to be stored. */
    take(): boolean {
      const paid = quote.subsidies.reduce((sum, { fen }) => sum + fen, 0)
      const advance = quoted.advance === true ? { advanceFen: paid } : {}
      const draw = { record, date: about.date, amounts: amountsOf(quote.debits), ...advance }
      if (quote.debits.length > 0 && !leases.draw(ref, policy.pack.id, draw)) return false
      sealed.write(record, ref ?? '-', { salt: toBase64Url(salt), inputs })
      if (ref) for (const { key, amount } of quote.debits) usage.change(ref, policy.pack.id, key, amount)
      return true
    },
  }
}
