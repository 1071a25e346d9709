import type { PoolClient } from 'pg'
import { z } from 'zod'
import type { OperatorId, SiteId, TerminalId } from '../shared/ids.ts'
import type { LedgerRecord } from '../shared/record.ts'
import { lateSpan } from '../shared/visit/late-span.ts'
import { longestVisitMinutes, signedOutAt } from '../shared/visit/minutes.ts'
import { insertRows, select } from './database.ts'

type Of<K extends LedgerRecord['kind']> = Extract<LedgerRecord, { kind: K }>

/** One person in one visit: its senior, or a carer for their own part. Instants in ms. */
interface VisitSpan {
  readonly who: string
  readonly from: number
  readonly until: number
}

/** A visit with money that nobody doubts so far, by the record that counts it. */
export interface GivenVisit {
  readonly record: string
  readonly spans: readonly VisitSpan[]
  /** Who was on duty as it began, as a carer took it over, as it ended or as it was entered late, and when (ms). */
  readonly onDuty: readonly { readonly operator: OperatorId | null; readonly at: number }[]
}

/** Clocks of two tills may differ by this much (ms) before two visits count as one over the other. */
const slack = 5 * 60_000
const longest = longestVisitMinutes * 60_000

/** How a carer of a site is named in `visit_span`. */
export const carerKey = (site: SiteId, carer: string) => `carer:${site}|${carer}`

/** @param events what happened in the middle of the visit, in its order */
export function givenVisit(
  began: Of<'visit-in'>,
  out: Of<'visit-out'>,
  senior: string,
  events: readonly Of<'visit-event'>[],
): GivenVisit {
  const { site, minutes } = out.payload
  let [pausedMs, since] = [0, 0]
  const carers = [{ carer: began.payload.carer, from: began.at }]
  const onDuty = [began, out].map(({ at, payload: { operator } }) => ({ operator, at }))
  for (const { at, payload } of events) {
    if (payload.event === 'pause') since = at
    if (payload.event === 'resume') pausedMs += Math.max(0, at - since)
    if (payload.event !== 'carer' || payload.carer === null) continue
    carers.push({ carer: payload.carer, from: at })
    onDuty.push({ operator: payload.operator, at })
  }
  const until = signedOutAt({ from: began.at, minutes, pausedMs, recorded: out.at })
  const parts = carers.map(({ carer, from }, at) => ({
    ...{ who: carerKey(site, carer), from },
    until: carers[at + 1]?.from ?? until,
  }))
  return { record: out.id, spans: [{ who: senior, from: began.at, until }, ...parts], onDuty }
}

export function givenLate({ id, at, payload }: Of<'late-visit'>, senior: string): GivenVisit {
  const span = lateSpan(payload)
  return {
    record: id,
    spans: [
      { who: senior, ...span },
      { who: carerKey(payload.visit.site, payload.carer), ...span },
    ],
    onDuty: [{ operator: payload.visit.operator, at }],
  }
}

const spanRow = z.object({
  who: z.string(),
  record_id: z.string(),
  began_at: z.coerce.number(),
  ended_at: z.coerce.number(),
})

/**
 * Keeps when these visits of a terminal were given, and names those whose senior or carer was in a visit at another terminal meanwhile, as far as that
 * was heard before and stands. The till itself sees to its own.
 */
export async function placeVisits(
  client: PoolClient,
  terminal: TerminalId,
  visits: readonly GivenVisit[],
): Promise<ReadonlySet<string>> {
  const spans = visits.flatMap(visit => visit.spans)
  if (spans.length === 0) return new Set()
  const who = [...new Set(spans.map(span => span.who))].sort()
  // Two tills push at the same time: the later one waits, and finds what the first one brought.
  await client.query('select pg_advisory_xact_lock(hashtextextended(key, 0)) from unnest($1::text[]) as key', [who])
  const others = await select(
    client,
    spanRow,
    `select who, record_id, began_at, ended_at from visit_span
      where who = any($1) and began_at > $2 and began_at < $3 and terminal_id <> $4`,
    [who, Math.min(...spans.map(({ from }) => from)) - longest, Math.max(...spans.map(({ until }) => until)), terminal],
  )
  const taken = await takenBack(
    client,
    others.map(({ record_id }) => record_id),
  )
  const standing = others.filter(({ record_id }) => !taken.has(record_id))
  const isElsewhere = (span: VisitSpan) =>
    standing.some(
      ({ who: key, began_at, ended_at }) =>
        key === span.who && began_at < span.until - slack && ended_at > span.from + slack,
    )
  const doubtful = new Set(visits.filter(visit => visit.spans.some(isElsewhere)).map(({ record }) => record))
  await insertRows(
    client,
    'visit_span',
    ['who', 'terminal_id', 'record_id', 'began_at', 'ended_at'],
    visits.flatMap(({ record, spans: of }) =>
      doubtful.has(record) ? [] : of.map(({ who: key, from, until }) => [key, terminal, record, from, until]),
    ),
    'on conflict do nothing',
  )
  return doubtful
}

/** Which of these records were taken back. What was only refunded was given all the same. */
export async function takenBack(client: PoolClient, records: readonly string[]): Promise<ReadonlySet<string>> {
  if (records.length === 0) return new Set()
  const rows = await select(
    client,
    z.object({ record_id: z.string() }),
    `select v.record_id from voided v join ledger l using (terminal_id, generation, seq)
      where v.record_id = any($1) and l.kind = 'void' and not v.held and not v.refused`,
    [[...new Set(records)]],
  )
  return new Set(rows.map(({ record_id }) => record_id))
}
