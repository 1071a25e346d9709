import type { PoolClient } from 'pg'
import { z } from 'zod'
import { fromBase64Url } from '../shared/bytes.ts'
import { parseRecord } from '../shared/countable.ts'
import type { OperatorId, SiteId, TerminalId } from '../shared/ids.ts'
import {
  commitToNote,
  type LedgerRecord,
  type OpenedInputs,
  type OpenedNote,
  type SeniorRef,
} from '../shared/record.ts'
import { seniorRefOf } from '../shared/senior-ref.ts'
import { longestVisitMinutes } from '../shared/visit/minutes.ts'
import type { Arrival } from './bookings.ts'
import { beyondCarerDays } from './carer-days.ts'
import { select } from './database.ts'
import type { VerdictCode } from './examine.ts'
import { publishedServices, type ServiceStated } from './service-prices.ts'
import { type GivenVisit, givenLate, givenVisit, placeVisits } from './visit-spans.ts'

type VisitOut = Extract<LedgerRecord, { kind: 'visit-out' }>
type LateVisit = Extract<LedgerRecord, { kind: 'late-visit' }>
type Noted = Extract<LedgerRecord, { kind: 'attendance' | 'follow-up' }>

/**
 * Judges what ends a visit by what began it: the same person, once, no longer than the clock says, at a price that the site's catalogue had for that
 * service; that neither its senior nor a carer was in a visit at another terminal meanwhile; and that no carer's day is longer than the site lets it be.
 */
export async function judgeVisits(
  client: PoolClient,
  from: {
    readonly terminal: TerminalId
    readonly site: SiteId
    readonly siteKey: Uint8Array
    /** Whether somebody was a station lead at an instant (ms). */
    readonly isLead: (operator: OperatorId, at: number) => boolean
  },
  arrivals: readonly Arrival[],
  opened: readonly (OpenedInputs | null)[],
  notes: readonly (OpenedNote | null)[],
): Promise<Arrival[]> {
  const outs = arrivals.flatMap(({ record }) => (record?.kind === 'visit-out' ? [record] : []))
  const isAny = arrivals.some(({ record }) => record !== null && isOfVisits(record))
  if (!isAny) return [...arrivals]
  const isPublished = await publishedServices(client, from.site)
  const known = await visitsBefore(client, from.terminal, outs)
  const judged: Arrival[] = []
  const given: GivenVisit[] = []
  for (const [at, arrival] of arrivals.entries()) {
    const { record, code } = arrival
    if (record !== null && code === null) note(known, record)
    if (record?.kind === 'attendance' || record?.kind === 'follow-up') {
      const note = notes[at] ?? null
      const doubt = code ?? doubtAboutNote(record, note, from.siteKey)
      judged.push({
        ...arrival,
        code: doubt,
        senior: doubt === null ? (note?.inputs.senior ?? null) : `ref:${record.payload.senior}`,
      })
      continue
    }
    const quoted = opened[at]?.inputs.quote.visit
    const isEnd = record?.kind === 'visit-out' || record?.kind === 'late-visit'
    if (!isEnd || code !== null || quoted === undefined) {
      judged.push(arrival)
      continue
    }
    const doubt =
      record.kind === 'visit-out'
        ? doubtAboutVisit(record, known, quoted.service, isPublished)
        : doubtAboutLate(record, quoted.service, isPublished)
    if (doubt === null && record.kind === 'visit-out') known.ended.set(record.payload.of, record.id)
    judged.push({ ...arrival, code: doubt })
    const visit = doubt === null && arrival.senior !== null ? givenAs(record, arrival.senior, known) : null
    if (visit !== null) given.push(visit)
  }
  const twice = await placeVisits(client, from.terminal, given)
  const beyond = await beyondCarerDays(
    client,
    from,
    given.filter(({ record }) => !twice.has(record)),
  )
  return judged.map(arrival => {
    if (arrival.code !== null || arrival.record === null) return arrival
    if (twice.has(arrival.record.id)) return { ...arrival, code: 'VISIT_DOUBTFUL' }
    return beyond.has(arrival.record.id) ? { ...arrival, code: 'CARER_DAY_FULL' } : arrival
  })
}

/** When and to whom a visit was given, as far as anybody pays for it. */
function givenAs(record: VisitOut | LateVisit, senior: string, { ins, events }: Known): GivenVisit | null {
  if (record.kind === 'late-visit') return givenLate(record, senior)
  const { of, endedEarly } = record.payload
  const began = ins.get(of)
  if (began === undefined || endedEarly !== null) return null
  return givenVisit(began, record, senior, events.get(of) ?? [])
}

