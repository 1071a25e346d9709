import { addDays, type BusinessDate, businessDateOf } from '../../../shared/business-day.ts'
import type { OperatorId } from '../../../shared/ids.ts'
import type { ProblemCode } from '../../../shared/problems.ts'
import type { Site } from '../../../shared/site.ts'
import type { Notice } from '../../../shared/terminal-api.ts'
import type { SiteCarer, SiteService } from '../../../shared/visit/service.ts'
import { carerMinutes, type PlacedVisit, placeConflict } from '../../../shared/visit/station-day.ts'
import { placeOf } from '../../../shared/visit/two-places.ts'
import type { Ledger } from '../store/ledger.ts'
import type { OpenVisits } from '../store/open-visits.ts'
import type { VisitRecords } from '../store/visit-records.ts'
import { clockOf } from './clock-of.ts'
import { type RecordedVisit, visitsOn } from './day-visits.ts'
import { isVoided } from './voided.ts'

export interface PlaceParts {
  readonly ledger: Pick<Ledger, 'reversalOf' | 'byId'>
  readonly records: VisitRecords
  readonly openVisits: Pick<OpenVisits, 'all'>
  site(): Site | null
  /** Who works now; null before the shift is open. */
  operator(): OperatorId | null
}

/** A visit that somebody asks for; `carer` null where nobody in particular looks after it. */
export type WantedVisit = PlacedVisit & { readonly carer: SiteCarer | null }

/** Where seniors and carers are at what time, as this till's records and the visits that go on say it. */
export interface Places {
  /** The visits that began on a day as places and times, without those that were taken back or whose times nobody knows. */
  placed(date: BusinessDate): PlacedVisit[]
  /** Where senior or carer are instead, or on the way; null where they can be there. `date` is the day on which it begins. */
  elsewhere(visit: WantedVisit, date: BusinessDate): Notice | null
  /** Why this visit cannot be given then: somebody is elsewhere, or the carer's day is full; null where it can. */
  obstacle(visit: WantedVisit, date: BusinessDate): Notice | null
}

export function createPlaces(parts: PlaceParts, serviceOf: (id: string) => SiteService | null): Places {
  const { ledger, records, openVisits } = parts

  function placedOf(visit: RecordedVisit): PlacedVisit {
    const where = serviceOf(visit.service)?.where ?? 'station'
    return {
      ...{ senior: visit.senior, from: visit.from, until: visit.until, minutes: visit.minutes, carers: visit.carers },
      ...{ place: placeOf(where, visit.senior ?? visit.id), isStay: visit.kind === 'stay' },
    }
  }

  /** Stands, and takes time: a note of attendance does not, and one that was forgotten may be entered late by its true times. */
  const counts = (visit: RecordedVisit) =>
    visit.kind !== 'once' && !visit.forgotten && (visit.out === null || !isVoided(ledger, visit.out))

  function countedOn(date: BusinessDate): RecordedVisit[] {
    const signedOut = new Map(openVisits.all().map(({ id, out }) => [id, out?.at ?? null]))
    return visitsOn(records, date)
      .filter(counts)
      .map(visit => endedAt(visit, signedOut.get(visit.id) ?? null))
  }

  /** What may share time with a visit: of its days, of the day before, since the day turns over one that goes on, and whatever nobody signed out of. */
  function beside({ from, until }: WantedVisit, date: BusinessDate): RecordedVisit[] {
    const open = openVisits.all().map(visit => visit.date)
    const dates = new Set([addDays(date, -1), date, businessDateOf(until ?? from), ...open])
    return [...dates].flatMap(countedOn)
  }

  function elsewhere(visit: WantedVisit, date: BusinessDate): Notice | null {
    const recorded = beside(visit, date)
    const others = recorded.map(placedOf)
    const found = placeConflict(visit, others, parts.site()?.station?.travelMinutes ?? 0)
    if (found === null) return null
    const carer = visit.carer?.name ?? ''
    if (found.conflict === 'way') return say('CARER_ON_WAY', { carer, minutes: found.minutes })
    const time = clockOf(found.with.from)
    if (found.conflict === 'carer') return say('CARER_BUSY', { carer, time })
    const service = serviceOf(recorded[others.indexOf(found.with)]?.service ?? '')?.name.zh ?? ''
    return say('SENIOR_IN_VISIT', { time, service })
  }

  function isLeadOnDuty(): boolean {
    const operator = parts.operator()
    return parts.site()?.operators.some(one => one.id === operator && one.role === 'lead') ?? false
  }

  const placed = (date: BusinessDate) => countedOn(date).map(placedOf)

  return {
    placed,
    elsewhere,
    obstacle(visit, date) {
      const inTheWay = elsewhere(visit, date)
      if (inTheWay !== null || visit.carer === null) return inTheWay
      const { id, name, mostMinutesADay: most } = visit.carer
      // One that only begins takes a minute at least.
      const own = Math.max(1, carerMinutes(id, [visit], visit.from))
      const minutes = own + carerMinutes(id, placed(date), visit.from)
      return minutes > most && !isLeadOnDuty() ? say('CARER_DAY_FULL', { carer: name, minutes, most }) : null
    },
  }
}

/** A visit that its senior has signed out of, before its money is counted. @param at when (ms); null where nobody has */
function endedAt(visit: RecordedVisit, at: number | null): RecordedVisit {
  if (at === null || visit.until !== null) return visit
  return { ...visit, until: at, carers: visit.carers.map(span => ({ ...span, until: span.until ?? at })) }
}

const say = (code: ProblemCode, values: Notice['values']): Notice => ({ code, values })
