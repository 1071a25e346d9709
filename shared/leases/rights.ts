import { z } from 'zod'
import { type BusinessDate, labelBeginsBy, labelEndsBefore } from '../business-day.ts'
import {
  type Ahead,
  type Amount,
  aheadOfBoth,
  at,
  type CounterRef,
  closed,
  counterOf,
  drawn,
  emptyHolder,
  type Grant,
  givenBack,
  type Holder,
  holder,
  left,
  lineOf,
  released,
  withLine,
  withoutPast,
} from './holder.ts'

/** A terminal in one generation of its ledger. A terminal that was restored from a backup holds a lease of its own, beside the lost one. */
export type HolderId = string

export function holderId(terminal: string, generation: number): HolderId {
  return `${terminal}#${generation}`
}

/**
 * The counters of one senior, or of a fund's pot, as the province keeps them. Whatever a holder may still draw is taken as drawn until its
 * ledger says otherwise, so that after every step settled + outstanding <= cap, whatever the network does.
 */
export const rights = z.strictObject({
  /** By counter: drawn by records that the province holds, voids taken off. */
  settled: z.record(z.string(), z.int().nonnegative()),
  holders: z.record(z.string(), holder),
  /** Holders that an operator gave up: what they draw afterwards is beyond the cap, and named so. */
  writtenOff: z.array(z.string()),
})
export type Rights = z.infer<typeof rights>

export const noRights: Rights = { settled: {}, holders: {}, writtenOff: [] }

/** The cap of a counter for this senior, or of this pot. */
export type CapOf = (counter: { readonly key: string; readonly limit: string; readonly label: string }) => number

export const holderOf = (kept: Rights, id: HolderId): Holder => at(kept.holders, id) ?? emptyHolder

/** Whether a holder was ever granted anything of this senior. */
export function wasLeased(kept: Rights, id: HolderId): boolean {
  const { epoch, ahead, lines } = holderOf(kept, id)
  return epoch > 1 || ahead !== null || Object.values(lines).some(({ granted }) => granted > 0)
}

function withHolder(kept: Rights, id: HolderId, next: Holder): Rights {
  return { ...kept, holders: { ...kept.holders, [id]: next } }
}

export function settledOf(kept: Rights, { key }: Pick<CounterRef, 'key'>): number {
  return at(kept.settled, key) ?? 0
}

/** What holders may still draw from a counter without asking. */
export function outstanding(kept: Rights, counter: CounterRef): number {
  return Object.entries(kept.holders).reduce(
    (sum, [id, held]) => sum + (kept.writtenOff.includes(id) ? 0 : left(held, counter)),
    0,
  )
}

/** What of a counter is neither drawn nor in a holder's hands. */
export function free(kept: Rights, counter: CounterRef, capOf: CapOf): number {
  return Math.max(0, capOf(counter) - settledOf(kept, counter) - outstanding(kept, counter))
}

/** The grant that stands for a holder now, whole: heard in any order, the last one told leaves the holder as the province has it. */
export function grantOf(kept: Rights, id: HolderId): Grant {
  const { epoch, ahead, lines } = holderOf(kept, id)
  return { epoch, ahead, totals: Object.fromEntries(Object.entries(lines).map(([key, { granted }]) => [key, granted])) }
}

/**
 * Leases periods ahead to the home of a senior: all that is free of them, up to the figure of each limit. Nothing where another holder has
 * such a lease: it must be closed first. `lowerThan`: the counters that get less than figures which the holder has of each limit.
 */
