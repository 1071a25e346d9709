import type { Condition } from '../language.ts'
import { canHold } from './can-hold.ts'
import { factWords } from './fact-words.ts'
import type { World } from './facts-known.ts'
import { error, type Finding, type Path, warning } from './finding.ts'
import { type Formula, formulaOf, type Meaning, not } from './formula.ts'

/** What a condition stands in: what is true wherever it is asked. */
export type Place = {
  readonly path: Path
  readonly around: readonly Formula[]
  readonly world: World
  readonly meaning: Meaning
}

/**
 * Parts of a condition that can never hold, each told at the smallest part that is to blame; and parts that change nothing: an exclusion of
 * nobody, an alternative that another one contains.
 */
export function deadConditions(condition: Condition | undefined, place: Place): Finding[] {
  if (condition === undefined) return []
  const alone = neverAlone(condition, place)
  if (alone.length > 0) return alone
  const inPlace = canHold([...place.around, formulaOf(condition, place.meaning)], place.world)
  if (inPlace.possible) return deadParts(condition, place)
  const { zh, en } = factWords(inPlace.clash)
  return [
    error(
      'contradicts-place',
      place.path,
      `这个条件与它外面的要求矛盾，永远不成立（${zh}），请改正或删去`,
      `this contradicts what is asked around it and never holds (${en}); correct or remove it`,
    ),
  ]
}

/** What of a condition never holds wherever it stands. */
function neverAlone(condition: Condition, place: Place): Finding[] {
  const { path, world, meaning } = place
  const found = canHold([formulaOf(condition, meaning)], world)
  if (found.possible) return []
  const empty = emptyRanges(condition, place)
  if (empty.length > 0) return empty
  const inner = [
    ...(condition.all ?? []).flatMap((part, index) =>
      neverAlone(part, { ...{ path: [...path, 'all', index], around: [] }, world, meaning }),
    ),
    ...everyBranch(condition.any ?? [], part =>
      neverAlone(part.condition, { path: [...path, 'any', part.index], around: [], world, meaning }),
    ),
  ]
  if (inner.length > 0) return inner
  const { zh, en } = factWords(found.clash)
  return [
    error(
      'never-holds',
      path,
      `这个条件自相矛盾，永远不成立（${zh}），请改正或删去`,
      `this contradicts itself and never holds (${en}); correct or remove it`,
    ),
  ]
}

function everyBranch(
  parts: readonly Condition[],
  find: (part: { condition: Condition; index: number }) => Finding[],
): Finding[] {
  const found = parts.map((condition, index) => find({ condition, index }))
  return found.every(list => list.length > 0) ? found.flat() : []
}

const ranges = ['age', 'born', 'careGrade', 'heightCm', 'time', 'listPrice', 'runningPrice'] as const

function emptyRanges(condition: Condition, { path, meaning, world }: Place): Finding[] {
  return ranges.flatMap(key => {
    const stated = condition[key]
    if (stated === undefined) return []
    if (canHold([formulaOf({ [key]: stated }, meaning)], world).possible) return []
    const said = Object.entries(stated).map(([bound, value]) => `${bound} ${value}`)
    const hint =
      key === 'time' ? { zh: '；时段不能跨过零点', en: '; a time range cannot cross midnight' } : { zh: '', en: '' }
    const { zh, en } = factWords([key])
    return [
      error(
        'empty-range',
        [...path, key],
        `${zh}的范围是空的（${said.join('、')}），没有人、也没有一次就餐符合，请改正${hint.zh}`,
        `the range of ${en} is empty (${said.join(', ')}); correct the bounds${hint.en}`,
      ),
    ]
  })
}

/** Parts of a condition that as a whole can hold. */
function deadParts(condition: Condition, place: Place): Finding[] {
  const without = (changed: Partial<Condition>) => formulaOf({ ...condition, ...changed }, place.meaning)
  const inner = (key: 'all' | 'any' | 'none', index: number, around: Formula): Place => ({
    ...place,
    path: [...place.path, key, index],
    around: [...place.around, around],
  })
  const others = (parts: readonly Condition[], index: number) => parts.filter((_, each) => each !== index)
  const { all = [], any = [], none = [] } = condition
  return [
    ...all.flatMap((part, index) => deadParts(part, inner('all', index, without({ all: others(all, index) })))),
    ...any.flatMap((part, index) => deadConditions(part, inner('any', index, without({ any: undefined })))),
    ...redundantBranches(any, index => inner('any', index, without({ any: undefined }))),
    ...none.flatMap((part, index) =>
      excludesNobody(part, inner('none', index, without({ none: others(none, index) }))),
    ),
  ]
}

function excludesNobody(part: Condition, place: Place): Finding[] {
  const alone = neverAlone(part, place)
  if (alone.length > 0) return alone
  const found = canHold([...place.around, formulaOf(part, place.meaning)], place.world)
  if (found.possible) return []
  const { zh, en } = factWords(found.clash)
  return [
    warning(
      'excludes-nobody',
      place.path,
      `这一条排除不了任何人：外面的要求已使它不可能出现（${zh}），请核对或删去`,
      `this excludes nobody: what is asked around it rules it out already (${en}); check or remove it`,
    ),
  ]
}

function redundantBranches(parts: readonly Condition[], placeOf: (index: number) => Place): Finding[] {
  const implies = (one: number, other: number) => {
    const { around, world, meaning } = placeOf(one)
    return !canHold([...around, formulaOf(parts[one], meaning), not(formulaOf(parts[other], meaning))], world).possible
  }
  const isDead = parts.map((part, index) => {
    const { around, world, meaning } = placeOf(index)
    return !canHold([...around, formulaOf(part, meaning)], world).possible
  })
  return parts.flatMap((_, index) => {
    if (isDead[index]) return []
    const container = parts.findIndex(
      (_, other) =>
        other !== index && !isDead[other] && implies(index, other) && (other < index || !implies(other, index)),
    )
    if (container < 0) return []
    return [
      warning(
        'adds-nothing',
        placeOf(index).path,
        `符合这一条的人都已符合第 ${container + 1} 条，这一条不起作用，请核对或删去`,
        `everybody who fits this fits alternative ${container + 1} already; it changes nothing; check or remove it`,
      ),
    ]
  })
}
