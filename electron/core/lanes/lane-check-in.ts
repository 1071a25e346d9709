import { addDays } from '../../../shared/business-day.ts'
import { type CheckInId, checkInId, type OperatorId, type RecordId } from '../../../shared/ids.ts'
import type { SaleView } from '../../../shared/terminal-api.ts'
import type { OpenCheckIn } from '../check-in-state.ts'
import type { Counter, PricedHere } from '../counter.ts'
import { type ActParts, recordComparison } from '../people/senior-acts.ts'
import type { Stock } from '../price-visit.ts'
import type { SaleParts } from '../record-sale.ts'
import type { LaneVisit } from './lane-messages.ts'
import type { Agrees, SecondTill } from './second-till.ts'

export interface LaneCheckInParts extends ActParts {
  readonly lane: SecondTill
  readonly counter: Counter
  readonly leases: SaleParts['leases']
  /** The same visit has another number now. */
  onRenumbered(from: CheckInId, to: OpenCheckIn): void
}

/** The one check-in of a till, as far as it goes through the first till of the site. */
export interface LaneCheckIn {
  /** What a visit is priced by here: what is lent for it, or what this till holds. */
  stockOf(open: OpenCheckIn): Stock
  /** Asks who may hold rights for this visit: the first till of the site, where this one sells through it, else the province. */
  askFor(open: OpenCheckIn): Promise<void>
  /**
   * Has the first till sell a visit that it lends for. `anew`: nothing is recorded, and this visit is to be shown once more, at the price that it has now.
   */
  sell(
    open: OpenCheckIn,
    priced: PricedHere,
    digest: string,
    by: { operator: OperatorId | null; shift: RecordId | null },
  ): Promise<
    { readonly result: 'recorded'; readonly sale: SaleView } | { readonly result: 'anew'; readonly open: OpenCheckIn }
  >
  /** After a crash between question and answer: the visit that goes on under another number; null where the first till sold it. */
  takeUp(open: OpenCheckIn): Promise<OpenCheckIn | null>
}

export function createLaneCheckIn(parts: LaneCheckInParts): LaneCheckIn {
  const { lane, counter, clock } = parts

  const stockOf = (open: OpenCheckIn) => lane.lent(open.id)?.stock ?? counter.stock

  function visitOf(open: OpenCheckIn, { priced, meal, businessDate }: PricedHere): LaneVisit {
    return { open, businessDate, meal, policy: priced.policy.hash }
  }

  function agreesOn(open: OpenCheckIn): Agrees {
    return (stock, shown) => {
      const there = counter.price(open, stock)
      return !('code' in there) && there.priced.shown === shown
    }
  }

  async function askProvince(open: OpenCheckIn): Promise<void> {
    const here = counter.price(open, counter.stock)
    if (open.senior !== null && !('code' in here)) await parts.leases.ask({ id: open.senior }, here.priced)
  }

  /** The same visit under another number, held; that staff compared the person goes with it. */
  async function underNewNumber(open: OpenCheckIn): Promise<OpenCheckIn> {
    const anew = { ...open, id: checkInId.parse(clock.mint()), held: true }
    const by = parts.ledger.comparedBy(open.id, addDays(counter.today(), -1))
    if (by !== null) await recordComparison(parts, anew.id, by)
    lane.replace(open.id, anew)
    parts.onRenumbered(open.id, anew)
    return anew
  }

  return {
    stockOf,
    async askFor(open) {
      const here = counter.price(open, stockOf(open))
      if (open.senior === null || 'code' in here || here.priced.inputs.person === null || open.atListPrice) return
      if (await lane.lend(visitOf(open, here), agreesOn(open))) return
      await askProvince(open)
    },
    async sell(open, priced, digest, by) {
      const question = { visit: visitOf(open, priced), shown: digest, ...by }
      const there = await lane.sell(question, counter.refOf(open), agreesOn(open))
      if (there.result === 'recorded') return there
      if (there.result === 'price-changed') return { result: 'anew', open: { ...open, held: true } }
      // What was asked under the old number, the first till may have sold.
      const alone = there.heard ? { ...open, held: true } : await underNewNumber(open)
      lane.giveBack()
      await askProvince(alone)
      return { result: 'anew', open: alone }
    },
    async takeUp(open) {
      return (await lane.adopt(open.id)) === 'recorded' ? null : await underNewNumber(open)
    },
  }
}
