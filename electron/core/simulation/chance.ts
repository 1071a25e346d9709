/** A source of chances that is the same for the same seed. */
export interface Chance {
  /** From 0 to 1, exclusive. */
  unit(): number
  /** A whole number from 0 to `limit`, exclusive. */
  below(limit: number): number
  happens(probability: number): boolean
  /** A waiting time with this mean. */
  waits(mean: number): number
}

/** mulberry32: small, fast, and good enough for made-up worlds. */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0
  const unit = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    unit,
    below: limit => Math.floor(unit() * limit),
    happens: probability => unit() < probability,
    waits: mean => -Math.log(1 - unit()) * mean,
  }
}
