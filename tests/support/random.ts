/** A source of numbers that is the same for the same seed. */
export type Random = {
  /** A whole number from 0 to `limit`, exclusive. */
  readonly below: (limit: number) => number
  readonly chance: (probability: number) => boolean
  readonly oneOf: <T>(first: T, ...others: readonly T[]) => T
}

/** mulberry32: small, fast, and good enough for made-up people. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  const unit = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number) => Math.floor(unit() * limit)
  return {
    below,
    chance: probability => unit() < probability,
    oneOf: (first, ...others) => others[below(others.length + 1) - 1] ?? first,
  }
}
