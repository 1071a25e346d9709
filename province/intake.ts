import type { PoolClient } from 'pg'
import { z } from 'zod'
import { type BusinessDate, businessDate, businessDateOf } from '../shared/business-day.ts'
import { type Countable, countableOf, parseRecord } from '../shared/countable.ts'
import { siteId, type TerminalId } from '../shared/ids.ts'
import type { PushBody, PushReply, Verdict } from '../shared/province-api.ts'
import { chainStart, type LedgerRecord, type OpenedCard } from '../shared/record.ts'
import { type Arrival, bookEffects } from './bookings.ts'
import { type Database, insertRows, select, transaction } from './database.ts'
import { dateIsDoubtful, doubtAbout, doubtAboutApproval, doubtAboutGrant } from './doubts.ts'
import { noteDrawn, withinQuote } from './drawn-debits.ts'
import type { Caller } from './envelope-desk.ts'
import {
  judgeCountable,
  openCard,
  openInputs,
  openNote,
  openProxy,
  type ReadItem,
  readItem,
  type VerdictCode,
  verifySignatures,
} from './examine.ts'
import { bookConsents } from './face-consents.ts'
import { judgeGroups } from './groups.ts'
import type { Keyring } from './keys.ts'
import { foldLeases } from './leases/fold.ts'
import type { Settled } from './leases/folding.ts'
import { decideWaiting, noteFreed, type OnFault } from './leases/freed-pots.ts'
import { noteDoubt } from './ledger-doubts.ts'
import { applyMeansChange, doubtAboutMeans } from './means-changes.ts'
import { nameClaims } from './nameless-claims.ts'
import { judgeOutcomes } from './payment-outcomes.ts'
import { packsByHash } from './policies.ts'
import { judgeProxies } from './proxies.ts'
import { publishedFacts, publishedPrices } from './published-facts.ts'
import { judgeIds } from './record-ids.ts'
import { homesOf } from './seniors.ts'
import { openSettings } from './setting-changes.ts'
import { policiesOf } from './site-packs.ts'
import { judgeVisitProxies } from './visit-proxies.ts'
import { judgeVisits } from './visits.ts'

const terminalRow = z.object({
  site_id: siteId,
  ledger_key: z.instanceof(Buffer),
  quarantined: z.boolean(),
  site_key: z.instanceof(Buffer),
  enrolled_on: businessDate.nullable(),
})
const headRow = z.object({ generation: z.int(), seq: z.int(), hash: z.string() })
type Head = { seq: number; hash: string }

/** Records that somebody brings by hand, of a terminal that is out of service or of a ledger that was followed by a newer one: all are held. */
export interface LatePush {
  /** What signed them, up to a key change among them. */
  readonly ledgerKey: Uint8Array
  /** Called in the transaction that takes them. */
  note(client: PoolClient, reply: PushReply): Promise<void>
}

/**
 * Takes a push: one transaction, a verdict for each item. What came before is a duplicate; what follows the head without a gap is
 * stored, whatever its verdict, and acknowledged. Safe to repeat.
 * @param onFault hears what went wrong with claims of others: the push is stored all the same, and they are looked at again with the next one
 */
export async function takePush(
  database: Database,
  keys: Keyring,
  caller: Pick<Caller, 'terminal'>,
  body: PushBody,
  onFault: OnFault,
  late: LatePush | null = null,
): Promise<PushReply> {
  const reply = await transaction(database, async client => {
    const taken = await takeWithin(client, keys, caller, body, late)
    await late?.note(client, taken)
    return taken
  })
  await decideWaiting(database, keys, onFault)
  await nameClaims(database, keys)
  return reply
}

