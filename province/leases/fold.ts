import type { PoolClient } from 'pg'
import { z } from 'zod'
import { type BusinessDate, businessDate, businessDateOf } from '../../shared/business-day.ts'
import { countableOf, parseRecord } from '../../shared/countable.ts'
import { type SeniorId, type SiteId, seniorId, type TerminalId } from '../../shared/ids.ts'
import { type Amount, amountsOf, counterOf } from '../../shared/leases/holder.ts'
import { type HolderId, holderId, holderOf, settleDrawn, unsettle } from '../../shared/leases/rights.ts'
import type { LimitCap } from '../../shared/leases/rules.ts'
import { afterClose, afterRelease, afterRestart, seenAt, withoutClaim } from '../../shared/leases/senior-lease.ts'
import { owedKey } from '../../shared/leases/word.ts'
import type { OpenedInputs } from '../../shared/record.ts'
import type { Arrival } from '../bookings.ts'
import { insertRows, select } from '../database.ts'
import type { VerdictCode } from '../examine.ts'
import type { Keyring } from '../keys.ts'
import { currentPack } from '../policies.ts'
import { limitsAt, peopleOf, siteOf } from './caps.ts'
import { decideClaims, openClaims, whoCame } from './claims.ts'
import { lockLeases, partsOf, type Subject, seniorsByRef, terminalsOf } from './states.ts'

/** An arrival after its rights were settled. `leaseEpoch`: which lease of its terminal it drew on. */
export interface Settled extends Arrival {
  readonly leaseEpoch: number | null
}

interface Sold {
  readonly subject: Subject
  readonly debits: readonly Amount[]
  readonly epoch: number | null
}

const soldRow = z.object({
  record_id: z.string(),
  record: z.instanceof(Buffer),
  senior_id: z.string(),
  lease_epoch: z.int().nullable(),
})

/**
 * Folds new records of one terminal over the leases that they touch, in their order: the province comes to the terminal's own lines, only
 * later. A sale that drew what no right stood behind gets RIGHT_NOT_HELD; claims are opened and decided as far as they can be.
 */
