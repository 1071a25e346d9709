import type { PoolClient } from 'pg'
import { z } from 'zod'
import { lookedAtAgain } from '../../shared/leases/ended-claims.ts'
import { debitsByScope } from '../../shared/leases/pots.ts'
import { type Rights, unsettlePending } from '../../shared/leases/rights.ts'
import { type SeniorLease, withoutWithdrawn } from '../../shared/leases/senior-lease.ts'
import { owedKey } from '../../shared/leases/word.ts'
import { select } from '../database.ts'
import { type LeaseBook, potSubject, type SeniorSubject } from './states.ts'

/**
 * Frees what accepted claims of sales that were taken back took, once nobody can pay them any more.
 * @param before the senior's rights before what may have freed it
 * @param inDoubt sales that may not be taken back: what their claims took stays taken (`salesInDoubt`)
 * @returns the records whose claims ended and are to be decided again, and the funds of whose pots something came free
 */
export function freeWithdrawn(
  book: LeaseBook,
  subject: SeniorSubject,
  before: Rights,
  inDoubt: ReadonlySet<string>,
): { readonly records: readonly string[]; readonly funds: readonly string[] } {
  const withdrawn = Object.entries(book.of(subject).withdrawn)
  const [waiting, over] = [true, false].map(waits =>
    Object.fromEntries(withdrawn.filter(([, { of }]) => inDoubt.has(of) === waits)),
  )
  const { lease, freed } = withoutWithdrawn({ ...book.of(subject), withdrawn: over ?? {} })
  const { pots } = debitsByScope(freed.flatMap(({ debits }) => debits))
  for (const [fund, amounts] of pots) {
    const pot = book.of(potSubject(fund))
    book.put(potSubject(fund), { ...pot, rights: unsettlePending(pot.rights, amounts) })
  }
  const after = lookedAtAgain(before, { ...lease, withdrawn: { ...lease.withdrawn, ...waiting } })
  book.put(subject, { ...after.lease, open: [...after.records, ...after.lease.open] })
  return { records: after.records, funds: [...pots.keys()] }
}

/** Those of these sales of which it is in doubt whether they were taken back: nobody has decided. */
export async function salesInDoubt(client: PoolClient, sales: readonly string[]): Promise<Set<string>> {
  if (sales.length === 0) return new Set()
  const rows = await select(
    client,
    z.object({ record_id: z.string() }),
    'select record_id from voided where record_id = any($1) and held and not refused',
    [sales],
  )
  return new Set(rows.map(row => row.record_id))
}

/** The sales whose accepted claims are withdrawn in a lease. */
export function withdrawnIn({ withdrawn }: SeniorLease): string[] {
  return Object.values(withdrawn).map(({ of }) => of)
}

/** The lease with an accepted claim that was withdrawn for a doubt as it was before: to be paid, and not asked back. */
export function notWithdrawn(lease: SeniorLease, record: string): SeniorLease {
  const key = owedKey(record)
  const { [key]: claim, ...withdrawn } = lease.withdrawn
  if (claim === undefined) return lease
  const { of, subsidies, debits } = claim
  const recalls = Object.entries(lease.recalls).flatMap(([id, recall]) => {
    const amounts = recall.amounts.filter(amount => amount.key !== key)
    return amounts.length === 0 && !recall.close ? [] : [[id, { ...recall, amounts }] as const]
  })
  const owed = { ...lease.owed, [key]: { of, subsidies, debits } }
  return { ...lease, withdrawn, owed, recalls: Object.fromEntries(recalls) }
}
