import type { CheckInId, OperatorId, RecordId, TerminalId } from '../../../shared/ids.ts'
import { checkInId, recordId } from '../../../shared/ids.ts'
import { countersFor } from '../../../shared/policy/counters.ts'
import { versionInForce } from '../../../shared/policy/quote.ts'
import type { LedgerRecord } from '../../../shared/record.ts'
import type { Done, Notice, SaleView } from '../../../shared/terminal-api.ts'
import type { Counter } from '../counter.ts'
import type { Priced, Stock } from '../price-visit.ts'
import { recordSale, type SaleParts } from '../record-sale.ts'
import type { LaneMeals } from '../store/lane-meals.ts'
import type { LaneHolds } from '../store/lane-refunds.ts'
import type { LaneVisits } from '../store/lane-visits.ts'
import { voidSale } from '../void-sale.ts'
import {
  type LaneAnswer,
  type LaneAsked,
  type LaneKind,
  type LaneVisit,
  type Lent,
  laneMessages,
  voidRefusal,
} from './lane-messages.ts'
import { NotNow } from './lane-server.ts'

export interface FirstTillParts {
  readonly visits: LaneVisits
  readonly holds: LaneHolds
  readonly meals: Pick<LaneMeals, 'hear'>
  readonly counter: Counter
  readonly sale: SaleParts
  /** True where the pending claim of a record was paid here. */
  wasMadeGood(record: RecordId): boolean
  /** False where the province calls another till the first by now: then only what was sold before is looked after. */
  isFirst(): boolean
  online(): boolean
  /** Records that were lost here have still to come back. */
  isRefilling(): boolean
  stopped(): Notice | null
  saleView(id: string): SaleView | null
  /** Does what must go through on a full disk too. */
  pressing(work: () => Promise<Done>): Promise<Done>
  onRecorded(): void
}

const alone = { result: 'alone' } as const
/** Why staff of another till took a sale back, in its record. */
const laneVoid = 'lane-operator'

/** A visit that was settled as not sold, or is priced here no more, came to be sold all the same: it is not. */
class Settled extends Error {}

