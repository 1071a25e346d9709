import { z } from 'zod'
import { type BusinessDate, businessDate, businessDateOf } from '../../shared/business-day.ts'
import { fundId, type SeniorId, type SiteId, seniorId, terminalId } from '../../shared/ids.ts'
import { potFundOf } from '../../shared/leases/pots.ts'
import { type HolderId, holderId } from '../../shared/leases/rights.ts'
import {
  freshLease,
  type SeniorLease,
  seniorLease,
  withoutOld,
  withoutUsedNumbers,
} from '../../shared/leases/senior-lease.ts'
import { insertRows, type Queryable, select } from '../database.ts'
import { newsChannel } from './news.ts'

/** A fund's pot, in the place of a senior: all that there is of it for everybody. */
const potScope = z.templateLiteral(['pot:', fundId])
export type PotScope = z.infer<typeof potScope>
export const scopeId = z.union([seniorId, potScope])

/** Whose lease, under which pack; a pot is its fund's, whatever pack draws on it. */
export interface Subject {
  readonly senior: SeniorId | PotScope
  readonly pack: string
}
export interface SeniorSubject extends Subject {
  readonly senior: SeniorId
}

const everyPack = '*'

export function potSubject(fund: string): Subject {
  return { senior: potScope.parse(`pot:${fund}`), pack: everyPack }
}

/** The funds of all pots that were ever drawn on or handed out. */
export async function knownPots(client: Queryable): Promise<string[]> {
  const rows = await select(
    client,
    z.object({ scope: potScope }),
    "select senior_id as scope from lease_state where senior_id >= 'pot:' and senior_id < 'pot;' and pack_id = $1",
    [everyPack],
  )
  return rows.flatMap(({ scope }) => potFundOf(scope) ?? [])
}

export function isSenior(subject: Subject): subject is SeniorSubject {
  return !subject.senior.startsWith('pot:')
}

const row = z.object({ senior_id: scopeId, pack_id: z.string(), body: z.string() })

const nameOf = ({ senior, pack }: Subject) => `${senior}|${pack}`

/** The leases of some seniors, locked until the transaction ends, and what changes about them meanwhile. */
export interface LeaseBook {
  of(subject: Subject): SeniorLease
  put(subject: Subject, lease: SeniorLease): void
  /** The funds whose pots are among them. */
  funds(): ReadonlySet<string>
  /** These holders have to hear of it. */
  tell(subject: Subject, holders: readonly HolderId[]): void
  /** Writes all that changed. Call it last: nothing may be locked after it. */
  store(): Promise<void>
}

/** Locks the leases of these seniors, in one order for all, so that two pushes never wait for each other. */
export async function lockLeases(client: Queryable, subjects: readonly Subject[]): Promise<LeaseBook> {
  const wanted = [...new Map(subjects.map(subject => [nameOf(subject), subject])).values()].sort((one, other) =>
    nameOf(one) < nameOf(other) ? -1 : 1,
  )
  const pairs = [wanted.map(({ senior }) => senior), wanted.map(({ pack }) => pack)]
  const lock = `select s.senior_id, s.pack_id, s.body from lease_state s
    join unnest($1::text[], $2::text[]) as w (senior_id, pack_id) using (senior_id, pack_id)
    order by s.senior_id, s.pack_id for update of s`
  let rows = wanted.length === 0 ? [] : await select(client, row, lock, pairs)
  if (rows.length < wanted.length) {
    const fresh = JSON.stringify(freshLease)
    await insertRows(
      client,
      'lease_state',
      ['senior_id', 'pack_id', 'body'],
      wanted.map(({ senior, pack }) => [senior, pack, fresh]),
      'on conflict (senior_id, pack_id) do nothing',
    )
    rows = await select(client, row, lock, pairs)
  }
  const now = Date.now()
  const leases = new Map(
    rows.map(({ senior_id: senior, pack_id: pack, body }) => {
      const lease = withoutUsedNumbers(seniorLease.parse(JSON.parse(body)), now)
      return [nameOf({ senior, pack }), { subject: { senior, pack }, before: JSON.stringify(lease), lease }]
    }),
  )
  const news = new Map<string, { subject: Subject; holder: HolderId }>()
  const held = (subject: Subject) => {
    const found = leases.get(nameOf(subject))
    if (found === undefined) throw new Error('a lease was asked for that was not locked')
    return found
  }
  return {
    of: subject => held(subject).lease,
    put(subject, lease) {
      held(subject).lease = lease
    },
    funds: () => new Set(wanted.flatMap(({ senior }) => potFundOf(senior) ?? [])),
    tell(subject, holders) {
      for (const holder of holders) news.set(`${nameOf(subject)}|${holder}`, { subject, holder })
    },
    async store() {
      const today = businessDateOf(Date.now())
      const changed = [...leases.values()].flatMap(({ subject, before, lease }) => {
        if (JSON.stringify(lease) === before) return []
        return [[subject.senior, subject.pack, JSON.stringify(withoutOld(lease, today))]]
      })
      await insertRows(
        client,
        'lease_state',
        ['senior_id', 'pack_id', 'body'],
        changed,
        'on conflict (senior_id, pack_id) do update set body = excluded.body',
      )
      await storeNews(client, [...news.values()])
    },
  }
}

