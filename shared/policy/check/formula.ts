import type { Category, Condition, PlaceMatch, PolicyVersion, PriceBounds } from '../language.ts'

/** A fact is a name such as `age` or `household.city`; ranges are inclusive whole numbers; `unknown`: the fact is not there at all. */
export type Literal =
  | { readonly kind: 'range'; readonly fact: string; readonly from: number; readonly to: number }
  | { readonly kind: 'unknown'; readonly fact: string }
  | { readonly kind: 'among'; readonly fact: string; readonly values: readonly string[] }
  | { readonly kind: 'not-among'; readonly fact: string; readonly values: readonly string[] }
  /** One or more of these categories is on the roster; not one of them is. */
  | { readonly kind: 'holds'; readonly categories: readonly string[] }
  | { readonly kind: 'lacks'; readonly categories: readonly string[] }

/** What a condition says, as whole and any-of parts over single facts. `all` of nothing holds always, `any` of nothing never. */
export type Formula = Literal | { readonly kind: 'all' | 'any'; readonly parts: readonly Formula[] }

/** What a condition's words refer to. `running`: the name of the running price, which is another fact before every step. */
export type Meaning = {
  readonly categories: readonly Category[]
  readonly services?: PolicyVersion['services'] | undefined
  readonly running: string
}

export const always: Formula = { kind: 'all', parts: [] }
export const never: Formula = { kind: 'any', parts: [] }
export const all = (...parts: readonly Formula[]): Formula => ({ kind: 'all', parts })
export const any = (...parts: readonly Formula[]): Formula => ({ kind: 'any', parts })
export const range = (fact: string, from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY): Formula => ({
  kind: 'range',
  fact,
  from,
  to,
})
export const among = (fact: string, values: readonly (string | number)[]): Formula => ({
  kind: 'among',
  fact,
  values: values.map(String),
})
export const yes = (fact: string, holds = true): Formula => among(fact, [holds ? 'yes' : 'no'])

export function not(formula: Formula): Formula {
  switch (formula.kind) {
    case 'all':
      return any(...formula.parts.map(not))
    case 'any':
      return all(...formula.parts.map(not))
    case 'range':
      return any(
        { kind: 'unknown', fact: formula.fact },
        ...(formula.from === Number.NEGATIVE_INFINITY ? [] : [range(formula.fact, undefined, formula.from - 1)]),
        ...(formula.to === Number.POSITIVE_INFINITY ? [] : [range(formula.fact, formula.to + 1)]),
      )
    case 'unknown':
      return range(formula.fact)
    case 'among':
      return { ...formula, kind: 'not-among' }
    case 'not-among':
      return { ...formula, kind: 'among' }
    case 'holds':
      return { ...formula, kind: 'lacks' }
    case 'lacks':
      return { ...formula, kind: 'holds' }
  }
}

/** What a condition says; an absent one holds always. */
export function formulaOf(condition: Condition | undefined, meaning: Meaning): Formula {
  if (condition === undefined) return always
  const parts = (conditions: readonly Condition[]) => conditions.map(part => formulaOf(part, meaning))
  return all(
    ...(condition.all === undefined ? [] : parts(condition.all)),
    ...(condition.any === undefined ? [] : [any(...parts(condition.any))]),
    ...(condition.none === undefined ? [] : parts(condition.none).map(not)),
    ...aboutPerson(condition, meaning),
    ...aboutVisit(condition, meaning),
    ...aboutSite(condition),
  )
}

function aboutPerson(
  { guest, age, born, category, household, residence, careGrade, heightCm }: Condition,
  { categories }: Meaning,
): Formula[] {
  return [
    ...(guest === undefined ? [] : [yes('guest', guest)]),
    ...(age === undefined ? [] : [range('age', age.atLeast, below(age.below))]),
    ...(born === undefined ? [] : [range('born', dateNumber(born.from), dateNumber(born.to))]),
    ...(category === undefined ? [] : [holding(category, categories)]),
    ...(household === undefined ? [] : [place('household', household)]),
    ...(residence === undefined ? [] : [place('residence', residence)]),
    ...(careGrade === undefined ? [] : [range('careGrade', careGrade.atLeast, careGrade.atMost)]),
    ...(heightCm === undefined ? [] : [range('heightCm', heightCm.atLeast, below(heightCm.below))]),
  ]
}

