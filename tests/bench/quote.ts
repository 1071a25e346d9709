import { loadPacks, shippedPacks } from '../../electron/core/pack-files.ts'
import { sha256, toBase64Url } from '../../shared/bytes.ts'
import { canonicalJson } from '../../shared/canonical-json.ts'
import type { PolicyPack, PolicyVersion } from '../../shared/policy/language.ts'
import { quoteUnder } from '../../shared/policy/quote.ts'
import { randomFrom } from '../support/random.ts'
import { madeUpVisits } from './made-up-seniors.ts'

const seed = 20_261_120
const seniors = 20_000
const warmUp = 3_000
const budgetP99Ms = 1

/** The greatest version of all shipped packs, by the bytes of its canonical JSON: what steps and conditions it has, a quote must walk. */
function greatestVersion(): { pack: PolicyPack; version: PolicyVersion; bytes: number } {
  const loaded = loadPacks(shippedPacks)
  if (!loaded.ok) throw new Error(loaded.lines.join('\n'))
  const sized = loaded.value.flatMap(pack =>
    pack.versions.map(version => ({
      pack,
      version,
      bytes: Buffer.byteLength(canonicalJson(JSON.parse(JSON.stringify(version)))),
    })),
  )
  const [first, ...others] = sized
  if (first === undefined) throw new Error('no pack is shipped')
  return others.reduce((most, each) => (each.bytes > most.bytes ? each : most), first)
}

/**
 * Prices one visit each of 20,000 made-up seniors under the greatest version shipped. The floor, measured in the same run on the same
 * results, is what no quote can do without: its canonical JSON and the digest of it.
 */
export function benchQuote(): object {
  const { pack, version, bytes } = greatestVersion()
  const visits = madeUpVisits(pack, version, randomFrom(seed), seniors)
  const times: number[] = []
  const floors: number[] = []
  let subsidised = 0
  const priceAll = (some: typeof visits) => {
    for (const inputs of some) {
      const startedAt = performance.now()
      const result = quoteUnder(pack, version, inputs)
      const pricedAt = performance.now()
      const { digest: _own, ...rest } = result
      toBase64Url(sha256(canonicalJson(rest)))
      floors.push(performance.now() - pricedAt)
      times.push(pricedAt - startedAt)
      if (result.subsidies.length > 0) subsidised += 1
    }
  }
  priceAll(visits.slice(0, warmUp))
  for (const list of [times, floors]) list.length = 0
  subsidised = 0
  priceAll(visits)
  const [p50Ms, p99Ms, floorP50Ms] = [at(times, 0.5), at(times, 0.99), at(floors, 0.5)]
  const meanMs = rounded(times.reduce((sum, time) => sum + time, 0) / times.length)
  return {
    ...{ bench: 'quote', pack: pack.id, version: version.id, bytes, seniors, subsidised, p50Ms, p99Ms, meanMs },
    ...{ floorP50Ms, floorP99Ms: at(floors, 0.99), ratioP50: rounded(p50Ms / floorP50Ms) },
    ...{ budgetP99Ms, withinBudget: p99Ms <= budgetP99Ms },
  }
}

function at(times: readonly number[], part: number): number {
  const sorted = [...times].sort((one, other) => one - other)
  return rounded(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0)
}

function rounded(figure: number): number {
  return Math.round(figure * 10_000) / 10_000
}