async function takeWithin(
  client: PoolClient,
  keys: Keyring,
  caller: Pick<Caller, 'terminal'>,
  body: PushBody,
  late: LatePush | null,
): Promise<PushReply> {
  const [terminal] = await select(
    client,
    terminalRow,
    `select t.site_id, t.ledger_key, t.quarantined, t.enrolled_on, s.site_key
       from terminal t join site s on s.site_id = t.site_id where t.terminal_id = $1 for update of t`,
    [caller.terminal],
  )
  if (terminal === undefined) throw new Error('a terminal that just called is gone')
  const { generation } = body
  const heads = await select(
    client,
    headRow,
    'select generation, seq, hash from watermark where terminal_id = $1 order by generation',
    [caller.terminal],
  )
  // What a restored terminal still had of an older generation came before the new one began: later it comes from a copied disk.
  const isSuperseded = heads.some(head => head.generation > generation)
  const known = heads.find(head => head.generation === generation)
  const read = body.items.map(item => readItem(item, caller.terminal, generation))
  const placed = await place(client, caller.terminal, generation, known ?? null, read)
  const fresh = placed.flatMap(({ read: item, standing }) => (standing === 'next' ? [item] : []))
  const { genuine, ledgerKey } = await verifySignatures(fresh, late?.ledgerKey ?? new Uint8Array(terminal.ledger_key))
  const linked = links(fresh, known?.hash ?? (await startOf(client, caller.terminal, generation, fresh[0]?.record)))
  const siteKey = new Uint8Array(terminal.site_key)
  const hashes = fresh.flatMap(({ record }) => hashOfPolicy(record))
  const packs = await packsByHash(client, hashes)
  const isPolicyOfSite = await policiesOf(client, terminal.site_id, hashes)
  const opened = await Promise.all(
    fresh.map(({ item, record }) =>
      openInputs(record && countableOf(record) ? item.inputs : null, keys.sealing, caller.terminal),
    ),
  )
  const cards = await Promise.all(
    fresh.map(({ item, record }) =>
      openCard(record?.kind === 'means-change' ? item.inputs : null, keys.sealing, caller.terminal),
    ),
  )
  const proxies = await Promise.all(
    fresh.map(({ item, record }) =>
      openProxy(record?.kind === 'proxy-change' ? item.inputs : null, keys.sealing, caller.terminal),
    ),
  )
  const notes = await Promise.all(
    fresh.map(({ item, record }) =>
      openNote(
        record?.kind === 'attendance' || record?.kind === 'follow-up' ? item.inputs : null,
        keys.sealing,
        caller.terminal,
      ),
    ),
  )
  const isPublished = await publishedFacts(client, terminal.site_id, opened)
  const homes = await homesOf(
    client,
    opened.map(inputs => inputs?.inputs.senior ?? null),
  )
  const isOnMenu = await publishedPrices(client, terminal.site_id)
  const settings = await openSettings(client, terminal.site_id)
  const now = Date.now()
  let lastDate = await lastAcceptedDate(client, caller.terminal, generation)
  // Once a copy was found nobody can say whose a record under this name is: what happened is taken, and somebody looks.
  const ofCopy: VerdictCode | null =
    late !== null ? 'BROUGHT_LATE' : isSuperseded || terminal.quarantined ? 'COPIED_DISK' : null
  const arrivals = fresh.map((item, at): Arrival => {
    const record = genuine[at] ? item.record : null
    const countable = record && countableOf(record)
    const rejected = item.record === null ? 'BAD_RECORD' : record === null ? 'BAD_SIGNATURE' : null
    const dated: VerdictCode | null =
      record !== null && dateIsDoubtful(record, countable, { last: lastDate, enrolledOn: terminal.enrolled_on, now })
        ? 'DATE_DOUBTFUL'
        : null
    if (record !== null && dated === null) lastDate = record.businessDate
    if (!record || !countable) {
      const granted = record?.kind === 'right-change' ? packs.get(record.payload.policy.hash) : undefined
      const card = cards[at] ?? null
      const changes = record?.kind === 'means-change' ? record.payload : null
      const doubt = changes
        ? doubtAboutMeans(changes, card, { site: terminal.site_id, siteKey })
        : record && (doubtAboutGrant(record, granted) ?? settings.doubtAbout(record))
      const code = rejected ?? (linked[at] ? (ofCopy ?? doubt ?? dated) : 'CHAIN_BROKEN')
      // Who acted for a senior lies with that senior's other inputs.
      const senior =
        record?.kind === 'consent'
          ? `ref:${record.payload.senior}`
          : changes && code === null
            ? (card?.inputs.senior ?? null)
            : null
      if (record && code === null) settings.take(record)
      return { ...item, record, countable: null, senior, pack: undefined, rejected: rejected !== null, code }
    }
    const pack = packs.get(countable.policy.hash)
    const inputs = opened[at] ?? null
    const hadPolicy = (policy: Countable['policy']) => isPolicyOfSite(policy, record.businessDate)
    const found = judgeCountable(countable, inputs, pack, { site: terminal.site_id, siteKey, isPublished, hadPolicy })
    const trusted = found !== 'INPUTS_MISSING' && found !== 'INPUTS_DIFFER'
    const senior =
      (trusted ? inputs?.inputs.senior : null) ?? (countable.senior && `ref:${countable.senior}`) ?? 'nobody'
    const hasPrice = (set: string, fen: number) => isOnMenu(set, fen) || settings.hasPrice(set, fen, record)
    const doubt = found === null && inputs !== null ? doubtAbout(countable, inputs, { homes, hasPrice, pack }) : found
    const code = linked[at]
      ? (ofCopy ?? doubt ?? dated ?? doubtAboutApproval(record, settings.isStaff))
      : 'CHAIN_BROKEN'
    const drawn = found !== null && trusted && inputs && pack ? withinQuote(countable, inputs, pack) : countable
    return { ...item, record, countable: drawn, senior, pack, rejected: false, code }
  })
  const from = { terminal: caller.terminal, generation, site: terminal.site_id }
  const collected = await judgeProxies(
    client,
    { ...from, siteKey, isLead: settings.isLead },
    await changeMeans(client, await judgeIds(client, caller.terminal, arrivals), cards),
    proxies,
  )
  const grouped = await judgeGroups(client, caller.terminal, collected)
  const confirmed = await judgeOutcomes(client, from, grouped)
  const visited = await judgeVisits(client, { ...from, siteKey, isLead: settings.isLead }, confirmed, opened, notes)
  const changed = await judgeVisitProxies(client, { ...from, siteKey }, visited)
  await bookConsents(
    client,
    { terminal: caller.terminal, site: terminal.site_id, siteKey },
    changed.map(({ record }) => record),
    now,
  )
  const booked = await bookEffects(client, caller.terminal, terminal.site_id, generation, changed)
  const { settled, finish, freed } = await foldLeases(client, keys, from, booked.arrivals, opened)
  await booked.hold(settled)
  const head = await store(client, caller.terminal, generation, known ?? null, settled)
  await settings.store(client, { terminal: caller.terminal, generation })
  await finish()
  await noteFreed(client, freed())
  const gap = placed.find(({ standing }) => standing === 'gap')
  if (gap) await noteDoubt(client, caller.terminal, 'RECORD_MISSING', { generation, seq: gap.read.item.seq })
  const forked = placed.filter(({ standing }) => standing === 'conflict')
  await keepForked(
    client,
    caller.terminal,
    generation,
    forked.map(({ read }) => read),
  )
  const copied = forked.length > 0 || (late === null && isSuperseded && fresh.length > 0)
  await client.query('update terminal set ledger_key = $2, quarantined = quarantined or $3 where terminal_id = $1', [
    caller.terminal,
    late === null ? Buffer.from(ledgerKey) : terminal.ledger_key,
    copied,
  ])
  const verdicts = new Map(settled.map(arrival => [arrival.item, verdictOf(arrival)]))
  return {
    verdicts: placed.map(({ read: { item }, standing }) => verdicts.get(item) ?? answerFor(item.seq, standing)),
    acknowledged: { generation, seq: head?.seq ?? 0 },
  }
}