export function leaseAhead(
  kept: Rights,
  id: HolderId,
  told: Ahead,
  capOf: CapOf,
  lowerThan: (each: Ahead['each']) => readonly Amount[] = () => [],
): Rights {
  const others = Object.entries(kept.holders).some(
    ([other, held]) => other !== id && held.ahead !== null && !kept.writtenOff.includes(other),
  )
  if (others || kept.writtenOff.includes(id)) return kept
  let held = holderOf(kept, id)
  const whole = aheadOfBoth(held.ahead, told)
  if (whole === null) return kept
  const lower = new Map(lowerThan(whole.each).map(({ key, amount }) => [key, amount]))
  // Of a counter that somebody touched not all may be free, and another may have less: it gets a line of its own before the general figure covers it.
  for (const key of new Set([...touched(kept), ...lower.keys()])) {
    const counter = counterOf(key)
    if (!labelBeginsBy(counter.label, whole.through)) continue
    if (held.since !== null && labelEndsBefore(counter.label, held.since)) continue
    const now = lineOf(held, counter)
    const most = lower.get(key) ?? at(whole.each, counter.limit) ?? 0
    if (now.granted >= most && at(held.lines, key) !== undefined) continue
    const more = Math.min(most - now.granted, free(kept, counter, capOf))
    held = withLine(held, counter, { ...now, granted: now.granted + Math.max(0, more) })
  }
  return withHolder(kept, id, { ...held, ahead: whole })
}

function touched(kept: Rights): Set<string> {
  return new Set([
    ...Object.keys(kept.settled),
    ...Object.values(kept.holders).flatMap(held => Object.keys(held.lines)),
  ])
}

/**
 * Grants a holder what it lacks to each total, as far as that is free. Asked again it gives what has become free since, never past the totals;
 * a question of another epoch is an old one and changes nothing.
 */
export function grantUpTo(kept: Rights, id: HolderId, epoch: number, totals: readonly Amount[], capOf: CapOf): Rights {
  if (kept.writtenOff.includes(id) || epoch !== holderOf(kept, id).epoch) return kept
  return totals.reduce((next, { amount: total, ...counter }) => {
    const held = holderOf(next, id)
    const now = lineOf(held, counter)
    const more = Math.min(total - now.granted, free(next, counter, capOf))
    return more > 0 ? withHolder(next, id, withLine(held, counter, { ...now, granted: now.granted + more })) : next
  }, kept)
}

/** Tops a holder's counters up until it may draw each amount, as far as that is free beyond a reserve. */
export function topUp(
  kept: Rights,
  id: HolderId,
  wanted: readonly Amount[],
  capOf: CapOf,
  reserveOf: CapOf = () => 0,
): Rights {
  if (kept.writtenOff.includes(id)) return kept
  return wanted.reduce((next, { amount, ...counter }) => {
    const held = holderOf(next, id)
    const now = lineOf(held, counter)
    const more = Math.min(amount - left(held, counter), free(next, counter, capOf) - reserveOf(counter))
    return more > 0 ? withHolder(next, id, withLine(held, counter, { ...now, granted: now.granted + more })) : next
  }, kept)
}

/** The rights after a record of a holder that drew on its lease. `beyond`: what of it no right stood behind. */
export function settleDrawn(
  kept: Rights,
  id: HolderId,
  debits: readonly Amount[],
): { rights: Rights; beyond: readonly Amount[] } {
  const beyond: Amount[] = []
  let held = holderOf(kept, id)
  for (const debit of debits) {
    const fits = kept.writtenOff.includes(id) ? 0 : Math.min(debit.amount, left(held, debit))
    if (fits < debit.amount) beyond.push({ ...debit, amount: debit.amount - fits })
    held = drawn(held, [{ ...debit, amount: fits }]) ?? held
  }
  return { rights: withHolder(withSettled(kept, debits, 1), id, held), beyond }
}

/** The rights after a pending claim was accepted that takes these amounts; null where they are not free. */
export function settlePending(kept: Rights, debits: readonly Amount[], capOf: CapOf): Rights | null {
  return debits.every(debit => debit.amount <= free(kept, debit, capOf)) ? withSettled(kept, debits, 1) : null
}

/** The rights after a record that drew on no holder's lease: on a pot to which nobody had set a bound. */
export function settleUnleased(kept: Rights, debits: readonly Amount[]): Rights {
  return withSettled(kept, debits, 1)
}

