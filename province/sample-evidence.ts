import { z } from 'zod'
import { fromBase64Url } from '../shared/bytes.ts'
import { countableOf, parseRecord } from '../shared/countable.ts'
import { type SeniorId, seniorId, terminalId } from '../shared/ids.ts'
import { maskName } from '../shared/person-names.ts'
import { chainStart, commitmentHolds, type LedgerRecord, recordHash } from '../shared/record.ts'
import { aboutOf, entryOf, type MoneyStanding, type StatementEntry } from '../shared/statement.ts'
import { standardSuite } from '../shared/suite.ts'
import { type Queryable, select } from './database.ts'
import { openInputs } from './examine.ts'
import type { Keyring } from './keys.ts'
import type { Drawable } from './sample.ts'
import { finderOf, siteWords } from './statement.ts'
import { type Voucher, voucherName, vouchersOf } from './vouchers.ts'

/** Where somebody showed that they were at the place; `none`: nothing of the kind belongs to such a record. */
type LocationEvidence = 'reader' | 'rotating-code' | 'unproven' | 'none'

/** Who vouched: masked, an empty text where nobody of the reference was registered; what the province said of it as it came. */
export interface VouchedBy {
  readonly name: string
  readonly reference: string
  readonly doubt: string | null
}

/** What an inspector looks at, of one record. Amounts in fen, `at` in ms. */
export interface Evidence {
  readonly record: string
  /** `terminal generation/seq` */
  readonly place: string
  readonly entry: StatementEntry
  readonly siteName: string
  /** The province's id, or the reference under which the record names somebody whom its inputs did not prove. */
  readonly senior: string
  /** Masked; null where nobody is known by that id. */
  readonly name: string | null
  readonly device: string | null
  readonly operator: string | null
  /** Who gave a service. */
  readonly carer: string | null
  readonly location: LocationEvidence
  readonly locationReference: string | null
  /** The same where the visit or stay began; null for what has no beginning of its own. */
  readonly beganAt: LocationEvidence | null
  /** The registered proxy who vouched for the person; null where none did. */
  readonly proxy: VouchedBy | null
  /** The same as the visit or stay began. */
  readonly beganBy: VouchedBy | null
  /** `differ`: they open and are not the ones that the record committed to. */
  readonly inputs: 'opened' | 'missing' | 'differ' | 'none'
  /** What the province said when it took the record; null: it was accepted. */
  readonly doubt: string | null
  readonly takenBackBy: string | null
  readonly signature: 'good' | 'bad'
  readonly chain: 'whole' | 'broken'
}

const row = z.object({
  terminal_id: terminalId,
  generation: z.int(),
  seq: z.int(),
  record: z.instanceof(Buffer),
  signature: z.string(),
  hash: z.string(),
  senior_id: z.string(),
  code: z.string().nullable(),
  sealed: z.string().nullable(),
  before_hash: z.string().nullable(),
  body: z.string().nullable(),
  /** Whose name this is; null where nobody is known by it. */
  known: seniorId.nullable(),
  taken_back_by: z.string().nullable(),
  held: z.boolean().nullable(),
  refused: z.boolean().nullable(),
  waits: z.boolean(),
})
type Row = z.infer<typeof row>

const ofPlace = `
  select l.terminal_id, l.generation, l.seq, l.record, l.signature, l.hash, l.senior_id, l.code, i.sealed, p.hash as before_hash, s.body, s.senior_id as known,
         (select v.terminal_id || ' ' || v.generation || '/' || v.seq from voided v where v.record_id = l.record_id) as taken_back_by,
         c.held, c.refused,
         exists (select 1 from claim w where w.record_id = l.record_id and w.state in ('open', 'held', 'accepted')) as waits
    from ledger l
    left join sale_inputs i on i.senior_id = l.senior_id and i.terminal_id = l.terminal_id and i.generation = l.generation and i.seq = l.seq
    left join ledger p on p.terminal_id = l.terminal_id and p.generation = l.generation and p.seq = l.seq - 1
    left join senior_ref r on r.site_id = l.site_id and 'ref:' || r.ref = l.senior_id
    left join senior s on s.senior_id = coalesce(r.senior_id, l.senior_id)
    left join lateral (
      select bool_or(held) as held, bool_or(refused) as refused from claim_line c
       where c.senior_id = l.senior_id and c.terminal_id = l.terminal_id and c.generation = l.generation and c.seq = l.seq) c on true
   where l.terminal_id = $1 and l.generation = $2 and l.seq = $3`

/** The evidence of each record, in the order in which they were drawn. */
export async function evidenceOf(database: Queryable, keys: Keyring, drawn: readonly Drawable[]): Promise<Evidence[]> {
  const sites = await siteWords(database)
  const all: Evidence[] = []
  for (const { terminal, generation, seq } of drawn) {
    const [found] = await select(database, row, ofPlace, [terminal, generation, seq])
    const record = found && parseRecord(found.record.toString('utf8'))
    if (found && record) all.push(...(await lookAt(database, keys, found, record, sites)))
  }
  return all
}

