import type { BusinessDate, Meal } from '../../../shared/business-day.ts'
import type { CheckInId, TerminalId } from '../../../shared/ids.ts'
import { recordId } from '../../../shared/ids.ts'
import { countersFor } from '../../../shared/policy/counters.ts'
import { versionInForce } from '../../../shared/policy/quote.ts'
import type { Done, Notice, SaleView } from '../../../shared/terminal-api.ts'
import type { OpenCheckIn } from '../check-in-state.ts'
import type { Priced, Stock } from '../price-visit.ts'
import { recordSale, type SaleParts } from '../record-sale.ts'
import type { LaneVisits } from '../store/lane-visits.ts'
import { voidSale } from '../void-sale.ts'
import { type LaneAnswer, type LaneKind, type LaneVisit, type Lent, laneMessages } from './lane-messages.ts'
import { NotNow } from './lane-server.ts'

/** What a till's check-in lends to somebody who sells through it. */
export interface Counter {
  today(): BusinessDate
  /** Prices any visit, whatever stands on this till's own screen. */
  price(
    open: OpenCheckIn,
    stock: Stock,
  ): { priced: Priced; site: Parameters<typeof recordSale>[1]['site']; meal: Meal; businessDate: BusinessDate } | Notice
  refOf(open: OpenCheckIn): Parameters<typeof recordSale>[1]['ref']
  /** When the visit's senior already ate in this meal. */
  earlier(open: OpenCheckIn, date: BusinessDate, meal: Meal): number | null
  /** The card was reported lost. */
  isLost(open: OpenCheckIn): boolean
}

export interface FirstTillParts {
  readonly visits: LaneVisits
  readonly counter: Counter
  readonly sale: SaleParts
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

/** A visit that was settled as not sold, or is priced here no more, came to be sold all the same: it is not. */
class Settled extends Error {}

/** Answers the other tills of the site: prices their visits, sells them out of its own lease into its own ledger, each once. */
export function createFirstTill(parts: FirstTillParts) {
  const { visits, counter, sale } = parts
  const { ledger, leases } = sale
  // What a claim brings back is paid at this till itself: a sale that nobody heard of can be voided, a payout cannot.
  const stock: Stock = { usage: sale.usage, leases: { ...leases, owed: () => [] } }

  /** The visit as it stands here; null where the two tills do not see it alike, or nothing is lent for it. */
  function look({ open, businessDate, meal, policy }: LaneVisit) {
    if (parts.stopped() !== null || open.who !== 'senior' || open.senior === null || counter.isLost(open)) return null
    const found = counter.price(open, stock)
    if ('code' in found || found.priced.inputs.person === null) return null
    const isAlike = found.businessDate === businessDate && found.meal === meal && found.priced.policy.hash === policy
    const ref = counter.refOf(open)
    return isAlike && ref !== null ? { ...found, ref, senior: open.senior } : null
  }

  function lend(open: OpenCheckIn, { priced, businessDate, meal, ref }: NonNullable<ReturnType<typeof look>>): Lent {
    const { used, visit } = priced.inputs
    const { pack } = priced.policy
    const version = versionInForce(pack, businessDate)
    const rights = version ? leases.rights(ref, pack.id, countersFor(version, visit)) : {}
    const owed = leases.owed(ref, pack.id).flatMap(({ subsidies }) => subsidies)
    return {
      shown: priced.shown,
      rights,
      used,
      pots: leases.pots(pack, businessDate),
      advanceFen: leases.advance(ref, pack, businessDate),
      earlier: counter.earlier(open, businessDate, meal),
      owedFen: owed.reduce((sum, { fen }) => sum + fen, 0),
    }
  }

  async function price(visit: LaneVisit): Promise<LaneAnswer<'price'>> {
    const first = look(visit)
    // While records have still to come back nothing is sold here, so nothing is promised either.
    if (first === null || parts.isRefilling()) return alone
    await leases.ask({ id: first.senior }, first.priced)
    const now = look(visit)
    return now === null ? alone : { result: 'lent', lent: lend(visit.open, now) }
  }

  /** The sale of a visit that was recorded for this lane. */
  function soldFor(lane: TerminalId, visit: CheckInId): SaleView | null {
    const known = visits.of(visit)
    return known?.state === 'sold' && known.lane === lane ? parts.saleView(visit) : null
  }

  async function sell(
    lane: TerminalId,
    { visit, shown, operator, shift }: ReturnType<(typeof laneMessages)['sell']['question']['parse']>,
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
    if (changed !== null) return { result: 'price-changed', lent: lend(open, { ...here, priced: changed }) }
    parts.onRecorded()
    const sold = soldFor(lane, open.id)
    return sold === null ? alone : { result: 'recorded', sale: sold }
  }

  /** Nothing that was asked for this visit can be recorded any more. */
  async function settle(
    lane: TerminalId,
    { visit, keep }: { visit: CheckInId; keep: boolean },
  ): Promise<LaneAnswer<'settle'>> {
    // A sale that was lost with a disk may still come back from the province.
    if (parts.isRefilling()) throw new NotNow()
    await ledger.inTurn(async () => {
      const cameBack = ledger.byId(visit)?.record.kind === 'sale'
      if (visits.of(visit) === null) visits.put(visit, lane, cameBack ? 'sold' : 'cancelled', sale.clock.now())
    })
    const sold = soldFor(lane, visit)
    if (sold === null) return { result: 'none' }
    if (keep) return { result: 'recorded', sale: sold }
    await takeBack({ sale: recordId.parse(visit), today: null, operator: null, reason: 'lane-unheard' })
    return { result: 'none' }
  }

  async function takeBack(request: Parameters<typeof voidSale>[1]): Promise<Done> {
    const result = await parts.pressing(() => voidSale(sale, request))
    if (result.result === 'done') parts.onRecorded()
    return result
  }

  return {
    /** @param question parsed by the kind's schema */
    async answer(lane: TerminalId, kind: LaneKind, question: unknown): Promise<unknown> {
      switch (kind) {
        case 'hello':
          return { result: 'here' } satisfies LaneAnswer<'hello'>
        case 'price':
          return await price(laneMessages.price.question.parse(question))
        case 'sell':
          return await sell(lane, laneMessages.sell.question.parse(question))
        case 'settle':
          return await settle(lane, laneMessages.settle.question.parse(question))
        case 'void': {
          const asked = laneMessages.void.question.parse(question)
          if (visits.of(asked.sale)?.lane !== lane) return refused('SALE_UNKNOWN')
          const { sale: id, operator } = asked
          const result = await takeBack({ sale: id, today: counter.today(), operator })
          if (result.result === 'done') return { result: 'done' } satisfies LaneAnswer<'void'>
          const { code } = result.notice
          if (code === 'SALE_UNKNOWN' || code === 'SALE_ALREADY_VOID') return refused(code)
          throw new NotNow()
        }
      }
    },
  }
}

function refused(code: 'SALE_UNKNOWN' | 'SALE_ALREADY_VOID'): LaneAnswer<'void'> {
  return { result: 'refused', code }
}
