import { amountsOf } from '../../shared/leases/holder.ts'
import { debitsByScope } from '../../shared/leases/pots.ts'
import { free, holderOf, settleDrawn, settleUnleased, topUp, wasLeased } from '../../shared/leases/rights.ts'
import { seenAt } from '../../shared/leases/senior-lease.ts'
import type { LedgerRecord, OpenedInputs } from '../../shared/record.ts'
import type { Arrival } from '../bookings.ts'
import type { VerdictCode } from '../examine.ts'
import { changePot, type Folding, type Settled, touch } from './folding.ts'
import { sumOf } from './sold.ts'
import { partsOf, potSubject, type SeniorSubject } from './states.ts'

/** Something that counts: a meal, a visit, a late entry. */
export interface Counting {
  readonly arrival: Arrival
  readonly record: LedgerRecord
  readonly countable: NonNullable<Arrival['countable']>
  /** Null: a guest, or somebody whom nobody knows. */
  readonly subject: SeniorSubject | null
  readonly opened: OpenedInputs | null
  /** Given without a right, within the bounds of its policy. */
  readonly isAdvance: boolean
}

/**
 * Draws what was given from the rights of its terminal. What no right stands behind gets RIGHT_NOT_HELD; a claim it makes is noted. Of a right that
 * may be forgotten here as much is granted anew as is free: the till has nothing then that it does not have here.
 */
export function foldSale(folding: Folding, counting: Counting): Settled {
  const { book, id, first, sold, drawnOn, potSince, houses, capOf, capOfPot } = folding
  const { arrival, record, countable, subject, opened, isAdvance } = counting
  const { terminal, generation, site } = folding.from
  const { code, item } = arrival
  const same: Settled = { ...arrival, leaseEpoch: null, drewPots: [] }
  /** What nobody approved is not paid by a claim either. */
  const mayOpen = (final: VerdictCode | null) => final === null && !countable.held
  const claim = (final: VerdictCode | null) => {
    const place = [terminal, generation, item.seq] as const
    const about = { record: record.id, senior: subject?.senior ?? null, pack: countable.policy.pack }
    const state = mayOpen(final) ? 'open' : 'held'
    if (countable.claimPending || (isAdvance && mayOpen(final)))
      folding.claims.push({ ...about, place, site, date: countable.date, state, advanced: !countable.claimPending })
  }
  const isForgotten = code === null && folding.mayBeForgotten(record)
  const { person: debits, pots } = debitsByScope(amountsOf(countable.debits))
  const drewPots: string[] = []
  let beyondPots = false
  for (const [fund, amounts] of pots) {
    drawnOn.set(fund, [...(drawnOn.get(fund) ?? []), ...amounts])
    // A till that was told of no bound drew on no tranche.
    if (!Object.hasOwn(opened?.inputs.quote.pots ?? {}, fund)) {
      changePot(folding, fund, kept => settleUnleased(kept, amounts))
      beyondPots ||= amounts.some(({ key }) => record.at >= (potSince.get(key) ?? Number.POSITIVE_INFINITY))
      continue
    }
    const kept = book.of(potSubject(fund)).rights
    const drawn = settleDrawn(isForgotten ? topUp(kept, id, amounts, capOfPot) : kept, id, amounts)
    changePot(folding, fund, () => drawn.rights)
    drewPots.push(fund)
    beyondPots ||= drawn.beyond.some(({ key }) => potSince.has(key))
  }
  const ofPots: VerdictCode | null = code ?? (beyondPots ? 'RIGHT_NOT_HELD' : null)
  const note = (epoch: number | null) => {
    // What came first under its id is what this terminal takes back.
    if (sold.get(record.id)?.terminal === terminal) return
    const given = { debits: amountsOf(countable.debits), drewPots, givenFen: sumOf(countable.subsidies) }
    sold.set(record.id, { ...given, subject, epoch, isOwn: true, terminal })
  }
  if (subject === null) {
    claim(ofPots)
    note(null)
    return { ...same, code: ofPots, drewPots }
  }
  touch(folding, subject)
  const lease = book.of(subject)
  const epoch = isAdvance ? null : holderOf(lease.rights, id).epoch
  // Given without a right it takes the counters when it is decided; where it is doubted, at once.
  const undrawn = mayOpen(ofPots) ? lease.rights : settleUnleased(lease.rights, debits)
  const granted = isForgotten ? topUp(lease.rights, id, debits, capOf(arrival, subject)) : lease.rights
  const { rights, beyond } = isAdvance ? { rights: undrawn, beyond: [] } : settleDrawn(granted, id, debits)
  const isOwnHouse = lease.home !== null && houses.has(partsOf(lease.home).terminal)
  const here = { ...lease, rights, elsewhere: null }
  // What a copied disk says, or one that is out of service, makes no till a home.
  const isCopied = code === 'COPIED_DISK' || code === 'BROUGHT_LATE'
  const seen = isOwnHouse || isCopied ? { lease: here, tell: [] } : seenAt({ ...lease, rights }, first)
  const isUnleased = opened?.inputs.quote.rights === 'whole-cap' && !wasLeased(lease.rights, id)
  const isFree = isUnleased && debits.every(debit => debit.amount <= free(lease.rights, debit, capOf(arrival, subject)))
  const found: VerdictCode | null = beyond.length > 0 && !isFree ? 'RIGHT_NOT_HELD' : null
  const final = ofPots ?? found
  claim(final)
  const isOpen = (countable.claimPending || isAdvance) && mayOpen(final)
  const open = isOpen ? [...seen.lease.open, record.id] : seen.lease.open
  book.put(subject, { ...seen.lease, open })
  book.tell(subject, seen.tell)
  note(epoch)
  return { ...arrival, code: final, leaseEpoch: debits.length > 0 ? epoch : null, drewPots }
}
