import { en, zhCN } from 'zod/locales'
import { sha256, toBase64Url } from '../bytes.ts'
import { canonicalJson } from '../canonical-json.ts'
import { type Benefit, type Condition, type PolicyPack, type PolicyVersion, policyPack } from './language.ts'

/** A fault of a pack: where, as `versions[0].benefits[2].fund`, and what, in plain words. */
export type PackProblem = { readonly path: string; readonly zh: string; readonly en: string }

export type ParsedPack =
  | { readonly ok: true; readonly pack: PolicyPack }
  | { readonly ok: false; readonly problems: readonly PackProblem[] }

type Path = readonly (string | number)[]

const deepest = 40
const chinese = zhCN().localeError
const english = en().localeError

/** Checks a pack whole: its form, no unknown key, every reference, no two things with one id, no two versions in force at once. Never throws. */
export function parsePack(json: unknown): ParsedPack {
  if (isTooDeep(json))
    return {
      ok: false,
      problems: [{ path: '', zh: `嵌套超过 ${deepest} 层`, en: `nested more than ${deepest} levels deep` }],
    }
  const parsed = policyPack.safeParse(json, { error: english })
  if (!parsed.success) {
    const translated = policyPack.safeParse(json, { error: chinese }).error?.issues ?? []
    const problems = parsed.error.issues.map((issue, index) => ({
      path: pathText(issue.path.map(part => (typeof part === 'symbol' ? String(part) : part))),
      zh: translated[index]?.message ?? issue.message,
      en: issue.message,
    }))
    return { ok: false, problems }
  }
  const problems = packProblems(parsed.data)
  return problems.length > 0 ? { ok: false, problems } : { ok: true, pack: parsed.data }
}

/** Names a pack by its content: base64url SHA-256 of its canonical JSON. */
export function packHash(pack: PolicyPack): string {
  return toBase64Url(sha256(canonicalJson(pack)))
}

function isTooDeep(json: unknown): boolean {
  let level: unknown[] = [json]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest) return true
    level = level.flatMap(item => (typeof item === 'object' && item !== null ? Object.values(item) : []))
  }
  return false
}

function pathText(path: Path): string {
  return path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('')
}

function problem(path: Path, zh: string, en: string): PackProblem {
  return { path: pathText(path), zh, en }
}

function packProblems(pack: PolicyPack): PackProblem[] {
  return [
    ...repeated(pack.funds, ['funds']),
    ...repeated(pack.categories, ['categories']),
    ...repeated(pack.versions, ['versions']),
    ...datesProblems(pack.versions),
    ...pack.versions.flatMap((version, index) => versionProblems(pack, version, ['versions', index])),
  ]
}

function repeated(items: readonly { readonly id: string }[], path: Path): PackProblem[] {
  return items.flatMap(({ id }, index) =>
    items.findIndex(other => other.id === id) < index
      ? [problem([...path, index, 'id'], `“${id}” 已经用过`, `"${id}" is used twice`)]
      : [],
  )
}

function datesProblems(versions: readonly PolicyVersion[]): PackProblem[] {
  return versions.flatMap((version, index) => {
    const place: Path = ['versions', index]
    if (version.to !== undefined && version.to < version.from)
      return [problem([...place, 'to'], '终止日期早于起始日期', 'ends before it begins')]
    const other = versions.findIndex(
      ({ from, to }, at) =>
        at < index && (to === undefined || version.from <= to) && (version.to === undefined || from <= version.to),
    )
    const id = versions[other]?.id
    return id === undefined
      ? []
      : [problem([...place, 'from'], `与版本 “${id}” 的有效期重叠`, `is in force at the same time as version "${id}"`)]
  })
}

function versionProblems(pack: PolicyPack, version: PolicyVersion, place: Path): PackProblem[] {
  return [
    ...repeated(version.limits, [...place, 'limits']),
    ...repeated(version.benefits, [...place, 'benefits']),
    ...version.benefits.flatMap((benefit, index) =>
      benefitProblems(pack, version, benefit, [...place, 'benefits', index]),
    ),
  ]
}

function benefitProblems(pack: PolicyPack, version: PolicyVersion, benefit: Benefit, place: Path): PackProblem[] {
  const problems: PackProblem[] = []
  if ('fund' in benefit && !pack.funds.some(({ id }) => id === benefit.fund))
    problems.push(problem([...place, 'fund'], `没有资金 “${benefit.fund}”`, `there is no fund "${benefit.fund}"`))
  const limits = 'limits' in benefit ? (benefit.limits ?? []) : []
  for (const [index, limit] of limits.entries())
    if (!version.limits.some(({ id }) => id === limit))
      problems.push(
        problem([...place, 'limits', index], `本版本没有限额 “${limit}”`, `this version has no limit "${limit}"`),
      )
  problems.push(...conditionProblems(pack, benefit.when, [...place, 'when']))
  if (benefit.amount.kind === 'classes')
    for (const [index, item] of benefit.amount.classes.entries())
      problems.push(...conditionProblems(pack, item.when, [...place, 'amount', 'classes', index, 'when']))
  return problems
}

function conditionProblems(pack: PolicyPack, condition: Condition | undefined, place: Path): PackProblem[] {
  if (condition === undefined) return []
  const problems: PackProblem[] = []
  if (Object.keys(condition).length === 0)
    problems.push(
      problem(place, '条件是空的；不设条件就删去它', 'an empty condition; leave it out where there is none'),
    )
  for (const key of ['age', 'listPrice', 'runningPrice'] as const)
    if (condition[key] !== undefined && Object.keys(condition[key]).length === 0)
      problems.push(problem([...place, key], '没有写界限', 'states no bound'))
  for (const [index, category] of (condition.category ?? []).entries())
    if (!pack.categories.some(({ id }) => id === category))
      problems.push(
        problem([...place, 'category', index], `没有人员类别 “${category}”`, `there is no category "${category}"`),
      )
  for (const key of ['all', 'any', 'none'] as const)
    for (const [index, part] of (condition[key] ?? []).entries())
      problems.push(...conditionProblems(pack, part, [...place, key, index]))
  return problems
}
