import type { BusinessDate } from '../../../shared/business-day.ts'
import { type Amount, type CounterRef, counterOf, left } from '../../../shared/leases/holder.ts'
import { potFundOf } from '../../../shared/leases/pots.ts'
import {
  type CapOf,
  grantOf,
  type HolderId,
  holderId,
  holderOf,
  noRights,
  outstanding,
  type Rights,
  settledOf,
  writeOff,
} from '../../../shared/leases/rights.ts'
import type { Recall, Scope, Word } from './messages.ts'
import type { Pricing } from './pricing.ts'
import { firstDay } from './world.ts'

export interface Asked {
  close: boolean
  readonly amounts: Map<string, Amount>
}

export interface Kept {
  rights: Rights
  readonly recalls: Map<HolderId, Asked>
  /** Accepted claims of a senior that are not paid yet, by the key of their right. */
  readonly owed: Map<string, { readonly sale: number; readonly fen: number }>
}

export type ProvinceBook = ReturnType<typeof provinceBook>

/** What the province of a simulation keeps of seniors and pots, what it wants back, and the news of it that each till has not fetched yet. */
export function provinceBook(parts: {
  readonly pricing: Pricing
  readonly potFen: Readonly<Record<string, number>>
  /** How many tills there are; each has its number for a name. */
  readonly tills: number
}) {
  const kept = new Map<Scope, Kept>()
  const news: Scope[][] = Array.from({ length: parts.tills }, () => [])
  const generations = news.map(() => 1)
  /** The date of a holder's last word; nothing it does later is of an earlier one. */
  const heard = new Map<HolderId, BusinessDate>()
  const caps = new Map(parts.pricing.limits(firstDay).map(item => [item.limit, item.cap]))

  const capOf: CapOf = ({ limit }) => {
    const fund = potFundOf(limit)
    if (fund !== null) return parts.potFen[fund] ?? 0
    return limit === 'owed' ? 1 : (caps.get(limit) ?? 0)
  }
  const of = (scope: Scope): Kept => {
    const found = kept.get(scope) ?? { rights: noRights, recalls: new Map(), owed: new Map() }
    kept.set(scope, found)
    return found
  }
  const idOf = (till: number) => holderId(String(till), generations[till] ?? 1)
  const tillOf = (id: HolderId) => Number(id.split('#')[0])

  return {
    capOf,
    of,
    idOf,
    tillOf,
    heard,
    generationOf: (till: number) => generations[till] ?? 1,
    opened(till: number, generation: number) {
      generations[till] = Math.max(generations[till] ?? 1, generation)
    },
    scopes: (): Iterable<Scope> => kept.keys(),
    /** Notes that a till shall hear of a scope. */
    tell: (till: number, scope: Scope) => news[till]?.push(scope),
    news(till: number, cursor: number): { scopes: Set<Scope>; cursor: number } {
      const list = news[till] ?? []
      return { scopes: new Set(list.slice(cursor)), cursor: list.length }
    },
    recall(scope: Scope, wanted: ReadonlyMap<HolderId, readonly Amount[]>): void {
      const { recalls } = of(scope)
      for (const [id, amounts] of wanted) {
        const asked = recalls.get(id) ?? { close: false, amounts: new Map<string, Amount>() }
        for (const item of amounts) asked.amounts.set(item.key, item)
        recalls.set(id, asked)
        news[tillOf(id)]?.push(scope)
      }
    },
    recallAll(scope: Scope, id: HolderId): void {
      const { recalls } = of(scope)
      recalls.set(id, { close: true, amounts: recalls.get(id)?.amounts ?? new Map() })
      news[tillOf(id)]?.push(scope)
    },
    /** What was asked back came, or can no more come. */
    answered(scope: Scope, id: HolderId, amounts: readonly Amount[]): void {
      const { recalls } = of(scope)
      const asked = recalls.get(id)
      for (const { key } of amounts) asked?.amounts.delete(key)
      if (asked !== undefined && asked.amounts.size === 0 && !asked.close) recalls.delete(id)
    },
    wordOf(till: number, scope: Scope, asked: readonly CounterRef[] = []): Word {
      const { rights, recalls, owed } = of(scope)
      const id = idOf(till)
      const wanted = recalls.get(id)
      const recall: Recall | null = wanted ? { close: wanted.close, amounts: [...wanted.amounts.values()] } : null
      const isPot = typeof scope === 'string'
      const held = holderOf(rights, id)
      const amounts = (counters: readonly CounterRef[], amount: (counter: CounterRef) => number) =>
        Object.fromEntries(counters.map(counter => [counter.key, amount(counter)]))
      return {
        ...{ scope, generation: generations[till] ?? 1, grant: grantOf(rights, id), recall },
        owed: Object.fromEntries([...owed].map(([key, { fen }]) => [key, fen])),
        used: isPot ? {} : amounts(asked, counter => settledOf(rights, counter)),
        elsewhere: isPot
          ? amounts([...Object.keys(held.lines).map(counterOf), ...asked], counter =>
              Math.max(0, capOf(counter) - settledOf(rights, counter) - left(held, counter)),
            )
          : {},
      }
    },
    /** An operator gives a lost terminal's lease up. */
    giveUp(id: HolderId): void {
      for (const state of kept.values())
        if (Object.hasOwn(state.rights.holders, id)) {
          state.rights = writeOff(state.rights, id)
          state.recalls.delete(id)
        }
    },
    /** The first counter that promises more than its cap, among those of some scopes; null where none does. */
    problem(scopes: Iterable<Scope>): string | null {
      for (const scope of scopes) {
        const { rights } = of(scope)
        const held = Object.values(rights.holders).flatMap(({ lines }) => Object.keys(lines))
        for (const counter of new Set([...Object.keys(rights.settled), ...held])) {
          const promised = settledOf(rights, counterOf(counter)) + outstanding(rights, counterOf(counter))
          if (promised > capOf(counterOf(counter))) return `${scope}: ${counter} promises more than its cap`
        }
      }
      return null
    },
  }
}
