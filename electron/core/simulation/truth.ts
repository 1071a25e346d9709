import { type Amount, counterOf } from '../../../shared/leases/holder.ts'
import { debitsByScope, potFundOf } from '../../../shared/leases/pots.ts'
import { settledOf } from '../../../shared/leases/rights.ts'
import type { Entry, Scope } from './messages.ts'
import type { Means, Pricing, SimulatedVisit } from './pricing.ts'
import type { SimulatedProvince } from './province.ts'

/** What was truly given, on which label, whoever knows of it: the oracle beside a simulated world. */
export function truth(pricing: Pricing) {
  /** Given, or promised by an accepted claim. */
  const given = new Map<Scope, Map<string, number>>()
  /** In somebody's hands: of an accepted claim nothing before its payout, and then whatever became of its sale. */
  const handed = new Map<Scope, Map<string, number>>()
  const of = (scope: Scope) => {
    const found = given.get(scope) ?? new Map<string, number>()
    given.set(scope, found)
    return found
  }
  const sumUp = (into: Map<Scope, Map<string, number>>, senior: number, debits: readonly Amount[], sign: 1 | -1) => {
    const { person, pots } = debitsByScope(debits)
    for (const [scope, amounts] of new Map<Scope, readonly Amount[]>([[senior, person], ...pots])) {
      const sums = into.get(scope) ?? new Map<string, number>()
      into.set(scope, sums)
      for (const { key, amount } of amounts) sums.set(key, (sums.get(key) ?? 0) + sign * amount)
    }
  }
  return {
    /** A claim was accepted, or (-1) fell away. */
    promise: (senior: number, debits: readonly Amount[], sign: 1 | -1) => sumUp(given, senior, debits, sign),
    /** A visit was served, or (-1) what it gave was taken back. `claims`: what the claims had taken that it paid. */
    give(senior: number, debits: readonly Amount[], claims: readonly Amount[], sign: 1 | -1): void {
      sumUp(given, senior, debits, sign)
      sumUp(handed, senior, [...debits, ...claims], sign)
    },
    /** What a visit would get from somebody who knows all. */
    means(senior: number, visit: SimulatedVisit, capOf: SimulatedProvince['book']['capOf']): Means {
      const used = pricing.counters(visit).map(({ key }): [string, number] => [key, of(senior).get(key) ?? 0])
      const pots = pricing.pots(visit.date).map((counter): [string, number] => {
        const id = potFundOf(counter.limit) ?? ''
        return [id, Math.max(0, capOf(counter) - (of(id).get(counter.key) ?? 0))]
      })
      return { used: Object.fromEntries(used), rights: 'whole-cap', pots: Object.fromEntries(pots) }
    },
    /** Fen beyond the caps. A visit beyond a count, and a payout beyond the first, is counted with what it brought: `fenOf`. */
    overspentFen(capOf: SimulatedProvince['book']['capOf'], fenOf: (key: string, beyond: number) => number): number {
      let sum = 0
      for (const sums of handed.values())
        for (const [key, amount] of sums) sum += fenOf(key, Math.max(0, amount - capOf(counterOf(key))))
      return sum
    },
    /**
     * The first counter of which the province holds other than was given, less what it never heard: what it settled is the sum of all
     * records, each once. Null where there is none.
     */
    unequal(province: SimulatedProvince, unheard: readonly Entry[]): string | null {
      const missing = new Map<Scope, Map<string, number>>()
      for (const entry of unheard)
        if (entry.kind === 'sale') sumUp(missing, entry.senior, entry.debits, 1)
        else if (entry.kind === 'void') sumUp(missing, entry.senior, entry.debits, -1)
      for (const [scope, sums] of given)
        for (const [key, amount] of sums) {
          const settled = settledOf(province.book.of(scope).rights, counterOf(key))
          const heard = amount - (missing.get(scope)?.get(key) ?? 0)
          if (settled !== heard) return `${scope}: ${key} settled at ${settled}, and records say ${heard}`
        }
      return null
    },
  }
}
