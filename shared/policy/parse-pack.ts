import { en, zhCN } from 'zod/locales'
import { sha256, toBase64Url } from '../bytes.ts'
import { canonicalJson } from '../canonical-json.ts'
import {
  type Amount,
  type Benefit,
  type Cap,
  type Category,
  type Condition,
  type PersonCondition,
  type PolicyPack,
  type PolicyVersion,
  policyPack,
  type Reduction,
  type Shares,
} from './language.ts'

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
  const problems = [
    ...brokenTexts(json).map(path =>
      problem(path, '文字里有半个字符（编码损坏）', 'the text holds half a character (damaged encoding)'),
    ),
    ...packProblems(parsed.data),
  ]
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

/** Places of texts with half a character in them (a lone surrogate): canonical JSON holds none, so a quote that shows one would fail. */
export function brokenTexts(json: unknown, path: Path = []): Path[] {
  if (typeof json === 'string') return json.isWellFormed() ? [] : [path]
  if (typeof json !== 'object' || json === null) return []
  return Object.entries(json).flatMap(([key, inner]) => {
    const place = [...path, Array.isArray(json) ? Number(key) : key]
    return key.isWellFormed() ? brokenTexts(inner, place) : [path]
  })
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
    ...repeated(pack.vectors ?? [], ['vectors']),
    ...datesProblems(pack.versions),
    ...pack.categories.flatMap(({ follows }, index) =>
      conditionProblems(follows, ['categories', index, 'follows'], { categories: pack.categories.slice(0, index) }),
    ),
    ...chainProblems(pack.categories),
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

/** How many categories may follow from one another in a row: each is judged through those before it. */
const longestChain = 8

function chainProblems(categories: readonly Category[]): PackProblem[] {
  const lengths = new Map<string, number>()
  return categories.flatMap(({ id, follows }, index) => {
    const length =
      follows === undefined ? 0 : 1 + Math.max(0, ...namedBy(follows).map(named => lengths.get(named) ?? 0))
    lengths.set(id, length)
    return length <= longestChain
      ? []
      : [
          problem(
            ['categories', index, 'follows'],
            `一类接一类推出，超过 ${longestChain} 层`,
            `follows from others through more than ${longestChain} categories in a row`,
          ),
        ]
  })
}

function namedBy(condition: PersonCondition): string[] {
  const parts = [...(condition.all ?? []), ...(condition.any ?? []), ...(condition.none ?? [])]
  return [...(condition.category ?? []), ...parts.flatMap(namedBy)]
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
  const known: Known = { categories: pack.categories, services: version.services ?? [] }
  const allowances = version.allowances ?? []
  const steps = version.benefits.flatMap((benefit, index): [Benefit | Reduction, Path][] => {
    const at: Path = [...place, 'benefits', index]
    const options = benefit.kind === 'choice' ? benefit.options : []
    return [[benefit, at], ...options.map((option, each): [Reduction, Path] => [option, [...at, 'options', each]])]
  })
  return [
    ...repeated(version.services ?? [], [...place, 'services']),
    ...groupProblems(version, place),
    ...repeated(version.limits, [...place, 'limits']),
    ...repeated(allowances, [...place, 'allowances']),
    ...allowances.flatMap(({ id }, index) =>
      version.limits.some(limit => limit.id === id)
        ? [problem([...place, 'allowances', index, 'id'], `“${id}” 已是一项限额`, `"${id}" is a limit already`)]
        : [],
    ),
    ...repeated(version.stipends ?? [], [...place, 'stipends']),
    ...steps.flatMap(([{ id }, path], index) =>
      steps.findIndex(([other]) => other.id === id) < index
        ? [problem([...path, 'id'], `“${id}” 已经用过`, `"${id}" is used twice`)]
        : [],
    ),
    ...[...version.limits.entries()].flatMap(([index, { cap }]) =>
      capProblems(cap, [...place, 'limits', index, 'cap'], known),
    ),
    ...version.limits.flatMap(({ unit, beyond }, index) =>
      unit === 'count' && beyond === 'rest'
        ? [
            problem(
              [...place, 'limits', index, 'beyond'],
              '次数限额没有余额可付',
              'only a limit on money can pay the rest',
            ),
          ]
        : [],
    ),
    ...[...allowances.entries()].flatMap(([index, { cap }]) =>
      capProblems(cap, [...place, 'allowances', index, 'cap'], known),
    ),
    ...(version.minimumOwnPay ?? []).flatMap(({ when }, index) =>
      conditionProblems(when, [...place, 'minimumOwnPay', index, 'when'], known),
    ),
    ...(version.offline?.mode === 'bounded'
      ? bearerProblems(pack, version.offline.bearer, [...place, 'offline', 'bearer'])
      : []),
    ...(version.stipends ?? []).flatMap((stipend, index) => {
      const at: Path = [...place, 'stipends', index]
      return [
        ...fundProblems(pack, stipend.fund, [...at, 'fund']),
        ...conditionProblems(stipend.when, [...at, 'when'], known),
      ]
    }),
    ...steps.flatMap(([benefit, path]) => benefitProblems(pack, version, benefit, path, known)),
  ]
}

/** Where a version names its groups, each once and every service's among them; a condition names only groups that services have. */
function groupProblems({ services = [], serviceGroups }: PolicyVersion, place: Path): PackProblem[] {
  if (serviceGroups === undefined) return []
  return [
    ...repeated(serviceGroups, [...place, 'serviceGroups']),
    ...services.flatMap(({ group }, index) =>
      group === undefined || serviceGroups.some(({ id }) => id === group)
        ? []
        : [
            problem(
              [...place, 'services', index, 'group'],
              `serviceGroups 里没有 “${group}” 这一组`,
              `there is no group "${group}" in serviceGroups`,
            ),
          ],
    ),
  ]
}

function capProblems(cap: Cap, place: Path, known: Known): PackProblem[] {
  if (typeof cap === 'number') return []
  return cap.classes.flatMap(({ when }, index) => conditionProblems(when, [...place, 'classes', index, 'when'], known))
}

function fundProblems(pack: PolicyPack, fund: string, place: Path): PackProblem[] {
  return pack.funds.some(({ id }) => id === fund)
    ? []
    : [problem(place, `没有资金 “${fund}”`, `there is no fund "${fund}"`)]
}

/** What is beyond the caps comes after the meal, when a pot can no more say no. */
function bearerProblems(pack: PolicyPack, bearer: string, place: Path): PackProblem[] {
  const hasPot = pack.funds.some(({ id, pot }) => id === bearer && pot !== undefined)
  return hasPot
    ? [
        problem(
          place,
          `有资金池的资金 “${bearer}” 不能承担超限`,
          `a fund with a pot, "${bearer}", cannot bear an overrun`,
        ),
      ]
    : fundProblems(pack, bearer, place)
}

function benefitProblems(
  pack: PolicyPack,
  version: PolicyVersion,
  benefit: Benefit | Reduction,
  place: Path,
  known: Known,
): PackProblem[] {
  const when = conditionProblems(benefit.when, [...place, 'when'], known)
  if (benefit.kind === 'choice') return when
  const problems = [...when, ...amountProblems(pack, benefit, benefit.amount, [...place, 'amount'], known)]
  if (benefit.kind === 'operator') problems.push(...fundProblems(pack, benefit.fund, [...place, 'fund']))
  if (benefit.kind === 'subsidy') problems.push(...payerProblems(pack, version, benefit, place))
  for (const [index, limit] of 'limits' in benefit ? (benefit.limits ?? []).entries() : [])
    if (!version.limits.some(({ id }) => id === limit))
      problems.push(
        problem([...place, 'limits', index], `本版本没有限额 “${limit}”`, `this version has no limit "${limit}"`),
      )
  return problems
}

function payerProblems(
  pack: PolicyPack,
  version: PolicyVersion,
  { fund, funds, allowance, amount }: Extract<Reduction, { kind: 'subsidy' }>,
  place: Path,
): PackProblem[] {
  const problems: PackProblem[] = []
  if (fund !== undefined) problems.push(...fundProblems(pack, fund, [...place, 'fund']))
  if (funds !== undefined) problems.push(...sharesProblems(pack, funds, [...place, 'funds']))
  if (fund !== undefined && funds !== undefined)
    problems.push(problem([...place, 'funds'], 'fund 和 funds 只能写一个', 'names both fund and funds; keep one'))
  if (fund === undefined && funds === undefined && !everyClassHasFunds(amount))
    problems.push(problem([...place, 'fund'], '没有写由哪笔资金支付', 'does not say which fund pays'))
  if (allowance !== undefined && !version.allowances?.some(({ id }) => id === allowance))
    problems.push(
      problem([...place, 'allowance'], `本版本没有津贴 “${allowance}”`, `this version has no allowance "${allowance}"`),
    )
  return problems
}

function sharesProblems(pack: PolicyPack, funds: Shares, place: Path): PackProblem[] {
  return funds.flatMap(({ fund }, index) => [
    ...fundProblems(pack, fund, [...place, index, 'fund']),
    ...(funds.findIndex(other => other.fund === fund) < index
      ? [problem([...place, index, 'fund'], `资金 “${fund}” 写了两次`, `fund "${fund}" stands here twice`)]
      : []),
  ])
}

function everyClassHasFunds(amount: Amount): boolean {
  return (
    amount.kind === 'classes' &&
    amount.classes.every(item => item.funds !== undefined || everyClassHasFunds(item.amount))
  )
}

function amountProblems(
  pack: PolicyPack,
  benefit: Exclude<Benefit | Reduction, { kind: 'choice' }>,
  amount: Amount,
  place: Path,
  known: Known,
  isPartOfSum = false,
): PackProblem[] {
  const problems: PackProblem[] = []
  if (amount.kind === 'fraction' && amount.numerator > amount.denominator)
    problems.push(problem([...place, 'numerator'], '大于整份', 'is more than the whole'))
  const lowers = benefit.kind === 'discount' || benefit.kind === 'subsidy'
  if ((amount.kind === 'price' || amount.kind === 'price-percent') && !lowers)
    problems.push(
      problem([...place, 'kind'], '只有优惠和补贴可以写目标价', 'only a discount or a subsidy can bring a price down'),
    )
  if (amount.kind !== 'classes') return problems
  const addsUp = isPartOfSum || amount.choose === 'sum'
  for (const [index, item] of amount.classes.entries()) {
    const at: Path = [...place, 'classes', index]
    problems.push(
      ...conditionProblems(item.when, [...at, 'when'], known),
      ...amountProblems(pack, benefit, item.amount, [...at, 'amount'], known, addsUp),
    )
    if (item.funds === undefined) continue
    problems.push(...sharesProblems(pack, item.funds, [...at, 'funds']))
    if (benefit.kind !== 'subsidy')
      problems.push(problem([...at, 'funds'], '只有补贴有资金来源', 'only a subsidy is paid by funds'))
    else if (addsUp)
      problems.push(
        problem([...at, 'funds'], '几类相加时资金写在补贴项上', 'where classes add up, funds belong to the whole step'),
      )
  }
  return problems
}

/** What a condition may name. Without a catalogue it may ask about the person alone. */
type Known = { readonly categories: readonly Category[]; readonly services?: NonNullable<PolicyVersion['services']> }

const boundKeys = ['age', 'born', 'careGrade', 'heightCm', 'time', 'listPrice', 'runningPrice'] as const

function conditionProblems(condition: Condition | undefined, place: Path, known: Known): PackProblem[] {
  if (condition === undefined) return []
  const problems: PackProblem[] = []
  if (Object.keys(condition).length === 0)
    problems.push(
      problem(place, '条件是空的；不设条件就删去它', 'an empty condition; leave it out where there is none'),
    )
  for (const key of boundKeys)
    if (condition[key] !== undefined && Object.keys(condition[key]).length === 0)
      problems.push(problem([...place, key], '没有写界限', 'states no bound'))
  for (const [index, category] of (condition.category ?? []).entries())
    if (!known.categories.some(({ id }) => id === category))
      problems.push(
        problem([...place, 'category', index], `没有人员类别 “${category}”`, `there is no category "${category}"`),
      )
  for (const [index, service] of (condition.service ?? []).entries())
    if (!known.services?.some(({ id }) => id === service))
      problems.push(
        problem(
          [...place, 'service', index],
          `目录里没有服务 “${service}”`,
          `there is no service "${service}" in the catalogue`,
        ),
      )
  for (const [index, group] of (condition.serviceGroup ?? []).entries())
    if (!known.services?.some(item => item.group === group))
      problems.push(
        problem(
          [...place, 'serviceGroup', index],
          `目录里没有 “${group}” 这一组`,
          `no service of the catalogue is in group "${group}"`,
        ),
      )
  for (const key of ['all', 'any', 'none'] as const)
    for (const [index, part] of (condition[key] ?? []).entries())
      problems.push(...conditionProblems(part, [...place, key, index], known))
  return problems
}