/** The rights after the sale of an accepted claim was voided before anybody paid it. */
export function unsettlePending(kept: Rights, debits: readonly Amount[]): Rights {
  return withSettled(kept, debits, -1)
}

/** The rights after a sale was voided; `epoch` as the holder had it when the sale drew on it, null where it drew on none. */
export function unsettle(kept: Rights, id: HolderId, debits: readonly Amount[], epoch: number | null): Rights {
  const settled = withSettled(kept, debits, -1)
  return epoch === null ? settled : withHolder(settled, id, givenBack(holderOf(kept, id), debits, epoch))
}

function withSettled(kept: Rights, debits: readonly Amount[], sign: 1 | -1): Rights {
  const settled = { ...kept.settled }
  for (const { key, amount } of debits) settled[key] = Math.max(0, (at(settled, key) ?? 0) + sign * amount)
  return { ...kept, settled }
}

/** The rights after a holder's record that it handed these amounts back. */
export function settleReleased(kept: Rights, id: HolderId, amounts: readonly Amount[]): Rights {
  return withHolder(kept, id, released(holderOf(kept, id), amounts).holder)
}

/** The rights after a holder's record that it closed an epoch; one that was applied before changes nothing. */
export function settleClosed(kept: Rights, id: HolderId, epoch: number): Rights {
  const held = holderOf(kept, id)
  return epoch === held.epoch ? withHolder(kept, id, closed(held)) : kept
}

/** What would be at risk of a counter if an operator gave the holder up: its terminal may have drawn it already, unheard. */
export function atRisk(kept: Rights, id: HolderId, counter: CounterRef): number {
  return kept.writtenOff.includes(id) ? 0 : left(holderOf(kept, id), counter)
}

/** The rights after an operator gave a lost terminal's lease up. */
export function writeOff(kept: Rights, id: HolderId): Rights {
  return kept.writtenOff.includes(id) ? kept : { ...kept, writtenOff: [...kept.writtenOff, id] }
}

/** The label of a right without an end, such as a payout that waits until the senior comes. */
export const endless = '9999-12-31'

/**
 * The rights after a holder's terminal was restored from a backup and goes on as another generation. What it drew in records that were lost
 * with its disk nobody knows, so its lines of the counters that it may have drawn on (`touchable`, those of every day from its last word to
 * the restoring) stay as they are until an operator gives them up. Periods that begin later it can no more draw on: they are free.
 */
export function retired(kept: Rights, id: HolderId, touchable: readonly CounterRef[]): Rights {
  const held = at(kept.holders, id)
  if (held === undefined) return kept
  const keys = new Set(touchable.map(({ key }) => key))
  const lines = Object.entries(held.lines).map(([key, now]): [string, typeof now] => {
    const stays = keys.has(key) || counterOf(key).label.startsWith(endless)
    return [key, stays ? now : { ...now, released: now.granted - now.used }]
  })
  const told = touchable.map((counter): [string, ReturnType<typeof lineOf>] => [counter.key, lineOf(held, counter)])
  return withHolder(kept, id, {
    ...held,
    ahead: null,
    lines: { ...Object.fromEntries(lines), ...Object.fromEntries(told) },
  })
}

/** The rights without the lines of periods that ended before a date, which every holder's records must have passed. */
export function rightsWithoutPast(kept: Rights, since: BusinessDate): Rights {
  const holders = Object.entries(kept.holders).map(([id, held]) => [id, withoutPast(held, since)])
  return { ...kept, holders: Object.fromEntries(holders) }
}

/** The rights without what was drawn of periods that ended before a date, as far as nobody holds any of them. */
export function rightsWithoutOld(kept: Rights, before: BusinessDate): Rights {
  const settled = Object.entries(kept.settled).filter(([key]) => {
    const counter = counterOf(key)
    return !labelEndsBefore(counter.label, before) || outstanding(kept, counter) > 0
  })
  return { ...kept, settled: Object.fromEntries(settled) }
}
