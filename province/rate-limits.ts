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

/**
 * Counts the genuine requests of each terminal. Throws a `Refusal` with the seconds after which the next one is welcome.
 * @param now milliseconds of a clock that never goes back
 */
export function openRateLimits(rates: Rates, now: () => number): (terminal: TerminalId, kind: string) => void {
  const buckets = new Map<string, { left: number; at: number }>()
  return (terminal, kind) => {
    const lane = bulkKinds.has(kind) ? 'bulk' : 'visit'
    const { perSecond, atOnce } = rates[lane]
    const name = `${lane} ${terminal}`
    const at = now()
    const before = buckets.get(name) ?? { left: atOnce, at }
    const left = Math.min(atOnce, before.left + ((at - before.at) / 1000) * perSecond)
    if (left < 1) {
      buckets.set(name, { left, at })
      throw new Refusal('TOO_MANY', Math.max(1, Math.ceil((1 - left) / perSecond)))
    }
    buckets.set(name, { left: left - 1, at })
  }
}
