import type { PolicyPack } from '../language.ts'
import { type PackProblem, parsePack } from '../parse-pack.ts'
import { error, type Finding, type Path, valueAt } from './finding.ts'
import { advice } from './nearest.ts'

/** Everything else for which a pack of the right form is refused, each with what to do; an unknown id with the nearest known one. */
export function referenceFaults(json: unknown, pack: PolicyPack): Finding[] {
  const parsed = parsePack(json)
  return parsed.ok ? [] : parsed.problems.map(problem => findingOf(problem, json, pack))
}

type Remedy = readonly [ends: RegExp, code: string, zh: string, en: string]

/** By the end of the path, what a problem is called and what is to be done. */
const remedies: readonly Remedy[] = [
  [/^$/, 'too-deep', '请把条件写得浅一些', 'write the conditions less deep'],
  [/^versions\[\d+\]\.to$/, 'version-ends-early', '请核对两个日期', 'compare the two dates'],
  [
    /^versions\[\d+\]\.from$/,
    'versions-overlap',
    '请让前一版本的 to 早于后一版本的 from',
    'let the one end on the day before the other begins',
  ],
  [/\.?id$/, 'repeated-id', '请换一个编号', 'choose another id'],
  [/\.fund$/, 'no-payer', '请写上 fund 或 funds', 'name a fund or funds, each once'],
  [/\.funds$/, 'two-payers', '请只在一处写明由谁支付', 'say in one place only who pays'],
  [/\.numerator$/, 'more-than-whole', '请核对分子和分母', 'compare numerator and denominator'],
  [/\.beyond$/, 'rest-of-count', '请删去 beyond，或把 unit 改为 fen', 'remove beyond, or make unit fen'],
  [/\.kind$/, 'wrong-target', '请改用 fixed 或 percent', 'use fixed or percent instead'],
  [/./, 'empty-condition', '请补上内容或删去', 'fill it in or remove it'],
]

function findingOf({ path, zh, en }: PackProblem, json: unknown, pack: PolicyPack): Finding {
  const place = pathParts(path)
  const value = valueAt(json, place)
  const known = knownAt(place, pack)
  if (typeof value === 'string' && known !== undefined && !known.includes(value)) {
    const hint = advice(value, known)
    return error('unknown-id', place, `${zh}：${hint.zh}`, `${en}: ${hint.en}`)
  }
  const [, code, doZh, doEn] = remedies.find(([ends]) => ends.test(path)) ?? [/./, 'fault', '请改正', 'correct it']
  return error(code, place, `${zh}。${doZh}`, `${en}; ${doEn}`)
}

function pathParts(text: string): Path {
  return (text.match(/[^.[\]]+/g) ?? []).map(part => (/^\d+$/.test(part) ? Number(part) : part))
}

/** The ids that a place may name; undefined where it names none. */
function knownAt(place: Path, pack: PolicyPack): string[] | undefined {
  const version = pack.versions[Number(place[1])]
  const named = place.findLast(part => typeof part === 'string')
  switch (named) {
    case 'fund':
      return pack.funds.map(({ id }) => id)
    case 'category':
      return pack.categories.map(({ id }) => id)
    case 'limits':
      return version?.limits.map(({ id }) => id) ?? []
    case 'allowance':
      return version?.allowances?.map(({ id }) => id) ?? []
    case 'service':
      return version?.services?.map(({ id }) => id) ?? []
    case 'group':
      return version?.serviceGroups?.map(({ id }) => id) ?? []
    case 'serviceGroup':
      return [...new Set(version?.services?.flatMap(({ group }) => group ?? []))]
    default:
      return undefined
  }
}