function aboutVisit(condition: Condition, { services = [], running }: Meaning): Formula[] {
  const {
    meal,
    weekday,
    workingDay,
    time,
    channel,
    set,
    service,
    serviceGroup,
    minutes,
    paidByInsurance,
    listPrice,
    runningPrice,
  } = condition
  const ofGroups = services.filter(({ group }) => group !== undefined && serviceGroup?.includes(group))
  return [
    ...(meal === undefined ? [] : [among('meal', meal)]),
    ...(weekday === undefined ? [] : [among('weekday', weekday)]),
    ...(workingDay === undefined ? [] : [yes('workingDay', workingDay)]),
    ...(time === undefined ? [] : [range('time', minuteOf(time.from), below(minuteOf(time.before)))]),
    ...(channel === undefined ? [] : [among('channel', channel)]),
    ...(set === undefined ? [] : [among('set', set)]),
    ...(service === undefined ? [] : [among('service', service)]),
    ...(serviceGroup === undefined
      ? []
      : [
          among(
            'service',
            ofGroups.map(({ id }) => id),
          ),
        ]),
    ...(minutes === undefined ? [] : [range('minutes', minutes.atLeast)]),
    ...(paidByInsurance === undefined ? [] : [yes('paidByInsurance', paidByInsurance)]),
    ...(listPrice === undefined ? [] : [price('listPrice', listPrice)]),
    ...(runningPrice === undefined ? [] : [price(running, runningPrice)]),
  ]
}

function aboutSite({ siteGrade, siteMode, sitePlace, listed }: Condition): Formula[] {
  return [
    ...(siteGrade === undefined ? [] : [among('siteGrade', siteGrade)]),
    ...(siteMode === undefined ? [] : [among('siteMode', siteMode)]),
    ...(sitePlace === undefined ? [] : [among(`sitePlace.${sitePlace.unit}`, sitePlace.is)]),
    ...(listed === undefined ? [] : [yes('listed', listed)]),
  ]
}

function holding(wanted: readonly string[], categories: readonly Category[]): Formula {
  const following = categories.flatMap(({ id, follows }, index) =>
    follows !== undefined && wanted.includes(id)
      ? [
          all(
            yes('guest', false),
            formulaOf(follows, { categories: categories.slice(0, index), running: 'runningPrice' }),
          ),
        ]
      : [],
  )
  return any({ kind: 'holds', categories: wanted }, ...following)
}

function place(whose: string, { unit, is }: PlaceMatch): Formula {
  return is === 'site' ? yes(`${whose}@site.${unit}`) : among(`${whose}.${unit}`, is)
}

function price(fact: string, bounds: PriceBounds): Formula {
  const { from, to } = priceRange(bounds)
  return range(fact, from, to)
}

/** The prices within bounds, both ends inclusive. */
export function priceRange({ atLeast, moreThan, atMost, below: under }: PriceBounds) {
  return {
    from: Math.max(atLeast ?? 0, moreThan === undefined ? 0 : moreThan + 1),
    to: Math.min(atMost ?? Number.POSITIVE_INFINITY, below(under) ?? Number.POSITIVE_INFINITY),
  }
}

function below(bound: number | undefined): number | undefined {
  return bound === undefined ? undefined : bound - 1
}

/** A date as a number that orders like it: 20260131. */
export function dateNumber(date: string | undefined): number | undefined {
  return date === undefined ? undefined : Number(date.replaceAll('-', ''))
}

function minuteOf(clock: string | undefined): number | undefined {
  return clock === undefined ? undefined : Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))
}
