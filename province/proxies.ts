import type { PoolClient } from 'pg'
import { z } from 'zod'
import { addDays, businessDate, businessDateOf } from '../shared/business-day.ts'
import { fromBase64Url } from '../shared/bytes.ts'
import { parseRecord } from '../shared/countable.ts'
import { type OperatorId, type SeniorId, type SiteId, seniorId, type TerminalId } from '../shared/ids.ts'
import { maskName } from '../shared/person-names.ts'
import {
  mostPortions,
  mostProxies,
  type ProxyRef,
  proxyIdOf,
  proxyRefOf,
  type RosterProxy,
  rosterProxy,
} from '../shared/proxy.ts'
import { commitToProxy, type LedgerRecord, type OpenedProxy } from '../shared/record.ts'
import { seniorRefOf } from '../shared/senior-ref.ts'
import type { Arrival } from './bookings.ts'
import { insertRows, nextChange, type Queryable, select } from './database.ts'
import type { VerdictCode } from './examine.ts'

type RecordOf<K extends LedgerRecord['kind']> = Extract<LedgerRecord, { kind: K }>

const tillProxies = z.array(rosterProxy.extend({ ended: businessDate.optional() }))

/** The proxies of a senior as tills hear of them: those of the roster, then what tills registered and did not end. */
export function proxiesToTell(ofRoster: readonly RosterProxy[] | undefined, byTills: string): RosterProxy[] {
  const today = businessDateOf(Date.now())
  const registered = tillProxies.parse(JSON.parse(byTills)).flatMap(({ ended, ...proxy }) => {
    return ended === undefined && proxy.until >= today ? [{ ...proxy, byStaff: true as const }] : []
  })
  const own = (ofRoster ?? []).filter(({ id }) => !registered.some(one => one.id === id))
  return [...own, ...registered].slice(0, mostProxies)
}

interface Place {
  readonly terminal: TerminalId
  readonly site: SiteId
  readonly siteKey: Uint8Array
  isLead(operator: OperatorId, at: number): boolean
}

/**
 * Follows, in the order of the chain, who was registered to collect meals for whom, and judges every meal that was collected: by somebody who is
 * not on the senior's roster or not for this day, or beyond the limit with nobody who let it go on. The sale itself stays as it is.
 */
export async function judgeProxies(
  client: PoolClient,
  place: Place,
  arrivals: readonly Arrival[],
  opened: readonly (OpenedProxy | null)[],
): Promise<Arrival[]> {
  const judged: Arrival[] = []
  for (const [at, arrival] of arrivals.entries()) {
    const { record } = arrival
    if (record?.kind === 'proxy-change' && arrival.code === null) {
      const person = opened[at] ?? null
      const code =
        doubtAboutChange(record, person, place) ?? (person && (await applyChange(client, place, record, person)))
      judged.push({ ...arrival, code, senior: code === null && person ? person.inputs.senior : null })
    } else if (record?.kind === 'proxy-collection' && arrival.code === null)
      judged.push({ ...arrival, code: await judgeCollection(client, place, record, judged) })
    else {
      if (record?.kind === 'void' || record?.kind === 'refund')
        await client.query('delete from proxy_collection where terminal_id = $1 and of_id = $2', [
          place.terminal,
          record.payload.of,
        ])
      judged.push(arrival)
    }
  }
  return judged
}

function doubtAboutChange(
  { at, businessDate: date, payload }: RecordOf<'proxy-change'>,
  opened: OpenedProxy | null,
  place: Place,
): VerdictCode | null {
  if (payload.site !== place.site) return 'IDENTITY_DOUBTFUL'
  if (opened === null) return 'INPUTS_MISSING'
  const { senior, proxy, name, numberTail } = opened.inputs
  const isCommitted = commitToProxy(opened.inputs, fromBase64Url(opened.salt)) === payload.proxyCommitment
  const isNamed =
    seniorRefOf(place.siteKey, senior) === payload.senior && proxyRefOf(place.siteKey, proxy) === payload.proxy
  if (!isCommitted || !isNamed) return 'INPUTS_DIFFER'
  if (!place.isLead(payload.approver, at)) return 'NOT_APPROVED'
  if (payload.change === 'ended') return null
  if (numberTail === null || proxyIdOf(name, numberTail) !== proxy) return 'INPUTS_DIFFER'
  const { from, until } = payload
  const isSpan = from !== null && until !== null && from >= date && from <= until && until <= addDays(from, 365)
  return isSpan ? null : 'DATE_DOUBTFUL'
}

