import type { BusinessDate, Meal } from '../../../shared/business-day.ts'
import { addDays } from '../../../shared/business-day.ts'
import type { CheckInId, OperatorId, RecordId, TerminalId } from '../../../shared/ids.ts'
import type { ProblemCode } from '../../../shared/problems.ts'
import type { SeniorRef } from '../../../shared/record.ts'
import type { Done, SaleView } from '../../../shared/terminal-api.ts'
import type { OpenCheckIn } from '../check-in-state.ts'
import type { Stock } from '../price-visit.ts'
import type { LaneRefunds } from '../store/lane-refunds.ts'
import type { LaneSales } from '../store/lane-visits.ts'
import type { OpenCheckIns } from '../store/open-check-ins.ts'
import type { Db } from '../store/open-database.ts'
import type { FirstLine } from './lane-line.ts'
import type { LaneAnswer, LaneQuestion, LaneVisit, Lent } from './lane-messages.ts'

/** How long a person at the till waits for the first one's word on their rights (ms): it may ask the province meanwhile. */
const pricePatience = 2500
/** How long a confirmation waits, each of two times (ms). */
const sellPatience = 1500
/** How long a question waits that nobody stands before (ms): what became of a visit after a crash. */
const settlePatience = 10_000

/** Says whether this till comes to the price `shown` by the stock that the first one lends. */
export type Agrees = (stock: Stock, shown: string) => boolean

export interface SecondTill {
  /** True where this till is told to sell through another one. */
  readonly joins: boolean
  /** Asks the first till to lend what it holds for this visit. False: this till goes on alone. */
  lend(visit: LaneVisit, agrees: Agrees): Promise<boolean>
  /** Goes on without what is lent. */
  giveBack(): void
  /** What is lent for a check-in; null where this till goes by what it holds itself. */
  lent(id: CheckInId): (Lent & { readonly stock: Stock }) | null
  /**
   * Has the first till sell the visit as it was shown, and asks once more where no answer comes. `alone`: it does not, and this till goes on with what it holds;
   * where `heard` is false that must be under another number (`replace`), since the first one may have sold it.
   */
  sell(
    question: LaneQuestion<'sell'> & { visit: LaneVisit },
    senior: SeniorRef | null,
    agrees: Agrees,
  ): Promise<
    | { readonly result: 'recorded'; readonly sale: SaleView }
    | { readonly result: 'price-changed' }
    | { readonly result: 'alone'; readonly heard: boolean }
  >
  /** The visit stands here under another number from now on: what the first till sold under the old one is voided. */
  replace(old: CheckInId, anew: OpenCheckIn): void
  /** Staff put the open check-in away: nothing of it is sold. */
  dismiss(): void
  /** A crash came between the question to sell and its answer. */
  isAsked(id: CheckInId): boolean
  /** Asks what became of it. `none`: nothing, for ever; `unheard`: no answer. */
  adopt(id: CheckInId): Promise<'recorded' | 'none' | 'unheard'>
  /** True for a sale that the first till recorded for this one. */
  owns(sale: RecordId): boolean
  voidSale(sale: RecordId, today: BusinessDate, operator: OperatorId | null): Promise<Done>
  /**
   * Takes back a sale of this ledger whose claim the first till might pay: only once that one holds it back, or cannot be asked and cannot have
   * it to pay either (`heard` false: the province acknowledged no such sale).
   */
  takeBackOnce(
    claim: { of: RecordId; by: RecordId; senior: SeniorRef | null; pack: string; heard: boolean },
    takeBack: () => Promise<Done>,
  ): Promise<Done>
  saleView(id: string, today: BusinessDate): SaleView | null
  sales(date: BusinessDate, limit: number): SaleView[]
  times(date: BusinessDate): { at: number; meal: string | null; id: string }[]
  /** When this senior ate in a meal by a sale of the first till for this one (ms). */
  earlier(senior: SeniorRef, date: BusinessDate, meal: Meal): number | null
  /** Asks again what got no answer, once. */
  catchUp(): Promise<void>
}

export interface SecondTillParts {
  readonly joins: boolean
  readonly line: FirstLine
  readonly sales: LaneSales
  readonly refunds: LaneRefunds
  readonly openCheckIns: OpenCheckIns
  readonly db: Db
  reversalOf(record: RecordId): string | null
  now(): number
  today(): BusinessDate
  onChange(): void
}

