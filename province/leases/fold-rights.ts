import { amountsOf } from '../../shared/leases/holder.ts'
import { debitsByScope } from '../../shared/leases/pots.ts'
import { afterClose, afterRelease } from '../../shared/leases/senior-lease.ts'
import type { LedgerRecord } from '../../shared/record.ts'
import type { Arrival } from '../bookings.ts'
import { type Folding, letGo, type Settled, touch } from './folding.ts'
import { potSubject, type SeniorSubject } from './states.ts'

export type RightChange = Extract<LedgerRecord, { kind: 'right-change' }>

/** A tranche of a pot that a till gave back. */
export function foldPotRelease({ book, id, freed }: Folding, arrival: Arrival, record: RightChange): Settled {
  const same: Settled = { ...arrival, leaseEpoch: null, drewPots: [] }
  const { entries, grant } = record.payload
  for (const [fund, amounts] of debitsByScope(amountsOf(entries)).pots) {
    const pot = potSubject(fund)
    book.put(pot, afterRelease(book.of(pot), id, amounts, { recall: grant, on: record.businessDate }))
    freed.add(fund)
  }
  return same
}

/** Rights of a senior that a till gave back, or that an operator wrote off. */
export function foldRightChange(
  folding: Folding,
  arrival: Arrival,
  record: RightChange,
  subject: SeniorSubject,
): Settled {
  const { book, id } = folding
  const same: Settled = { ...arrival, leaseEpoch: null, drewPots: [] }
  touch(folding, subject)
  const { change, entries, epoch, grant } = record.payload
  const lease = book.of(subject)
  if (change === 'release')
    book.put(subject, afterRelease(lease, id, amountsOf(entries), { recall: grant, on: record.businessDate }))
  if (change === 'write-off') {
    book.put(subject, afterClose(lease, id, epoch))
    if (lease.home !== null) book.tell(subject, [lease.home])
  }
  letGo(folding, subject, lease.rights)
  return same
}
