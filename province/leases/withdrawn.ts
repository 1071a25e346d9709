import { lookedAtAgain } from '../../shared/leases/ended-claims.ts'
import { debitsByScope } from '../../shared/leases/pots.ts'
import { type Rights, unsettlePending } from '../../shared/leases/rights.ts'
import { withoutWithdrawn } from '../../shared/leases/senior-lease.ts'
import { type LeaseBook, potSubject, type SeniorSubject } from './states.ts'

/**
 * Frees what accepted claims of sales that were taken back took, once nobody can pay them any more.
 * @param before the senior's rights before what may have freed it
 * @returns the records whose claims ended and are to be decided again, and the funds of whose pots something came free
 */
export function freeWithdrawn(
  book: LeaseBook,
  subject: SeniorSubject,
  before: Rights,
): { readonly records: readonly string[]; readonly funds: readonly string[] } {
  const { lease, freed } = withoutWithdrawn(book.of(subject))
  const { pots } = debitsByScope(freed.flatMap(({ debits }) => debits))
  for (const [fund, amounts] of pots) {
    const pot = book.of(potSubject(fund))
    book.put(potSubject(fund), { ...pot, rights: unsettlePending(pot.rights, amounts) })
  }
  const after = lookedAtAgain(before, lease)
  book.put(subject, { ...after.lease, open: [...after.records, ...after.lease.open] })
  return { records: after.records, funds: [...pots.keys()] }
}
