import type { BusinessDate } from '../../../shared/business-day.ts'
import { capsOn } from '../../../shared/leases/cap-day.ts'
import { type CounterRef, counterOf, left } from '../../../shared/leases/holder.ts'
import { potFundOf } from '../../../shared/leases/pots.ts'
import {
  type CapOf,
  grantOf,
  type HolderId,
  holderId,
  holderOf,
  outstanding,
  type Rights,
  settledOf,
} from '../../../shared/leases/rights.ts'
import { freshLease, type SeniorLease, type Told } from '../../../shared/leases/senior-lease.ts'
import type { Scope, Word } from './messages.ts'
import type { Pricing } from './pricing.ts'

export type ProvinceBook = ReturnType<typeof provinceBook>

/** What the province of a simulation keeps of seniors and pots, what it wants back, and the news of it that each till has not fetched yet. */
export function provinceBook(parts: {
  readonly pricing: Pricing
  readonly potFen: Readonly<Record<string, number>>
  /** How many tills there are; each has its number for a name. */
  readonly tills: number
  today(): BusinessDate
}) {
  const kept = new Map<Scope, SeniorLease>()
  const news: Scope[][] = Array.from({ length: parts.tills }, () => [])
  const generations = news.map(() => 1)
  /** The date of a holder's last word; nothing it does later is of an earlier one. */
  const heard = new Map<HolderId, BusinessDate>()

  let caps = { today: parts.today(), of: capsOn(parts.pricing.limits, parts.today()) }
  const capOf: CapOf = counter => {
    const fund = potFundOf(counter.limit)
    if (fund !== null) return parts.potFen[fund] ?? 0
    const today = parts.today()
    if (today !== caps.today) caps = { today, of: capsOn(parts.pricing.limits, today) }
    return caps.of(counter)
  }
  const of = (scope: Scope): SeniorLease => kept.get(scope) ?? freshLease
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
    put: (scope: Scope, lease: SeniorLease) => kept.set(scope, lease),
    putRights: (scope: Scope, rights: Rights) => kept.set(scope, { ...of(scope), rights }),
    /** Keeps what became of a lease, and notes who has to hear of it. */
    putTold(scope: Scope, { lease, tell }: Told): void {
      kept.set(scope, lease)
      for (const id of tell) news[tillOf(id)]?.push(scope)
    },
    wordOf(till: number, scope: Scope, asked: readonly CounterRef[] = []): Word {
      const { rights, recalls, owed } = of(scope)
      const id = idOf(till)
      const isPot = typeof scope === 'string'
      const held = holderOf(rights, id)
      const amounts = (counters: readonly CounterRef[], amount: (counter: CounterRef) => number) =>
        Object.fromEntries(counters.map(counter => [counter.key, amount(counter)]))
      return {
        ...{ scope, generation: generations[till] ?? 1, grant: grantOf(rights, id), owed },
        recall: recalls[id] ?? null,
        used: isPot ? {} : amounts(asked, counter => settledOf(rights, counter)),
        elsewhere: isPot
          ? amounts([...Object.keys(held.lines).map(counterOf), ...asked], counter =>
              Math.max(0, capOf(counter) - settledOf(rights, counter) - left(held, counter)),
            )
          : {},
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
