import { z } from 'zod'
import { parseRecord } from '../shared/countable.ts'
import { fundId, type SeniorId } from '../shared/ids.ts'
import { surnameOf } from '../shared/person-names.ts'
import type { LedgerRecord } from '../shared/record.ts'
import { seniorRefOf } from '../shared/senior-ref.ts'
import {
  aboutOf,
  datesOfMonth,
  entriesOfMonth,
  entryOf,
  type Find,
  type MoneyStanding,
  type Statement,
  serviceNameIn,
} from '../shared/statement.ts'
import { fundTitles } from './claims.ts'
import { type Database, type Queryable, select, transaction } from './database.ts'
import { voucherName, vouchersOf } from './vouchers.ts'

const row = z.object({
  terminal_id: z.string(),
  generation: z.int(),
  seq: z.int(),
  record: z.instanceof(Buffer),
})
type Row = z.infer<typeof row>
interface Stored extends Row {
  readonly parsed: LedgerRecord
}

const columns = 'l.terminal_id, l.generation, l.seq, l.record'
const wasTaken = "l.verdict in ('accepted', 'flagged')"

/**
 * Theirs: `$1` are the senior's id and the names by which sites know them. Of somebody whom the till did not know, the claim knows who it was.
 */
const theirs = `select record_id from ledger where senior_id = any($1) union select record_id from claim where senior_id = any($1)`
/** What counts for a date of the month, whoever proved it. Another record may have the id of theirs. */
const given = `select ${columns} from ledger l
  where (l.terminal_id, l.generation, l.seq) in (
      select terminal_id, generation, seq from ledger where senior_id = any($1)
      union select terminal_id, generation, seq from claim where senior_id = any($1)) and ${wasTaken} and l.business_date between $2 and $3`
/** What took something of theirs back in the month, whenever that was; not what may mean another record under its id. */
const takenBack = `select ${columns} from voided v join ledger l using (terminal_id, generation, seq)
  where v.record_id in (${theirs}) and ${wasTaken} and l.code is distinct from 'ID_TAKEN' and l.business_date between $2 and $3`
/** What funds paid in the month of claims that had waited. */
const madeGood = `select distinct ${columns} from claim_line c join ledger l using (terminal_id, generation, seq)
  where c.senior_id = any($1) and c.kind = 'made-good' and ${wasTaken} and l.business_date between $2 and $3`

/** What stands in a senior's name in a month, at every site, as the records say that were taken; one snapshot. @param month `2026-11` */
export async function statementOf(database: Database, senior: SeniorId, month: string): Promise<Statement> {
  return await transaction(database, async client => {
    await client.query('set transaction isolation level repeatable read read only')
    const names = await namesOf(client, senior)
    const { from, to } = datesOfMonth(month)
    const rows: Row[] = []
    for (const text of [given, takenBack, madeGood]) rows.push(...(await select(client, row, text, [names, from, to])))
    const records = [...new Map(rows.map(one => [placeOf(one), one])).values()].flatMap(stored)
    const find = await finderOf(
      client,
      records.map(({ parsed }) => parsed),
    )
    const asked = await askedBy(client, names, records)
    const waiting = await waitingClaims(
      client,
      records.map(({ parsed }) => parsed.id),
    )
    const sites = await siteWords(client)
    const proxies = await proxiesIn(client, senior, records)
    const entries = records.flatMap(one => {
      const entry = entryOf(one.parsed, find, {
        standing: asked.get(placeOf(one))?.standing ?? 'counted',
        pending: waiting.has(one.parsed.id),
        proxy: proxies.get(one.parsed.id) ?? null,
        ...sites,
      })
      // What takes a sale back may take a payout of its claim back with it, which stands in the lines alone.
      const subsidies = asked.get(placeOf(one))?.subsidies ?? []
      return entry === null ? [] : [{ ...entry, subsidies: [...subsidies] }]
    })
    const ofMonth = entriesOfMonth(entries, month)
    const paying = new Set<string>(ofMonth.flatMap(({ subsidies }) => subsidies.map(({ fund }) => fund)))
    const titles = [...(await fundTitles(client))].filter(([fund]) => paying.has(fund))
    return { senior, month, entries: ofMonth, funds: Object.fromEntries(titles) }
  })
}

const placeOf = ({ terminal_id, generation, seq }: Pick<Row, 'terminal_id' | 'generation' | 'seq'>) =>
  `${terminal_id} ${generation}/${seq}`

function stored(one: Row): Stored[] {
  const parsed = parseRecord(one.record.toString('utf8'))
  return parsed ? [{ ...one, parsed }] : []
}

/** The senior's id, and `ref:` with the name by which each site's records know them where the inputs did not prove it. */
async function namesOf(database: Queryable, senior: SeniorId): Promise<string[]> {
  const sites = await select(database, z.object({ site_key: z.instanceof(Buffer) }), 'select site_key from site')
  return [senior, ...sites.map(({ site_key }) => `ref:${seniorRefOf(new Uint8Array(site_key), senior)}`)]
}

/** By record: the masked name of the registered proxy who vouched for the senior. */
async function proxiesIn(
  database: Queryable,
  senior: SeniorId,
  records: readonly Stored[],
): Promise<Map<string, string>> {
  const vouchers = await vouchersOf(
    database,
    records.map(({ parsed }) => parsed),
  )
  const names = new Map<string, string>()
  for (const [of, voucher] of vouchers) names.set(of, await voucherName(database, senior, voucher))
  return names
}

