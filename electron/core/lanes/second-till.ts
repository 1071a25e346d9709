import type { BusinessDate } from '../../../shared/business-day.ts'
import { addDays, businessMinuteOf, clockTime } from '../../../shared/business-day.ts'
import type { CheckInId, OperatorId, RecordId, TerminalId } from '../../../shared/ids.ts'
import { type SiteTills, siteTills } from '../../../shared/province-api.ts'
import type { KeyPair } from '../../../shared/suite.ts'
import type { Done, Notice, SaleView } from '../../../shared/terminal-api.ts'
import type { Stock } from '../price-visit.ts'
import type { Documents } from '../store/documents.ts'
import type { LaneSales } from '../store/lane-visits.ts'
import type { OpenCheckIns } from '../store/open-check-ins.ts'
import type { Db } from '../store/open-database.ts'
import { askFirst, type LaneLine } from './lane-client.ts'
import { laneKey } from './lane-key.ts'
import type { LaneAnswer, LaneKind, LaneQuestion, LaneVisit, Lent } from './lane-messages.ts'

/** How long a person at the till waits for the first one's word on their rights (ms): it may ask the province meanwhile. */
const pricePatience = 2500
/** How long a confirmation waits, each of two times (ms). */
const sellPatience = 1500
/** How long a question waits that nobody stands before (ms): what became of a visit after a crash. */
const settlePatience = 10_000
/** Between two looks whether the first till is there (ms). */
const lookEvery = 2000

export interface SecondTill {
  /** True where this till is told to sell through another one. */
  readonly joins: boolean
  /** Asks the first till to lend what it holds for this visit. False: this till goes on alone. `agrees` says whether both make the same price of it. */
  lend(visit: LaneVisit, agrees: (stock: Stock, shown: string) => boolean): Promise<boolean>
  /** Goes on without what is lent. */
  giveBack(): void
  /** What is lent for a check-in; null where this till goes by what it holds itself. */
  lent(id: CheckInId): (Lent & { readonly stock: Stock }) | null
  /**
   * Has the first till sell the visit as it was shown, and asks once more where no answer comes. `alone`: it does not, and this till goes on with what it holds;
   * where `heard` is false that must be under another number, since the first one may have sold it, and will void that.
   */
  sell(
    question: LaneQuestion<'sell'> & { visit: LaneVisit },
    agrees: (stock: Stock, shown: string) => boolean,
  ): Promise<
    | { readonly result: 'recorded'; readonly sale: SaleView }
    | { readonly result: 'price-changed' }
    | { readonly result: 'alone'; readonly heard: boolean }
  >
  /** A crash came between the question to sell and its answer. */
  isAsked(id: CheckInId): boolean
  /** Asks what became of it. `none`: nothing, for ever; `unheard`: no answer, so that it is voided later. */
  adopt(id: CheckInId): Promise<'recorded' | 'none' | 'unheard'>
  /** True for a sale that the first till recorded for this one. */
  owns(sale: RecordId): boolean
  voidSale(sale: RecordId, today: BusinessDate, operator: OperatorId | null): Promise<Done>
  saleView(id: string, today: BusinessDate): SaleView | null
  sales(date: BusinessDate, limit: number): SaleView[]
  times(date: BusinessDate): { at: number; meal: string | null; id: string }[]
  notices(): Notice[]
  start(): void
  stop(): Promise<void>
}

export interface SecondTillParts {
  /** Where the first till listens; null: this till sells by itself. */
  readonly join: { readonly host: string; readonly port: number } | null
  readonly terminal: TerminalId
  readonly sealing: KeyPair
  readonly documents: Documents
  readonly sales: LaneSales
  readonly openCheckIns: OpenCheckIns
  readonly db: Db
  now(): number
  today(): BusinessDate
  onChange(): void
}

/** The tills of this site, as the province last listed them. */
export function tillsOf(documents: Documents): SiteTills | null {
  return documents.read('tills', siteTills)
}

