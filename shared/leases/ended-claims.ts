import type { Amount, CounterRef } from './holder.ts'
import { type Rights, settledOf, unsettlePending } from './rights.ts'
import type { SeniorLease } from './senior-lease.ts'

/** The lease after a claim ended without a payout: it may be looked at again. */
export function withEnded(
  lease: SeniorLease,
  record: string,
  { counters, taken }: { readonly counters: readonly CounterRef[]; readonly taken: readonly Amount[] },
): SeniorLease {
  const ended = { counters: counters.map(({ key }) => key), taken: [...taken] }
  return { ...lease, ended: { ...lease.ended, [record]: ended } }
}

/**
 * After something was taken back: the claims that had ended without a payout while it stood, as far as less is drawn now than `before` of a
 * counter that they looked at. What their decisions took is given back; whoever keeps the lease decides them again, the first that ended first.
 */
export function lookedAtAgain(
  before: Rights,
  after: SeniorLease,
): { readonly lease: SeniorLease; readonly records: readonly string[] } {
  const isFreed = (key: string) => settledOf(after.rights, { key }) < settledOf(before, { key })
  const again = Object.entries(after.ended).filter(([, { counters }]) => counters.some(isFreed))
  if (again.length === 0) return { lease: after, records: [] }
  const records = again.map(([record]) => record)
  const rights = again.reduce((kept, [, { taken }]) => unsettlePending(kept, taken), after.rights)
  const ended = Object.fromEntries(Object.entries(after.ended).filter(([record]) => !records.includes(record)))
  return { lease: { ...after, rights, ended }, records }
}