/** The terminal and generation of a holder. */
export function partsOf(holder: HolderId): { terminal: string; generation: number } {
  const [terminal = '', generation = '1'] = holder.split('#')
  return { terminal, generation: Number(generation) }
}

async function storeNews(client: Queryable, news: readonly { subject: Subject; holder: HolderId }[]): Promise<void> {
  if (news.length === 0) return
  // Held until commit, so that no reader sees a later number before an earlier one.
  await client.query('select pg_advisory_xact_lock(7202)')
  const parts = news.map(({ subject, holder }) => ({ ...subject, ...partsOf(holder) }))
  await client.query('select pg_notify($1, terminal) from unnest($2::text[]) as t (terminal)', [
    newsChannel,
    [...new Set(parts.map(({ terminal }) => terminal))],
  ])
  await client.query(
    `insert into lease_news (terminal_id, generation, senior_id, pack_id, change)
     select *, nextval('lease_change') from unnest($1::text[], $2::bigint[], $3::text[], $4::text[])
     on conflict (terminal_id, generation, senior_id, pack_id) do update set change = excluded.change`,
    [
      parts.map(({ terminal }) => terminal),
      parts.map(({ generation }) => generation),
      parts.map(({ senior }) => senior),
      parts.map(({ pack }) => pack),
    ],
  )
}

/** Who a site means by its references, as far as this province ever told it of them. */
export async function seniorsByRef(
  client: Queryable,
  site: SiteId,
  refs: readonly string[],
): Promise<Map<string, SeniorId>> {
  if (refs.length === 0) return new Map()
  const rows = await select(
    client,
    z.object({ ref: z.string(), senior_id: seniorId }),
    'select ref, senior_id from senior_ref where site_id = $1 and ref = any($2)',
    [site, refs],
  )
  return new Map(rows.map(({ ref, senior_id }) => [ref, senior_id]))
}

/** The terminals of a site: a second till there is no other place. */
export async function terminalsOf(client: Queryable, site: SiteId): Promise<ReadonlySet<string>> {
  const rows = await select(
    client,
    z.object({ terminal_id: z.string() }),
    'select terminal_id from terminal where site_id = $1',
    [site],
  )
  return new Set(rows.map(row => row.terminal_id))
}

const holderRow = z.object({ terminal_id: terminalId, generation: z.int() })

/** The terminal of a site that holds what is leased ahead to its members: the first by name that is enrolled and not quarantined. Null where there is none. */
export async function homeHolderOf(client: Queryable, site: SiteId): Promise<HolderId | null> {
  const [found] = await select(
    client,
    holderRow,
    `select t.terminal_id, coalesce(max(w.generation), 1) as generation
       from terminal t left join watermark w on w.terminal_id = t.terminal_id
      where t.site_id = $1 and not t.struck_off and not t.quarantined and t.transport_key is not null
      group by t.terminal_id order by t.terminal_id limit 1`,
    [site],
  )
  return found === undefined ? null : holderId(found.terminal_id, found.generation)
}

const longAgo: BusinessDate = businessDate.parse('1970-01-01')

/** The last business date of which the province heard from each of these holders; long ago for one that was never heard. */
export async function heardThrough(
  client: Queryable,
  holders: readonly HolderId[],
): Promise<(id: HolderId) => BusinessDate> {
  const rows = await select(
    client,
    z.object({ terminal_id: z.string(), generation: z.int(), heard_on: businessDate }),
    'select terminal_id, generation, heard_on from watermark where terminal_id = any($1) and heard_on is not null',
    [[...new Set(holders.map(holder => partsOf(holder).terminal))]],
  )
  const dates = new Map(rows.map(row => [holderId(row.terminal_id, row.generation), row.heard_on]))
  return id => dates.get(id) ?? longAgo
}
