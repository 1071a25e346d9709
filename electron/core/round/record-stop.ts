import { missingFor } from '../../../shared/assurance.ts'
import { addDays, type BusinessDate, beginOf, dayBegins, daysBetween, lateDays } from '../../../shared/business-day.ts'
import { type RecordId, recordId, type SeniorId } from '../../../shared/ids.ts'
import type { SeniorRef } from '../../../shared/record.ts'
import { deliveryIdOf, saleIdOf } from '../../../shared/round/record-ids.ts'
import type { StopResult } from '../../../shared/round/result.ts'
import type { TillRound, TillStop } from '../../../shared/round/round.ts'
import type { Site } from '../../../shared/site.ts'
import type { OpenCheckIn } from '../check-in-state.ts'
import { besideOf } from '../items.ts'
import { lateEntryDraft } from '../late-entry.ts'
import { type Priced, priceVisit } from '../price-visit.ts'
import { type SaleParts, saleDrafts } from '../record-sale.ts'
import type { OpenedShift, Shifts } from '../shift.ts'
import type { Ledger } from '../store/ledger.ts'
import type { Policies } from '../store/policies.ts'
import type { Roster } from '../store/roster.ts'
import type { Deliveries } from './deliveries.ts'
import { checkInOf, type Handed, handedAt, moneyOf, proofHolds } from './stop-price.ts'

export interface StopParts extends SaleParts {
  readonly roster: Roster
  readonly policies: Pick<Policies, 'current'>
  readonly shifts: Shifts
  readonly deliveries: Deliveries
  /** The site as it was run at an instant (ms). */
  siteAt(at: number): Site | null
  refOf(senior: { id: SeniorId }): SeniorRef | null
  today(): BusinessDate
  rosterIsStale(): boolean
  online(): boolean
}

/** `shift`, `closed`, `menu` and `day` (its own has not come): what it waits for; the result is looked at again. */
export type StopOutcome = 'recorded' | 'known' | 'shift' | 'closed' | 'menu' | 'day'

type Drafts = Parameters<Ledger['appendAll']>[0]

/** Why an entry of an earlier day is made: the word that a late entry has for it. */
const reason = 'served elsewhere'

/**
 * Records what came of one stop, once: the sale with its delivery in one transaction, or the delivery alone, also where a sale is there and the
 * senior was seen otherwise than it was said. On a later day than the round's the meal is a late entry of the round's day, by the rules and
 * rights of that day, held until somebody has looked.
 */
