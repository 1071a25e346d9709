import fc from 'fast-check'
import { addDays, limitPeriod } from '../../shared/business-day.ts'
import { ageRule, type PolicyPack } from '../../shared/policy/language.ts'
import {
  aMonday,
  anyCondition,
  anyPersonCondition,
  categoryIds,
  nearDate,
  oneOrMore,
  plainCategories,
  serviceGroups,
  serviceIds,
  someFen,
  words,
} from './any-condition.ts'
import { soundPack } from './policy-kit.ts'

/** Arbitrary packs of the whole language, in JSON. The last fund is named like something that every object has. */

export const fundIds = ['city', 'street', 'valueOf']
export const limitIds = ['l0', 'l1', 'l2']
export const allowanceIds = ['a0', 'a1']

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 })
const seldom = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary })
/** An object without the keys that were left out. */
const given = (json: object): object =>
  Object.fromEntries(Object.entries(json).filter(([, value]) => value !== undefined))
const several = <T>(item: fc.Arbitrary<T>, maxLength = 3) => fc.array(item, { minLength: 1, maxLength })

const rounding = fc.record({ unitFen: fc.constantFrom(1, 10, 50, 100), mode: fc.constantFrom('half-up', 'up', 'down') })
const part = {
  of: fc.constantFrom('list', 'running'),
  capFen: optional(fc.integer({ min: 0, max: 1500 })),
  rounding: optional(rounding),
}
const additions: fc.Arbitrary<object>[] = [
  fc.record({ kind: fc.constant('fixed'), fen: someFen }),
  fc.record({ kind: fc.constant('percent'), percent: fc.integer({ min: 1, max: 100 }), ...part }).map(given),
  fc
    .record({
      kind: fc.constant('fraction'),
      denominator: fc.integer({ min: 1, max: 1000 }),
      numerator: fc.integer({ min: 1, max: 1000 }),
      ...part,
    })
    .map(({ numerator, denominator, ...rest }) =>
      given({ ...rest, numerator: Math.min(numerator, denominator), denominator }),
    ),
]
const reductions: fc.Arbitrary<object>[] = [
  ...additions,
  fc.record({ kind: fc.constant('price'), fen: someFen, capFen: part.capFen }).map(given),
  fc.record({ kind: fc.constant('price-percent'), percent: fc.integer({ min: 0, max: 100 }), ...part }).map(given),
]

/** Shares of distinct funds, now and then so uneven that a fund gets nothing. */
export const shares = fc
  .tuple(
    oneOrMore(fundIds),
    fc.array(fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 1_000_000 })), {
      minLength: 3,
      maxLength: 3,
    }),
  )
  .map(([funds, parts]) => funds.map((fund, index) => ({ fund, share: parts[index] })))

/** Amounts of these plain kinds, and classes of them two deep; with `funded`, every class of the outermost says who pays. */
function amounts(plain: readonly fc.Arbitrary<object>[], funds: 'none' | 'some' | 'all'): fc.Arbitrary<object> {
  const aClass = (amount: fc.Arbitrary<object>, payer: fc.Arbitrary<unknown>) =>
    fc
      .record({
        when: optional(anyCondition),
        amount,
        note: seldom(fc.constant(words('n'))),
        funds: payer,
      })
      .map(given)
  const payer = funds === 'all' ? shares : funds === 'some' ? optional(shares) : fc.constant(undefined)
  const nobody = fc.constant(undefined)
  const choose = fc.constantFrom('first', 'best', undefined)
  const classes = (choose: fc.Arbitrary<unknown>, amount: fc.Arbitrary<object>, payer: fc.Arbitrary<unknown>) =>
    fc.record({ kind: fc.constant('classes'), choose, classes: several(aClass(amount, payer)) }).map(given)
  return fc.letrec<{ tree: object; bare: object; outer: object }>(tie => {
    const sum = classes(fc.constant('sum'), tie('bare'), nobody)
    return {
      bare: fc.oneof(
        { maxDepth: 2 },
        { weight: 6, arbitrary: fc.oneof(...plain) },
        { weight: 1, arbitrary: classes(choose, tie('bare'), nobody) },
        { weight: 1, arbitrary: sum },
      ),
      tree: fc.oneof(
        { maxDepth: 2 },
        { weight: 6, arbitrary: fc.oneof(...plain) },
        { weight: 2, arbitrary: classes(choose, tie('tree'), funds === 'none' ? nobody : optional(shares)) },
        { weight: 1, arbitrary: sum },
      ),
      outer: classes(choose, tie('tree'), payer),
    }
  })[funds === 'all' ? 'outer' : 'tree']
}
const added = amounts(additions, 'none')
const takenOff = amounts(reductions, 'none')
const paidByFunds = amounts(reductions, 'some')
const paidByClasses = amounts(reductions, 'all')

