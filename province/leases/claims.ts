import type { PoolClient } from 'pg'
import { z } from 'zod'
import { businessDateOf } from '../../shared/business-day.ts'
import { countableOf, parseRecord } from '../../shared/countable.ts'
import { type SeniorId, seniorId, terminalId } from '../../shared/ids.ts'
import { withEnded } from '../../shared/leases/ended-claims.ts'
import { type Amount, amountsOf, at, counterOf } from '../../shared/leases/holder.ts'
import { debitsByScope, potFundOf } from '../../shared/leases/pots.ts'
import { free, settledOf, settlePending, settleUnleased } from '../../shared/leases/rights.ts'
import { recallsOf, withRecalls } from '../../shared/leases/senior-lease.ts'
import { owedKey } from '../../shared/leases/word.ts'
import { countersFor, potCounter } from '../../shared/policy/counters.ts'
import { quote, versionInForce } from '../../shared/policy/quote.ts'
import type { QuoteInputs } from '../../shared/policy/quote-form.ts'
import type { SealedInputs } from '../../shared/record.ts'
import { insertRows, type Queryable, select } from '../database.ts'
import { asDrawn } from '../drawn-debits.ts'
import { openInputs } from '../examine.ts'
import type { Keyring } from '../keys.ts'
import { packsByHash } from '../policies.ts'
import { holdsCard } from '../seniors.ts'
import { capsOfVisit, limitsAt, peopleOf, siteOf } from './caps.ts'
import { potAmounts, potCaps } from './pots.ts'
import { payoutsBefore } from './sold.ts'
import { homeHolderOf, type LeaseBook, potSubject, type SeniorSubject } from './states.ts'
import { whoAte } from './who-ate.ts'

const openRow = z.object({
  record_id: z.string(),
  terminal_id: terminalId,
  generation: z.int(),
  seq: z.int(),
  record: z.instanceof(Buffer),
  drew_debits: z.string().nullable(),
  sealed: z.string().nullable(),
})

