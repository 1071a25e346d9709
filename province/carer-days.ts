import type { PoolClient } from 'pg'
import { z } from 'zod'
import { addDays, beginOf, businessDateOf } from '../shared/business-day.ts'
import type { OperatorId, SiteId } from '../shared/ids.ts'
import { select } from './database.ts'
import { siteOf } from './leases/caps.ts'
import { carerKey, type GivenVisit, takenBack } from './visit-spans.ts'

const spanRow = z.object({
  who: z.string(),
  record_id: z.string(),
  began_at: z.coerce.number(),
  ended_at: z.coerce.number(),
})

/** Whose day is summed: a carer's key, and the business day on which their part began. */
const dayKey = (who: string, from: number) => `${who}|${businessDateOf(from)}`

/**
 * Names the visits with which a carer comes to more minutes on a business day than the site lets them give, over all tills, those heard first first; by the
 * clock, pauses included, as the tills count. Not those at which a station lead was on duty.
 * @param visits of one site, placed by `placeVisits`, which holds off whoever brings others of the same carers meanwhile
 */
export async function beyondCarerDays(
  client: PoolClient,
  { site, isLead }: { readonly site: SiteId; readonly isLead: (operator: OperatorId, at: number) => boolean },
  visits: readonly GivenVisit[],
): Promise<ReadonlySet<string>> {
  const carers = visits.length === 0 ? [] : ((await siteOf(client, site))?.station?.carers ?? [])
  const most = new Map(carers.map(({ id, mostMinutesADay }) => [carerKey(site, id), mostMinutesADay]))
  const parts = visits.flatMap(({ spans }) => spans.filter(({ who }) => most.has(who)))
  if (parts.length === 0) return new Set()
  const dates = parts.map(({ from }) => businessDateOf(from)).sort()
  const [first = businessDateOf(0), last = first] = [dates[0], dates.at(-1)]
  const placed = await select(
    client,
    spanRow,
    `select who, record_id, began_at, ended_at from visit_span
      where who = any($1) and began_at >= $2 and began_at < $3 and record_id <> all($4)`,
    [
      ...[[...new Set(parts.map(({ who }) => who))], beginOf(first), beginOf(addDays(last, 1))],
      visits.map(({ record }) => record),
    ],
  )
  const taken = await takenBack(
    client,
    placed.map(({ record_id }) => record_id),
  )
  const given = new Map<string, number>()
  const add = (who: string, from: number, until: number) =>
    given.set(dayKey(who, from), (given.get(dayKey(who, from)) ?? 0) + Math.max(0, until - from))
  for (const { who, record_id, began_at, ended_at } of placed) if (!taken.has(record_id)) add(who, began_at, ended_at)
  const beyond = new Set<string>()
  for (const { record, spans, onDuty } of visits) {
    const own = spans.filter(({ who }) => most.has(who))
    for (const { who, from, until } of own) add(who, from, until)
    const isFull = own.some(
      ({ who, from }) => Math.floor((given.get(dayKey(who, from)) ?? 0) / 60_000) > (most.get(who) ?? 0),
    )
    const byLead = onDuty.some(({ operator, at }) => operator !== null && isLead(operator, at))
    if (isFull && !byLead) beyond.add(record)
  }
  return beyond
}
