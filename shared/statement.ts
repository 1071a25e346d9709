import { z } from 'zod'
import { type BusinessDate, businessDate, meal } from './business-day.ts'
import { type Countable, countableOf } from './countable.ts'
import { assurance, means } from './credential.ts'
import { fundId, type RecordId, recordId, seniorId, siteId, terminalId } from './ids.ts'
import type { LedgerRecord } from './record.ts'
import { seniorRef } from './record.ts'
import { bilingual } from './site.ts'

/** A calendar month, `2026-11`. */
export const statementMonth = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)

/** Whether funds are asked for it: `held` until somebody has looked, `refused` by nobody for good. */
export const moneyStanding = z.enum(['counted', 'held', 'refused'])
export type MoneyStanding = z.infer<typeof moneyStanding>

const fen = z.int()
const amounts = {
  listFen: fen,
  subsidies: z.array(z.strictObject({ fund: fundId, fen })),
  /** What the senior paid, without what cash is rounded off by. */
  paidFen: fen,
}

/**
 * One record in a senior's name. Amounts in fen; what takes a record back has them negative, so that a month adds up. `date` is the business date
 * for which it counts, `at` when it was recorded (ms).
 */
export const statementEntry = z.strictObject({
  record: recordId,
  kind: z.string().max(32),
  /** The record that it takes back, makes good or ends. */
  of: recordId.nullable(),
  date: businessDate,
  at: z.int(),
  terminal: terminalId,
  site: siteId,
  siteName: z.string().max(64),
  meal: meal.nullable(),
  /** Null for a meal. */
  service: bilingual.nullable(),
  minutes: z.int().nullable(),
  means: means.nullable(),
  assurance: assurance.nullable(),
  /** Masked: the registered proxy who vouched for them by a PIN; an empty text where nobody is known by the reference, null where none did. */
  proxy: z.string().max(64).nullable().default(null),
  ...amounts,
  /** Subsidies whose right is not decided yet; 0 where none wait. */
  pendingFen: fen,
  standing: moneyStanding,
})
export type StatementEntry = z.infer<typeof statementEntry>

/** What stands in a senior's name in a month, the oldest first; `funds` has the titles of the funds in it. */
export const statement = z.strictObject({
  senior: seniorId,
  month: statementMonth,
  entries: z.array(statementEntry).max(5000),
  funds: z.record(z.string(), bilingual),
})
export type Statement = z.infer<typeof statement>

/** What is known of a record beside its bytes. */
export interface EntryFacts {
  readonly standing: MoneyStanding
  /** Its claim waits for a decision or for its payment. */
  readonly pending: boolean
  /** See `StatementEntry`. */
  readonly proxy: string | null
  siteName(site: string): string
  serviceName(site: string, service: string): StatementEntry['service']
}

/** Services without money name who was served by the same members, whatever else they say. */
const presence = z.object({
  ...{ site: siteId, senior: seniorRef, service: z.string(), means: means.nullable(), assurance: assurance.nullable() },
  event: z.string().optional(),
})
const withService = z.object({ service: z.string() })
const withMinutes = z.object({ minutes: z.int() })
const withLateMinutes = z.object({ visit: withMinutes }).transform(({ visit }) => visit)

/** The reference by which a record names a senior; null where it names none, or nothing of the kind was given to anybody. */
export function seniorOf(record: LedgerRecord): string | null {
  if (record.kind === 'made-good') return record.payload.senior
  return countableOf(record)?.senior ?? presenceOf(record)?.senior ?? null
}

/** The beginning of a visit or a stay says nothing that its end does not say. */
function presenceOf(record: LedgerRecord): z.infer<typeof presence> | null {
  if (record.kind === 'visit-in' || countableOf(record) !== null) return null
  const { data } = presence.safeParse(record.payload)
  return data === undefined || data.event === 'in' ? null : data
}

/** The record that another one is about: what it takes back, makes good or ends. */
export function aboutOf(record: LedgerRecord): RecordId | null {
  return 'of' in record.payload ? record.payload.of : null
}

/** What a record says in a senior's statement; null for one that says nothing there. @param find a record that another one is about, by its id */
export function entryOf(record: LedgerRecord, find: Find, facts: EntryFacts): StatementEntry | null {
  const own = sayingOf(record, find)
  if (own === null) return null
  const { id, kind, at, terminal } = record
  const { site, service, pendingFen, ...rest } = own
  return {
    ...{ record: id, kind, of: aboutOf(record), at, terminal, site, siteName: facts.siteName(site) },
    ...rest,
    service: service === null ? null : facts.serviceName(site, service),
    proxy: facts.proxy,
    pendingFen: facts.pending ? pendingFen : 0,
    standing: facts.standing,
  }
}

