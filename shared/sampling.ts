import { bytesToHex, sha256 } from './bytes.ts'
import { canonicalJson } from './canonical-json.ts'

/** One of those among whom is drawn. `strata`: the groups of which each is to have somebody in the sample. */
export interface Candidate {
  readonly id: string
  readonly strata: readonly string[]
}

/**
 * The lot of an id under a seed, as 64 hex digits: SHA-256 of the canonical JSON `["sample-v1", seed, of, id]`. The seed counts as NFC without
 * blanks at its ends, so that one text typed on two machines is one seed. @param of what is drawn: `record`, `stratum`, `site`, `inspector`
 */
export function lotOf(seed: string, of: string, id: string): string {
  return bytesToHex(sha256(canonicalJson(['sample-v1', seed.normalize('NFC').trim(), of, id])))
}

/** Compares by code units: no locale has a say. */
function byText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

/** All of them in the order of their lots, whatever the order in which they come. */
export function inLotOrder(seed: string, of: string, ids: readonly string[]): string[] {
  const lots = [...new Set(ids)].map(id => ({ id, lot: lotOf(seed, of, id) }))
  return lots.sort((one, other) => byText(one.lot, other.lot) || byText(one.id, other.id)).map(({ id }) => id)
}

/**
 * Draws so many records: first the one with the smallest lot of each stratum that no earlier one covers, then the others by their lots. The
 * order of drawing does not depend on `size`, so that a larger sample holds every smaller one of the same seed.
 */
export function drawRecords<T extends Candidate>(from: readonly T[], seed: string, size: number): T[] {
  const byId = new Map(from.map(one => [one.id, one]))
  const ordered = inLotOrder(seed, 'record', [...byId.keys()]).flatMap(id => byId.get(id) ?? [])
  const strata = new Set(from.flatMap(one => one.strata))
  const firsts = new Set<T>()
  const covered = new Set<string>()
  for (const stratum of inLotOrder(seed, 'stratum', [...strata])) {
    const first = covered.has(stratum) ? undefined : ordered.find(one => one.strata.includes(stratum))
    if (first === undefined) continue
    firsts.add(first)
    for (const name of first.strata) covered.add(name)
  }
  return [...firsts, ...ordered.filter(one => !firsts.has(one))].slice(0, size)
}

/** The strata of which a sample has nobody: it is too small for all of them. */
export function uncovered(from: readonly Candidate[], drawn: readonly Candidate[]): string[] {
  const covered = new Set(drawn.flatMap(one => one.strata))
  return [...new Set(from.flatMap(one => one.strata))].filter(name => !covered.has(name)).sort(byText)
}

/** So many inspectors for a site; which ones does not depend on the other sites. All of them where there are no more. */
export function drawInspectors(seed: string, site: string, inspectors: readonly string[], perSite: number): string[] {
  return inLotOrder(seed, `inspector of ${site}`, inspectors).slice(0, perSite)
}
