import type { BusinessDate } from '../../../shared/business-day.ts'
import { checkInId, type OperatorId, type ProxyId, type RecordId, recordId } from '../../../shared/ids.ts'
import { dueFen } from '../../../shared/payments.ts'
import type { ProxyRef } from '../../../shared/proxy.ts'
import type { LedgerRecord, SeniorRef } from '../../../shared/record.ts'
import type { Site, TenderKind } from '../../../shared/site.ts'
import type { Suite } from '../../../shared/suite.ts'
import type { Notice } from '../../../shared/terminal-api.ts'
import { type Appended, appendOnce } from '../append-once.ts'
import type { Clock } from '../clock.ts'
import type { LeaseDesk } from '../lease-desk.ts'
import { outcomeOf } from '../priced-outcome.ts'
import { madeGood } from '../record-sale.ts'
import { sealNote } from '../seal-note.ts'
import type { Ledger } from '../store/ledger.ts'
import type { OpenVisits } from '../store/open-visits.ts'
import type { SealedInputsStore } from '../store/sealed-inputs.ts'
import type { Usage } from '../store/usage.ts'
import type { TenderDesk } from '../tenders.ts'
import { carerOf, type OpenVisit, type ShownBy } from './open-visit.ts'
import type { PricedService } from './price-service.ts'

export interface VisitRecordParts {
  readonly ledger: Ledger
  readonly clock: Clock
  readonly suite: Suite
  readonly sealed: SealedInputsStore
  readonly usage: Usage
  readonly leases: LeaseDesk
  readonly desk: TenderDesk
  readonly openVisits: OpenVisits
  proxyRefOf(id: ProxyId): ProxyRef | null
}

type Drafts = Parameters<Ledger['appendAll']>[0]

/** Where and by whom something is recorded. */
export interface Hand {
  readonly site: Site
  readonly operator: OperatorId
}

/** How somebody was identified, as records say it. */
export function identificationOf(by: ShownBy) {
  const { means, assurance, device } = by
  return { means, assurance, device: device?.id ?? null, deviceEvent: device?.eventId ?? null }
}

/** Who stood up for the person of a visit: staff who compared them, or a registered proxy; nothing where a means of their own did. */
export function vouching(
  { clock, proxyRefOf }: Pick<VisitRecordParts, 'clock' | 'proxyRefOf'>,
  of: RecordId,
  by: ShownBy,
  { ref: senior, hand }: { readonly ref: SeniorRef; readonly hand: Hand },
): Drafts {
  const { operator } = hand
  const head = { id: recordId.parse(clock.mint()), at: clock.now() }
  const proxy = by.proxy && proxyRefOf(by.proxy)
  if (proxy) {
    const payload = { site: hand.site.id, senior, of, proxy, operator }
    return [{ draft: { kind: 'visit-proxy', ...head, payload }, also: () => true }]
  }
  if (!by.compared) return []
  const payload = { of, what: 'assurance', reason: 'compared', operator, approver: null }
  return [{ draft: { kind: 'override', ...head, payload }, also: () => true }]
}

/** The beginning of a visit or a stay, with what it takes to end it. */
export function beginDrafts(parts: VisitRecordParts, visit: OpenVisit, ref: SeniorRef, hand: Hand): Drafts {
  const { clock, openVisits } = parts
  const { id, service, order, place } = visit
  const also = () => {
    openVisits.put(visit)
    return true
  }
  const who = { site: hand.site.id, senior: ref, ...identificationOf(visit.by) }
  const carer = carerOf(visit)
  const common = { ...who, service: service.id, order, location: place, operator: hand.operator }
  const vouched = vouching(parts, id, visit.by, { ref, hand })
  if (service.price === null)
    return [...attendanceDrafts(parts, visit.senior, { id, ...common, carer, event: 'in' }, null, also), ...vouched]
  const payload = { ...common, carer: carer ?? '' }
  return [{ draft: { kind: 'visit-in', id, at: clock.now(), payload }, also }, ...vouched]
}

type Attendance = Extract<LedgerRecord, { kind: 'attendance' }>['payload']
type AttendanceFacts = Omit<Attendance, 'noteCommitment' | 'of' | 'minutes' | 'seen'> &
  Partial<Pick<Attendance, 'of' | 'minutes' | 'seen'>> & { readonly id: RecordId }

/** A note of attendance; what was noted of the person lies sealed beside it. */
export function attendanceDrafts(
  parts: VisitRecordParts,
  senior: OpenVisit['senior'],
  { id, of = null, minutes = null, seen = null, ...facts }: AttendanceFacts,
  note: string | null,
  also: () => boolean,
): Drafts {
  const noted = sealNote(parts, { v: 1, senior, note })
  const payload: Attendance = { ...facts, of, minutes, seen, noteCommitment: noted.commitment }
  return [
    {
      draft: { kind: 'attendance', id, at: parts.clock.now(), payload },
      also() {
        noted.write(id, payload.senior)
        return also()
      },
    },
  ]
}