export type Find = (id: RecordId) => LedgerRecord | null

type Saying = Omit<
  StatementEntry,
  'record' | 'kind' | 'of' | 'at' | 'terminal' | 'siteName' | 'service' | 'proxy' | 'standing'
> & {
  readonly service: string | null
}

function sayingOf(record: LedgerRecord, find: Find): Saying | null {
  const countable = countableOf(record)
  if (countable !== null) return counted(countable, servedBy(record, find), 1)
  const id = aboutOf(record)
  const of = id === null ? null : find(id)
  const before = of && countableOf(of)
  const date = record.businessDate
  const nothing = { meal: null, minutes: null, means: null, assurance: null, listFen: 0, pendingFen: 0 }
  if (record.kind === 'made-good') {
    const { site, subsidies } = record.payload
    const paidFen = subsidies.reduce((sum, part) => sum - part.fen, 0)
    const { service } = servedBy(of, find)
    return { ...nothing, site, date, meal: before?.meal ?? null, subsidies: signed(subsidies, 1), paidFen, service }
  }
  if (record.kind === 'void' || record.kind === 'refund') {
    if (before === null) return null
    const served = servedBy(of, find)
    if (record.kind === 'void') return { ...counted(before, served, -1), date }
    const { subsidies, ownPayFen } = record.payload
    const back = { subsidies: signed(subsidies, -1), paidFen: 0 - ownPayFen }
    return { ...nothing, ...back, site: before.site, date, meal: before.meal ?? null, service: served.service }
  }
  const here = presenceOf(record)
  if (here === null) return null
  const { site, means: by, assurance: sure } = here
  // A stay that nobody signed out of was given on the day that it began; person-times count it in the month of its end.
  const began = of?.kind === 'attendance' && of.businessDate.slice(0, 7) === date.slice(0, 7) ? of.businessDate : date
  const who = { site, date: began, means: by, assurance: sure }
  return { ...nothing, subsidies: [], paidFen: 0, ...servedBy(record, find), ...who }
}

function counted(one: Countable, { service, minutes }: ReturnType<typeof servedBy>, sign: 1 | -1): Saying {
  return {
    ...{ site: one.site, date: one.date, meal: one.meal ?? null, service },
    minutes: minutes === null ? null : sign * minutes,
    ...{ means: one.means, assurance: one.assurance, listFen: sign * one.listFen },
    subsidies: signed(one.subsidies, sign),
    paidFen: sign * (one.ownPayFen - one.cashRoundingFen),
    pendingFen: sign === 1 ? one.pendingFen : 0,
  }
}

function signed(subsidies: Countable['subsidies'], sign: 1 | -1): StatementEntry['subsidies'] {
  return subsidies.filter(part => part.fen !== 0).map(part => ({ fund: part.fund, fen: sign * part.fen }))
}

/** The service of a visit stands where the visit began; its minutes where it ended. */
function servedBy(record: LedgerRecord | null, find: Find) {
  const id = record && aboutOf(record)
  const began = id ? find(id) : null
  const service = [record, began].flatMap(one => withService.safeParse(one?.payload).data?.service ?? [])[0] ?? null
  const lasted = withMinutes.or(withLateMinutes).safeParse(record?.payload).data?.minutes ?? null
  return { service, minutes: lasted }
}

/** Those of a month, the oldest first. */
export function entriesOfMonth(entries: readonly StatementEntry[], month: string): StatementEntry[] {
  const key = (entry: StatementEntry) => `${entry.date} ${String(entry.at).padStart(16, '0')} ${entry.record}`
  return entries.filter(({ date }) => date.slice(0, 7) === month).sort((one, other) => (key(one) < key(other) ? -1 : 1))
}

/** The first and the last date of a month; no month is longer than the last one says. */
export function datesOfMonth(month: string): { readonly from: BusinessDate; readonly to: string } {
  return { from: businessDate.parse(`${month}-01`), to: `${month}-31` }
}

const withStation = z.object({
  station: z.object({ services: z.array(z.object({ id: z.string(), name: bilingual })) }),
})

/** The name of a service in a site's catalogue; its id where nothing names it. @param site the site's configuration */
export function serviceNameIn(site: unknown, service: string): { zh: string; en: string } {
  const services = withStation.safeParse(site).data?.station.services ?? []
  return services.find(({ id }) => id === service)?.name ?? { zh: service, en: service }
}
