/** Distances in rising order, each with a weight: how often it counts. */
export interface Weighted {
  readonly distance: number
  readonly weight: number
}

/** One weight for each. */
export function inOrder(distances: readonly number[]): Weighted[] {
  return distances.toSorted((one, other) => one - other).map(distance => ({ distance, weight: 1 }))
}

/** The part of the distances below a limit, 0 to 1; NaN of none. */
export function partBelow(distances: readonly Weighted[], limit: number): number {
  let [below, all] = [0, 0]
  for (const { distance, weight } of distances) {
    all += weight
    if (distance < limit) below += weight
  }
  return below / all
}

/** The distance below which not more than `rate` of the impostors lie; all below it pass. Infinite where all may. */
export function limitAt(impostor: readonly Weighted[], rate: number): number {
  const all = impostor.reduce((sum, { weight }) => sum + weight, 0)
  let passed = 0
  for (const { distance, weight } of impostor) {
    passed += weight
    if (passed > rate * all * (1 + 1e-12)) return distance
  }
  return Number.POSITIVE_INFINITY
}

/** How many of the genuine pass where `rate` of the impostors do. */
export function acceptedAt(genuine: readonly Weighted[], impostor: readonly Weighted[], rate: number): number {
  return partBelow(genuine, limitAt(impostor, rate))
}

/**
 * The equal error rate: the mean of both errors at the distance where they differ least. Both lists in rising order, neither empty by weight.
 */
export function equalErrorRate(genuine: readonly Weighted[], impostor: readonly Weighted[]): number {
  const allGenuine = genuine.reduce((sum, { weight }) => sum + weight, 0)
  const allImpostor = impostor.reduce((sum, { weight }) => sum + weight, 0)
  const steps = [
    ...genuine.map(({ distance, weight }) => ({ distance, own: weight, foreign: 0 })),
    ...impostor.map(({ distance, weight }) => ({ distance, own: 0, foreign: weight })),
  ].sort((one, other) => one.distance - other.distance)
  let [known, mistaken] = [0, 0]
  let [least, rate] = [1, 0.5]
  for (const [at, { distance, own, foreign }] of steps.entries()) {
    known += own
    mistaken += foreign
    // Equal distances pass together or not at all.
    if (steps[at + 1]?.distance === distance) continue
    const [refused, accepted] = [(allGenuine - known) / allGenuine, mistaken / allImpostor]
    const gap = Math.abs(refused - accepted)
    if (gap < least) [least, rate] = [gap, (refused + accepted) / 2]
  }
  return rate
}