/** Sells through the first till of the site while the LAN to it is up. */
export function createSecondTill(parts: SecondTillParts): SecondTill {
  const { sales, line, refunds, openCheckIns, joins } = parts
  let borrowed: { id: CheckInId; from: TerminalId; lent: Lent & { stock: Stock } } | null = null
  /** Refunds that are being made right now. */
  const refunding = new Set<RecordId>()

  function borrow(id: CheckInId, from: TerminalId, lent: Lent): void {
    borrowed = { id, from, lent: { ...lent, stock: stockOf(lent) } }
  }

  /** Stores the first till's sale, and that nothing stands open any more, together. */
  function keep(id: CheckInId, sale: SaleView): void {
    parts.db
      .transaction(() => {
        sales.sold(id, sale)
        if (openCheckIns.load()?.id === id) openCheckIns.clear()
        sales.forgetBefore(addDays(parts.today(), -1))
      })
      .immediate()
  }

  /** A sale that was taken back there before it was heard of here is none. */
  const isSold = (answer: LaneAnswer<'sell'> | null) => answer?.result === 'recorded' && !answer.sale.voided

  async function settle(id: CheckInId, first: TerminalId, isKept: boolean): Promise<'recorded' | 'none' | 'unheard'> {
    const answer = await line.askAt(first, 'settle', { visit: id, keep: isKept }, settlePatience)
    if (answer === null) return 'unheard'
    if (answer.result === 'none') sales.forget(id)
    else keep(id, answer.sale)
    return answer.result
  }

  async function settleAll(): Promise<void> {
    // What stands on the screen is decided there.
    const open = openCheckIns.load()?.id
    for (const { id, first, state } of sales.unheard()) {
      const isAway = first === line.first() && line.awaySince() !== null
      if (id === open || isAway || !line.reaches(first)) continue
      if ((await settle(id, first, state === 'asked')) !== 'unheard') parts.onChange()
    }
  }

  async function settleRefunds(): Promise<void> {
    for (const { of, by, first } of refunds.open()) {
      if (refunding.has(of)) continue
      const isMade = parts.reversalOf(of) === by
      if (isMade || (await line.askAt(first, 'claim', { of, by, hold: null }, settlePatience)) !== null)
        refunds.settled(of, by)
    }
  }

  return {
    joins,
    async lend(visit, agrees) {
      borrowed = null
      const first = line.first()
      if (first === null || line.awaySince() !== null) return false
      const answer = await line.ask('price', visit, pricePatience)
      if (answer?.result !== 'lent' || !agrees(stockOf(answer.lent), answer.lent.shown)) return false
      borrow(visit.open.id, first, answer.lent)
      return true
    },
    giveBack() {
      borrowed = null
    },
    lent: id => (borrowed?.id === id ? borrowed.lent : null),
    async sell(question, senior, agrees) {
      const { open, businessDate, meal } = question.visit
      const first = line.first()
      // Asked before, and what came of it could not be put down: only another number is sure.
      if (sales.isAsked(open.id)) return { result: 'alone', heard: false }
      // Another till is the first by now: it has lent nothing.
      if (first === null || first !== borrowed?.from) return { result: 'alone', heard: true }
      sales.asked({ id: open.id, first, at: parts.now(), senior, date: businessDate, meal })
      const answer = await line.ask('sell', question, sellPatience)
      if (answer !== null && answer.result !== 'recorded') {
        sales.forget(open.id)
        // A price that this till does not come to would be shown as it was, and refused again.
        if (answer.result === 'alone' || !agrees(stockOf(answer.lent), answer.lent.shown))
          return { result: 'alone', heard: true }
        borrow(open.id, first, answer.lent)
        return { result: 'price-changed' }
      }
      // The first question may still be on its way: of the second answer only a sale is sure.
      const again = answer ?? (line.first() === first ? await line.ask('sell', question, sellPatience) : null)
      if (again?.result !== 'recorded' || !isSold(again)) return { result: 'alone', heard: false }
      keep(open.id, again.sale)
      return again
    },
    replace(old, anew) {
      parts.db
        .transaction(() => {
          sales.giveUp(old)
          openCheckIns.keep(anew)
        })
        .immediate()
    },
    dismiss() {
      parts.db
        .transaction(() => {
          const open = openCheckIns.load()
          if (open !== null) sales.giveUp(open.id)
          openCheckIns.clear()
        })
        .immediate()
    },
    isAsked: id => sales.isAsked(id),
    async adopt(id) {
      const asked = sales.unheard().find(one => one.id === id)
      return asked === undefined ? 'none' : await settle(id, asked.first, true)
    },
    owns: sale => sales.byId(sale) !== null,
    async voidSale(id, today, operator) {
      const known = sales.byId(id)
      if (known === null || known.date !== today) return refuse('SALE_UNKNOWN')
      if (known.sale.voided) return refuse('SALE_ALREADY_VOID')
      const answer = await line.askAt(known.first, 'void', { sale: id, operator }, sellPatience)
      if (answer === null) return refuse('LANE_VOID_LATER')
      if (answer.result === 'refused' && (answer.code === 'SALE_UNKNOWN' || answer.code === 'REFUND_MADE_GOOD'))
        return refuse(answer.code)
      sales.sold(id, { ...known.sale, voided: true, voidable: false })
      // Whoever took it back at the first till has given the money back, too.
      return answer.result === 'done' ? { result: 'done' } : refuse(answer.code)
    },
    async takeBackOnce({ of, by, senior, pack, heard }, takeBack) {
      if (!joins) return await takeBack()
      const first = line.first()
      if (first === null) return heard ? refuse('REFUND_ASK_FIRST') : await takeBack()
      refunding.add(of)
      try {
        refunds.asked(of, by, first)
        const answer = await line.ask('claim', { of, by, hold: { senior, pack } }, sellPatience)
        if (answer?.result === 'made-good') {
          refunds.settled(of, by)
          return refuse('REFUND_MADE_GOOD')
        }
        const cannotBePaid = answer?.result === 'held' || (answer === null && !heard)
        return cannotBePaid ? await takeBack() : refuse('REFUND_ASK_FIRST')
      } finally {
        refunding.delete(of)
      }
    },
    saleView(id, today) {
      const known = sales.byId(id)
      return known && { ...known.sale, voidable: !known.sale.voided && known.date === today }
    },
    sales: (date, limit) => sales.on(date, limit),
    times: date => sales.times(date),
    earlier: (senior, date, meal) => sales.earlier(senior, date, meal),
    async catchUp() {
      await settleAll()
      await settleRefunds()
    },
  }
}

function refuse(code: ProblemCode): Done {
  return { result: 'refused', notice: { code, values: {} } }
}

function stockOf(lent: Lent): Stock {
  const pick = (from: Readonly<Record<string, number>>, keys: readonly string[]) =>
    Object.fromEntries(keys.flatMap(key => (from[key] === undefined ? [] : [[key, from[key]]])))
  return {
    usage: { of: (_senior, _pack, keys) => pick(lent.used, keys) },
    earlier: () => lent.earlier,
    portions: () => lent.portions,
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