/** What the price of a service brings to its record; see `outcomeOf`. */
export function serviceOutcome(
  parts: VisitRecordParts,
  priced: PricedService,
  visit: {
    readonly id: RecordId
    readonly senior: OpenVisit['senior']
    readonly ref: SeniorRef
    readonly tender: TenderKind
    readonly online: boolean
    readonly date: BusinessDate
  },
) {
  const { senior, ref, date, tender } = visit
  const fen = dueFen(tender, priced.quote.ownPayFen)
  const tenders = fen === 0 ? [] : [parts.desk.settle({ kind: tender, fen }, visit.online, null)]
  const about = { id: checkInId.parse(visit.id), senior, ref, date, tenders, credential: null, isGuest: false }
  return outcomeOf(parts, priced, about)
}

export interface VisitToEnd {
  readonly visit: OpenVisit & { readonly out: NonNullable<OpenVisit['out']> }
  readonly ref: SeniorRef
  readonly hand: Hand
  readonly minutes: number
  readonly date: BusinessDate
  readonly online: boolean
  /** The digest that was on the screen. */
  readonly shown: string
  price(): PricedService | Notice
}

/** Records the end of a visit as it was shown, exactly once; priced again in the ledger's turn, another price is `price-changed`. */
export async function recordVisitOut(
  parts: VisitRecordParts,
  end: VisitToEnd,
): Promise<Appended | { readonly result: 'price-changed' }> {
  const { visit, ref, hand, date } = end
  const { out } = visit
  let changed = false
  const outcome = await appendOnce(parts.ledger, out.id, () => {
    const priced = end.price()
    if ('code' in priced) return priced
    changed = priced.shown !== end.shown
    if (changed) return { code: 'PRICE_CHANGED', values: {} }
    const { tender } = out
    const made = serviceOutcome(parts, priced, {
      id: out.id,
      senior: visit.senior,
      ref,
      tender,
      online: end.online,
      date,
    })
    const payload = {
      ...{ site: hand.site.id, senior: ref, ...identificationOf(out.by), of: visit.id, minutes: end.minutes },
      ...{ endedEarly: out.early, location: visit.place, ...made.payload, operator: hand.operator },
    }
    const also = () => {
      if (!made.take()) return false
      parts.openVisits.remove(visit.id)
      return true
    }
    const about = { open: { id: out.id }, ref, site: hand.site, businessDate: date, operator: hand.operator }
    return [
      { draft: { kind: 'visit-out', id: out.id, at: parts.clock.now(), payload }, also },
      ...madeGood(parts, about, priced),
      ...vouching(parts, out.id, out.by, { ref, hand }),
    ]
  })
  return changed ? { result: 'price-changed' } : outcome
}

/** The end of a stay without money; `minutes` null where nobody signed out in time, so that its length is not known. */
export async function recordStayOut(
  parts: VisitRecordParts,
  end: Omit<VisitToEnd, 'online' | 'shown' | 'price' | 'date' | 'minutes'> & { readonly minutes: number | null },
): Promise<Appended> {
  const { visit, ref, hand, minutes } = end
  const { out, id: of, service, order, place: location } = visit
  const who = { site: hand.site.id, senior: ref, ...identificationOf(out.by), operator: hand.operator }
  const facts = { ...who, id: out.id, of, minutes, service: service.id, order, location, carer: carerOf(visit) }
  return await appendOnce(parts.ledger, out.id, () => [
    ...attendanceDrafts(parts, visit.senior, { ...facts, event: 'out' }, null, () => {
      parts.openVisits.remove(visit.id)
      return true
    }),
    ...vouching(parts, out.id, out.by, { ref, hand }),
  ])
}

type VisitEvent = Extract<LedgerRecord, { kind: 'visit-event' }>['payload']

/** Something in the middle of a visit, or its rating, with what it changes of the visit on disk. */
export async function recordEvent(
  parts: VisitRecordParts,
  event: Pick<VisitEvent, 'of' | 'event'> & Partial<Pick<VisitEvent, 'carer' | 'rating'>>,
  hand: Hand,
  after: OpenVisit | null,
): Promise<Appended> {
  const { clock, ledger, openVisits } = parts
  const id = recordId.parse(clock.mint())
  const at = clock.now()
  const payload = { carer: null, rating: null, ...event, site: hand.site.id, operator: hand.operator }
  return await appendOnce(ledger, id, () => [
    {
      draft: { kind: 'visit-event', id, at, payload },
      also() {
        if (after) openVisits.put(after)
        return true
      },
    },
  ])
}