const isOfVisits = ({ kind }: LedgerRecord) =>
  ['visit-in', 'visit-out', 'late-visit', 'attendance', 'follow-up'].includes(kind)

interface Known {
  readonly ins: Map<string, Extract<LedgerRecord, { kind: 'visit-in' }>>
  /** What happened in the middle of each visit, in its order. */
  readonly events: Map<string, Extract<LedgerRecord, { kind: 'visit-event' }>[]>
  /** The record that ended each visit. */
  readonly ended: Map<string, string>
}

/** Notes what began a visit, or happened in the middle of one. */
function note({ ins, events }: Known, record: LedgerRecord): void {
  if (record.kind === 'visit-in') ins.set(record.id, record)
  if (record.kind === 'visit-event') events.set(record.payload.of, [...(events.get(record.payload.of) ?? []), record])
}

async function visitsBefore(client: PoolClient, terminal: TerminalId, outs: readonly VisitOut[]): Promise<Known> {
  const known: Known = { ins: new Map(), events: new Map(), ended: new Map() }
  if (outs.length === 0) return known
  const rows = await select(
    client,
    z.object({ record: z.instanceof(Buffer) }),
    // What is about a visit lies behind its beginning, however much later somebody says that it ended.
    `with began as (
       select generation, seq, record from ledger where terminal_id = $1 and record_id = any($2)
          and kind = 'visit-in' and verdict in ('accepted', 'flagged')),
     first as (select generation, seq from began order by generation, seq limit 1)
     select record from (
       select * from began
       union all
       select l.generation, l.seq, l.record from ledger l, first
        where l.terminal_id = $1 and (l.generation, l.seq) > (first.generation, first.seq)
          and l.kind in ('visit-out', 'visit-event') and l.verdict in ('accepted', 'flagged')
          and convert_from(l.record, 'UTF8')::jsonb -> 'payload' ->> 'of' = any($2)) about
      order by generation, seq`,
    [terminal, outs.map(({ payload }) => payload.of)],
  )
  for (const row of rows) {
    const record = parseRecord(row.record.toString('utf8'))
    if (record?.kind === 'visit-out') known.ended.set(record.payload.of, record.id)
    else if (record !== null) note(known, record)
  }
  return known
}

type Published = (stated: ServiceStated) => boolean

function doubtAboutVisit(
  { id, at, payload }: VisitOut,
  { ins, ended }: Known,
  packService: string | undefined,
  isPublished: Published,
): VerdictCode | null {
  const began = ins.get(payload.of)
  if (began === undefined) return 'UNKNOWN_RECORD'
  if (began.payload.senior !== payload.senior) return 'IDENTITY_DOUBTFUL'
  const { minutes, listFen, endedEarly, policy } = payload
  // One that nobody signed out of in time ends early, for nothing.
  const most = endedEarly === null ? longestVisitMinutes : Number.POSITIVE_INFINITY
  if ((ended.get(payload.of) ?? id) !== id || minutes > Math.min(most, (at - began.at) / 60_000))
    return 'VISIT_DOUBTFUL'
  const stated = { service: began.payload.service, pack: policy.pack, packService, minutes, listFen }
  return isPublished({ ...stated, endedEarly: endedEarly !== null }) ? null : 'PRICE_UNKNOWN'
}

function doubtAboutLate({ payload }: LateVisit, packService: string | undefined, isPublished: Published) {
  const { service, visit } = payload
  const { minutes, listFen, policy } = visit
  const minuteOf = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))
  const lasted = (minuteOf(payload.until) - minuteOf(payload.from) + 1440) % 1440
  if (minutes > Math.min(lasted, longestVisitMinutes)) return 'VISIT_DOUBTFUL' as const
  const stated = { service, pack: policy.pack, packService, minutes, listFen, endedEarly: false }
  return isPublished(stated) ? null : ('PRICE_UNKNOWN' as const)
}

function doubtAboutNote({ payload }: Noted, note: OpenedNote | null, siteKey: Uint8Array): VerdictCode | null {
  if (note === null) return 'INPUTS_MISSING'
  const ref: SeniorRef = seniorRefOf(siteKey, note.inputs.senior)
  const fits = commitToNote(note.inputs, fromBase64Url(note.salt)) === payload.noteCommitment && ref === payload.senior
  return fits ? null : 'INPUTS_DIFFER'
}
