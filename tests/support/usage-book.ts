import type { PolicyPack } from '../../shared/policy/language.ts'
import { quote } from '../../shared/policy/quote.ts'
import type { Quote, QuoteInputs } from '../../shared/policy/quote-form.ts'
import { person, visit } from './policy-kit.ts'

/**
 * The counters of one person over several visits: each sale debits them, a void gives its debits back. `rights` are this terminal's and
 * `pots` the fen left in funds, both spent as well.
 */
export function usageBook(pack: PolicyPack, start: Partial<Pick<QuoteInputs, 'pots' | 'rights'>> = {}) {
  const used: Record<string, number> = {}
  const pots = { ...start.pots }
  const rights = typeof start.rights === 'object' ? { ...start.rights } : 'whole-cap'

  const book = ({ debits }: Quote, sign: 1 | -1) => {
    for (const { key, limit, amount } of debits) {
      if (limit.startsWith('pot:')) {
        const fund = limit.slice('pot:'.length)
        pots[fund] = (pots[fund] ?? 0) - sign * amount
        continue
      }
      used[key] = (used[key] ?? 0) + sign * amount
      if (used[key] === 0) delete used[key]
      if (rights !== 'whole-cap') rights[key] = (rights[key] ?? 0) - sign * amount
    }
  }

  return {
    used,
    pots,
    /** Prices a visit by what was used so far, and books it. */
    sell(facts: object): Quote {
      const bounds = start.pots === undefined ? {} : { pots }
      const sale = quote(pack, { person: person(), visit: visit(facts), used, rights, ...bounds })
      book(sale, 1)
      return sale
    },
    void: (sale: Quote) => book(sale, -1),
  }
}

/** What all funds together pay of a sale, in fen. */
export const paidFen = ({ subsidies }: Quote): number => subsidies.reduce((sum, { fen }) => sum + fen, 0)