export async function foldLeases(
  client: PoolClient,
  keys: Keyring,
  from: { readonly terminal: TerminalId; readonly generation: number; readonly site: SiteId },
  arrivals: readonly Arrival[],
  opened: readonly (OpenedInputs | null)[],
): Promise<{ settled: Settled[]; finish: () => Promise<void> }> {
  const { terminal, generation, site } = from
  const id = holderId(terminal, generation)
  const came = await Promise.all(
    arrivals.map(async (arrival, at): Promise<SeniorId | null> => {
      const known = seniorId.safeParse(arrival.senior)
      if (known.success) return known.data
      const inputs = opened[at]
      return arrival.countable?.claimPending && arrival.code === null && inputs
        ? await whoCame(client, inputs.inputs)
        : null
    }),
  )
  const named = await seniorsByRef(
    client,
    site,
    arrivals.flatMap(({ record }) =>
      (record?.kind === 'right-change' && record.payload.senior !== null) || record?.kind === 'made-good'
        ? [String(record.payload.senior)]
        : [],
    ),
  )
  const sold = await soldBefore(client, site, arrivals)
  const isRestart = arrivals.some(({ record }) => record?.kind === 'key-change' && record.payload.reason === 'restored')
  const lost = isRestart ? await heldBefore(client, from) : []
  const subjectOf = (senior: SeniorId | null | undefined, pack: string): Subject | null =>
    senior === null || senior === undefined ? null : { senior, pack }
  const subjects = arrivals.map(({ record, countable }, at): Subject | null => {
    if (countable !== null) return subjectOf(came[at], countable.policy.pack)
    if (record?.kind === 'right-change')
      return subjectOf(named.get(String(record.payload.senior)), record.payload.policy.pack)
    return null
  })
  const goods = await claimsOf(
    client,
    arrivals.flatMap(({ record }) => (record?.kind === 'made-good' ? [record.payload.of] : [])),
  )
  const book = await lockLeases(client, [
    ...subjects.filter(subject => subject !== null),
    ...[...sold.values()].map(({ subject }) => subject),
    ...[...goods.values()],
    ...lost.map(({ subject }) => subject),
  ])
  const houses = await terminalsOf(client, site)
  const touched = new Map<string, Subject>()
  const touch = (subject: Subject) => touched.set(`${subject.senior}|${subject.pack}`, subject)
  const claims: Parameters<typeof openClaims>[1][number][] = []
  const lines: unknown[][] = []
  const result = arrivals.map((arrival, at): Settled => {
    const { record, countable, code, item } = arrival
    const subject = subjects[at] ?? null
    const same = { ...arrival, leaseEpoch: null }
    if (record === null) return same
    if (record.kind === 'key-change' && record.payload.reason === 'restored') {
      for (const { subject: whose, id: old, ...known } of lost)
        book.put(whose, afterRestart(book.of(whose), old, { ...known, date: record.businessDate }))
      return same
    }
    if (countable !== null) {
      const claim = (final: VerdictCode | null) => {
        const place = [terminal, generation, item.seq] as const
        const about = { record: record.id, senior: subject?.senior ?? null, pack: countable.policy.pack }
        if (countable.claimPending)
          claims.push({ ...about, place, site, date: countable.date, state: final === null ? 'open' : 'held' })
      }
      if (subject === null) {
        claim(code)
        return same
      }
      touch(subject)
      const debits = amountsOf(countable.debits)
      const lease = book.of(subject)
      const epoch = holderOf(lease.rights, id).epoch
      const { rights, beyond } = settleDrawn(lease.rights, id, debits)
      const isOwnHouse = lease.home !== null && houses.has(partsOf(lease.home).terminal)
      const here = { ...lease, rights, elsewhere: null }
      const seen = isOwnHouse ? { lease: here, tell: [] } : seenAt({ ...lease, rights }, id)
      const wholeCap = opened[at]?.inputs.quote.rights === 'whole-cap'
      const found: VerdictCode | null = beyond.length > 0 && !wholeCap ? 'RIGHT_NOT_HELD' : null
      const final = code ?? found
      claim(final)
      const open = countable.claimPending && final === null ? [...seen.lease.open, record.id] : seen.lease.open
      book.put(subject, { ...seen.lease, open })
      book.tell(subject, seen.tell)
      sold.set(record.id, { subject, debits, epoch })
      return { ...arrival, code: final, leaseEpoch: debits.length > 0 ? epoch : null }
    }
    if (record.kind === 'void' && code === null) {
      const sale = sold.get(record.payload.of)
      if (sale === undefined) return same
      touch(sale.subject)
      const lease = withoutClaim(book.of(sale.subject), record.payload.of)
      book.put(sale.subject, { ...lease, rights: unsettle(lease.rights, id, sale.debits, sale.epoch) })
      if (lease.home !== null) book.tell(sale.subject, [lease.home])
      return same
    }
    if (record.kind === 'right-change' && subject !== null) {
      touch(subject)
      const { change, entries, epoch, grant } = record.payload
      const lease = book.of(subject)
      if (change === 'release') book.put(subject, afterRelease(lease, id, amountsOf(entries), grant))
      if (change === 'write-off') {
        book.put(subject, afterClose(lease, id, epoch))
        if (lease.home !== null) book.tell(subject, [lease.home])
      }
      return same
    }
    if (record.kind === 'made-good') {
      const claim = goods.get(record.payload.of)
      const senior = named.get(record.payload.senior) ?? null
      if (claim === undefined || (senior !== null && claim.senior !== senior))
        return { ...same, senior, code: code ?? 'RIGHT_NOT_HELD' }
      const key = owedKey(record.payload.of)
      const lease = book.of(claim)
      const right = { ...counterOf(key), amount: 1 }
      const { rights, beyond } = settleDrawn(lease.rights, id, [right])
      const owed = lease.owed[key]
      const { [key]: _, ...rest } = lease.owed
      const fits = beyond.length === 0 && JSON.stringify(owed?.subsidies) === JSON.stringify(record.payload.subsidies)
      book.put(claim, { ...lease, rights, owed: rest })
      const found = code ?? (fits ? null : 'RIGHT_NOT_HELD')
      for (const { fund, fen } of record.payload.subsidies)
        lines.push([
          ...[claim.senior, terminal, generation, item.seq, fund, site],
          ...[record.businessDate, record.businessDate, record.kind, fen, found !== null],
        ])
      return { ...same, senior: claim.senior, code: found }
    }
    return same
  })
  await openClaims(client, claims)
  await closeClaims(client, site, result)
  await insertRows(
    client,
    'claim_line',
    [
      ...['senior_id', 'terminal_id', 'generation', 'seq', 'fund', 'site_id', 'business_date', 'booked_on', 'kind'],
      ...['fen', 'held'],
    ],
    lines,
  )
  await holdLines(client, from, arrivals, result)
  return {
    settled: result,
    async finish() {
      await decideClaims(client, keys, book, [...touched.values()])
      await book.store()
    },
  }
}

