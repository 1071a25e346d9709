import { addDays, type BusinessDate } from '../../../shared/business-day.ts'
import {
  type Amount,
  closed,
  counterOf,
  drawn,
  emptyHolder,
  givenBack,
  type Holder,
  left,
  released,
  withGrant,
  withoutPast,
} from '../../../shared/leases/holder.ts'
import { rightsOf, totalsFor } from '../../../shared/leases/rules.ts'
import type { Entry, Word } from './messages.ts'
import type { pricer, SimulatedVisit } from './pricing.ts'
import { dateAt, type SimulatedSite } from './world.ts'

interface Known {
  held: Holder
  readonly used: Map<string, number>
  owed: Readonly<Record<string, number>>
  /** Given without a right since the last word of the province, under `bounded`. */
  boldFen: number
  boldDay: { date: BusinessDate; fen: number } | null
  touchedOn: BusinessDate | null
}

/** What a visit came to. */
export interface Served {
  readonly sale: number
  readonly subsidyFen: number
  readonly pendingFen: number
  readonly debits: readonly Amount[]
  /** Claims that were made good at this visit. */
  readonly madeGood: readonly number[]
  readonly asked: boolean
  /** Given without a right, under `bounded`. */
  readonly bold: boolean
}

/** The terminal of a simulation: the rules of `shared/leases` over a ledger in memory. */
export function simulatedTerminal(parts: {
  readonly site: SimulatedSite
  readonly pricing: ReturnType<typeof pricer>
  /** Most that may be given to one senior without a right: a day, and until the province was heard; null where nothing may. */
  readonly bounded: { readonly dayFen: number; readonly untilSyncFen: number } | null
}) {
  const { site, pricing, bounded } = parts
  const known = new Map<number, Known>()
  const ledger: Entry[] = []
  let acknowledged = 0
  let cursor = 0
  let today: BusinessDate | null = null

  const of = (senior: number): Known => {
    const found = known.get(senior)
    if (found !== undefined) return found
    const fresh: Known = { held: emptyHolder, used: new Map(), owed: {}, boldFen: 0, boldDay: null, touchedOn: null }
    known.set(senior, fresh)
    return fresh
  }

  /** Rights of those whose home is elsewhere go back when the day is over, so that no right is stranded here. */
  function turnDay(date: BusinessDate): void {
    if (today === date) return
    today = date
    for (const [senior, state] of known) {
      state.held = withoutPast(state.held, addDays(date, -2))
      const open = Object.keys(state.held.lines).some(key => left(state.held, counterOf(key)) > 0)
      if (state.held.ahead === null && open && state.touchedOn !== date) close(senior, state)
    }
  }

  function close(senior: number, state: Known): void {
    ledger.push({ kind: 'close', senior, epoch: state.held.epoch })
    state.held = closed(state.held)
  }

  /** The bounded float of a senior, as rights beside those that are leased. */
  function boldRights(state: Known, date: BusinessDate): number {
    if (bounded === null) return 0
    const day = state.boldDay?.date === date ? state.boldDay.fen : 0
    return Math.max(0, Math.min(bounded.dayFen - day, bounded.untilSyncFen - state.boldFen))
  }

  return {
    site,
    ledger,
    today: (minute: number) => addDays(dateAt(minute), site.skewDays),
    unsent: () => ({ from: acknowledged, entries: ledger.slice(acknowledged) }),
    acknowledge(through: number) {
      acknowledged = Math.max(acknowledged, through)
    },
    cursor: () => cursor,
    heardThrough(next: number) {
      cursor = Math.max(cursor, next)
    },
    /** A word of the province, in whatever order it comes. */
    hear({ senior, grant, recall, owed }: Word): void {
      const state = of(senior)
      const before = state.held
      state.held = withGrant(state.held, grant)
      state.owed = owed
      state.boldFen = 0
      if (recall === null || grant.epoch < before.epoch) return
      if (recall.close) {
        close(senior, state)
        return
      }
      const handed = released(state.held, recall.amounts)
      state.held = handed.holder
      if (recall.amounts.length > 0)
        ledger.push({
          kind: 'release',
          senior,
          amounts: handed.amounts.length > 0 ? handed.amounts : recall.amounts.map(item => ({ ...item, amount: 0 })),
        })
    },
    turnDay,
    serve(
      senior: number,
      sale: number,
      visit: SimulatedVisit,
      online: {
        ask(question: { epoch: number; totals: readonly Amount[]; debits: readonly Amount[] }): Word | null
      } | null,
      at: number,
    ): Served {
      turnDay(visit.date)
      const state = of(senior)
      state.touchedOn = visit.date
      const counters = pricing.counters(visit)
      const price = () => {
        const used = Object.fromEntries(counters.map(({ key }) => [key, state.used.get(key) ?? 0]))
        return pricing.price(visit, used, rightsOf(state.held, counters))
      }
      let priced = price()
      let asked = false
      if (online !== null && (priced.pendingFen > 0 || state.held.ahead === null)) {
        asked = true
        const used = Object.fromEntries(counters.map(({ key }) => [key, state.used.get(key) ?? 0]))
        const { debits } = pricing.price(visit, used, 'whole-cap')
        const word = online.ask({ epoch: state.held.epoch, totals: totalsFor(state.held, debits), debits })
        if (word !== null) this.hear(word)
        priced = price()
      }
      const bold = priced.pendingFen > 0 ? boldRights(state, visit.date) : 0
      if (bold > 0) {
        const used = Object.fromEntries(counters.map(({ key }) => [key, state.used.get(key) ?? 0]))
        const lent = Object.fromEntries(
          counters.map(counter => [counter.key, Math.max(left(state.held, counter), bold)]),
        )
        const daring = pricing.price(visit, used, lent)
        if (daring.pendingFen === 0 && daring.subsidyFen > 0) {
          state.boldFen += daring.subsidyFen
          const day = state.boldDay?.date === visit.date ? state.boldDay.fen : 0
          state.boldDay = { date: visit.date, fen: day + daring.subsidyFen }
          for (const { key, amount } of daring.debits) state.used.set(key, (state.used.get(key) ?? 0) + amount)
          ledger.push({ kind: 'sale', senior, sale, debits: daring.debits })
          return { sale, ...daring, madeGood: [], asked, bold: true }
        }
      }
      const due = Object.keys(state.owed).filter(key => left(state.held, counterOf(key)) > 0)
      const payouts = due.map(key => ({ ...counterOf(key), amount: 1 }))
      const debits = [...priced.debits, ...payouts]
      const next = drawn(state.held, debits)
      if (next === null) throw new Error('a quote drew more than its rights')
      state.held = next
      for (const { key, amount } of priced.debits) state.used.set(key, (state.used.get(key) ?? 0) + amount)
      if (debits.length > 0) ledger.push({ kind: 'sale', senior, sale, debits })
      if (priced.pendingFen > 0) ledger.push({ kind: 'pending', senior, sale, visit, at })
      return { sale, ...priced, madeGood: due.map(key => Number(key.split('/')[1])), asked, bold: false }
    },
    /** Voids a sale of this shift that drew on rights. */
    undo(senior: number, of_: number, debits: readonly Amount[], epoch: number): void {
      const state = of(senior)
      for (const { key, amount } of debits) state.used.set(key, Math.max(0, (state.used.get(key) ?? 0) - amount))
      state.held = givenBack(state.held, debits, epoch)
      ledger.push({ kind: 'void', senior, of: of_, debits, epoch })
    },
    epochOf: (senior: number) => of(senior).held.epoch,
  }
}