/** Does what changes of means say that nobody doubts, in their order; one that cannot be done stands with the reason. */
async function changeMeans(
  client: PoolClient,
  arrivals: readonly Arrival[],
  cards: readonly (OpenedCard | null)[],
): Promise<Arrival[]> {
  const changed: Arrival[] = []
  for (const [at, arrival] of arrivals.entries()) {
    const { record, code } = arrival
    const card = cards[at]
    const does = record?.kind === 'means-change' && code === null && card
    changed.push(does ? { ...arrival, code: await applyMeansChange(client, record.payload, card) } : arrival)
  }
  return changed
}

/** Records that claim a taken place are kept apart, as they came. */
async function keepForked(
  client: PoolClient,
  terminal: TerminalId,
  generation: number,
  items: readonly ReadItem[],
): Promise<void> {
  await insertRows(
    client,
    'forked_record',
    ['terminal_id', 'generation', 'seq', 'hash', 'record', 'signature', 'inputs'],
    items.map(({ item, hash, bytes }) => [
      terminal,
      generation,
      item.seq,
      hash,
      Buffer.from(bytes),
      item.signature,
      item.inputs,
    ]),
    'on conflict (terminal_id, generation, seq, hash) do nothing',
  )
}

type Standing = 'next' | 'duplicate' | 'conflict' | 'gap'

