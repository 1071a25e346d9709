import { chanceFrom } from '../../electron/core/simulation/chance.ts'

/** A source of numbers that is the same for the same seed. */
export type Random = {
  /** A whole number from 0 to `limit`, exclusive. */
  readonly below: (limit: number) => number
  readonly chance: (probability: number) => boolean
  readonly oneOf: <T>(first: T, ...others: readonly T[]) => T
}

/** For made-up people, cards and frames. */
export function randomFrom(seed: number): Random {
  const { below, happens } = chanceFrom(seed)
  return { below, chance: happens, oneOf: (first, ...others) => others[below(others.length + 1) - 1] ?? first }
}
