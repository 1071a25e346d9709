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

/** The province at the other end of the line. Null: no answer came. */
export interface Asking {
  ask(question: {
    readonly epoch: number
    readonly totals: readonly Amount[]
    readonly debits: readonly Amount[]
  }): Word | null
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

  const usedOf = (state: Known, counters: readonly { readonly key: string }[]) =>
    Object.fromEntries(counters.map(({ key }) => [key, state.used.get(key) ?? 0]))

  function use(state: Known, debits: readonly Amount[], sign: 1 | -1): void {
    for (const { key, amount } of debits) state.used.set(key, Math.max(0, (state.used.get(key) ?? 0) + sign * amount))
  }

  /** A word of the province, in whatever order it comes. */
  function hear({ senior, grant, recall, owed }: Word): void {
    const state = of(senior)
    const isOld = grant.epoch < state.held.epoch
    state.held = withGrant(state.held, grant)
    state.owed = owed
    state.boldFen = 0
    if (recall === null || isOld) return
    if (recall.close) {
      close(senior, state)
      return
    }
    const { holder, amounts } = released(state.held, recall.amounts)
    state.held = holder
    // Nothing left is an answer too: the province asks no longer.
    const nothing = recall.amounts.map(item => ({ ...item, amount: 0 }))
    ledger.push({ kind: 'release', senior, amounts: amounts.length > 0 ? amounts : nothing })
  }

  /** Gives what no right stands behind, as far as `bounded` lets it; null where it does not. */
  function serveBoldly(state: Known, senior: number, sale: number, visit: SimulatedVisit): Served | null {
    const most = boldRights(state, visit.date)
    if (most === 0) return null
    const counters = pricing.counters(visit)
    const lent = counters.map(counter => [counter.key, Math.max(left(state.held, counter), most)])
    const priced = pricing.price(visit, usedOf(state, counters), Object.fromEntries(lent))
    if (priced.pendingFen > 0 || priced.subsidyFen === 0) return null
    const today = state.boldDay?.date === visit.date ? state.boldDay.fen : 0
    state.boldFen += priced.subsidyFen
    state.boldDay = { date: visit.date, fen: today + priced.subsidyFen }
    use(state, priced.debits, 1)
    ledger.push({ kind: 'sale', senior, sale, debits: priced.debits })
    return { sale, ...priced, madeGood: [], asked: false, bold: true }
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
    hear,
    turnDay,
    /** Serves a visit by the rights that are here, those that the province gives now, or none: then the claim is pending. */
    serve(senior: number, sale: number, visit: SimulatedVisit, province: Asking | null): Served {
      turnDay(visit.date)
      const state = of(senior)
      state.touchedOn = visit.date
      const counters = pricing.counters(visit)
      const price = () => pricing.price(visit, usedOf(state, counters), rightsOf(state.held, counters))
      let priced = price()
      const asked = province !== null && (priced.pendingFen > 0 || state.held.ahead === null)
      if (asked) {
        const { debits } = pricing.price(visit, usedOf(state, counters), 'whole-cap')
        const word = province.ask({ epoch: state.held.epoch, totals: totalsFor(state.held, debits), debits })
        if (word !== null) hear(word)
        priced = price()
      }
      const bold = priced.pendingFen > 0 ? serveBoldly(state, senior, sale, visit) : null
      if (bold !== null) return { ...bold, asked }
      const due = Object.keys(state.owed).filter(key => left(state.held, counterOf(key)) > 0)
      const debits = [...priced.debits, ...due.map(key => ({ ...counterOf(key), amount: 1 }))]
      const next = drawn(state.held, debits)
      if (next === null) throw new Error('a quote drew more than its rights')
      state.held = next
      use(state, priced.debits, 1)
      if (debits.length > 0) ledger.push({ kind: 'sale', senior, sale, debits })
      if (priced.pendingFen > 0) ledger.push({ kind: 'pending', senior, sale, visit })
      return { sale, ...priced, madeGood: due.map(key => Number(key.split('/')[1])), asked, bold: false }
    },
    /** Voids a sale of this shift; `epoch` as its draw had it, 0 where no right stood behind it. */
    undo(senior: number, sale: number, debits: readonly Amount[], epoch: number): void {
      const state = of(senior)
      use(state, debits, -1)
      state.held = givenBack(state.held, debits, epoch)
      ledger.push({ kind: 'void', senior, of: sale, debits, epoch })
    },
    epochOf: (senior: number) => of(senior).held.epoch,
  }
}
