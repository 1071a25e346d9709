import type { Condition } from '../language.ts'
import type { Path } from './finding.ts'
import { priceRange } from './formula.ts'

const anyWidth = Number.POSITIVE_INFINITY

/** The facts that notices divide into bands, with the greatest step between two neighbouring bands that is still taken for a slip. */
export const scales = {
  age: { gapAtMost: anyWidth, zh: '年龄', en: 'age', unitZh: '岁', unitEn: '' },
  careGrade: { gapAtMost: anyWidth, zh: '失能等级', en: 'care grade', unitZh: '级', unitEn: '' },
  heightCm: { gapAtMost: 10, zh: '身高', en: 'height', unitZh: '厘米', unitEn: ' cm' },
  listPrice: { gapAtMost: 100, zh: '原价', en: 'list price', unitZh: '分', unitEn: ' fen' },
} as const
/** Bands of lower ages are those of children or of workers: between them and the bands of seniors much may lie. */
export const seniorFrom = 45
export type Scale = keyof typeof scales

const scaleNames = ['age', 'careGrade', 'heightCm', 'listPrice'] as const

/** A range on one scale, both ends inclusive, for those of whom `rest` (the other conditions, in a comparable form) is true. */
export type Band = {
  readonly scale: Scale
  readonly from: number
  readonly to: number
  readonly rest: string
  /** Which of the entries compared states it, and where. */
  readonly entry: number
  readonly path: Path
}

type Range = { readonly from: number; readonly to: number }
/** One way in which a condition can hold: a range on each scale it names, and all else as text. */
type Way = { readonly ranges: Partial<Record<Scale, Range>>; readonly others: readonly string[] }

const waysAtMost = 64

/** The bands that a condition states; none where it is too many-branched to be told apart. */
export function bandsOf(condition: Condition | undefined, entry: number, path: Path): Band[] {
  return waysOf(condition ?? {}).flatMap(({ ranges, others }) =>
    scaleNames.flatMap((scale): Band[] => {
      const stated = ranges[scale]
      if (stated === undefined) return []
      const elsewhere = scaleNames.filter(name => name !== scale).map(name => `${name} ${JSON.stringify(ranges[name])}`)
      return [{ scale, ...stated, rest: [...new Set([...elsewhere, ...others])].sort().join('|'), entry, path }]
    }),
  )
}

function waysOf(condition: Condition): Way[] {
  const { all = [], any, age, careGrade, heightCm, listPrice, ...rest } = condition
  const ranges: Way['ranges'] = {
    ...(age === undefined ? {} : { age: { from: age.atLeast ?? 0, to: (age.below ?? 201) - 1 } }),
    ...(careGrade === undefined ? {} : { careGrade: { from: careGrade.atLeast ?? 0, to: careGrade.atMost ?? 9 } }),
    ...(heightCm === undefined ? {} : { heightCm: { from: heightCm.atLeast ?? 0, to: (heightCm.below ?? 301) - 1 } }),
    ...(listPrice === undefined ? {} : { listPrice: priceRange(listPrice) }),
  }
  const others = Object.entries(rest).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key} ${comparable(value)}`],
  )
  let ways: Way[] = [{ ranges, others }]
  for (const part of all) ways = combined(ways, waysOf(part))
  if (any !== undefined) ways = combined(ways, any.flatMap(waysOf))
  return ways
}

function combined(left: readonly Way[], right: readonly Way[]): Way[] {
  if (left.length * right.length > waysAtMost) return []
  return left.flatMap(one =>
    right.map(other => ({ ranges: bothRanges(one.ranges, other.ranges), others: [...one.others, ...other.others] })),
  )
}

function bothRanges(one: Way['ranges'], other: Way['ranges']): Way['ranges'] {
  const both = { ...one }
  for (const scale of scaleNames) {
    const [left, right] = [one[scale], other[scale]]
    if (right !== undefined)
      both[scale] =
        left === undefined ? right : { from: Math.max(left.from, right.from), to: Math.min(left.to, right.to) }
  }
  return both
}

/** JSON in which lists of words and members of an object stand in one order. */
function comparable(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(comparable).sort().join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return `{${Object.entries(value)
    .map(([key, inner]) => `${key}:${comparable(inner)}`)
    .sort()
    .join(',')}}`
}

/** A condition in a comparable form, for telling whether two ask the same. */
export const sameCondition = (condition: Condition | undefined): string => comparable(condition ?? {})
