import { type PolicyPack, policyPack } from '../language.ts'
import { parsePack } from '../parse-pack.ts'
import { amountFindings } from './amounts.ts'
import { bandFindings } from './band-findings.ts'
import { brokenText } from './broken-text.ts'
import { calendarFindings } from './calendar.ts'
import { deadRules } from './dead-rules.ts'
import { error, type Finding } from './finding.ts'
import { lineAt, scanJson } from './json-text.ts'
import { limitFindings } from './limits.ts'
import { referenceFaults } from './reference-faults.ts'
import { repeatedSteps } from './repeated-steps.ts'
import { wordFindings } from './repeated-words.ts'
import { schemaFaults } from './schema-faults.ts'
import { shareFindings } from './shares.ts'
import { unusedFindings } from './unused.ts'
import { vectorFindings } from './vectors.ts'
import { versionFindings } from './versions.ts'

/**
 * Everything worth mending or looking at in a policy pack, from its JSON; empty = nothing found. A pack without an error is one that `quote`
 * prices for every person and visit. Never throws.
 */
export function checkPack(json: unknown): Finding[] {
  const parsed = parsePack(json)
  if (parsed.ok) return findingsIn(parsed.pack)
  if (isTooDeep(json))
    return [
      error(
        'too-deep',
        [],
        '条件嵌套太深（超过 40 层），请写得浅一些',
        'nested too deep (more than 40 levels); write it less deep',
      ),
    ]
  const broken = brokenText(json)
  if (broken.length > 0) return broken
  const form = policyPack.safeParse(json)
  return form.success ? referenceFaults(json, form.data) : schemaFaults(json, form.error.issues)
}

/** As `checkPack`, from the text of the file: also where it is no JSON and where a key stands twice, and each finding with its line. */
export function checkPackText(text: string): Finding[] {
  const scanned = scanJson(text)
  if (!scanned.ok) {
    const { line, column, zh, en } = scanned.fault
    const fault = error(
      'not-json',
      [],
      `第 ${line} 行第 ${column} 个字：${zh}`,
      `line ${line}, column ${column}: ${en}`,
    )
    return [{ ...fault, line, column }]
  }
  const { map } = scanned
  const repeated = map.repeatedKeys.map(({ path, line, column }) => ({
    ...error(
      'repeated-key',
      path,
      `“${path.at(-1)}” 在同一组里写了两次，只有后一个起作用，请合并或删去一个`,
      `"${path.at(-1)}" stands twice in one group and only the last counts; merge them or remove one`,
    ),
    ...{ line, column },
  }))
  const json: unknown = JSON.parse(text)
  const found = checkPack(json).map(finding => {
    const line = lineAt(map, finding.path)
    return line === undefined ? finding : { ...finding, line }
  })
  return inOrder([...repeated, ...found])
}

function findingsIn(pack: PolicyPack): Finding[] {
  const found = [
    ...versionFindings(pack),
    ...calendarFindings(pack),
    ...deadRules(pack),
    ...bandFindings(pack),
    ...repeatedSteps(pack),
    ...amountFindings(pack),
    ...limitFindings(pack),
    ...shareFindings(pack),
    ...wordFindings(pack),
    ...unusedFindings(pack),
    ...vectorFindings(pack),
  ]
  return inOrder(found)
}

/** Errors first, each sort from the top of the file down; a place is told once for one reason. */
function inOrder(findings: readonly Finding[]): Finding[] {
  const weight = ({ severity }: Finding) => (severity === 'error' ? 0 : 1)
  const once = findings.filter(
    ({ code, path }, index) => findings.findIndex(other => other.code === code && other.path === path) === index,
  )
  return once.toSorted((one, other) => weight(one) - weight(other) || (one.line ?? 0) - (other.line ?? 0))
}

function isTooDeep(json: unknown): boolean {
  let level: unknown[] = [json]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > 40) return true
    level = level.flatMap(item => (typeof item === 'object' && item !== null ? Object.values(item) : []))
  }
  return false
}
