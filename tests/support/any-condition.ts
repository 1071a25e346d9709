import fc from 'fast-check'
import { addDays, businessDate, meal } from '../../shared/business-day.ts'
import { channel, greatestFen, placeUnit } from '../../shared/policy/facts.ts'

/** Arbitrary conditions of the whole language, in JSON, over small sets of names and dates so that they often hold. */

export const categoryIds = ['dibao', 'tekun', 'in_institution', 'old', 'own']
/** Categories that nothing follows from: they may be held on a roster only. */
export const plainCategories = categoryIds.slice(0, 3)
export const serviceIds = ['bath', 'hair', 'walk']
export const serviceGroups = ['care', 'house']
export const setIds = ['A', 'B']
export const siteModes = ['kitchen', 'point']
export const aMonday = businessDate.parse('2026-11-16')

export const words = (text: string) => ({ zh: text, en: text })
export const oneOrMore = <T>(items: readonly T[]) => fc.subarray([...items], { minLength: 1 })

/** Business dates that cross the ends of weeks, months and a year. */
export const nearDate = fc.integer({ min: -20, max: 60 }).map(days => addDays(aMonday, days))
/** Birth dates of children, of seniors, and of people born on a leap day. */
export const birthDate = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -365 * 105, max: -365 * 48 }).map(days => addDays(aMonday, days)) },
  { weight: 1, arbitrary: fc.integer({ min: -365 * 15, max: 0 }).map(days => addDays(aMonday, days)) },
  { weight: 1, arbitrary: fc.constantFrom('1928-02-29', '1944-02-29', '1966-11-20', '1936-12-31', '1946-01-01') },
)
export const clock = fc
  .tuple(fc.integer({ min: 6, max: 19 }), fc.constantFrom('00', '30'))
  .map(([hour, minutes]) => `${String(hour).padStart(2, '0')}:${minutes}`)
/** Money of a meal, now and then of any size that the language allows. */
export const someFen = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 0, max: 1500 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: greatestFen }) },
)

const placeName = fc.constantFrom('A', 'B')
export const place = fc.record(
  { province: placeName, city: placeName, district: placeName, street: placeName, village: placeName },
  { requiredKeys: [] },
)
const placeMatch = fc.record({
  unit: fc.constantFrom(...placeUnit.options),
  is: fc.oneof({ weight: 2, arbitrary: fc.constant('site') }, { weight: 1, arbitrary: oneOrMore(['A', 'B', 'C']) }),
})

/** Bounds with at least one of their keys. */
const bounded = (keys: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<object> =>
  fc.oneof(...Object.entries(keys).map(([key, value]) => fc.record({ [key]: value })), fc.record(keys))
const years = fc.integer({ min: 50, max: 100 })
const grade = fc.integer({ min: 0, max: 5 })
const height = fc.integer({ min: 80, max: 180 })
const priceFen = fc.integer({ min: 0, max: 3000 })
const priceBounds = bounded({ atLeast: priceFen, moreThan: priceFen, atMost: priceFen, below: priceFen })

const aboutPerson = (categories: readonly string[]): Record<string, fc.Arbitrary<unknown>> => ({
  age: bounded({ atLeast: years, below: years }),
  born: bounded({ from: birthDate, to: birthDate }),
  category: oneOrMore(categories),
  household: placeMatch,
  residence: placeMatch,
  careGrade: bounded({ atLeast: grade, atMost: grade }),
  heightCm: bounded({ atLeast: height, below: height }),
})
const aboutVisit: Record<string, fc.Arbitrary<unknown>> = {
  guest: fc.boolean(),
  meal: oneOrMore(meal.options),
  weekday: oneOrMore([1, 2, 3, 4, 5, 6, 7]),
  workingDay: fc.boolean(),
  time: bounded({ from: clock, before: clock }),
  channel: oneOrMore(channel.options),
  set: oneOrMore(setIds),
  service: oneOrMore(serviceIds),
  serviceGroup: oneOrMore(serviceGroups),
  minutes: fc.record({ atLeast: fc.integer({ min: 1, max: 90 }) }),
  paidByInsurance: fc.boolean(),
  siteGrade: oneOrMore([1, 2, 3]),
  siteMode: oneOrMore(siteModes),
  sitePlace: fc.record({ unit: fc.constantFrom(...placeUnit.options), is: oneOrMore(['A', 'B']) }),
  listed: fc.boolean(),
  listPrice: priceBounds,
  runningPrice: priceBounds,
}

/** Conditions of one or two of these keys, and `all`, `any`, `none` over them. */
function tree(keys: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<object> {
  const single = fc.oneof(...Object.entries(keys).map(([key, value]) => fc.record({ [key]: value })))
  const leaf = fc.oneof(
    { weight: 3, arbitrary: single },
    { weight: 1, arbitrary: fc.tuple(single, single).map(([one, other]) => ({ ...one, ...other })) },
  )
  return fc.letrec<{ tree: object }>(tie => {
    const parts = fc.array(tie('tree'), { minLength: 1, maxLength: 3 })
    return {
      tree: fc.oneof(
        { maxDepth: 2, withCrossShrink: true },
        { weight: 4, arbitrary: leaf },
        { weight: 1, arbitrary: fc.record({ all: parts }) },
        { weight: 2, arbitrary: fc.record({ any: parts }) },
        { weight: 2, arbitrary: fc.record({ none: parts }) },
      ),
    }
  }).tree
}

/** A condition about the person alone, over the categories named. */
export const anyPersonCondition = (categories: readonly string[] = categoryIds) => tree(aboutPerson(categories))

export const anyCondition = tree({ ...aboutPerson(categoryIds), ...aboutVisit })
