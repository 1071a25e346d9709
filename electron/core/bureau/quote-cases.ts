import { z } from 'zod'
import { type PolicyCase, policyCase } from '../../../shared/policy/case.ts'
import type { PolicyPack } from '../../../shared/policy/language.ts'
import { type CaseRules, differences, rulesFor, runCase } from '../../../shared/policy/run-case.ts'

import { type Loaded, loadPacks, readJson, refused, shippedPacks } from '../pack-files.ts'

export type QuoteRequest = {
  /** Folder of packs (`*.json`); absent = the shipped ones. */
  readonly packsDir?: string | undefined
  readonly casesFile: string
  /** Only the cases of this policy or version. */
  readonly scheme?: string | undefined
  /** The line of each case as JSON instead of words. */
  readonly json: boolean
}

/**
 * `aixin quote`: prices cases and compares them with what they expect. A line a case, then one JSON line `{cases, passed, failed}`.
 * Exit code 0 all passed, 1 a mismatch, 2 nothing could be checked (words in Chinese and English say why).
 */
export function runQuote(request: QuoteRequest): { readonly lines: readonly string[]; readonly exitCode: number } {
  const packs = loadPacks(request.packsDir ?? shippedPacks)
  if (!packs.ok) return { lines: packs.lines, exitCode: 2 }
  const cases = loadCases(request.casesFile)
  if (!cases.ok) return { lines: cases.lines, exitCode: 2 }
  const chosen = chooseCases(packs.value, cases.value, request.scheme)
  if (!chosen.ok) return { lines: chosen.lines, exitCode: 2 }

  const lines: string[] = []
  const failed: string[] = []
  for (const { item, rules } of chosen.value) {
    const result = runCase(rules, item)
    const wrong = differences(item.expect, result)
    if (wrong.length > 0) failed.push(item.id)
    if (request.json)
      lines.push(JSON.stringify({ id: item.id, passed: wrong.length === 0, differences: wrong, ...result }))
    else lines.push(wrong.length === 0 ? `ok    ${item.id}` : `WRONG ${item.id}  ${wrong.join('; ')}`)
  }
  const cased = chosen.value.length
  lines.push(JSON.stringify({ cases: cased, passed: cased - failed.length, failed }))
  return { lines, exitCode: failed.length === 0 ? 0 : 1 }
}

function loadCases(file: string): Loaded<PolicyCase[]> {
  const json = readJson(file)
  if (!json.ok) return json
  const parsed = z.array(policyCase).safeParse(json.value)
  if (parsed.success) return { ok: true, value: parsed.data }
  return {
    ok: false,
    lines: parsed.error.issues.flatMap(({ path, message }) => [
      `${file} ${path.join('.')}：不合 docs/case.schema.json 的格式`,
      `${file} ${path.join('.')}: ${message}; the form is in docs/case.schema.json`,
    ]),
  }
}

function chooseCases(
  packs: readonly PolicyPack[],
  cases: readonly PolicyCase[],
  scheme: string | undefined,
): Loaded<{ item: PolicyCase; rules: CaseRules }[]> {
  const known = packs.flatMap(pack => [...new Set([pack.id, ...pack.versions.map(({ id }) => id)])])
  const unknown = (scheme === undefined ? cases.map(item => item.scheme) : [scheme]).filter(id => !known.includes(id))
  if (unknown.length > 0) {
    const names = [...new Set(unknown)].join(', ')
    return refused(
      `没有这些政策：${names}。现有：${known.join('、')}`,
      `no such policy: ${names}. There are: ${known.join(', ')}`,
    )
  }
  const chosen = cases.flatMap(item => {
    const rules = rulesFor(packs, item)
    if (rules === null) return []
    return scheme === undefined || [item.scheme, rules.pack.id, rules.version?.id].includes(scheme)
      ? [{ item, rules }]
      : []
  })
  if (chosen.length > 0) return { ok: true, value: chosen }
  return refused('文件里没有可核对的案例', `there is no case to check${scheme === undefined ? '' : ` for "${scheme}"`}`)
}