/** Sells through the first till of the site while the LAN to it is up. */
export function createSecondTill(parts: SecondTillParts): SecondTill {
  const { sales, join, terminal } = parts
  let borrowed: { id: CheckInId; lent: Lent & { stock: Stock } } | null = null
  /** Null: the first till answers, or was not asked yet. */
  let awaySince: number | null = null
  let known: { readonly till: SiteTills['tills'][number]; readonly key: Buffer } | null = null
  let heardAt = parts.now()
  let timer: NodeJS.Timeout | null = null
  let looking: Promise<void> = Promise.resolve()
  let stopped = false

  function firstTill(): (LaneLine & { readonly terminal: TerminalId }) | null {
    const list = join && tillsOf(parts.documents)
    const first = list?.tills.find(till => till.terminal === list.first && till.terminal !== terminal)
    if (!join || first === undefined) return null
    if (known?.till.terminal !== first.terminal || known.till.key !== first.key)
      known = { till: first, key: laneKey(parts.sealing, first.key, { first: first.terminal, second: terminal }) }
    return { ...join, terminal: first.terminal, identity: terminal, key: known.key }
  }

  async function ask<K extends LaneKind>(
    kind: K,
    question: LaneQuestion<K>,
    patience: number,
  ): Promise<LaneAnswer<K> | null> {
    const first = firstTill()
    const answer = first && (await askFirst(first, kind, question, patience))
    const wasAway = awaySince !== null
    if (answer !== null) {
      heardAt = parts.now()
      awaySince = null
    } else awaySince ??= heardAt
    if (wasAway !== (awaySince !== null)) parts.onChange()
    return answer
  }

  function borrow(id: CheckInId, lent: Lent): void {
    borrowed = { id, lent: { ...lent, stock: stockOf(lent) } }
  }

  function lentFor(id: CheckInId) {
    return borrowed?.id === id ? borrowed.lent : null
  }

  /** Stores the first till's sale, and that nothing stands open any more, together. */
  function keep(id: CheckInId, sale: SaleView): void {
    parts.db
      .transaction(() => {
        sales.sold(id, sale)
        if (parts.openCheckIns.load()?.id === id) parts.openCheckIns.clear()
        sales.forgetBefore(addDays(parts.today(), -1))
      })
      .immediate()
  }

  /** Questions to sell that nobody waits for any more: what came of them is voided. */
  const due = (first: TerminalId) => {
    const open = parts.openCheckIns.load()?.id
    return sales.unheard().filter(one => one.id !== open && one.first === first)
  }

  async function look(): Promise<void> {
    const first = firstTill()
    if (first === null) return
    const [next] = due(first.terminal)
    if (next === undefined) {
      await ask('hello', {}, sellPatience)
      return
    }
    const settled = await ask('settle', { visit: next.id, keep: false }, settlePatience)
    if (settled === null) return
    sales.forget(next.id)
    parts.onChange()
    if (!stopped) await look()
  }

  function schedule(): void {
    if (stopped) return
    timer = setTimeout(() => {
      looking = look().finally(schedule)
      looking.catch(() => parts.onChange())
    }, lookEvery)
    timer.unref()
  }

  return {
    joins: join !== null,
    async lend(visit, agrees) {
      borrowed = null
      if (firstTill() === null || awaySince !== null) return false
      const answer = await ask('price', visit, pricePatience)
      if (answer?.result !== 'lent' || !agrees(stockOf(answer.lent), answer.lent.shown)) return false
      borrow(visit.open.id, answer.lent)
      return true
    },
    giveBack() {
      borrowed = null
    },
    lent: lentFor,
    async sell(question, agrees) {
      const { open, businessDate, meal } = question.visit
      const first = firstTill()
      if (first === null) return { result: 'alone', heard: true }
      const note = { id: open.id, first: first.terminal, at: parts.now(), date: businessDate, meal }
      sales.asked(note)
      const answer = await ask('sell', question, sellPatience)
      if (answer?.result === 'recorded') {
        keep(open.id, answer.sale)
        return answer
      }
      if (answer !== null) {
        sales.forget(open.id)
        // A price that this till does not come to would be shown as it was, and refused again.
        if (answer.result === 'alone' || !agrees(stockOf(answer.lent), answer.lent.shown))
          return { result: 'alone', heard: true }
        borrow(open.id, answer.lent)
        return { result: 'price-changed' }
      }
      // The first question may still be on its way: of the second answer only a sale is sure.
      const again = await ask('sell', question, sellPatience)
      if (again?.result !== 'recorded') return { result: 'alone', heard: false }
      keep(open.id, again.sale)
      return again
    },
    isAsked: id => sales.isAsked(id),
    async adopt(id) {
      const answer = await ask('settle', { visit: id, keep: true }, settlePatience)
      if (answer === null) return 'unheard'
      if (answer.result === 'none') sales.forget(id)
      else keep(id, answer.sale)
      return answer.result
    },
    owns: sale => sales.byId(sale) !== null,
    async voidSale(id, today, operator) {
      const refuse = (code: 'SALE_UNKNOWN' | 'SALE_ALREADY_VOID' | 'LANE_VOID_LATER'): Done => {
        return { result: 'refused', notice: { code, values: {} } }
      }
      const known = sales.byId(id)
      if (known === null || known.date !== today) return refuse('SALE_UNKNOWN')
      if (known.sale.voided) return refuse('SALE_ALREADY_VOID')
      const answer = await ask('void', { sale: id, operator }, sellPatience)
      if (answer === null) return refuse('LANE_VOID_LATER')
      if (answer.result === 'refused' && answer.code === 'SALE_UNKNOWN') return refuse('SALE_UNKNOWN')
      // Taken back there before: by a question whose answer was lost, or by the staff of the first till.
      sales.sold(id, { ...known.sale, voided: true, voidable: false })
      return { result: 'done' }
    },
    saleView(id, today) {
      const known = sales.byId(id)
      return known && { ...known.sale, voidable: !known.sale.voided && known.date === today }
    },
    sales: (date, limit) => sales.on(date, limit),
    times: date => sales.times(date),
    notices() {
      const asked = sales.unheard()
      const open = asked.length === 0 ? undefined : parts.openCheckIns.load()?.id
      const waiting = asked.filter(({ id }) => id !== open).length
      const unheard: Notice[] = waiting === 0 ? [] : [{ code: 'LANE_UNHEARD', values: { count: waiting } }]
      if (join === null) return unheard
      const list = tillsOf(parts.documents)
      if (list !== null && firstTill() === null) return [{ code: 'LANE_STRANGER', values: {} }, ...unheard]
      if (awaySince === null) return unheard
      const time = clockTime(businessMinuteOf(awaySince))
      return [{ code: 'LANE_AWAY', values: { time } }, ...unheard]
    },
    start() {
      if (join !== null) schedule()
    },
    async stop() {
      stopped = true
      if (timer) clearTimeout(timer)
      await looking.catch(() => undefined)
    },
  }
}

function stockOf(lent: Lent): Stock {
  const pick = (from: Readonly<Record<string, number>>, keys: readonly string[]) =>
    Object.fromEntries(keys.flatMap(key => (from[key] === undefined ? [] : [[key, from[key]]])))
  return {
    usage: { of: (_, keys) => pick(lent.used, keys) },
    leases: {
      rights: (_, __, counters) =>
        pick(
          lent.rights,
          counters.map(({ key }) => key),
        ),
      owed: () => [],
      pots: () => lent.pots,
      advance: () => lent.advanceFen,
    },
  }
}
