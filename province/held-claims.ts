import type { PoolClient } from 'pg'
import { z } from 'zod'
import { businessDateOf } from '../shared/business-day.ts'
import { type Countable, countableOf, parseRecord } from '../shared/countable.ts'
import { seniorId, terminalId } from '../shared/ids.ts'
import { amountsOf } from '../shared/leases/holder.ts'
import { debitsByScope } from '../shared/leases/pots.ts'
import { settleUnleased } from '../shared/leases/rights.ts'
import { withoutClaim } from '../shared/leases/senior-lease.ts'
import { owedKey } from '../shared/leases/word.ts'
import { inputsFit } from '../shared/recompute.ts'
import type { LedgerRecord, OpenedInputs } from '../shared/record.ts'
import { select } from './database.ts'
import { asDrawn } from './drawn-debits.ts'
import { openInputs } from './examine.ts'
import type { Keyring } from './keys.ts'
import { bookOverrun, decideClaims, openAgain, whoCame } from './leases/claims.ts'
import { fundsWithPots } from './leases/pots.ts'
import { sumOf } from './leases/sold.ts'
import { knownPots, type LeaseBook, lockLeases, potSubject, type SeniorSubject } from './leases/states.ts'
import { freeWithdrawn, notWithdrawn, salesInDoubt, withdrawnIn } from './leases/withdrawn.ts'

const claimRow = z.object({
  senior: seniorId.nullable(),
  pack: z.string(),
  terminal: terminalId,
  generation: z.int(),
  seq: z.int(),
  site: z.string(),
  advanced: z.boolean(),
  record: z.instanceof(Buffer),
  drew_debits: z.string().nullable(),
  sealed: z.string().nullable(),
})
const stateRow = z.object({
  state: z.enum(['open', 'held', 'accepted', 'nothing-due', 'overrun', 'made-good', 'void']),
})

/** The pending claim of a sale with the lease of whose it is, both locked. */
export interface LockedClaim {
  readonly sale: string
  /** Where the sale stands: another record may have its id. */
  readonly at: { readonly terminal: string; readonly generation: number; readonly seq: number }
  readonly state: z.infer<typeof stateRow>['state']
  /** Null where nobody can say who came. */
  readonly subject: SeniorSubject | null
  readonly book: LeaseBook
  /** The subsidies were given already, without a right. */
  readonly advanced: boolean
  readonly site: string
  readonly countable: Countable | null
  readonly opened: OpenedInputs | null
}

/** Null where the sale has no pending claim. Leases first, as in a push, so that the two never wait for each other. */
export async function lockClaim(client: PoolClient, keys: Keyring, sale: string): Promise<LockedClaim | null> {
  const [row] = await select(
    client,
    claimRow,
    `select c.senior_id as senior, c.pack_id as pack, c.terminal_id as terminal, c.generation, c.seq, c.site_id as site, c.advanced, l.record, l.drew_debits, i.sealed
       from claim c join ledger l using (terminal_id, generation, seq)
       left join sale_inputs i on i.senior_id = l.senior_id and i.terminal_id = l.terminal_id
        and i.generation = l.generation and i.seq = l.seq
      where c.record_id = $1`,
    [sale],
  )
  if (row === undefined) return null
  const record = parseRecord(row.record.toString('utf8'))
  const countable = record && asDrawn(countableOf(record), row.drew_debits)
  const opened = await openInputs(row.sealed, keys.sealing, row.terminal)
  const isTrue = countable !== null && opened !== null && inputsFit(countable, opened)
  // Whom the till did not know their card or code names, where these are the inputs that the sale committed to.
  const senior = row.senior ?? (isTrue ? await whoCame(client, opened.inputs) : null)
  const subject = senior === null ? null : { senior, pack: row.pack }
  const funds = new Set([...(await fundsWithPots(client, [row.pack])), ...(await knownPots(client))])
  const book = await lockLeases(client, subject === null ? [] : [subject, ...[...funds].map(potSubject)])
  const [found] = await select(client, stateRow, 'select state from claim where record_id = $1 for update', [sale])
  if (found === undefined) return null
  const at = { terminal: row.terminal, generation: row.generation, seq: row.seq }
  return { sale, at, state: found.state, subject, book, advanced: row.advanced, site: row.site, countable, opened }
}

/** After a held sale is to be paid, or nobody pays it. One that nobody can decide any more ends: who came is not known, or what it was priced from is gone. */
export async function openHeldClaim(
  client: PoolClient,
  keys: Keyring,
  { sale, subject, book, opened }: LockedClaim,
  decision: 'pay' | 'refuse',
): Promise<void> {
  // What was given in advance and doubted took its counters at once: decided again it would take them twice.
  const canBeDecided = opened !== null && opened.inputs.quote.advance !== true
  if (decision === 'refuse' || subject === null || !canBeDecided) {
    await client.query("update claim set state = 'nothing-due', decided_at = now() where record_id = $1", [sale])
    return
  }
  const lease = book.of(subject)
  book.put(subject, { ...lease, open: [...lease.open, sale] })
  await client.query("update claim set state = 'open', senior_id = $2 where record_id = $1", [sale, subject.senior])
  await decideClaims(client, keys, book, [subject])
  await book.store()
}

/**
 * Ends the claim of a sale whose money goes back, so that nothing opens it again; what the home was told to pay stays asked back. Money that was paid
 * stays paid. Returns the funds of whose pots something came free.
 */
export async function endClaim(
  client: PoolClient,
  keys: Keyring,
  { sale, state, subject, book, advanced, site, countable }: LockedClaim,
  by: { readonly terminal: string; readonly generation: number; readonly seq: number; readonly back: TakesBack },
): Promise<readonly string[]> {
  if (state === 'made-good' || state === 'void') return []
  await client.query("update claim set state = 'void' where record_id = $1", [sale])
  if (subject === null) return []
  const before = book.of(subject)
  const { lease, tell } = withoutClaim(before, sale)
  // The meal of a refund was eaten: what was given of it in advance takes its right now.
  const eaten = by.back.kind === 'refund' && advanced && state === 'open' ? amountsOf(countable?.debits ?? []) : []
  book.put(subject, { ...lease, rights: settleUnleased(lease.rights, debitsByScope(eaten).person) })
  book.tell(subject, tell)
  const isWhole = by.back.kind === 'void' || sumOf(by.back.payload.subsidies) === sumOf(countable?.subsidies ?? [])
  const { terminal, generation, seq } = by
  const of = { record: sale, senior: subject.senior, site }
  if (isWhole) await bookOverrun(client, of, [], { terminal, generation, seq, on: businessDateOf(Date.now()) })
  const inDoubt = await salesInDoubt(client, withdrawnIn(book.of(subject)))
  const { records, funds } = freeWithdrawn(book, subject, before.rights, inDoubt)
  await openAgain(client, records)
  await decideClaims(client, keys, book, [subject])
  await book.store()
  return funds
}

type TakesBack = Extract<LedgerRecord, { kind: 'void' | 'refund' }>

/** After somebody said that a sale was not taken back: its claim goes on as if nothing had said so. */
export async function goOnWithClaim(client: PoolClient, keys: Keyring, claim: LockedClaim): Promise<void> {
  const { sale, subject, book } = claim
  if (subject === null) return
  const lease = notWithdrawn(book.of(subject), sale)
  const { home } = lease
  const isOwed = lease.owed[owedKey(sale)] !== undefined
  book.put(subject, lease)
  if (isOwed && home !== null) book.tell(subject, [home])
  await decideClaims(client, keys, book, [subject])
  await book.store()
}