/** Where each item stands against what is stored: the next ones in order, what is known, another record at a known place, or beyond a gap. */
async function place(
  client: PoolClient,
  terminal: TerminalId,
  generation: number,
  head: Head | null,
  items: readonly ReadItem[],
): Promise<{ read: ReadItem; standing: Standing }[]> {
  const stored = await select(
    client,
    z.object({ seq: z.int(), hash: z.string() }),
    'select seq, hash from ledger where terminal_id = $1 and generation = $2 and seq = any($3)',
    [terminal, generation, items.map(({ item }) => item.seq)],
  )
  const hashes = new Map(stored.map(({ seq, hash }) => [seq, hash]))
  let last = head?.seq ?? 0
  let gap = false
  return items.map(read => {
    const { seq } = read.item
    const known = hashes.get(seq)
    if (known !== undefined) return { read, standing: known === read.hash ? 'duplicate' : 'conflict' }
    gap ||= seq !== last + 1
    if (gap) return { read, standing: 'gap' }
    last = seq
    hashes.set(seq, read.hash)
    return { read, standing: 'next' }
  })
}

function answerFor(seq: number, standing: Standing): Verdict {
  if (standing === 'duplicate') return { seq, verdict: 'duplicate', code: null }
  if (standing === 'conflict') return { seq, verdict: 'conflict', code: 'COPIED_DISK' }
  return { seq, verdict: 'rejected', code: 'GAP' }
}

/** For each new item, whether its `prev` is the hash of the bytes before it. A text that is no record has no link to judge. */
function links(items: readonly ReadItem[], start: string | null): boolean[] {
  return items.map(({ record }, at) => record === null || record.prev === (at === 0 ? start : items[at - 1]?.hash))
}

/**
 * What the first record of a generation must link to: zero bytes in the first; later the head that its key-change names,
 * which must be the one stored here as far as it is known. Null where nothing fits.
 */
async function startOf(
  client: PoolClient,
  terminal: TerminalId,
  generation: number,
  first: LedgerRecord | null | undefined,
): Promise<string | null> {
  if (generation === 1) return chainStart
  const named = first?.kind === 'key-change' ? first.payload.lastHead : null
  if (named === null || named.generation >= generation) return null
  const [stored] = await select(
    client,
    z.object({ hash: z.string() }),
    'select hash from ledger where terminal_id = $1 and generation = $2 and seq = $3',
    [terminal, named.generation, named.seq],
  )
  return stored === undefined || stored.hash === named.hash ? named.hash : null
}

