import type { PolicyPack } from '../policy/language.ts'
import { quote } from '../policy/quote.ts'
import type { Quote, QuoteInputs } from '../policy/quote-form.ts'

/** How a fund's pot stands at a till. */
export interface PotStanding {
  /** Fen that this till may draw now; null: the province said that there is no bound. */
  readonly leftFen: number | null
  /** The province said that there is nothing of it elsewhere. */
  readonly isLast: boolean
}
export type PotStandings = Readonly<Record<string, PotStanding>>

export interface PotPrice {
  readonly inputs: QuoteInputs
  readonly quote: Quote
  /** Funds of whose pot there is less here than the visit would take. */
  readonly short: readonly string[]
}

/**
 * The price of a visit with what a till holds of the funds' pots. The quote cannot tell a small tranche from a spent fund: where there may be
 * money elsewhere, what the fund would pay is pending; where the province said that there is none, the price is taken as it is. So it is
 * for somebody whom the till does not know, since nobody could be paid afterwards, or the province prices it anew.
 */
export function quoteWithPots(pack: PolicyPack, given: QuoteInputs, standings: PotStandings): PotPrice {
  const bounded = Object.entries(standings).flatMap(([fund, { leftFen, isLast }]) =>
    leftFen === null ? [] : [{ fund, leftFen, isLast }],
  )
  const priced = (pots: typeof bounded, unproven: readonly string[], whole: boolean): PotPrice => {
    const inputs: QuoteInputs = {
      ...given,
      ...(whole ? { rights: 'whole-cap' as const } : {}),
      ...(pots.length === 0 ? {} : { pots: Object.fromEntries(pots.map(({ fund, leftFen }) => [fund, leftFen])) }),
      ...(unproven.length === 0 ? {} : { unproven: [...unproven] }),
    }
    return { inputs, quote: quote(pack, inputs), short: [] }
  }
  if (bounded.length === 0) return priced([], [], false)
  const lacking = (pots: typeof bounded) => {
    const paid = new Map<string, number>(
      priced(pots, [], true).quote.subsidies.map(({ fund, fen }): [string, number] => [fund, fen]),
    )
    return bounded.filter(({ fund, leftFen }) => (paid.get(fund) ?? 0) > leftFen).map(({ fund }) => fund)
  }
  const short = lacking([])
  const unproven = given.person === null ? [] : lacking(bounded.filter(({ isLast }) => isLast))
  const known = bounded.filter(({ fund }) => !unproven.includes(fund))
  return { ...priced(known, unproven, false), short }
}