/** Answers the other tills of the site: prices their visits, sells them out of its own lease into its own ledger, each once. */
export function createFirstTill(parts: FirstTillParts) {
  const { visits, holds, counter, sale } = parts
  const { ledger, leases } = sale
  // What a claim brings back is paid at this till itself: a sale that nobody heard of can be voided, a payout cannot.
  const stock: Stock = { ...counter.stock, leases: { ...leases, owed: () => [] } }

  /** The visit as it stands here; null where the two tills do not see it alike, or nothing is lent for it. */
  function look({ open, businessDate, meal, policy }: LaneVisit) {
    if (
      !parts.isFirst() ||
      parts.stopped() !== null ||
      open.who !== 'senior' ||
      open.senior === null ||
      counter.isLost(open)
    )
      return null
    const found = counter.price(open, stock)
    if ('code' in found || found.priced.inputs.person === null) return null
    const isAlike = found.businessDate === businessDate && found.meal === meal && found.priced.policy.hash === policy
    const ref = counter.refOf(open)
    return isAlike && ref !== null ? { ...found, ref, senior: open.senior } : null
  }

  function lend({ priced, businessDate, ref }: NonNullable<ReturnType<typeof look>>): Lent {
    const { used, visit } = priced.inputs
    const { pack } = priced.policy
    const version = versionInForce(pack, businessDate)
    const rights = version ? leases.rights(ref, pack.id, countersFor(version, visit)) : {}
    const owed = leases.owed(ref).flatMap(({ subsidies }) => subsidies)
    return {
      shown: priced.shown,
      rights,
      used,
      pots: leases.pots(pack, businessDate),
      advanceFen: leases.advance(ref, pack, businessDate),
      earlier: priced.earlier,
      portions: (priced.portion ?? 1) - 1,
      owedFen: owed.reduce((sum, { fen }) => sum + fen, 0),
    }
  }

  async function price(visit: LaneVisit): Promise<LaneAnswer<'price'>> {
    const first = look(visit)
    // While records have still to come back nothing is sold here, so nothing is promised either.
    if (first === null || parts.isRefilling()) return alone
    await leases.ask({ id: first.senior }, first.priced)
    const now = look(visit)
    return now === null ? alone : { result: 'lent', lent: lend(now) }
  }

  /** The sale of a visit that was recorded for this lane. */
  function soldFor(lane: TerminalId, visit: CheckInId): SaleView | null {
    const known = visits.of(visit)
    return known?.state === 'sold' && known.lane === lane ? parts.saleView(visit) : null
  }

  async function sell(
    lane: TerminalId,
    { visit, shown, operator, shift }: LaneAsked<'sell'>,
  ): Promise<LaneAnswer<'sell'>> {
    const { open } = visit
    const before = soldFor(lane, open.id)
    if (before !== null) return { result: 'recorded', sale: before }
    const here = look(visit)
    if (here === null || parts.isRefilling() || visits.of(open.id) !== null || ledger.byId(open.id)) return alone
    const { site, meal, businessDate, ref } = here
    let changed: Priced | null = null
    try {
      const outcome = await recordSale(
        {
          ...sale,
          openCheckIns: {
            ...sale.openCheckIns,
            // The visit stands on another till's screen: here it is marked as sold in the same transaction.
            clear: () => visits.put(open.id, lane, 'sold', sale.clock.now()),
          },
        },
        {
          ...{ open, ref, shown, site, meal, businessDate, operator, shift, online: parts.online() },
          price() {
            if (visits.of(open.id) !== null) throw new Settled()
            const now = look(visit)
            // What changed meanwhile leaves nothing to sell here: the other till goes on alone.
            if (now === null) throw new Settled()
            return now.priced
          },
        },
      )
      if (outcome.result === 'disk-full') return alone
      if (outcome.result === 'price-changed') changed = outcome.priced
    } catch (error) {
      if (error instanceof Settled) return alone
      throw error
    }
    if (changed !== null) return { result: 'price-changed', lent: lend({ ...here, priced: changed }) }
    parts.onRecorded()
    const sold = soldFor(lane, open.id)
    return sold === null ? alone : { result: 'recorded', sale: sold }
  }

  /** A sale that came back from the province is another till's where its shift was opened in another ledger. */
  function isOthers(record: LedgerRecord): boolean {
    return record.kind === 'sale' && record.payload.shift !== null && ledger.byId(record.payload.shift) === null
  }

  /** Nothing that was asked for this visit can be recorded any more. */
  async function settle(
    lane: TerminalId,
    { visit, keep }: { visit: CheckInId; keep: boolean },
  ): Promise<LaneAnswer<'settle'>> {
    // A sale that was lost with a disk may still come back from the province.
    if (parts.isRefilling()) throw new NotNow()
    await ledger.inTurn(async () => {
      const stored = ledger.byId(visit)
      if (visits.of(visit) !== null || (stored !== null && !isOthers(stored.record))) return
      visits.put(visit, lane, stored === null ? 'cancelled' : 'sold', sale.clock.now())
    })
    const sold = soldFor(lane, visit)
    if (sold === null) return { result: 'none' }
    if (keep) return { result: 'recorded', sale: sold }
    const request = { sale: recordId.parse(visit), today: null, operator: null, reason: 'lane-unheard' }
    const refusal = await takeBack(request)
    // Who had it all back before has nothing left to take.
    if (refusal !== null && refusal !== 'SALE_ALREADY_VOID' && refusal !== 'SALE_ALREADY_REFUNDED') throw new NotNow()
    return { result: 'none' }
  }

  /** Null: done; else why not. */
  async function takeBack(request: Parameters<typeof voidSale>[1]): Promise<Notice['code'] | null> {
    const result = await parts.pressing(() => voidSale(sale, request))
    if (result.result === 'refused') return result.notice.code
    parts.onRecorded()
    return null
  }

  async function takeBackFor(
    lane: TerminalId,
    { sale: id, operator }: { sale: RecordId; operator: OperatorId | null },
  ): Promise<LaneAnswer<'void'>> {
    if (soldFor(lane, checkInId.parse(id)) === null) return { result: 'refused', code: 'SALE_UNKNOWN' }
    if (parts.wasMadeGood(id)) return { result: 'refused', code: 'REFUND_MADE_GOOD' }
    const code = await takeBack({ sale: id, today: counter.today(), operator, reason: laneVoid })
    if (code === null) return { result: 'done' }
    const reversal = ledger.byId(ledger.reversalOf(id) ?? '')?.record
    // Its first answer was lost.
    if (reversal?.kind === 'void' && reversal.payload.reason === laneVoid) return { result: 'done' }
    const refusal = voidRefusal.safeParse(code)
    if (!refusal.success) throw new NotNow()
    return { result: 'refused', code: refusal.data }
  }

  async function claim(lane: TerminalId, { of, by, hold }: LaneAsked<'claim'>): Promise<LaneAnswer<'claim'>> {
    // What was paid here may still have to come back from the province.
    if (parts.isRefilling()) throw new NotNow()
    return await ledger.inTurn(async () => {
      if (hold === null) {
        holds.free(of, by, lane)
        return { result: 'free' }
      }
      const owed = hold.senior === null ? [] : leases.owed(hold.senior)
      if (parts.wasMadeGood(of) || owed.some(claimed => claimed.of === of)) return { result: 'made-good' }
      return { result: holds.hold(of, by, lane) ? 'held' : 'free' }
    })
  }

  async function hello(lane: TerminalId, news: LaneAsked<'hello'>): Promise<LaneAnswer<'hello'>> {
    if (!parts.isFirst()) throw new NotNow()
    // A till whose ledger stands still is not there, whatever its network says.
    const told = await ledger.inTurn(async () => parts.meals.hear(lane, news))
    return { result: 'here', told }
  }

  return {
    /** @param question parsed by the kind's schema */
    async answer(lane: TerminalId, kind: LaneKind, question: unknown): Promise<unknown> {
      switch (kind) {
        case 'hello':
          return await hello(lane, laneMessages.hello.question.parse(question))
        case 'price':
          return await price(laneMessages.price.question.parse(question))
        case 'sell':
          return await sell(lane, laneMessages.sell.question.parse(question))
        case 'settle':
          return await settle(lane, laneMessages.settle.question.parse(question))
        case 'void':
          return await takeBackFor(lane, laneMessages.void.question.parse(question))
        case 'claim':
          return await claim(lane, laneMessages.claim.question.parse(question))
      }
    },
  }
}