/** Finds what these records are about, and what that is about in its turn: a void names the end of a visit, and that its beginning. */
export async function finderOf(database: Queryable, records: readonly LedgerRecord[]): Promise<Find> {
  const about = (of: Iterable<LedgerRecord>) => [...of].flatMap(record => aboutOf(record) ?? [])
  const first = await recordsOf(database, about(records))
  const second = await recordsOf(database, about(first.values()))
  return id => first.get(id) ?? second.get(id) ?? null
}

async function recordsOf(database: Queryable, ids: readonly string[]): Promise<Map<string, LedgerRecord>> {
  if (ids.length === 0) return new Map()
  const rows = await select(
    database,
    row,
    `select ${columns} from ledger l where l.record_id = any($1) and ${wasTaken}
      order by (l.verdict = 'accepted'), l.received_at desc`,
    [ids],
  )
  return new Map(rows.flatMap(stored).map(({ parsed }) => [parsed.id, parsed]))
}

const lineRow = z.object({
  terminal_id: z.string(),
  generation: z.int(),
  seq: z.int(),
  fund: fundId,
  fen: z.int(),
  held: z.boolean(),
  refused: z.boolean(),
})
interface Asked {
  readonly standing: MoneyStanding
  readonly subsidies: readonly { readonly fund: z.infer<typeof fundId>; readonly fen: number }[]
}

/** By place: what funds are asked for by a record, and whether that is held or refused. A record without lines asks no fund for anything. */
async function askedBy(
  database: Queryable,
  names: readonly string[],
  records: readonly Stored[],
): Promise<Map<string, Asked>> {
  const lines = await select(
    database,
    lineRow,
    `select terminal_id, generation, seq, fund, fen, held, refused from claim_line
      where senior_id = any($1) and fen <> 0
        and (terminal_id, generation, seq) in (select * from unnest($2::text[], $3::bigint[], $4::bigint[]))
      order by terminal_id, generation, seq, fund`,
    [
      names,
      records.map(({ terminal_id }) => terminal_id),
      records.map(({ generation }) => generation),
      records.map(({ seq }) => seq),
    ],
  )
  const asked = new Map<string, Asked>()
  for (const line of lines) {
    const before = asked.get(placeOf(line))?.subsidies ?? []
    const standing = line.refused ? 'refused' : line.held ? 'held' : 'counted'
    asked.set(placeOf(line), { standing, subsidies: [...before, { fund: line.fund, fen: line.fen }] })
  }
  return asked
}

/** Of these sales, those whose pending claim nobody decided yet, or that was accepted and not paid out. */
async function waitingClaims(database: Queryable, ids: readonly string[]): Promise<Set<string>> {
  const rows = await select(
    database,
    z.object({ record_id: z.string() }),
    "select record_id from claim where record_id = any($1) and state in ('open', 'held', 'accepted')",
    [ids],
  )
  return new Set(rows.map(({ record_id }) => record_id))
}

const siteBody = z.object({
  name: z.string(),
  operators: z.array(z.object({ id: z.string(), name: z.string() })).default([]),
  station: z.unknown().optional(),
})

const withCarers = z.object({ carers: z.array(z.object({ id: z.string(), name: z.string() })) })

/** The names of sites, their services, staff and carers; an id stands for what nobody named. */
export async function siteWords(database: Queryable) {
  const rows = await select(
    database,
    z.object({ site_id: z.string(), body: z.string() }),
    'select site_id, body from site',
  )
  const sites = new Map(rows.map(({ site_id, body }) => [site_id, siteBody.parse(JSON.parse(body))]))
  return {
    siteName: (site: string) => sites.get(site)?.name ?? site,
    serviceName: (site: string, service: string) => serviceNameIn(sites.get(site), service),
    carerName(site: string, carer: string): string {
      const { carers } = withCarers.safeParse(sites.get(site)?.station).data ?? { carers: [] }
      return carers.find(({ id }) => id === carer)?.name ?? carer
    },
    operatorName: (site: string, operator: string) =>
      sites.get(site)?.operators.find(({ id }) => id === operator)?.name ?? operator,
  }
}

const senior = z.object({ home_site: z.string(), body: z.string() })
const named = z.object({ name: z.string(), sex: z.enum(['female', 'male']) })

/** How one addresses a senior, also one who is gone; null where nobody is known by the id. */
export async function personOf(database: Queryable, id: SeniorId) {
  const [found] = await select(database, senior, 'select home_site, body from senior where senior_id = $1', [id])
  if (found === undefined) return null
  const { name, sex } = named.parse(JSON.parse(found.body))
  return { surname: surnameOf(name), title: sex, homeSite: found.home_site }
}

/** Notes who was told what stands in a senior's name. @param by `till`, or `code` for the one printed there */
export async function noteReading(
  database: Queryable,
  { senior, month }: { readonly senior: SeniorId; readonly month: string },
  terminal: string,
  by: 'till' | 'code',
): Promise<void> {
  await database.query('insert into statement_reading (senior_id, month, terminal_id, by) values ($1, $2, $3, $4)', [
    ...[senior, month, terminal, by],
  ])
}
