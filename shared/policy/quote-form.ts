import { z } from 'zod'
import { fundId } from '../ids.ts'
import { fen } from '../money.ts'
import { debit } from './counters.ts'
import { personFacts, visitFacts } from './facts.ts'
import { words } from './language.ts'
import { reason } from './reasons.ts'

const amountByCounter = z.record(z.string(), z.int().min(0))

/**
 * Everything a quote depends on beside the pack. `person: null` is a guest, or with `stranger` somebody who identified themselves and whose
 * facts this terminal does not hold: they pay the list price and never a surcharge, until the province knows who they are. `used` and `rights` are keyed by counter
 * (see `countersFor`), an absent key is 0; `rights` is what this terminal may still debit, `'whole-cap'` = all that the cap leaves.
 * `pots` says how many fen are left for this terminal in the pots of funds that have one; an absent key or none at all = no bound known.
 * `advance`: no right stands behind the visit; `rights` is what the policy lets a till without a network give all the same (its `offline`).
 * Of the funds in `unproven` this terminal cannot prove that their pots hold what the visit takes: what they would pay is pending.
 */
export const quoteInputs = z
  .strictObject({
    person: personFacts.nullable(),
    visit: visitFacts,
    used: amountByCounter,
    rights: z.union([z.literal('whole-cap'), amountByCounter]),
    stranger: z.literal(true).optional(),
    pots: z.record(z.string(), z.int().min(0)).optional(),
    unproven: z.array(z.string()).min(1).optional(),
    advance: z.literal(true).optional(),
  })
  .refine(({ person, stranger }) => stranger === undefined || person === null, { error: 'a stranger has no facts' })
export type QuoteInputs = z.infer<typeof quoteInputs>

const anyFen = z.int().transform(fen)
const noDebt = z.int().min(0).transform(fen)

/** One step that changed the price: `fen` is what it took off (negative for a surcharge), `runningFen` the price after it. */
export const ladderStep = z.strictObject({
  kind: z.enum(['discount', 'subsidy', 'surcharge']),
  benefit: z.string(),
  fund: fundId.optional(),
  title: words,
  note: words.optional(),
  fen: anyFen,
  runningFen: noDebt,
})
export type LadderStep = z.infer<typeof ladderStep>

/**
 * A price with its whole explanation. `discountFen + sum(subsidies) + ownPayFen = listFen`; `discountFen` is negative for a surcharge.
 * `subsidies` stand in the pack's order of funds, zeros left out. `pendingFen` is what limits allow but this terminal's rights do not
 * prove. `digest` is base64url SHA-256 of the canonical JSON of all the rest. `version: null` = no version was in force.
 */
export const quoteResult = z.strictObject({
  pack: z.string(),
  version: z.string().nullable(),
  listFen: noDebt,
  discountFen: anyFen,
  subsidies: z.array(z.strictObject({ fund: fundId, fen: noDebt })),
  ownPayFen: noDebt,
  operatorFen: noDebt,
  pendingFen: noDebt,
  ladder: z.array(ladderStep),
  reasons: z.array(reason),
  debits: z.array(debit),
  digest: z.string(),
})
export type Quote = z.infer<typeof quoteResult>
