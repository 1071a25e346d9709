import { addDays, type BusinessDate, businessDateOf, lateDays } from '../../../shared/business-day.ts'
import type { RecordId } from '../../../shared/ids.ts'
import type { LedgerRecord, SeniorRef } from '../../../shared/record.ts'
import { lateSpan } from '../../../shared/visit/late-span.ts'
import { longestVisitMinutes, type Span, signedOutAt } from '../../../shared/visit/minutes.ts'
import type { VisitRecords } from '../store/visit-records.ts'

/** What is recorded of a service that was given, is given, or was noted. */
export interface RecordedVisit {
  /** `visit` with money, `stay` without, `once` a note of attendance, `late` entered afterwards. */
  readonly kind: 'visit' | 'stay' | 'once' | 'late'
  /** The record of its beginning, or the only one. */
  readonly id: RecordId
  /** The record of its end; null while it goes on, and of what has none. */
  readonly out: RecordId | null
  readonly senior: SeniorRef | null
  readonly service: string
  readonly order: string | null
  readonly from: number
  /** When the senior showed themselves, to the minute. */
  readonly until: number | null
  readonly minutes: number | null
  readonly carers: readonly (Span & { readonly carer: string })[]
  readonly evidence: 'reader' | 'rotating-code' | 'unproven' | null
  readonly endedEarly: string | null
  /** Nobody signed out on the day that it began, or before longer than any service lasts: when it really ended nobody knows. */
  readonly forgotten: boolean
  readonly seen: 'well' | 'unwell' | 'not-seen' | null
  readonly rating: number | null
  readonly held: boolean
}

/**
 * What was given on a business date as the records tell it, oldest first; what was entered late counts for the day on which it was given, and so does an
 * end that came on a later one.
 */
export function visitsOn(records: VisitRecords, date: BusinessDate): RecordedVisit[] {
  const found = new Map<RecordId, RecordedVisit>()
  const change = (id: RecordId | null, next: (visit: RecordedVisit) => RecordedVisit) => {
    const visit = id === null ? undefined : found.get(id)
    if (visit !== undefined) found.set(visit.id, next(visit))
  }
  const begins = (visit: RecordedVisit) => found.set(visit.id, visit)
  const paused = new Map<string, { readonly ms: number; readonly since: number | null }>()
  const ends = (
    { id: out, at, businessDate: counted }: LedgerRecord,
    of: RecordId | null,
    minutes: number | null,
    more: Partial<RecordedVisit>,
  ) =>
    change(of, visit => {
      // Its minutes stood still when the senior showed themselves; the record came when the money was counted.
      const pausedMs = paused.get(visit.id)?.ms ?? 0
      const until = minutes === null ? at : signedOutAt({ from: visit.from, minutes, pausedMs, recorded: at })
      const isOver = counted !== date && (typeof more.endedEarly === 'string' || businessDateOf(until) > date)
      const carers = visit.carers.map(span => ({ ...span, until: span.until ?? until }))
      const forgotten = isOver || minutes === null || minutes > longestVisitMinutes
      return { ...visit, ...more, out, until, minutes, forgotten, carers }
    })
  for (const record of records.between(date, addDays(date, lateDays))) {
    const { id, at } = record
    if (record.kind === 'late-visit' && record.payload.servedOn === date) begins(lateVisit(record))
    if (record.kind === 'visit-out') {
      const { of, minutes, endedEarly, location } = record.payload
      ends(record, of, minutes, { endedEarly, evidence: location.evidence })
    }
    if (record.kind === 'attendance' && record.payload.event === 'out')
      ends(record, record.payload.of, record.payload.minutes, {})
    if (record.kind === 'visit-event' && record.payload.event === 'rating') {
      const { of, rating } = record.payload
      change(of, visit => ({ ...visit, rating }))
    }
    if (record.businessDate !== date) continue
    if (record.kind === 'visit-in')
      begins({
        ...nothing,
        ...{ kind: 'visit', id, from: at, until: null, senior: record.payload.senior },
        ...{ service: record.payload.service, order: record.payload.order },
        ...{
          evidence: record.payload.location.evidence,
          carers: [{ carer: record.payload.carer, from: at, until: null }],
        },
      })
    if (record.kind === 'attendance' && record.payload.event !== 'out') {
      const { event, carer, seen, senior, service, order, location } = record.payload
      begins({
        ...nothing,
        ...{ kind: event === 'in' ? 'stay' : 'once', id, senior, service, order, seen, from: at },
        ...{ until: event === 'in' ? null : at, evidence: location.evidence },
        carers: carer === null ? [] : [{ carer, from: at, until: event === 'in' ? null : at }],
      })
    }
    if (record.kind !== 'visit-event') continue
    const { of, event, carer } = record.payload
    const { ms, since } = paused.get(of) ?? { ms: 0, since: null }
    if (event === 'pause') paused.set(of, { ms, since: at })
    if (event === 'resume') paused.set(of, { ms: ms + Math.max(0, at - (since ?? at)), since: null })
    if (event === 'carer' && carer !== null)
      change(of, visit => ({
        ...visit,
        carers: [...visit.carers.map(span => ({ ...span, until: span.until ?? at })), { carer, from: at, until: null }],
      }))
  }
  return [...found.values()].sort((one, other) => one.from - other.from)
}

/** What was entered late, as it was given. */
export function lateVisit({ id, payload }: Extract<LedgerRecord, { kind: 'late-visit' }>): RecordedVisit {
  const { service, carer, held, visit } = payload
  const { from, until } = lateSpan(payload)
  return {
    ...nothing,
    ...{ kind: 'late', id, out: id, senior: visit.senior, service, from, until, held, minutes: visit.minutes },
    carers: [{ carer, from, until }],
  }
}

const nothing = {
  ...{ out: null, order: null, minutes: null, evidence: null, endedEarly: null, seen: null, rating: null },
  ...{ held: false, forgotten: false },
}
