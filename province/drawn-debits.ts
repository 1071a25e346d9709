import { z } from 'zod'
import type { Countable } from '../shared/countable.ts'
import type { PolicyPack } from '../shared/policy/language.ts'
import { quote } from '../shared/policy/quote.ts'
import type { OpenedInputs } from '../shared/record.ts'

type Debits = Countable['debits']

const stored = z.array(
  z.object({ limit: z.string(), label: z.string(), unit: z.enum(['count', 'fen']), amount: z.int() }),
)

/**
 * The record with no more of each counter than the quote that its inputs bring again: a doubted record takes what its visit could take, and not
 * whatever it says. @param pack the one that the record names by its hash
 */
export function withinQuote(countable: Countable, { inputs }: OpenedInputs, pack: PolicyPack): Countable {
  const due = new Map(quote(pack, inputs.quote).debits.map(debit => [nameOf(debit), debit.amount]))
  const debits = countable.debits.flatMap(debit => {
    const amount = Math.min(debit.amount, due.get(nameOf(debit)) ?? 0)
    return amount > 0 ? [{ ...debit, amount }] : []
  })
  return { ...countable, debits }
}

/** What the ledger notes of a record that took less than it says; null where it took just that. */
export function noteDrawn(said: Debits, drawn: Debits): string | null {
  const isLess = said.length !== drawn.length || said.some(({ amount }, at) => drawn[at]?.amount !== amount)
  return isLess ? JSON.stringify(drawn) : null
}

/** A stored record with what it took. @param note as `noteDrawn` made it */
export function asDrawn<T extends Countable | null>(countable: T, note: string | null): T {
  return countable === null || note === null ? countable : { ...countable, debits: stored.parse(JSON.parse(note)) }
}

const nameOf = ({ limit, label, unit }: Debits[number]) => JSON.stringify([limit, label, unit])