async function applyChange(
  client: PoolClient,
  { site }: Place,
  { businessDate: date, payload }: RecordOf<'proxy-change'>,
  { inputs: { senior, proxy, name } }: OpenedProxy,
): Promise<VerdictCode | null> {
  // Before any row is locked, as everywhere, so that two changes never wait for each other.
  const [next] = await nextChange(client)
  const [known] = await select(
    client,
    z.object({ home_site: z.string(), till_proxies: z.string() }),
    'select home_site, till_proxies from senior where senior_id = $1 and not gone for update',
    [senior],
  )
  if (known === undefined || known.home_site !== site) return 'IDENTITY_DOUBTFUL'
  const before = tillProxies.parse(JSON.parse(known.till_proxies))
  const isOpen = (one: (typeof before)[number]) => one.id === proxy && one.ended === undefined
  // What the roster itself brings is not a site's to end.
  if (payload.change === 'ended' && !before.some(isOpen)) return 'PROXY_UNKNOWN'
  const ended = before.map(one => (isOpen(one) ? { ...one, ended: date } : one))
  const added = payload.change === 'registered' ? [{ id: proxy, name, from: payload.from, until: payload.until }] : []
  await client.query('update senior set till_proxies = $2, change = $3 where senior_id = $1', [
    senior,
    JSON.stringify([...ended, ...added]),
    next,
  ])
  return null
}

const storedSale = z.object({ senior_id: z.string(), record: z.instanceof(Buffer) })

/** The sale that a collection names, of this push or an earlier one of the same terminal. */
async function saleOf(client: PoolClient, { terminal }: Place, of: string, before: readonly Arrival[]) {
  const here = before.find(({ record }) => record?.id === of)
  if (here) return { senior: here.senior, record: here.record }
  const [row] = await select(
    client,
    storedSale,
    "select senior_id, record from ledger where terminal_id = $1 and record_id = $2 and kind = 'sale'",
    [terminal, of],
  )
  return row && { senior: row.senior_id, record: parseRecord(row.record.toString('utf8')) }
}

async function judgeCollection(
  client: PoolClient,
  place: Place,
  { id, at, businessDate: date, payload }: RecordOf<'proxy-collection'>,
  before: readonly Arrival[],
): Promise<VerdictCode | null> {
  const sold = await saleOf(client, place, payload.of, before)
  if (sold?.record?.kind !== 'sale') return 'UNKNOWN_RECORD'
  const { senior: ref, meal } = sold.record.payload
  if (payload.site !== place.site || ref !== payload.senior) return 'IDENTITY_DOUBTFUL'
  const [{ n } = { n: 0 }] = await select(
    client,
    z.object({ n: z.int() }),
    `select count(*)::int as n from proxy_collection
      where terminal_id = $1 and proxy_ref = $2 and business_date = $3 and meal = $4`,
    [place.terminal, payload.proxy, date, meal ?? ''],
  )
  await insertRows(
    client,
    'proxy_collection',
    ['terminal_id', 'record_id', 'of_id', 'proxy_ref', 'business_date', 'meal'],
    [[place.terminal, id, payload.of, payload.proxy, date, meal ?? '']],
    'on conflict (terminal_id, record_id) do nothing',
  )
  if (payload.approver !== null && !place.isLead(payload.approver, at)) return 'NOT_APPROVED'
  if (payload.approver === null && Math.max(n + 1, payload.portion) > mostPortions) return 'PROXY_OVER'
  const senior = seniorId.safeParse(sold.senior)
  return senior.success && (await mayCollect(client, place, senior.data, payload.proxy, date)) ? null : 'PROXY_UNKNOWN'
}

/** Everybody who is or was registered for a senior, by the roster or by a till; who was ended at a till was registered until then. */
async function registeredFor(database: Queryable, senior: SeniorId): Promise<RosterProxy[]> {
  const [row] = await select(
    database,
    z.object({ body: z.string(), till_proxies: z.string() }),
    'select body, till_proxies from senior where senior_id = $1',
    [senior],
  )
  if (row === undefined) return []
  const { proxies = [] } = z.object({ proxies: z.array(rosterProxy).optional() }).parse(JSON.parse(row.body))
  const byTills = tillProxies.parse(JSON.parse(row.till_proxies))
  return [...proxies, ...byTills.map(({ ended, ...one }) => ({ ...one, until: ended ?? one.until }))]
}

/** Whether somebody is registered for a senior on a business date, by the roster or by a till. */
export async function mayCollect(
  client: PoolClient,
  { siteKey }: Pick<Place, 'siteKey'>,
  senior: SeniorId,
  proxy: string,
  date: string,
): Promise<boolean> {
  const spans = await registeredFor(client, senior)
  return spans.some(({ id, from, until }) => from <= date && date <= until && proxyRefOf(siteKey, id) === proxy)
}

/** The masked name of whom a site's records name by a reference; an empty text where nobody of that reference is or was registered for the senior. */
export async function maskedProxy(
  database: Queryable,
  siteKey: Uint8Array,
  senior: SeniorId,
  proxy: ProxyRef,
): Promise<string> {
  const known = (await registeredFor(database, senior)).find(({ id }) => proxyRefOf(siteKey, id) === proxy)
  return known === undefined ? '' : maskName(known.name)
}
