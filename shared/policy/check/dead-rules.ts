import type { Benefit, Cap, PolicyPack, PolicyVersion, Reduction } from '../language.ts'
import { canHold } from './can-hold.ts'
import { deadConditions, type Place } from './dead-conditions.ts'
import { deadOptions, mealsAndServices, nothingLeft, withoutSubsidy } from './dead-steps.ts'
import { factWords } from './fact-words.ts'
import { error, type Finding, type Path, warning } from './finding.ts'
import { all, type Formula, formulaOf, not, yes } from './formula.ts'
import { classLists, foundWhen, type Scene, type Step, scenesOf } from './scene.ts'

/** Steps, classes, options and alternatives that no person and no visit can ever reach. */
export function deadRules(pack: PolicyPack): Finding[] {
  const scenes = scenesOf(pack)
  const [first] = scenes
  const follows =
    first === undefined
      ? []
      : pack.categories.flatMap(({ follows: condition }, index) =>
          deadConditions(condition, { ...personPlace(first), path: ['categories', index, 'follows'] }),
        )
  return [...follows, ...scenes.flatMap(deadInVersion)]
}

function personPlace({ world, meaning }: Scene): Omit<Place, 'path'> {
  return { world, meaning, around: [yes('guest', false)] }
}

function deadInVersion(scene: Scene): Finding[] {
  const { version, path, world, meaning, steps } = scene
  const caps = (list: 'limits' | 'allowances') =>
    (version[list] ?? []).flatMap(({ cap }, index) => deadCaps(cap, [...path, list, index, 'cap'], scene))
  const dead = new Map(steps.map(step => [step, deadStep(step)]))
  const alive = steps.filter(step => dead.get(step)?.length === 0)
  return [
    ...caps('limits'),
    ...caps('allowances'),
    ...firstCounts(
      (version.minimumOwnPay ?? []).map(({ when }) => ({ when, found: formulaOf(when, meaning) })),
      { path: [...path, 'minimumOwnPay'], around: [], world, meaning },
    ),
    ...(version.stipends ?? []).flatMap(({ when }, index) =>
      deadConditions(when, { ...personPlace(scene), path: [...path, 'stipends', index, 'when'] }),
    ),
    ...[...dead.values()].flat(),
    ...nothingLeft(alive, scene),
    ...deadOptions(alive, scene),
    ...withoutSubsidy(alive, scene),
    ...mealsAndServices(alive, scene),
  ]
}

function deadStep({ step, path, around, asks, world, meaning }: Step): Finding[] {
  const outside = canHold(around, world)
  if (!outside.possible) {
    const { zh, en } = factWords(outside.clash)
    return [
      error(
        'never-holds',
        path,
        `这一项永远用不上（${zh}），请改正或删去`,
        `this step is never reached (${en}); correct or remove it`,
      ),
    ]
  }
  const own = deadConditions(step.when, { path: [...path, 'when'], around, world, meaning })
  if (step.kind === 'choice' || own.some(({ severity }) => severity === 'error')) return own
  return [...own, ...deadClasses(step, path, { around: [...around, asks], world, meaning })]
}

function deadClasses(
  step: Exclude<Benefit | Reduction, { kind: 'choice' }>,
  path: Path,
  place: Omit<Place, 'path'>,
): Finding[] {
  return classLists(step.amount, [...path, 'amount'], place.around, place.meaning).flatMap(
    ({ list, path: at, around }) => {
      const entries = list.classes.map(({ when, amount }) => ({
        when,
        found: all(formulaOf(when, place.meaning), foundWhen(amount, place.meaning)),
        fen: amount.kind === 'fixed' ? amount.fen : undefined,
      }))
      const inside = { ...place, path: [...at, 'classes'], around }
      if (list.choose === undefined || list.choose === 'first') return firstCounts(entries, inside)
      const dead = entries.flatMap(({ when }, index) =>
        deadConditions(when, { ...inside, path: [...inside.path, index, 'when'] }),
      )
      return list.choose === 'best' ? [...dead, ...neverBest(entries, inside)] : dead
    },
  )
}

function deadCaps(cap: Cap, path: Path, scene: Scene): Finding[] {
  if (typeof cap === 'number') return []
  const entries = cap.classes.map(({ when }) => ({ when, found: formulaOf(when, scene.meaning) }))
  return firstCounts(entries, { ...personPlace(scene), path: [...path, 'classes'] })
}

type Entry = { readonly when: PolicyVersion['benefits'][number]['when']; readonly found: Formula }

/** Of a list in which the first that holds counts: entries that never hold, and entries whose people all fit an earlier one. */
function firstCounts(entries: readonly Entry[], place: Place): Finding[] {
  const { path, around, world } = place
  return entries.flatMap(({ when, found }, index) => {
    const own = deadConditions(when, { ...place, path: [...path, index, 'when'] })
    if (own.some(({ severity }) => severity === 'error')) return own
    const before = entries.slice(0, index).map(entry => entry.found)
    if (canHold([...around, found, ...before.map(not)], world).possible) return own
    const container = before.findIndex(earlier => !canHold([...around, found, not(earlier)], world).possible)
    const which =
      container < 0
        ? { zh: '前面几类', en: 'the earlier ones together' }
        : { zh: `前面第 ${container + 1} 类`, en: `number ${container + 1} before it` }
    return [
      ...own,
      error(
        'unreachable',
        [...path, index],
        `第 ${index + 1} 类永远轮不到：符合它的都已归入${which.zh}。请把范围小的（如年龄更大的）排在前面，或改正条件`,
        `number ${index + 1} is never reached: all who fit it are taken by ${which.en}. Put the narrower one (such as the higher age) first, or correct the conditions`,
      ),
    ]
  })
}

/** Of classes of which the best counts: those whose people all fit one that gives as much. */
function neverBest(
  entries: readonly (Entry & { readonly fen: number | undefined })[],
  { path, around, world }: Place,
): Finding[] {
  return entries.flatMap(({ found, fen }, index) => {
    if (fen === undefined) return []
    const better = entries.findIndex(
      (other, at) =>
        other.fen !== undefined &&
        (other.fen > fen || (other.fen === fen && at < index)) &&
        !canHold([...around, found, not(other.found)], world).possible,
    )
    if (better < 0) return []
    return [
      warning(
        'never-best',
        [...path, index],
        `第 ${index + 1} 类从不取用：符合它的人按第 ${better + 1} 类得到的不会更少。请核对金额或条件`,
        `number ${index + 1} never counts: whoever fits it gets no less by number ${better + 1}. Check the amounts or conditions`,
      ),
    ]
  })
}
