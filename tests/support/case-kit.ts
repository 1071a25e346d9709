import { join } from 'node:path'
import { z } from 'zod'
import { loadPacks } from '../../electron/core/pack-files.ts'
import { type PolicyCase, policyCase } from '../../shared/policy/case.ts'
import type { PolicyPack } from '../../shared/policy/language.ts'
import { differences, rulesFor, runCase } from '../../shared/policy/run-case.ts'
import { readRepositoryJson } from './policy-kit.ts'

/** The small packs beside the vectors: one for each trap and for each notice that no shipped pack covers. Throws with their problems. */
export function smallPacks(): PolicyPack[] {
  const loaded = loadPacks(join(import.meta.dirname, '../vectors/packs'))
  if (!loaded.ok) throw new Error(loaded.lines.join('\n'))
  return loaded.value
}

/** The cases of a file of tests/vectors, in their published form. */
export const readCases = (name: string): PolicyCase[] =>
  z.array(policyCase).parse(readRepositoryJson(`tests/vectors/${name}.json`))

/** What the packs price otherwise than a case expects; empty = nothing. */
export function wrongIn(packs: readonly PolicyPack[], item: PolicyCase): string[] {
  const rules = rulesFor(packs, item)
  return rules === null ? [`no pack knows ${item.scheme}`] : differences(item.expect, runCase(rules, item))
}
