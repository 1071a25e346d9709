import { type ExplanationLanguage, explainPack } from '../../../shared/policy/explain/explain-pack.ts'
import { loadPack } from '../pack-files.ts'

export type ExplainRequest = {
  /** Path of a pack file, or the id of a shipped pack. */
  readonly pack: string
  readonly language: ExplanationLanguage
}

/**
 * `aixin policy explain`: reads a pack back as sentences that a bureau can lay beside its notice. Exit code 0, or 2 where the pack cannot
 * be read or has faults (words in Chinese and English say why).
 */
export function runPolicyExplain({ pack, language }: ExplainRequest): {
  readonly lines: readonly string[]
  readonly exitCode: number
} {
  const loaded = loadPack(pack)
  return loaded.ok
    ? { lines: explainPack(loaded.value.pack, language), exitCode: 0 }
    : { lines: loaded.lines, exitCode: 2 }
}
