import { fromBase64Url } from './bytes.ts'
import { canonicalJson } from './canonical-json.ts'
import type { Countable } from './countable.ts'
import type { PolicyPack } from './policy/language.ts'
import { quote } from './policy/quote.ts'
import { commitmentHolds, commitToQuote, type OpenedInputs, type SeniorRef } from './record.ts'

/** True where opened inputs are the ones that a record committed to, for its own date, meal and channel, and of a visit its minutes. */
export function inputsFit(countable: Countable, opened: OpenedInputs): boolean {
  const { visit } = opened.inputs.quote
  return (
    commitmentHolds(opened, countable.inputsCommitment) &&
    visit.businessDate === countable.date &&
    (countable.meal === undefined || (visit.meal ?? null) === countable.meal) &&
    (countable.channel === undefined || visit.channel === countable.channel) &&
    (countable.minutes === undefined || (visit.minutes ?? 0) === countable.minutes)
  )
}

/** True where a record names the senior of its inputs. @param refOf how the record's site names a senior */
export function namesTheSenior(
  countable: Countable,
  { inputs: { senior } }: OpenedInputs,
  refOf: (senior: NonNullable<OpenedInputs['inputs']['senior']>) => SeniorRef,
): boolean {
  return countable.senior === (senior === null ? null : refOf(senior))
}

/** True where a record's inputs bring its quote again: the digest that was shown, and every amount. @param pack the one that the record names by its hash */
export function quoteIsTheSame(countable: Countable, { inputs, salt }: OpenedInputs, pack: PolicyPack): boolean {
  const again = quote(pack, inputs.quote)
  return (
    commitToQuote(again.digest, fromBase64Url(salt)) === countable.quoteCommitment &&
    canonicalJson(amountsOf({ ...again, policy: again })) === canonicalJson(amountsOf(countable))
  )
}

type Amounts = Pick<
  Countable,
  'listFen' | 'discountFen' | 'subsidies' | 'ownPayFen' | 'operatorFen' | 'pendingFen' | 'debits'
> & { readonly policy: { readonly pack: string; readonly version: string | null } }

function amountsOf({ policy, subsidies, debits, ...from }: Amounts) {
  const { listFen, discountFen, ownPayFen, operatorFen, pendingFen } = from
  return {
    ...{ pack: policy.pack, version: policy.version, listFen, discountFen, ownPayFen, operatorFen, pendingFen },
    subsidies: subsidies.map(({ fund, fen }) => ({ fund, fen })),
    debits: debits.map(({ limit, label, unit, amount }) => ({ limit, label, unit, amount })),
  }
}
