import type { PoolClient } from 'pg'
import { z } from 'zod'
import { countableOf, parseRecord } from '../../shared/countable.ts'
import { type SeniorId, seniorId, terminalId } from '../../shared/ids.ts'
import type { Amount } from '../../shared/leases/holder.ts'
import { settledOf, settlePending } from '../../shared/leases/rights.ts'
import { recallsFor } from '../../shared/leases/rules.ts'
import { withOwed, withRecalls } from '../../shared/leases/senior-lease.ts'
import { owedKey } from '../../shared/leases/word.ts'
import { countersFor } from '../../shared/policy/counters.ts'
import { quote, versionInForce } from '../../shared/policy/quote.ts'
import type { QuoteInputs } from '../../shared/policy/quote-form.ts'
import type { SealedInputs } from '../../shared/record.ts'
import { insertRows, select } from '../database.ts'
import { openInputs } from '../examine.ts'
import type { Keyring } from '../keys.ts'
import { packsByHash } from '../policies.ts'
import { holdsCard } from '../seniors.ts'
import { capsOf, limitsAt, peopleOf, siteOf } from './caps.ts'
import type { LeaseBook, Subject } from './states.ts'

const openRow = z.object({
  record_id: z.string(),
  terminal_id: terminalId,
  record: z.instanceof(Buffer),
  sealed: z.string().nullable(),
})

/** Who somebody was whom a terminal did not know, by the card or code that they showed; null where nobody fits, or several do. */
export async function whoCame(client: PoolClient, { credential }: SealedInputs): Promise<SeniorId | null> {
  if (credential === null) return null
  const isCode = credential.means === 'code'
  const rows = await select(
    client,
    z.object({ senior_id: seniorId }),
    `select senior_id from senior where ${isCode ? 'senior_id = $1' : holdsCard} and not gone limit 2`,
    [isCode ? credential.key : [credential.key]],
  )
  return rows.length === 1 ? (rows[0]?.senior_id ?? null) : null
}

/**
 * Decides the open claims of some seniors as far as they can be decided: what other holders may have drawn is asked back first. One in the
 * senior's favour takes its counters now, and the right to pay it goes to the home.
 */
export async function decideClaims(
  client: PoolClient,
  keys: Keyring,
  book: LeaseBook,
  subjects: readonly Subject[],
): Promise<void> {
  const open = subjects.flatMap(subject => book.of(subject).open.map(record => ({ subject, record })))
  if (open.length === 0) return
  const rows = await select(
    client,
    openRow,
    `select l.record_id, l.terminal_id, l.record, i.sealed from ledger l
       left join sale_inputs i on i.senior_id = l.senior_id and i.terminal_id = l.terminal_id
        and i.generation = l.generation and i.seq = l.seq
      where l.record_id = any($1)`,
    [open.map(({ record }) => record)],
  )
  const people = await peopleOf(
    client,
    subjects.map(({ senior }) => senior),
  )
  for (const { subject, record: id } of open) {
    const row = rows.find(({ record_id }) => record_id === id)
    const record = row && parseRecord(row.record.toString('utf8'))
    const sale = record && countableOf(record)
    const opened = row && (await openInputs(row.sealed, keys.sealing, row.terminal_id))
    const person = people.get(subject.senior)?.person
    if (!sale || !opened || person === undefined) continue
    const pack = (await packsByHash(client, [sale.policy.hash])).get(sale.policy.hash)
    const site = await siteOf(client, sale.site)
    const version = pack && versionInForce(pack, sale.date)
    if (pack === undefined || site === null || !version) continue
    const lease = book.of(subject)
    const drawn = new Map(sale.debits.map(({ limit, label, amount }) => [`${limit}|${label}`, amount]))
    const counters = countersFor(version, opened.inputs.quote.visit)
    const used = counters.map(counter => [
      counter.key,
      Math.max(0, settledOf(lease.rights, { ...counter }) - (drawn.get(counter.key) ?? 0)),
    ])
    const inputs: QuoteInputs = {
      ...{ person, visit: opened.inputs.quote.visit, used: Object.fromEntries(used), rights: 'whole-cap' },
    }
    const due = quote(pack, inputs)
    const debits = due.debits.flatMap(({ key, limit, label, amount }): Amount[] => {
      const more = amount - (drawn.get(key) ?? 0)
      return more > 0 ? [{ key, limit, label, amount: more }] : []
    })
    const subsidies = due.subsidies.flatMap(({ fund, fen }) => {
      const more = fen - (sale.subsidies.find(paid => paid.fund === fund)?.fen ?? 0)
      return more > 0 ? [{ fund, fen: more }] : []
    })
    const capOf = capsOf(limitsAt(pack, person, site, sale.date))
    const settled = settlePending(lease.rights, debits, capOf)
    if (subsidies.length > 0 && settled === null) {
      const wanted = recallsFor(lease.rights, '', debits, capOf)
      if (wanted !== null) {
        const told = withRecalls(lease, wanted)
        book.put(subject, told.lease)
        book.tell(subject, told.tell)
        continue
      }
    }
    const accepted = subsidies.length > 0 && settled !== null
    const rest = lease.open.filter(other => other !== id)
    const owed =
      accepted && record ? { ...lease.owed, [owedKey(id)]: { of: record.id, subsidies, debits } } : lease.owed
    const decided = { ...lease, rights: accepted ? settled : lease.rights, open: rest, owed }
    book.put(subject, lease.home === null ? decided : withOwed(decided, lease.home, capOf))
    if (accepted && lease.home !== null) book.tell(subject, [lease.home])
    await client.query(
      `update claim set state = $2, owed_fen = $3, decided_at = now(), senior_id = $4 where record_id = $1`,
      [
        ...[id, accepted ? 'accepted' : 'nothing-due'],
        ...[accepted ? subsidies.reduce((sum, { fen }) => sum + fen, 0) : 0, subject.senior],
      ],
    )
  }
}

/** Writes new claims down: open, or held where somebody has to look at the sale first. */
export async function openClaims(
  client: PoolClient,
  claims: readonly {
    readonly record: string
    readonly senior: SeniorId | null
    readonly pack: string
    readonly place: readonly [terminal: string, generation: number, seq: number]
    readonly site: string
    readonly date: string
    readonly state: 'open' | 'held'
  }[],
): Promise<void> {
  await insertRows(
    client,
    'claim',
    [
      'record_id',
      'senior_id',
      'pack_id',
      'terminal_id',
      'generation',
      'seq',
      'site_id',
      'business_date',
      'state',
      'owed_fen',
    ],
    claims.map(({ record, senior, pack, place, site, date, state }) => [
      record,
      senior,
      pack,
      ...place,
      site,
      date,
      state,
      0,
    ]),
    'on conflict (record_id) do nothing',
  )
}