/** Classes of amounts without funds, to be chosen among in several ways. */
export const someClasses = several(fc.record({ when: optional(anyCondition), amount: takenOff }).map(given), 4)

const step = {
  title: fc.constant(words('step')),
  note: seldom(fc.constant(words('why'))),
  for: fc.constantFrom('person', 'guest', 'anyone', undefined, undefined),
  when: fc.option(anyCondition, { nil: undefined, freq: 2 }),
}
const reduction = {
  ...step,
  limits: optional(fc.subarray(limitIds)),
  leavesAtLeastFen: seldom(fc.integer({ min: 0, max: 1000 })),
}
const allowance = optional(fc.constantFrom(...allowanceIds))
const discount = fc.record({ kind: fc.constant('discount'), ...reduction, amount: takenOff }).map(given)
const subsidy = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .record({
        kind: fc.constant('subsidy'),
        ...reduction,
        amount: paidByFunds,
        fund: fc.constantFrom(...fundIds),
        allowance,
      })
      .map(given),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({ kind: fc.constant('subsidy'), ...reduction, amount: paidByFunds, funds: shares, allowance })
      .map(given),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('subsidy'), ...reduction, amount: paidByClasses, allowance }).map(given),
  },
)
const eitherReduction = fc.oneof({ weight: 1, arbitrary: discount }, { weight: 3, arbitrary: subsidy })
const options = fc
  .array(eitherReduction, { minLength: 2, maxLength: 3 })
  .map(list => list.map((option, index) => ({ ...option, id: `o${index}` })))
export const anyChoice = fc
  .record({ kind: fc.constant('choice'), ...step, choose: fc.constantFrom('first', 'best'), options })
  .map(given)
const anyStep = fc.oneof(
  { weight: 2, arbitrary: discount },
  { weight: 7, arbitrary: subsidy },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('surcharge'), ...step, amount: added }).map(given) },
  {
    weight: 1,
    arbitrary: fc
      .record({ kind: fc.constant('operator'), ...step, amount: added, fund: fc.constantFrom(...fundIds) })
      .map(given),
  },
  { weight: 2, arbitrary: anyChoice },
)

/** Steps with ids of their own, options of choices too. */
export const anySteps = fc.array(anyStep, { minLength: 1, maxLength: 6 }).map(steps => withIds(steps))

export function withIds(steps: readonly object[]): object[] {
  return steps.map((item, index) => {
    const id = `b${index}`
    const inner = 'options' in item && Array.isArray(item.options) ? item.options : undefined
    return inner === undefined
      ? { ...item, id }
      : { ...item, id, options: inner.map((option: object, each) => ({ ...option, id: `${id}.o${each}` })) }
  })
}

const capOf = (figure: fc.Arbitrary<number>) =>
  fc.oneof(
    { weight: 4, arbitrary: figure },
    {
      weight: 1,
      arbitrary: fc.record({
        classes: several(
          fc.record({ when: optional(anyPersonCondition()), cap: fc.oneof(figure, fc.constant(0)) }).map(given),
        ),
      }),
    },
  )
const inCounts = capOf(fc.integer({ min: 1, max: 12 }))
const inMoney = capOf(fc.integer({ min: 1, max: 12 }).map(times => times * 250))
const beyond = fc.constantFrom('nothing', 'rest', undefined)
const limit = fc.oneof(
  fc.record({ period: fc.constantFrom(...limitPeriod.options), unit: fc.constant('count'), cap: inCounts }),
  fc
    .record({ period: fc.constantFrom(...limitPeriod.options), unit: fc.constant('fen'), cap: inMoney, beyond })
    .map(given),
)
const dayOrLonger = fc.constantFrom('day', 'week', 'month', 'year')
const named = (ids: readonly string[], item: fc.Arbitrary<object>) =>
  fc.tuple(...ids.map(() => item)).map(items => items.map((each, index) => ({ ...each, id: ids[index] })))
