import type { Approval } from '../../../shared/afterwards-api.ts'
import { type BusinessDate, businessDateOf } from '../../../shared/business-day.ts'
import type { Credential } from '../../../shared/credential.ts'
import type { OperatorId, ProxyId, RecordId, SeniorId } from '../../../shared/ids.ts'
import { maskName } from '../../../shared/person-names.ts'
import type { ProblemCode } from '../../../shared/problems.ts'
import type { LookupBody } from '../../../shared/province-api.ts'
import type { SeniorRef } from '../../../shared/record.ts'
import type { FullSenior } from '../../../shared/senior.ts'
import type { Site } from '../../../shared/site.ts'
import type { Done, Notice } from '../../../shared/terminal-api.ts'
import { longestVisitMinutes, netMinutes } from '../../../shared/visit/minutes.ts'
import type { CarerId, SiteCarer, SiteService, Station } from '../../../shared/visit/service.ts'
import type { FaceCounterParts } from '../face/counter-parts.ts'
import type { Identification } from '../identify/identify.ts'
import type { ProvinceAnswer } from '../people/ask-province.ts'
import type { Documents } from '../store/documents.ts'
import type { Pins } from '../store/pins.ts'
import type { Roster } from '../store/roster.ts'
import type { VisitOrders } from '../store/visit-orders.ts'
import type { VisitRecords } from '../store/visit-records.ts'
import { serviceThen } from './catalogues.ts'
import { type RecordedVisit, visitsOn } from './day-visits.ts'
import type { OpenVisit } from './open-visit.ts'
import { createPlaces, type Places } from './places.ts'
import { type PricedService, priceService, type ServicePriceParts } from './price-service.ts'
import type { Hand, VisitRecordParts } from './record-visit.ts'

export interface VisitParts extends Omit<VisitRecordParts, 'usage' | 'leases'>, ServicePriceParts {
  readonly usage: VisitRecordParts['usage']
  readonly leases: VisitRecordParts['leases']
  readonly documents: Documents
  readonly roster: Roster
  readonly orders: VisitOrders
  readonly records: VisitRecords
  readonly carerPins: Pins<CarerId>
  readonly proxyPins: Pins<ProxyId>
  /** The same faces that the till looks at. */
  readonly face: FaceCounterParts
  terminal(): string
  /** Null before the terminal is enrolled. */
  siteKey(): Uint8Array | null
  site(): Site | null
  today(): BusinessDate
  /** Who works now; null before the shift is open. */
  operator(): OperatorId | null
  shift(): RecordId | null
  refOf(senior: { id: SeniorId }): SeniorRef | null
  stopped(): Notice | null
  online(): boolean
  identify(credential: Credential): Promise<Identification>
  ask(question: LookupBody): Promise<ProvinceAnswer>
  welcome(senior: FullSenior): void
  /** A meal check-in that is open makes way. */
  makeRoom(): Promise<Done>
  /** Why this is not the PIN of this member of staff; null where it is. Each wrong try counts. */
  recognise(shown: Approval): ProblemCode | null
  /** True where the pending claim of a record was paid here. */
  wasMadeGood(record: RecordId): boolean
  onChange(): void
  onRecorded(): void
}

export const refuse = (code: ProblemCode, values: Notice['values'] = {}): { result: 'refused'; notice: Notice } => ({
  result: 'refused',
  notice: { code, values },
})

/** What every act of the station's desk asks of the house: its catalogue, its people, and where they are. */
export interface VisitHouse extends VisitParts, Places {
  station(): Station | null
  service(id: string): SiteService | null
  /** As the catalogue had it at an instant (ms) of the days that can be entered late; as it has it now where it was not in it then. */
  serviceAt(id: string, at: number): SiteService | null
  carer(id: string | null): SiteCarer | null
  /** What any record needs: a station, a ledger that takes it, a day that is open, and staff on duty. */
  hand(): Hand | ReturnType<typeof refuse>
  member(senior: SeniorId): FullSenior | null
  /** Whom a visit is given to, as the roster has them now, else as it had them when it began. */
  whoIn(visit: OpenVisit): FullSenior | null
  /** Masked; an empty text of somebody who is on no roster here any more. */
  maskedName(senior: SeniorId | null): string
  recorded(date: BusinessDate): RecordedVisit[]
  /** What began with this record, on whatever day; null where nothing did. */
  begunWith(id: RecordId): RecordedVisit | null
  minutesOf(visit: OpenVisit, at: number): number
  /** Somebody who signs out at this instant (ms) does so on another day, or after longer than any service lasts: nobody signed out in time. */
  isForgotten(visit: OpenVisit, at: number): boolean
  /** What a visit with money costs as it ends, its minutes taken as `least` at least; null for a stay without. */
  price(visit: EndedVisit, least?: number): PricedService | Notice | null
}

export type EndedVisit = OpenVisit & { readonly out: NonNullable<OpenVisit['out']> }

export function createVisitHouse(parts: VisitParts): VisitHouse {
  const { ledger, roster, records } = parts
  const station = () => parts.site()?.station ?? null
  const service = (id: string) => station()?.services.find(one => one.id === id) ?? null
  const carer = (id: string | null) => station()?.carers.find(one => one.id === id) ?? null

  function member(id: SeniorId): FullSenior | null {
    const senior = roster.bySenior(id)
    return senior?.kind === 'full' ? senior : null
  }

  const whoIn = (visit: OpenVisit) => member(visit.senior) ?? visit.known

  const minutesOf = (visit: OpenVisit, at: number) => netMinutes(visit.at, at, visit.pauses)

  const places = createPlaces(parts, service)

  return {
    ...parts,
    station,
    service,
    serviceAt: (id, at) => serviceThen(parts.documents, id, at) ?? service(id),
    carer,
    member,
    whoIn,
    minutesOf,
    ...places,
    hand() {
      const [site, operator, stopped] = [parts.site(), parts.operator(), parts.stopped()]
      if (stopped) return { result: 'refused', notice: stopped }
      if (site === null) return refuse('NOT_ENROLLED')
      if (site.station === undefined) return refuse('NO_STATION')
      if (ledger.dayIsClosed(parts.today())) return refuse('DAY_CLOSED')
      return operator === null ? refuse('NO_SHIFT') : { site, operator }
    },
    maskedName(senior) {
      const known = senior === null ? null : member(senior)
      return known === null ? '' : maskName(known.name)
    },
    recorded: date => visitsOn(records, date),
    begunWith(id) {
      const date = ledger.byId(id)?.record.businessDate ?? parts.today()
      return visitsOn(records, date).find(one => one.id === id) ?? null
    },
    isForgotten: (visit, at) => businessDateOf(at) > visit.date || minutesOf(visit, at) > longestVisitMinutes,
    price(visit, least = 0) {
      const { price } = visit.service
      const site = parts.site()
      if (price === null) return null
      if (site === null) return { code: 'NOT_ENROLLED', values: {} }
      const { out } = visit
      return priceService(parts, {
        ...{
          site,
          price,
          senior: whoIn(visit) ?? roster.bySenior(visit.senior),
          ref: parts.refOf({ id: visit.senior }),
        },
        ...{
          minutes: Math.max(least, minutesOf(visit, out.at)),
          endedEarly: out.early !== null,
          date: parts.today(),
          at: out.at,
        },
        ...{ assurance: out.by.assurance, atListPrice: out.atListPrice },
      })
    },
  }
}
