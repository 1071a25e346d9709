import { addDays, daysBetween, lateDays } from '../../../shared/business-day.ts'
import { type RecordId, recordId } from '../../../shared/ids.ts'
import { dueFen } from '../../../shared/payments.ts'
import type { Done, Notice } from '../../../shared/terminal-api.ts'
import { lateSpan } from '../../../shared/visit/late-span.ts'
import { longestVisitMinutes } from '../../../shared/visit/minutes.ts'
import { mayGive } from '../../../shared/visit/service.ts'
import { placeOf } from '../../../shared/visit/two-places.ts'
import type { LateVisit, LateVisitPriced } from '../../../shared/visit-api.ts'
import { appendOnce } from '../append-once.ts'
import { attentionOf } from '../attention.ts'
import type { OperatorPins } from '../operator-pins.ts'
import { askForRights } from './ask-for-rights.ts'
import { clockOf } from './clock-of.ts'
import { type PricedService, priceService } from './price-service.ts'
import { type Hand, serviceOutcome } from './record-visit.ts'
import { refuse, type VisitHouse } from './visit-house.ts'

/** Visits that were given without the terminal: a kind of their own, never dated back; held where nobody else says that they were given. */
export interface LateVisits {
  price(late: LateVisit): Promise<LateVisitPriced>
  enter(
    late: LateVisit,
    more: { reason: string; approval: Parameters<OperatorPins['check']>[0] | null; digest: string | null },
  ): Promise<Done>
}

const minute = 60_000

export function createLateVisits(house: VisitHouse, approvals: Pick<OperatorPins, 'check'>): LateVisits {
  const { clock, ledger } = house

  /** What was given when to whom by whom, or why that cannot be. */
  function read(late: LateVisit) {
    const hand = house.hand()
    if ('result' in hand) return hand
    const { from, until } = lateSpan(late)
    const service = house.serviceAt(late.service, from)
    const carer = house.carer(late.carer)
    const senior = house.member(late.senior)
    const ref = senior && house.refOf(senior)
    if (senior === null || ref === null) return refuse('SENIOR_UNKNOWN')
    if (service === null || service.price === null || carer === null) return refuse('VISIT_NEEDS')
    if (!mayGive(service, carer)) return refuse('VISIT_GIVER', { carer: carer.name, service: service.name.zh })
    const ago = daysBetween(late.servedOn, house.today())
    if (ago > lateDays) return refuse('LATE_TOO_OLD', { days: lateDays, from: addDays(house.today(), -lateDays) })
    const minutes = Math.floor((until - from) / minute)
    if (ago < 0 || until > clock.now() || minutes > longestVisitMinutes)
      return refuse('LATE_VISIT_TIMES', { hours: longestVisitMinutes / 60 })
    if (minutes < service.leastMinutes) return refuse('VISIT_EARLY', { minutes, least: service.leastMinutes })
    const place = placeOf(service.where, ref)
    const carers = [{ carer: carer.id, from, until }]
    const placed = { place, from, until, senior: ref, minutes, carers, isStay: false, carer }
    const inTheWay = house.obstacle(placed, late.servedOn)
    if (inTheWay?.code === 'SENIOR_IN_VISIT' || inTheWay?.code === 'CARER_BUSY')
      return refuse('LATE_VISIT_OVERLAP', { time: inTheWay.values.time ?? clockOf(from) })
    if (inTheWay) return { result: 'refused' as const, notice: inTheWay }
    return { ...hand, service, price: service.price, carer, senior, ref, until, minutes }
  }

  type Read = Exclude<ReturnType<typeof read>, { result: 'refused' }>

  /** By the rules and with the rights of that day; who was there is only what staff say. */
  function priceOf(late: LateVisit, found: Read): PricedService | Notice {
    const { site, price, senior, ref, minutes, until } = found
    const given = { site, price, senior, ref, minutes, endedEarly: false, date: late.servedOn, at: until }
    const priced = priceService(house, { ...given, assurance: 'presented' }, true)
    if ('code' in priced || priced.needs === null) return priced
    return priceService(house, { ...given, assurance: 'presented', atListPrice: true }, true)
  }

  return {
    async price(late) {
      const found = read(late)
      if ('result' in found) return found
      await askForRights(house.leases, found.senior, () => priceOf(late, found))
      const priced = priceOf(late, found)
      if ('code' in priced) return { result: 'refused', notice: priced }
      const { quote, policy } = priced
      const open = { who: 'senior' as const, channel: 'dine-in' as const, face: null }
      return {
        ...{ result: 'priced', minutes: found.minutes },
        attention: attentionOf({ open, priced, needs: null, earlier: null, known: true, stale: house.rosterIsStale() }),
        price: {
          ...{ listFen: quote.listFen, discountFen: quote.discountFen, pendingFen: quote.pendingFen },
          subsidyFen: quote.subsidies.reduce((sum, { fen }) => sum + fen, 0),
          ...{ ownPayFen: quote.ownPayFen, dueFen: dueFen(late.tender, quote.ownPayFen), tender: late.tender },
          ...{ digest: priced.shown, scheme: quote.subsidies.length > 0 ? policy.pack.title : null },
        },
      }
    },
    async enter(late, { reason, approval, digest }) {
      const first = read(late)
      if ('result' in first) return first
      const approved = approval && approvals.check(approval, first.operator)
      if (approved) return refuse(approved)
      const id = recordId.parse(clock.mint())
      const result = await appendOnce(ledger, id, () => {
        const found = read(late)
        if ('result' in found) return found.notice
        const priced = priceOf(late, found)
        if ('code' in priced) return priced
        if (digest !== null && priced.shown !== digest) return { code: 'PRICE_CHANGED', values: {} }
        return drafts(id, late, found, priced, { reason, approver: approval?.operator ?? null })
      })
      if (result.result === 'refused') return result
      house.onRecorded()
      return { result: 'done' }
    },
  }

  function drafts(
    id: RecordId,
    late: LateVisit,
    found: Read,
    priced: PricedService,
    { reason, approver }: { reason: string; approver: Hand['operator'] | null },
  ): Parameters<typeof ledger.appendAll>[0] {
    const { site, operator, ref, minutes, senior } = found
    const { servedOn, from, until, carer, service, tender } = late
    const made = serviceOutcome(house, priced, {
      ...{ id, senior: senior.id, ref, tender, online: house.online(), date: servedOn },
    })
    const who = {
      senior: ref,
      means: 'manual' as const,
      assurance: 'presented' as const,
      device: null,
      deviceEvent: null,
    }
    const visit = { site: site.id, ...who, minutes, ...made.payload, operator, shift: house.shift() }
    const payload = { servedOn, from, until, carer, service, reason, approver, held: approver === null, visit }
    return [{ draft: { kind: 'late-visit', id, at: clock.now(), payload }, also: () => made.take() }]
  }
}