const allowances = named(
  allowanceIds,
  fc
    .record({
      title: fc.constant(words('allowance')),
      period: dayOrLonger,
      cap: inMoney,
      entitledOn: fc.constantFrom('day', 'period', undefined),
    })
    .map(given),
)
const minimumOwnPay = fc.array(
  fc.record({ when: optional(anyCondition), fen: fc.integer({ min: 0, max: 400 }) }).map(given),
  { maxLength: 2 },
)
const services = fc.constant(
  serviceIds.map((id, index) => ({
    id,
    title: words(id),
    group: serviceGroups[index] ?? 'house',
    unit: words('time'),
    fen: 3000,
  })),
)
const stipends = named(
  ['s0', 's1'],
  fc
    .record({
      title: fc.constant(words('stipend')),
      fund: fc.constantFrom(...fundIds),
      when: optional(anyPersonCondition()),
      fen: someFen,
    })
    .map(given),
)

/** What of a version stands beside its steps. */
export const versionRest = fc
  .record({
    rounding,
    ageRule: optional(fc.constantFrom(...ageRule.options)),
    leapDayBirthday: fc.constantFrom('02-28', '03-01', undefined),
    leastAssurance: fc.constantFrom('possessed', undefined),
    verifiedAboveFen: optional(fc.integer({ min: 100, max: 9000 })),
    offline: fc.constantFrom<object | undefined>({ mode: 'lease' }, { mode: 'online' }, undefined),
    minimumOwnPay: seldom(minimumOwnPay),
    services,
    serviceGroups: optional(fc.constant(serviceGroups.map(id => ({ id, title: words(id) })))),
    limits: named(limitIds, limit),
    allowances,
    stipends: optional(stipends),
  })
  .map(given)

/** What of a pack stands beside its versions. */
export const packRest = fc
  .record({
    pots: fc.tuple(...fundIds.map(() => optional(fc.record({ period: dayOrLonger, beyond }).map(given)))),
    follows: fc.tuple(anyPersonCondition(plainCategories), optional(anyPersonCondition([...plainCategories, 'old']))),
    calendar: optional(
      fc.record({ holidays: fc.array(nearDate, { maxLength: 3 }), makeUpDays: fc.array(nearDate, { maxLength: 3 }) }),
    ),
  })
  .map(({ pots, follows, calendar }) => ({
    ...given({ calendar }),
    format: 1,
    id: 'ANY',
    title: words('any'),
    area: 'A',
    funds: fundIds.map((id, index) => given({ id, title: words(id), source: 'public', pot: pots[index] })),
    categories: categoryIds.map((id, index) =>
      given({
        id,
        title: words(id),
        follows: index < plainCategories.length ? undefined : follows[index - plainCategories.length],
      }),
    ),
  }))

const turn = addDays(aMonday, 20)
/** The JSON of a pack of one version, in force from 2020 on. */
export const oneVersion = (pack: object, rest: object, benefits: readonly object[]) => ({
  ...pack,
  versions: [{ id: 'ANY-1', from: '2020-01-01', ...rest, benefits }],
})

/** JSON of packs: most of one version, some of two that follow each other with or without a gap. */
export const anyPackJson = fc
  .tuple(packRest, versionRest, anySteps, seldom(fc.tuple(anySteps, fc.nat({ max: 2 }))))
  .map(([pack, rest, benefits, second]) =>
    second === undefined
      ? oneVersion(pack, rest, benefits)
      : {
          ...pack,
          versions: [
            { id: 'ANY-1', from: '2020-01-01', to: turn, ...rest, benefits },
            { id: 'ANY-2', from: addDays(turn, 1 + second[1]), ...rest, benefits: second[0] },
          ],
        },
  )

export const anyPack: fc.Arbitrary<PolicyPack> = anyPackJson.map(json => soundPack(json))
