import { z } from 'zod'
import { type BusinessDate, businessDate, labelBeginsBy, labelEndsBefore } from '../business-day.ts'

/**
 * What a holder may draw from one counter: totals that only rise, so that a grant heard twice or late changes nothing. Count or fen, as the
 * counter's unit.
 */
export const line = z.strictObject({
  granted: z.int().nonnegative(),
  /** Drawn, less what voids gave back. */
  used: z.int().nonnegative(),
  released: z.int().nonnegative(),
})
export type Line = z.infer<typeof line>

/** What a holder may draw in every period that begins by a date, by limit: a whole month of meals in one line. */
export const ahead = z.strictObject({ through: businessDate, each: z.record(z.string(), z.int().nonnegative()) })
export type Ahead = z.infer<typeof ahead>

/**
 * The lease of one terminal on the counters of one senior, or on a fund's pot. Terminal and province keep it alike: both fold the same ledger
 * over it, the province later. `lines` holds the counters that were touched, by key; of any other `ahead` speaks.
 */
export const holder = z.strictObject({
  /** From 1; the next begins when the lease is closed, and grants of an earlier one count for nothing. */
  epoch: z.int().positive(),
  ahead: ahead.nullable(),
  lines: z.record(z.string(), line),
  /** Nothing is left of periods that ended before: their lines were dropped. */
  since: businessDate.nullable(),
})
export type Holder = z.infer<typeof holder>

/** What the province grants, as totals. */
export const grant = z.strictObject({
  epoch: z.int().positive(),
  ahead: ahead.nullable(),
  totals: z.record(z.string(), z.int().nonnegative()),
})
export type Grant = z.infer<typeof grant>

/** A counter, and how much of it. `key` = `limit|label`. */
export interface Amount {
  readonly key: string
  readonly limit: string
  readonly label: string
  readonly amount: number
}

/** The debits of a record as amounts of counters. */
export function amountsOf(debits: readonly Pick<Amount, 'limit' | 'label' | 'amount'>[]): Amount[] {
  return debits.map(({ limit, label, amount }) => ({ key: `${limit}|${label}`, limit, label, amount }))
}

/** A counter. */
export type CounterRef = Omit<Amount, 'amount'>

export const emptyHolder: Holder = { epoch: 1, ahead: null, lines: {}, since: null }
const emptyLine: Line = { granted: 0, used: 0, released: 0 }

/** The counter that a key names. */
export function counterOf(key: string): CounterRef {
  const bar = key.indexOf('|')
  return { key, limit: key.slice(0, bar), label: key.slice(bar + 1) }
}

/** A figure under a key; keys may be called like something that every object has. */
export function at<T>(figures: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(figures, key) ? figures[key] : undefined
}

const isOver = ({ since }: Holder, label: string) => since !== null && labelEndsBefore(label, since)

function grantedAhead(told: Ahead | null, { limit, label }: CounterRef): number {
  return told !== null && labelBeginsBy(label, told.through) ? (at(told.each, limit) ?? 0) : 0
}

/** The line of a counter, touched or not. */
export function lineOf(held: Holder, counter: CounterRef): Line {
  const touched = at(held.lines, counter.key)
  if (touched !== undefined) return touched
  return isOver(held, counter.label) ? emptyLine : { ...emptyLine, granted: grantedAhead(held.ahead, counter) }
}

/** What the holder may still draw from a counter. */
export function left(held: Holder, counter: CounterRef): number {
  const { granted, used, released } = lineOf(held, counter)
  return granted - used - released
}

export function withLine(held: Holder, counter: CounterRef, next: Line): Holder {
  return { ...held, lines: { ...held.lines, [counter.key]: next } }
}

/** The greater of each figure, the later of both dates: what was told last and what was told first give the same. */
export function aheadOfBoth(one: Ahead | null, other: Ahead | null): Ahead | null {
  if (one === null || other === null) return one ?? other
  const limits = new Set([...Object.keys(one.each), ...Object.keys(other.each)])
  const each = [...limits].map(limit => [limit, Math.max(at(one.each, limit) ?? 0, at(other.each, limit) ?? 0)])
  return { through: one.through > other.through ? one.through : other.through, each: Object.fromEntries(each) }
}

/** The terminal's lease after a grant arrived. One of an epoch that was closed here is void: those rights went back already. */
export function withGrant(held: Holder, told: Grant): Holder {
  if (told.epoch < held.epoch) return held
  const before = told.epoch > held.epoch ? { ...emptyHolder, epoch: told.epoch, since: held.since } : held
  const lines = { ...before.lines }
  for (const [key, total] of Object.entries(told.totals)) {
    const counter = counterOf(key)
    const now = lineOf(before, counter)
    if (!isOver(before, counter.label)) lines[key] = total > now.granted ? { ...now, granted: total } : now
  }
  return { ...before, ahead: aheadOfBoth(before.ahead, told.ahead), lines }
}

/** The lease after a visit drew on its counters, all or nothing; null where it does not hold as much. */
export function drawn(held: Holder, debits: readonly Amount[]): Holder | null {
  let next = held
  for (const debit of debits) {
    if (debit.amount > left(next, debit)) return null
    const now = lineOf(next, debit)
    next = withLine(next, debit, { ...now, used: now.used + debit.amount })
  }
  return next
}

/** The lease after a sale was voided that drew on `epoch`. Once that epoch is closed the amounts are the province's, not the terminal's. */
export function givenBack(held: Holder, debits: readonly Amount[], epoch: number): Holder {
  if (epoch !== held.epoch) return held
  return debits.reduce((next, debit) => {
    const now = lineOf(next, debit)
    return withLine(next, debit, { ...now, used: now.used - Math.min(debit.amount, now.used) })
  }, held)
}

/** The lease after it handed back of each counter as much as it holds of the amount asked for, and what that was. */
export function released(held: Holder, asked: readonly Amount[]): { holder: Holder; amounts: Amount[] } {
  let next = held
  const amounts: Amount[] = []
  for (const item of asked) {
    const amount = Math.min(item.amount, left(next, item))
    if (amount <= 0) continue
    const now = lineOf(next, item)
    next = withLine(next, item, { ...now, released: now.released + amount })
    amounts.push({ ...item, amount })
  }
  return { holder: next, amounts }
}

/** The lease after all of it was handed back, grants on their way included. */
export function closed({ epoch, since }: Holder): Holder {
  return { ...emptyHolder, epoch: epoch + 1, since }
}

/** The lease without the lines of periods that ended before a date. Nothing may draw on those any more, nor may records that did be missing. */
export function withoutPast(held: Holder, since: BusinessDate): Holder {
  if (held.since !== null && held.since >= since) return held
  const kept = Object.entries(held.lines).filter(([key]) => !labelEndsBefore(counterOf(key).label, since))
  return { ...held, since, lines: Object.fromEntries(kept) }
}