async function lookAt(
  database: Queryable,
  keys: Keyring,
  found: Row,
  record: LedgerRecord,
  sites: Awaited<ReturnType<typeof siteWords>>,
): Promise<Evidence[]> {
  const find = await finderOf(database, [record])
  const standing: MoneyStanding = found.refused ? 'refused' : found.held ? 'held' : 'counted'
  const id = aboutOf(record)
  const began = id === null ? null : find(id)
  const vouchers = await vouchersOf(database, began === null ? [record] : [record, began])
  const vouched = async (of: LedgerRecord | null) => {
    const voucher = of && vouchers.get(of.id)
    return voucher ? await vouchedBy(database, found.known, voucher) : null
  }
  const proxy = await vouched(record)
  const entry = entryOf(record, find, { standing, pending: found.waits, proxy: proxy?.name ?? null, ...sites })
  if (entry === null) return []
  const operator = operatorOf(record)
  const carer = carerOf(record) ?? (began && carerOf(began))
  const key = await keyAt(database, record)
  const isSigned = key !== null && (await standardSuite.verify(key, found.record, fromBase64Url(found.signature)))
  return [
    {
      ...{ record: record.id, place: `${record.terminal} ${record.generation}/${record.seq}`, entry },
      ...{ siteName: entry.siteName, senior: found.senior_id, name: nameIn(found.body) },
      device: saysDevice.safeParse(partOf(record)).data?.device ?? null,
      operator: operator && sites.operatorName(entry.site, operator),
      carer: carer && sites.carerName(entry.site, carer),
      location: placeSaid(record)?.evidence ?? 'none',
      locationReference: placeSaid(record)?.reference ?? null,
      beganAt: (began && placeSaid(began)?.evidence) ?? null,
      ...{ proxy, beganBy: await vouched(began) },
      inputs: await inputsOf(keys, found, record),
      ...{ doubt: found.code, takenBackBy: found.taken_back_by },
      signature: isSigned ? 'good' : 'bad',
      chain: isLinked(found, record) ? 'whole' : 'broken',
    },
  ]
}

async function vouchedBy(database: Queryable, senior: SeniorId | null, voucher: Voucher): Promise<VouchedBy> {
  const name = senior === null ? '' : await voucherName(database, senior, voucher)
  return { name, reference: voucher.record.payload.proxy, doubt: voucher.doubt }
}

const saysDevice = z.object({ device: z.string().nullable() })
const saysPlace = z.object({
  location: z.object({
    evidence: z.enum(['reader', 'rotating-code', 'unproven']),
    reference: z.string().nullable(),
  }),
})
const saysOperator = z.object({ operator: z.string().nullable() })
const saysCarer = z.object({ carer: z.string().nullable() })
const saysName = z.object({ name: z.string() })

const late = z.union([
  z.object({ sale: z.unknown() }).transform(({ sale }) => sale),
  z.object({ visit: z.unknown() }).transform(({ visit }) => visit),
])

/** What was given, where a record of something late wraps it. */
function partOf({ kind, payload }: LedgerRecord): unknown {
  return kind.startsWith('late-') ? late.parse(payload) : payload
}

const placeSaid = (record: LedgerRecord) => saysPlace.safeParse(partOf(record)).data?.location ?? null
const operatorOf = (record: LedgerRecord) => saysOperator.safeParse(partOf(record)).data?.operator ?? null
const carerOf = ({ payload }: LedgerRecord) => saysCarer.safeParse(payload).data?.carer ?? null
const nameIn = (body: string | null) => (body === null ? null : maskName(saysName.parse(JSON.parse(body)).name))

async function inputsOf(
  keys: Keyring,
  { sealed, terminal_id }: Row,
  record: LedgerRecord,
): Promise<Evidence['inputs']> {
  const countable = countableOf(record)
  if (countable === null) return 'none'
  const opened = await openInputs(sealed, keys.sealing, terminal_id)
  if (opened === null) return 'missing'
  return commitmentHolds(opened, countable.inputsCommitment) ? 'opened' : 'differ'
}

/** The bytes are the ones that were hashed, and follow the record that stands before them; the first of a later generation names another head. */
function isLinked({ record: bytes, hash, before_hash, seq }: Row, record: LedgerRecord): boolean {
  const before = before_hash ?? (record.generation === 1 ? chainStart : record.prev)
  return recordHash(bytes) === hash && (seq === 1 || before_hash !== null) && record.prev === before
}

/** The key of the ledger at a place: of the newest change of keys before it, or of its own where it is the first one. */
async function keyAt(database: Queryable, record: LedgerRecord): Promise<Uint8Array | null> {
  if (record.kind === 'key-change' && record.seq === 1) return fromBase64Url(record.payload.ledgerKey)
  const [change] = await select(
    database,
    z.object({ record: z.instanceof(Buffer) }),
    `select record from ledger where terminal_id = $1 and generation = $2 and seq < $3 and kind = 'key-change'
      order by seq desc limit 1`,
    [record.terminal, record.generation, record.seq],
  )
  const parsed = change && parseRecord(change.record.toString('utf8'))
  if (parsed?.kind === 'key-change') return fromBase64Url(parsed.payload.ledgerKey)
  // A ledger that never announced its key has only the one of its enrolment.
  const [terminal] = await select(
    database,
    z.object({ ledger_key: z.instanceof(Buffer).nullable() }),
    'select ledger_key from terminal where terminal_id = $1',
    [record.terminal],
  )
  return terminal?.ledger_key ? new Uint8Array(terminal.ledger_key) : null
}
