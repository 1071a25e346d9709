/**
 * How often a property is tried: the long run looks at twenty times as many worlds, the run over mutants at few and always the same ones,
 * where the first that fails is enough.
 */
export function runs(usual: number) {
  const scale = Number(process.env.AIXIN_RUNS ?? 1)
  const seed = process.env.AIXIN_SEED
  return {
    numRuns: Math.ceil(usual * scale),
    ...(seed === undefined ? {} : { seed: Number(seed), endOnFailure: true }),
  }
}