/** Who somebody was whom a terminal did not know, by the card or code that they showed; null where nobody fits, or several do. */
export async function whoCame(client: Queryable, { credential }: SealedInputs): Promise<SeniorId | null> {
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
 * senior's favour takes its counters and its part of the funds' pots now, and the right to pay it goes to the home. Who the senior was when they
 * ate decides (`whoAte`). Of one that a till gave
 * already (`advance`) what is beyond the caps is put on the fund that bears it. One of a sale of which it is in doubt whether it was taken back waits.
 * @param book holds these seniors, and the pots that claims may take money of (`fundsWithPots`)
 * @returns the counters of pots that some of them lack money of
 */
export async function decideClaims(
  client: PoolClient,
  keys: Keyring,
  book: LeaseBook,
  subjects: readonly SeniorSubject[],
): Promise<ReadonlySet<string>> {
  const lacking = new Set<string>()
  const open = subjects.flatMap(subject => book.of(subject).open.map(record => ({ subject, record })))
  if (open.length === 0) return lacking
  const rows = await select(
    client,
    openRow,
    `select l.record_id, l.terminal_id, l.generation, l.seq, l.record, l.drew_debits, i.sealed
       from claim c join ledger l using (terminal_id, generation, seq)
       left join sale_inputs i on i.senior_id = l.senior_id and i.terminal_id = l.terminal_id
        and i.generation = l.generation and i.seq = l.seq
      where c.record_id = any($1)
        and not exists (select 1 from voided v where v.record_id = c.record_id and v.held and not v.refused)`,
    [open.map(({ record }) => record)],
  )
  const people = await peopleOf(
    client,
    subjects.map(({ senior }) => senior),
    'ever',
  )
  const amounts = (await potAmounts(client, [...book.funds()])).fen
  const capOfPot = potCaps(amounts)
  // However many claims lack money of a pot, one look at them asks the next holder once.
  const askedOfPots = new Map([...book.funds()].map(fund => [fund, book.of(potSubject(fund)).recalls]))
  for (const { subject, record: id } of open) {
    const row = rows.find(({ record_id }) => record_id === id)
    const record = row && parseRecord(row.record.toString('utf8'))
    const sale = record && asDrawn(countableOf(record), row.drew_debits)
    const opened = row && (await openInputs(row.sealed, keys.sealing, row.terminal_id))
    const today = people.get(subject.senior)?.person
    if (!sale || !opened || today === undefined) continue
    // What the roster says since then neither takes an earlier meal away nor pays for it.
    const person = (await whoAte(client, subject.senior, sale, opened)) ?? today
    const pack = (await packsByHash(client, [sale.policy.hash])).get(sale.policy.hash)
    const site = await siteOf(client, sale.site)
    const version = pack && versionInForce(pack, sale.date)
    if (pack === undefined || site === null || !version) continue
    const lease = book.of(subject)
    const isAdvance = opened.inputs.quote.advance === true
    // What was given in advance is settled only with the decision; money of pots was drawn with it.
    const drawn = new Map(
      sale.debits
        .filter(({ limit }) => !isAdvance || potFundOf(limit) !== null)
        .map(({ limit, label, amount }) => [`${limit}|${label}`, amount]),
    )
    const counters = countersFor(version, opened.inputs.quote.visit)
    const used = counters.map(counter => [
      counter.key,
      Math.max(0, settledOf(lease.rights, { ...counter }) - (drawn.get(counter.key) ?? 0)),
    ])
    // Of a pot, what records leave of it. One that the pack has no more, as it is now, has no bound.
    const pots = [...book.funds()].flatMap(fund => {
      const counter = potCounter(pack, fund, sale.date)
      const capFen = counter === null ? undefined : at(amounts, counter.key)
      if (counter === null || capFen === undefined) return []
      const others = settledOf(book.of(potSubject(fund)).rights, counter) - (drawn.get(counter.key) ?? 0)
      return [{ fund, counter, leftFen: Math.max(0, capFen - others) }]
    })
    const inputs: QuoteInputs = {
      ...{ person, visit: opened.inputs.quote.visit, used: Object.fromEntries(used), rights: 'whole-cap' },
      ...(pots.length === 0 ? {} : { pots: Object.fromEntries(pots.map(({ fund, leftFen }) => [fund, leftFen])) }),
    }
    const due = quote(pack, inputs)
    const debits = debitsByScope(due.debits).person.flatMap(({ key, limit, label, amount }): Amount[] => {
      const more = amount - (drawn.get(key) ?? 0)
      return more > 0 ? [{ key, limit, label, amount: more }] : []
    })
    const subsidies = (isAdvance ? [] : due.subsidies).flatMap(({ fund, fen }) => {
      const more = fen - (sale.subsidies.find(paid => paid.fund === fund)?.fen ?? 0)
      return more > 0 ? [{ fund, fen: more }] : []
    })
    const capOf = capsOfVisit(limitsAt(pack, person, site), sale.date, limitsAt(pack, today, site))
    const settled = settlePending(lease.rights, debits, capOf)
    // What the operator would earn beside it is paid to nobody afterwards, and taken of no pot.
    const ofPots = [...book.funds()].flatMap((fund): Amount[] => {
      const counter = potCounter(pack, fund, sale.date)
      const amount = subsidies.find(paid => paid.fund === fund)?.fen ?? 0
      return counter === null || amount === 0 ? [] : [{ ...counter, amount }]
    })
    const potOf = ({ limit }: Amount) => potSubject(potFundOf(limit) ?? '')
    const short = ofPots.find(debit => debit.amount > free(book.of(potOf(debit)).rights, debit, capOfPot))
    if (settled !== null && short !== undefined) {
      lacking.add(short.key)
      const pot = potOf(short)
      const recalls = askedOfPots.get(potFundOf(short.limit) ?? '') ?? {}
      const wanted = recallsOf({ ...book.of(pot), recalls }, '', [short], capOfPot)
      if (wanted !== null) {
        const told = withRecalls(book.of(pot), wanted)
        book.put(pot, told.lease)
        book.tell(pot, told.tell)
      }
      await client.query('update claim set waits_for = $2 where record_id = $1', [id, potFundOf(short.limit)])
      continue
    }
    if ((subsidies.length > 0 || isAdvance) && settled === null) {
      const wanted = recallsOf(lease, '', debits, capOf)
      if (wanted !== null) {
        const told = withRecalls(lease, wanted)
        book.put(subject, told.lease)
        book.tell(subject, told.tell)
        continue
      }
    }
    if (isAdvance) {
      const taken = debitsByScope(amountsOf(sale.debits)).person
      const open = lease.open.filter(other => other !== id)
      const after = { ...lease, rights: settleUnleased(lease.rights, taken), open }
      book.put(subject, withEnded(after, id, { counters, taken }))
      const bearer = version.offline?.mode === 'bounded' ? version.offline.bearer : null
      const moved = bearer === null ? [] : overrunOf(sale.subsidies, due.subsidies, bearer)
      const of = { record: id, senior: subject.senior, site: sale.site }
      const place = { terminal: row.terminal_id, generation: row.generation, seq: row.seq }
      await bookOverrun(client, of, moved, { ...place, on: businessDateOf(Date.now()) })
      await client.query('update claim set state = $2, decided_at = now(), senior_id = $3 where record_id = $1', [
        ...[id, moved.length > 0 ? 'overrun' : 'nothing-due', subject.senior],
      ])
      continue
    }
    const accepted = subsidies.length > 0 && settled !== null
    const rest = lease.open.filter(other => other !== id)
    const taken = [...debits, ...ofPots]
    // A province that went back to an older copy may hear a payout before the claim is accepted again.
    const before = accepted ? await payoutsBefore(client, { senior: subject.senior, of: id }) : null
    const paidAt = before?.paidAt ?? null
    const isOwed = accepted && record && paidAt === null
    const owed = isOwed ? { ...lease.owed, [owedKey(id)]: { of: record.id, subsidies, debits: taken } } : lease.owed
    const spent = before?.waiting ? [{ ...counterOf(owedKey(id)), amount: before.waiting }] : []
    if (accepted)
      for (const debit of ofPots) {
        const pot = potOf(debit)
        book.put(pot, { ...book.of(pot), rights: settleUnleased(book.of(pot).rights, [debit]) })
      }
    const after = { ...lease, rights: accepted ? settleUnleased(settled, spent) : lease.rights, open: rest, owed }
    const decided = accepted ? after : withEnded(after, id, { counters, taken: [] })
    // Of a pack that leases this person nothing ahead, the right to pay is still the home's.
    const homeSite = people.get(subject.senior)?.home
    const ofSite = accepted && lease.home === null && homeSite ? await homeHolderOf(client, homeSite) : null
    const home = lease.home ?? ofSite
    // The right to pay it is leased when somebody asks: a home that is not heard again would keep it for ever.
    const from = ofSite === null ? lease.rosterSite : (homeSite ?? null)
    book.put(subject, home === null ? decided : { ...decided, home, rosterSite: from })
    if (accepted && home !== null) book.tell(subject, [home])
    await client.query(
      `update claim set state = $2, owed_fen = $3, decided_at = now(), senior_id = $4, waits_for = null,
         made_good_at = case when $5::text is null then made_good_at else now() end, made_good_site = coalesce($5, made_good_site)
        where record_id = $1`,
      [
        ...[id, paidAt !== null ? 'made-good' : accepted ? 'accepted' : 'nothing-due'],
        ...[accepted ? subsidies.reduce((sum, { fen }) => sum + fen, 0) : 0, subject.senior, paidAt],
      ],
    )
  }
  return lacking
}

/** By fund, what is moved of a visit's subsidies that were more than what was due: less for who paid it, more for who bears it. */
export function overrunOf(
  paid: readonly { readonly fund: string; readonly fen: number }[],
  due: readonly { readonly fund: string; readonly fen: number }[],
  bearer: string,
): { fund: string; fen: number }[] {
  const sum = (parts: typeof paid) => parts.reduce((total, { fen }) => total + fen, 0)
  let left = Math.max(0, sum(paid) - sum(due))
  const moved = new Map<string, number>([[bearer, left]])
  for (const { fund, fen } of paid) {
    const more = Math.min(left, Math.max(0, fen - (due.find(part => part.fund === fund)?.fen ?? 0)))
    moved.set(fund, (moved.get(fund) ?? 0) - more)
    left -= more
  }
  return [...moved].flatMap(([fund, fen]) => (fen === 0 ? [] : [{ fund, fen }]))
}

/**
 * Brings what is moved between funds for a sale to `moved`, by fund: the decision may be taken again, and nothing stays moved of a sale that was
 * taken back. What was booked before stays as it was; `by` is the record that brought the change, and the date of the month in which it counts.
 */
export async function bookOverrun(
  client: PoolClient,
  { record, senior, site }: { readonly record: string; readonly senior: SeniorId; readonly site: string },
  moved: readonly { readonly fund: string; readonly fen: number }[],
  by: { readonly terminal: string; readonly generation: number; readonly seq: number; readonly on: string },
): Promise<void> {
  const before = await select(
    client,
    z.object({ fund: z.string(), fen: z.int(), turn: z.int() }),
    `select fund, sum(fen)::bigint as fen, max(turn) as turn from overrun where senior_id = $1 and record_id = $2 group by fund`,
    [senior, record],
  )
  const funds = new Set([...before, ...moved].map(({ fund }) => fund))
  const rows = [...funds].flatMap(fund => {
    const known = before.find(row => row.fund === fund)
    const fen = (moved.find(row => row.fund === fund)?.fen ?? 0) - (known?.fen ?? 0)
    const place = [senior, record, fund, (known?.turn ?? 0) + 1, by.terminal, by.generation, by.seq, site, by.on]
    return fen === 0 ? [] : [[...place, fen]]
  })
  await insertRows(
    client,
    'overrun',
    ['senior_id', 'record_id', 'fund', 'turn', 'terminal_id', 'generation', 'seq', 'site_id', 'booked_on', 'fen'],
    rows,
  )
}

/** A claim of a push, to be written down. */
export interface NewClaim {
  readonly record: string
  readonly senior: SeniorId | null
  readonly pack: string
  readonly place: readonly [terminal: string, generation: number, seq: number]
  readonly site: string
  readonly date: string
  readonly state: 'open' | 'held'
  /** The subsidies were given already, without a right. */
  readonly advanced?: boolean
}

/** Writes new claims down: open, or held where somebody has to look at the sale first. */
export async function openClaims(client: PoolClient, claims: readonly NewClaim[]): Promise<void> {
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
      'advanced',
    ],
    claims.map(({ record, senior, pack, place, site, date, state, advanced = false }) => [
      record,
      senior,
      pack,
      ...place,
      site,
      date,
      state,
      0,
      advanced,
    ]),
    'on conflict (record_id) do nothing',
  )
}

/** Claims that ended without a payout are open again, unless their own sale was taken back. */
export async function openAgain(client: PoolClient, records: readonly string[]): Promise<void> {
  if (records.length === 0) return
  await client.query(
    "update claim set state = 'open', decided_at = null where record_id = any($1) and state in ('nothing-due', 'overrun')",
    [records],
  )
}
