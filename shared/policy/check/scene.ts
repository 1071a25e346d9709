import type { Amount, Benefit, Cap, Condition, PolicyPack, PolicyVersion, Reduction } from '../language.ts'
import { type World, worldOf } from './facts-known.ts'
import type { Path } from './finding.ts'
import { all, any, type Formula, formulaOf, type Meaning, not, range, yes } from './formula.ts'

/** A step of a version, or an option of a choice, with what must be true around it: whom it is for, a price to lower, the choice's own condition. */
export type Step = {
  readonly step: Benefit | Reduction
  readonly path: Path
  /** Position of the step, or of the choice that it is an option of. */
  readonly position: number
  readonly isOption: boolean
  readonly meaning: Meaning
  readonly around: readonly Formula[]
  /** What the step itself asks. */
  readonly asks: Formula
  readonly world: World
}

/** A version with what its checks share. */
export type Scene = {
  readonly pack: PolicyPack
  readonly version: PolicyVersion
  readonly path: Path
  readonly world: World
  readonly meaning: Meaning
  readonly steps: readonly Step[]
}

export function scenesOf(pack: PolicyPack): Scene[] {
  return pack.versions.map((version, index) => {
    const path: Path = ['versions', index]
    const world = worldOf(pack, version)
    const meaning: Meaning = { categories: pack.categories, services: version.services, running: 'runningPrice' }
    const raisedFrom = version.benefits.findIndex(({ kind }) => kind === 'surcharge')
    const steps = version.benefits.flatMap((step, position): Step[] => {
      const at: Path = [...path, 'benefits', position]
      const running = step.kind === 'operator' ? 'runningPrice at the end' : `runningPrice before ${position}`
      const raised = raisedFrom >= 0 && (step.kind === 'operator' || raisedFrom < position)
      const common = {
        ...{ position, meaning: { ...meaning, running } },
        world: raised ? world : { ...world, notRaised: new Set([running]) },
      }
      const asked = (of: Benefit | Reduction) => formulaOf(of.when, common.meaning)
      const around = [
        ...isFor(step),
        ...(step.kind === 'surcharge' || step.kind === 'operator' ? [] : [range('listPrice', raised ? 0 : 1)]),
      ]
      const own: Step = {
        ...common,
        step,
        path: at,
        isOption: false,
        around: [...around, ...listing(step)],
        asks: asked(step),
      }
      if (step.kind !== 'choice') return [own]
      return [
        own,
        ...step.options.map(
          (option, each): Step => ({
            ...{ ...common, step: option, path: [...at, 'options', each], isOption: true },
            around: [...around, asked(step), ...isFor(option), ...listing(option)],
            asks: asked(option),
          }),
        ),
      ]
    })
    return { pack, version, path, world, meaning, steps }
  })
}

function isFor({ for: whom = 'person' }: Pick<Benefit, 'for'>): Formula[] {
  return whom === 'anyone' ? [] : [yes('guest', whom === 'guest')]
}

/** A subsidy pays nothing at a site off the whitelist. */
function listing({ kind }: Pick<Benefit, 'kind'>): Formula[] {
  return kind === 'subsidy' ? [yes('listed')] : []
}

/** When a step is taken, so far as its conditions say. */
export function takenWhen({ around, asks }: Step): Formula {
  return all(...around, asks)
}

/** When an amount is found at all: one of its classes holds. */
export function foundWhen(amount: Amount, meaning: Meaning): Formula {
  if (amount.kind !== 'classes') return all()
  return any(...amount.classes.map(item => all(formulaOf(item.when, meaning), foundWhen(item.amount, meaning))))
}

/** Every amount of a step that is no classes, with its place and the classes around it. */
export function plainAmounts(
  amount: Amount,
  path: Path,
): { readonly amount: Exclude<Amount, { kind: 'classes' }>; readonly path: Path }[] {
  return amount.kind === 'classes'
    ? amount.classes.flatMap((item, index) => plainAmounts(item.amount, [...path, 'classes', index, 'amount']))
    : [{ amount, path }]
}

type ClassAmount = Extract<Amount, { kind: 'classes' }>

/** Every list of classes in an amount, with what is asked around it: an earlier class that holds hides the later ones where the first counts. */
export function classLists(
  amount: Amount,
  path: Path,
  around: readonly Formula[],
  meaning: Meaning,
): { readonly list: ClassAmount; readonly path: Path; readonly around: readonly Formula[] }[] {
  if (amount.kind !== 'classes') return []
  const isFirst = (amount.choose ?? 'first') === 'first'
  const hidden: Formula[] = []
  return [
    { list: amount, path, around },
    ...amount.classes.flatMap((item, index) => {
      const here = formulaOf(item.when, meaning)
      const inner = classLists(
        item.amount,
        [...path, 'classes', index, 'amount'],
        [...around, ...hidden, here],
        meaning,
      )
      if (isFirst) hidden.push(not(all(here, foundWhen(item.amount, meaning))))
      return inner
    }),
  ]
}

/** The condition of every place of a pack where one may stand. */
export function conditionsOf(pack: PolicyPack): { readonly condition: Condition; readonly path: Path }[] {
  type Found = { condition: Condition | undefined; path: Path }
  const ofCap = (cap: Cap, path: Path): Found[] =>
    typeof cap === 'number'
      ? []
      : cap.classes.map(({ when }, index) => ({ condition: when, path: [...path, 'cap', 'classes', index, 'when'] }))
  const ofAmount = (amount: Amount, path: Path): Found[] =>
    amount.kind !== 'classes'
      ? []
      : amount.classes.flatMap((item, index) => {
          const at: Path = [...path, 'classes', index]
          return [{ condition: item.when, path: [...at, 'when'] }, ...ofAmount(item.amount, [...at, 'amount'])]
        })
  const ofStep = (step: Benefit | Reduction, path: Path): Found[] => [
    { condition: step.when, path: [...path, 'when'] },
    ...(step.kind === 'choice'
      ? step.options.flatMap((option, index) => ofStep(option, [...path, 'options', index]))
      : ofAmount(step.amount, [...path, 'amount'])),
  ]
  const ofVersion = (version: PolicyVersion, path: Path): Found[] => [
    ...(version.minimumOwnPay ?? []).map(({ when }, index) => ({
      condition: when,
      path: [...path, 'minimumOwnPay', index, 'when'],
    })),
    ...version.limits.flatMap(({ cap }, index) => ofCap(cap, [...path, 'limits', index])),
    ...(version.allowances ?? []).flatMap(({ cap }, index) => ofCap(cap, [...path, 'allowances', index])),
    ...version.benefits.flatMap((step, index) => ofStep(step, [...path, 'benefits', index])),
    ...(version.stipends ?? []).map(({ when }, index) => ({
      condition: when,
      path: [...path, 'stipends', index, 'when'],
    })),
  ]
  const found = [
    ...pack.categories.map(
      ({ follows }, index): Found => ({ condition: follows, path: ['categories', index, 'follows'] }),
    ),
    ...pack.versions.flatMap((version, index) => ofVersion(version, ['versions', index])),
  ]
  return found.flatMap(({ condition, path }) => (condition === undefined ? [] : withParts(condition, path)))
}

function withParts(condition: Condition, path: Path): { condition: Condition; path: Path }[] {
  return [
    { condition, path },
    ...(['all', 'any', 'none'] as const).flatMap(key =>
      (condition[key] ?? []).flatMap((part, index) => withParts(part, [...path, key, index])),
    ),
  ]
}