/** The sales of a site that these records take back, as they were booked. */
async function soldBefore(client: PoolClient, site: SiteId, arrivals: readonly Arrival[]): Promise<Map<string, Sold>> {
  const ids = arrivals.flatMap(({ record }) => (record?.kind === 'void' ? [record.payload.of] : []))
  if (ids.length === 0) return new Map()
  const rows = await select(
    client,
    soldRow,
    'select record_id, record, senior_id, lease_epoch from ledger where record_id = any($1) and site_id = $2',
    [ids, site],
  )
  return new Map(
    rows.flatMap(row => {
      const record = parseRecord(row.record.toString('utf8'))
      const sale = record && countableOf(record)
      const senior = seniorId.safeParse(row.senior_id)
      if (!sale || !senior.success) return []
      const subject = { senior: senior.data, pack: sale.policy.pack }
      return [[row.record_id, { subject, debits: amountsOf(sale.debits), epoch: row.lease_epoch }]]
    }),
  )
}

/** Whose claims these are. */
async function claimsOf(client: PoolClient, records: readonly string[]): Promise<Map<string, Subject>> {
  if (records.length === 0) return new Map()
  const rows = await select(
    client,
    z.object({ record_id: z.string(), senior_id: seniorId, pack_id: z.string() }),
    'select record_id, senior_id, pack_id from claim where record_id = any($1) and senior_id is not null',
    [records],
  )
  return new Map(rows.map(row => [row.record_id, { senior: row.senior_id, pack: row.pack_id }]))
}

interface HeldBefore {
  readonly subject: Subject
  readonly id: HolderId
  readonly heardOn: BusinessDate
  readonly limits: readonly LimitCap[]
}

/** What earlier generations of a terminal held, with the limits of each senior. */
async function heldBefore(
  client: PoolClient,
  { terminal, generation, site }: { readonly terminal: TerminalId; readonly generation: number; readonly site: SiteId },
): Promise<HeldBefore[]> {
  const rows = await select(
    client,
    z.object({ senior_id: seniorId, pack_id: z.string(), generation: z.int(), heard_on: businessDate.nullable() }),
    `select n.senior_id, n.pack_id, n.generation, w.heard_on from lease_news n
       left join watermark w using (terminal_id, generation) where n.terminal_id = $1 and n.generation < $2`,
    [terminal, generation],
  )
  const place = await siteOf(client, site)
  const people = await peopleOf(
    client,
    rows.map(row => row.senior_id),
  )
  const today = businessDateOf(Date.now())
  const held: HeldBefore[] = []
  for (const row of rows) {
    const pack = await currentPack(client, row.pack_id)
    const person = people.get(row.senior_id)?.person
    const limits = pack !== null && place !== null && person ? limitsAt(pack, person, place, today) : []
    const subject = { senior: row.senior_id, pack: row.pack_id }
    held.push({ subject, id: holderId(terminal, row.generation), heardOn: row.heard_on ?? today, limits })
  }
  return held
}

/** Writes down which claims ended with these records. */
async function closeClaims(client: PoolClient, site: SiteId, settled: readonly Settled[]): Promise<void> {
  const sound = settled.flatMap(({ record, code }) => (record !== null && code === null ? [record] : []))
  const paid = sound.flatMap(record => (record.kind === 'made-good' ? [record.payload.of] : []))
  const taken = sound.flatMap(record => (record.kind === 'void' ? [record.payload.of] : []))
  if (paid.length > 0)
    await client.query(
      "update claim set state = 'made-good', made_good_at = now(), made_good_site = $2 where record_id = any($1)",
      [paid, site],
    )
  if (taken.length > 0)
    await client.query("update claim set state = 'void' where record_id = any($1) and state <> 'made-good'", [taken])
}

/** Holds the claim lines of sales that turned out to have no right behind them. */
async function holdLines(
  client: PoolClient,
  { terminal, generation }: { readonly terminal: TerminalId; readonly generation: number },
  arrivals: readonly Arrival[],
  settled: readonly Settled[],
): Promise<void> {
  const doubted = settled.flatMap(({ code, countable, item }, at) =>
    countable !== null && code !== null && arrivals[at]?.code === null ? [item.seq] : [],
  )
  if (doubted.length === 0) return
  await client.query('update claim_line set held = true where terminal_id = $1 and generation = $2 and seq = any($3)', [
    terminal,
    generation,
    doubted,
  ])
}