/** The business date of the newest record that was simply accepted: dates of a generation never fall, and a doubted one sets no measure. */
async function lastAcceptedDate(client: PoolClient, terminal: TerminalId, generation: number): Promise<string | null> {
  const [row] = await select(
    client,
    z.object({ record: z.instanceof(Buffer) }),
    `select record from ledger where terminal_id = $1 and generation = $2 and verdict = 'accepted' order by seq desc limit 1`,
    [terminal, generation],
  )
  return (row && parseRecord(row.record.toString('utf8'))?.businessDate) ?? null
}

function hashOfPolicy(record: LedgerRecord | null): string[] {
  if (record?.kind === 'right-change') return [record.payload.policy.hash]
  const countable = record && countableOf(record)
  return countable ? [countable.policy.hash] : []
}

function verdictOf({ item: { seq }, rejected, code }: Arrival): Verdict {
  return { seq, verdict: rejected ? 'rejected' : code === null ? 'accepted' : 'flagged', code }
}

const ledgerColumns = [
  ...['terminal_id', 'generation', 'seq', 'hash', 'record', 'signature', 'verdict', 'code', 'kind', 'record_id'],
  ...['site_id', 'senior_id', 'business_date', 'at', 'list_fen', 'subsidy_fen', 'pending_fen', 'lease_epoch'],
  ...['operator', 'drew_pots', 'drew_debits'],
]

function operatorOf(record: LedgerRecord | null): string | null {
  if (record === null) return null
  if (record.kind === 'late-entry') return record.payload.sale.operator
  if (record.kind === 'late-visit') return record.payload.visit.operator
  return 'operator' in record.payload ? record.payload.operator : null
}

/** The business date through which a terminal was heard, by records that nobody doubts and at most the province's own; null where there are none. */
function heardOn(arrivals: readonly Settled[]): BusinessDate | null {
  const last = arrivals.findLast(({ record, code }) => record !== null && code === null)?.record?.businessDate
  const today = businessDateOf(Date.now())
  return last === undefined ? null : last < today ? last : today
}

/** Stores what arrived and moves the watermark, last of all. Returns the new head. */
async function store(
  client: PoolClient,
  terminal: TerminalId,
  generation: number,
  head: Head | null,
  arrivals: readonly Settled[],
): Promise<Head | null> {
  const rows = arrivals.map(arrival => {
    const { item, hash, bytes, record, countable, senior, leaseEpoch, drewPots } = arrival
    const { verdict, code } = verdictOf(arrival)
    return [
      ...[terminal, generation, item.seq, hash, Buffer.from(bytes), item.signature, verdict, code],
      ...[record?.kind ?? null, record?.id ?? null, countable?.site ?? null, senior],
      ...[countable?.date ?? record?.businessDate ?? null, record?.at ?? null, countable?.listFen ?? null],
      ...[
        countable?.subsidies.reduce((sum, { fen }) => sum + fen, 0) ?? null,
        countable?.pendingFen ?? null,
        leaseEpoch,
      ],
      operatorOf(record),
      drewPots.length === 0 ? null : JSON.stringify(drewPots),
      record && countable && noteDrawn(countableOf(record)?.debits ?? [], countable.debits),
    ]
  })
  await insertRows(client, 'ledger', ledgerColumns, rows)
  await insertRows(
    client,
    'sale_inputs',
    ['senior_id', 'terminal_id', 'generation', 'seq', 'sealed'],
    arrivals.flatMap(({ item, senior }) =>
      senior === null || item.inputs === null ? [] : [[senior, terminal, generation, item.seq, item.inputs]],
    ),
  )
  const last = arrivals.at(-1)
  if (last === undefined) return head
  await insertRows(
    client,
    'watermark',
    ['terminal_id', 'generation', 'seq', 'hash', 'heard_on'],
    [[terminal, generation, last.item.seq, last.hash, heardOn(arrivals)]],
    `on conflict (terminal_id, generation) do update set seq = excluded.seq, hash = excluded.hash,
      heard_on = coalesce(excluded.heard_on, watermark.heard_on)`,
  )
  return { seq: last.item.seq, hash: last.hash }
}
