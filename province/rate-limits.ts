import type { TerminalId } from '../shared/ids.ts'
import { Refusal } from './refusals.ts'

/** How many requests a terminal may send: so many a second in the long run, and so many at once after a rest. */
export interface Rate {
  readonly perSecond: number
  readonly atOnce: number
}

/** Far above what a sound terminal does, even one that fetches a whole roster; a program that asks in a loop meets them. */
export const ordinaryRates = {
  bulk: { perSecond: 40, atOnce: 400 },
  visit: { perSecond: 20, atOnce: 100 },
} as const satisfies Record<string, Rate>
export type Rates = Readonly<Record<keyof typeof ordinaryRates, Rate>>

/** Kinds of requests that move many records; they never use up what a terminal needs while somebody stands before it. */
const bulkKinds = new Set(['push', 'pull', 'history', 'face-deposit'])

/** Whoever has rested for so long is forgotten once so many are remembered. */
const mostNames = 20_000

/**
 * Counts what is done under each name. Gives 0 where it may be done now, else the seconds after which the next one is welcome.
 * @param now milliseconds of a clock that never goes back
 */
export function openBuckets({ perSecond, atOnce }: Rate, now: () => number): (name: string) => number {
  const buckets = new Map<string, { left: number; at: number }>()
  const leftOf = ({ left, at }: { left: number; at: number }) =>
    Math.min(atOnce, left + ((now() - at) / 1000) * perSecond)
  return name => {
    const at = now()
    if (buckets.size >= mostNames)
      for (const [one, bucket] of buckets) if (leftOf(bucket) >= atOnce) buckets.delete(one)
    const left = leftOf(buckets.get(name) ?? { left: atOnce, at })
    buckets.set(name, { left: left < 1 ? left : left - 1, at })
    return left < 1 ? Math.max(1, Math.ceil((1 - left) / perSecond)) : 0
  }
}

/**
 * Counts the genuine requests of each terminal. Throws a `Refusal` with the seconds after which the next one is welcome.
 * @param now milliseconds of a clock that never goes back
 */
export function openRateLimits(rates: Rates, now: () => number): (terminal: TerminalId, kind: string) => void {
  const lanes = {
    bulk: openBuckets(rates.bulk, now),
    visit: openBuckets(rates.visit, now),
    // Anybody may carry a stick, and send a caught envelope again: neither uses up what the terminal itself may ask.
    usb: openBuckets(rates.bulk, now),
    repeated: openBuckets(rates.visit, now),
  }
  return (terminal, kind) => {
    const lane = kind === 'usb' || kind === 'repeated' ? kind : bulkKinds.has(kind) ? 'bulk' : 'visit'
    const seconds = lanes[lane](terminal)
    if (seconds > 0) throw new Refusal('TOO_MANY', seconds)
  }
}
