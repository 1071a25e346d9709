import { debitsByScope } from '../../shared/leases/pots.ts'
import { settledOf, settleUnleased, unsettle } from '../../shared/leases/rights.ts'
import { withoutClaim } from '../../shared/leases/senior-lease.ts'
import { owedKey } from '../../shared/leases/word.ts'
import type { LedgerRecord } from '../../shared/record.ts'
import type { Arrival } from '../bookings.ts'
import { type Folding, giveBackPots, letGo, type Settled, touch } from './folding.ts'
import { sumOf } from './sold.ts'
import { notWithdrawn } from './withdrawn.ts'

/** What takes a sale back. */
export type TakingBack = Extract<LedgerRecord, { kind: 'void' | 'refund' }>

/** A void gives rights back; a refund gives money back, and never a right. Where the claim of the sale was paid it gets CLAIM_PAID. */
export function foldTakenBack(folding: Folding, arrival: Arrival, record: TakingBack): Settled {
  const { book, id, sold } = folding
  const same: Settled = { ...arrival, leaseEpoch: null, drewPots: [] }
  const { of } = record.payload
  const sale = sold.get(of)
  if (sale === undefined) return same
  const { person, pots } = debitsByScope(sale.debits)
  const isVoid = record.kind === 'void'
  if (sale.subject === null) {
    if (isVoid) giveBackPots(folding, pots, sale.drewPots)
    return same
  }
  const { senior } = sale.subject
  touch(folding, sale.subject)
  // What a doubted record withdrew before it this one withdraws for good.
  const before = notWithdrawn(book.of(sale.subject), of)
  // The person has the money of the claim: nobody but a person can say whether it came back.
  if (settledOf(before.rights, { key: owedKey(of) }) > 0) {
    folding.paidBefore.push({ senior, record, of })
    return { ...same, code: 'CLAIM_PAID' }
  }
  if (isVoid) giveBackPots(folding, pots, sale.drewPots)
  // What was given in advance and is not decided took nothing yet. A refund gives money back, never a right: it takes that now.
  const tookNothing = sale.epoch === null && before.open.includes(of)
  const { lease, tell } = withoutClaim(before, of, isVoid ? sale.debits : [])
  const refunded = tookNothing ? settleUnleased(lease.rights, person) : lease.rights
  const voided = tookNothing ? lease.rights : unsettle(lease.rights, id, person, sale.isOwn ? sale.epoch : null)
  const rights = isVoid ? voided : refunded
  book.put(sale.subject, { ...lease, rights })
  book.tell(sale.subject, tell)
  letGo(folding, sale.subject, before.rights)
  if (isVoid || sumOf(record.payload.subsidies) === sale.givenFen)
    folding.takenBack.push({ senior, of, seq: arrival.item.seq, on: record.businessDate })
  if (lease.home !== null) book.tell(sale.subject, [lease.home])
  return same
}

/** While it is in doubt whether the sale was taken back, its claim waits: an accepted one is asked back, and a payout held beside what is doubted. */
export function foldDoubtedBack(folding: Folding, arrival: Arrival, record: TakingBack): Settled {
  const { book, sold } = folding
  const same: Settled = { ...arrival, leaseEpoch: null, drewPots: [] }
  const { of } = record.payload
  const whose = sold.get(of)?.subject ?? null
  if (whose === null) return same
  const before = book.of(whose)
  if (settledOf(before.rights, { key: owedKey(of) }) > 0) {
    folding.paidBefore.push({ senior: whose.senior, record, of })
    folding.paidAfter.delete(of)
  }
  if (before.owed[owedKey(of)] === undefined) return same
  const { lease, tell } = withoutClaim(before, of)
  folding.inDoubt.add(of)
  book.put(whose, lease)
  book.tell(whose, lease.home === null ? tell : [...tell, lease.home])
  return same
}
