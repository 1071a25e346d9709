import type { SeniorId, SiteId, TerminalId } from '../../shared/ids.ts'
import type { Amount, CounterRef } from '../../shared/leases/holder.ts'
import { type CapOf, type HolderId, type Rights, unsettle } from '../../shared/leases/rights.ts'
import type { LedgerRecord } from '../../shared/record.ts'
import type { Arrival } from '../bookings.ts'
import type { NewClaim } from './claims.ts'
import type { PaidAfter, PayoutLine } from './payouts.ts'
import type { Sold } from './sold.ts'
import { type LeaseBook, potSubject, type SeniorSubject } from './states.ts'
import { freeWithdrawn } from './withdrawn.ts'

/** An arrival after its rights were settled. `leaseEpoch`: which lease of its terminal it drew on; `drewPots`: on whose tranches. */
export interface Settled extends Arrival {
  readonly leaseEpoch: number | null
  readonly drewPots: readonly string[]
}

/** Tranches of pots are never closed: their epoch stays the first. */
const potEpoch = 1

/** What the records of one push are folded with, and what they leave to be booked. */
export interface Folding {
  readonly from: { readonly terminal: TerminalId; readonly generation: number; readonly site: SiteId }
  readonly id: HolderId
  readonly book: LeaseBook
  /** Sales that something takes back, before this push and in it. */
  readonly sold: Map<string, Sold>
  /** Whose a claim is that a payout of this push names. */
  readonly goods: ReadonlyMap<string, SeniorSubject>
  /** Who stands behind the references of the site. */
  readonly named: ReadonlyMap<string, SeniorId>
  /** Who holds at the site what is leased ahead. */
  readonly first: HolderId
  /** The terminals of the site. */
  readonly houses: ReadonlySet<string>
  /** Since when (ms) each counter of a pot is escrowed. */
  readonly potSince: ReadonlyMap<string, number>
  readonly capOf: (arrival: Arrival, subject: SeniorSubject) => CapOf
  readonly capOfPot: CapOf
  /** Whether what a record draws may have been granted by a province that went back to an older copy since. */
  readonly mayBeForgotten: (record: LedgerRecord) => boolean
  /** Sequence numbers of what is doubted in this push that takes something back. */
  readonly doubtedHere: ReadonlySet<number>
  /** Sales of which it is in doubt whether they were taken back. */
  readonly inDoubt: Set<string>

  readonly touched: Map<string, SeniorSubject>
  readonly claims: NewClaim[]
  readonly lines: PayoutLine[]
  readonly takenBack: { senior: SeniorId; of: string; seq: number; on: string }[]
  /** Records whose claims are decided again. */
  readonly again: string[]
  readonly paidBefore: { senior: SeniorId; record: LedgerRecord; of: string }[]
  /** Sales that were taken back before the payout of their claim was heard. */
  readonly paidAfter: Map<string, PaidAfter>
  /** Funds of whose pots something came free. */
  readonly freed: Set<string>
  readonly drawnOn: Map<string, readonly CounterRef[]>
}

export function touch({ touched }: Folding, subject: SeniorSubject): void {
  touched.set(`${subject.senior}|${subject.pack}`, subject)
}

/** Folds a change over a pot's rights. */
export function changePot({ book }: Folding, fund: string, to: (kept: Rights) => Rights): void {
  const pot = potSubject(fund)
  book.put(pot, { ...book.of(pot), rights: to(book.of(pot).rights) })
}

export function giveBackPots(
  folding: Folding,
  amounts: ReadonlyMap<string, readonly Amount[]>,
  drew: readonly string[],
): void {
  for (const [fund, debits] of amounts) {
    changePot(folding, fund, kept => unsettle(kept, folding.id, debits, drew.includes(fund) ? potEpoch : null))
    folding.freed.add(fund)
  }
}

/** Frees what withdrawn claims took that nobody can pay any more; claims that stood behind them are open again. */
export function letGo({ book, inDoubt, again, freed }: Folding, subject: SeniorSubject, before: Rights): void {
  const { records, funds } = freeWithdrawn(book, subject, before, inDoubt)
  again.push(...records)
  for (const fund of funds) freed.add(fund)
}