export async function recordStop(
  parts: StopParts,
  round: TillRound,
  stop: TillStop,
  result: StopResult,
): Promise<StopOutcome> {
  const { ledger, roster, clock } = parts
  const ref = parts.refOf({ id: stop.senior })
  if (ref === null) return 'menu'
  const today = parts.today()
  if (round.date > today) return 'day'
  const shift = parts.shifts.on(today)
  const senior = roster.bySenior(stop.senior)
  const isSame = round.date === today

  const seen = result.outcome === 'handed' ? result.seen : ('not-seen' as const)
  const isSold = () => ledger.byId(saleIdOf(round, stop.stop)) !== null

  function standing(): StopOutcome | null {
    if (ledger.byId(deliveryIdOf(round, result))) return 'known'
    // Whoever has their meal has it once, whatever else is handed in of this door; how they were seen may still change.
    const lastSeen = () => parts.deliveries.lastSeen({ round: round.round, stop: stop.stop }, round.date)
    if (isSold() && lastSeen() === seen) return 'known'
    if (shift === null) return ledger.dayIsClosed(today) ? 'closed' : 'shift'
    return null
  }

  function delivery(of: RecordId | null, about: { holds: boolean | null; collectedFen: number; carriedFen: number }) {
    const isHanded = result.outcome === 'handed'
    const payload = {
      ...{ site: round.site, senior: ref ?? noSenior(), round: round.round, stop: stop.stop, order: stop.order },
      ...{ result: result.id, outcome: result.outcome },
      proof: isHanded && result.proof !== null ? { ...result.proof, holds: about.holds } : null,
      ...{ seen, servedAt: result.at * 1000, courier: round.courier.name, portions: stop.portions, of },
      ...{ toldFen: stop.toldFen, collectedFen: about.collectedFen, carriedFen: about.carriedFen },
      operator: shift?.operator ?? null,
    }
    const draft = { kind: 'delivery' as const, id: deliveryIdOf(round, result), at: clock.now(), payload }
    return { draft, also: () => true }
  }

  const before = standing()
  if (before !== null) return before
  const holds = result.outcome === 'handed' ? proofHolds(round, stop, result, senior) : null
  const alone = () => [delivery(null, { holds, collectedFen: 0, carriedFen: 0 })]
  if (result.outcome === 'nobody' || isSold()) return await append(alone)
  const handed: Handed = result
  const isLost = daysBetween(round.date, today) > lateDays
  if (isLost) return await append(() => [delivery(null, { holds, ...moneyOf(stop, handed, 0), carriedFen: 0 })])
  const place = placeOf(parts, round, stop)
  if (place === null) return 'menu'
  const { site, policy, set } = place
  const unproven = round.courier.kind === 'third-party' ? holds !== true : holds === false

  function price(atListPrice: boolean): Priced {
    const open = checkInOf(round, stop, handed, { holds, payBy: { tender: 'cash', first: null }, atListPrice })
    const beside = besideOf(site, open)
    return priceVisit({
      ...{ site, policy, usage: parts.usage, senior, ref, set, beside: 'code' in beside ? [] : beside },
      ...{ identified: true, businessDate: round.date, meal: round.meal, channel: 'delivery', time: handedAt(handed) },
      ...{ rosterIsStale: parts.rosterIsStale(), atListPrice },
      // What is owed of other visits is made good to the person who stands at the till.
      leases: {
        ...{ rights: parts.leases.rights, pots: parts.leases.pots, owed: () => [] },
        advance: isSame ? parts.leases.advance : () => 0,
      },
    })
  }

  /** Where too little was shown for the subsidy, it is the list price, and the province decides. */
  function priced(): { priced: Priced; atListPrice: boolean } {
    const first = price(unproven)
    const isSure = unproven || missingFor(site, first, 'presented') === null
    return isSure ? { priced: first, atListPrice: unproven } : { priced: price(true), atListPrice: true }
  }

  const first = priced()
  if (senior !== null && (first.priced.quote.pendingFen > 0 || first.priced.short.length > 0))
    await parts.leases.ask(senior, first.priced)
  return await append(() => {
    const now = priced()
    const { payBy, ...money } = moneyOf(stop, handed, now.priced.quote.ownPayFen)
    const open = checkInOf(round, stop, handed, { holds, payBy, atListPrice: now.atListPrice })
    const about = delivery(recordId.parse(open.id), { holds, ...money })
    const sold = { open, ref, site, meal: round.meal, operator: shift?.operator ?? null, shift: shift?.record ?? null }
    return isSame
      ? [
          ...saleOf(parts, { ...sold, shown: now.priced.shown, date: today, price: () => priced().priced }, now.priced),
          about,
        ]
      : [
          lateEntryDraft(
            parts,
            { ...sold, online: parts.online(), servedOn: round.date },
            { reason, approver: null },
            now.priced,
          ),
          about,
        ]
  })

  async function append(drafts: () => Drafts): Promise<StopOutcome> {
    return await ledger.inTurn(async () => {
      for (;;) {
        const now = standing()
        if (now !== null) return now
        if ((await ledger.appendAll(isSold() ? alone() : drafts())) !== null) return 'recorded'
      }
    })
  }
}

function noSenior(): never {
  throw new Error('a stop without a senior')
}

/** The menu, prices and rules of the round's own day. */
function placeOf(parts: StopParts, round: TillRound, stop: TillStop) {
  const minutes = (at: Site) => at.mealPeriods[round.meal].from - dayBegins
  const first = parts.siteAt(beginOf(round.date))
  const site = first && parts.siteAt(beginOf(round.date) + minutes(first) * 60_000)
  const policy = site && parts.policies.current(site.policy)
  const set = site?.menu.find(({ id, open }) => id === stop.set && !open)
  if (!site || !policy || !set) return null
  return stop.more.every(line => site.menu.some(({ id }) => id === line.set)) ? { site, policy, set } : null
}

interface Sold {
  readonly open: OpenCheckIn
  readonly ref: SeniorRef | null
  readonly site: Site
  readonly meal: TillRound['meal']
  readonly operator: OpenedShift['operator'] | null
  readonly shift: RecordId | null
}

function saleOf(
  parts: StopParts,
  { shown, date, price, ...sold }: Sold & { shown: string; date: BusinessDate; price(): Priced },
  priced: Priced,
): Drafts {
  // The check-in on the screen is another one's.
  const quiet = { ...parts, openCheckIns: { ...parts.openCheckIns, clear: () => undefined } }
  return saleDrafts(quiet, { ...sold, shown, businessDate: date, online: parts.online(), price }, priced)
}

/** The first day on which results of a round are still looked at. */
export const lookedAtSince = (today: BusinessDate) => addDays(today, -30)
