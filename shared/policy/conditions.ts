import { addDays, ageOn, type BusinessDate, businessDate, daysBetween, weekdayOf } from '../business-day.ts'
import { type PersonFacts, type PlaceFacts, placeUnit, type VisitFacts } from './facts.ts'
import type { Condition, PlaceMatch, PriceBounds, WorkCalendar } from './language.ts'
import type { Obstacle } from './reasons.ts'

/** What a condition is judged on. `runningFen` is the price that the steps before left. */
export type Circumstances = {
  readonly person: PersonFacts | null
  readonly visit: VisitFacts
  readonly runningFen: number
  readonly calendar: WorkCalendar | undefined
}

/** Whether a condition holds; where it does not, the obstacles worth telling. No obstacle: it is simply not for this person or visit. */
export type Verdict = { readonly holds: true } | { readonly holds: false; readonly obstacles: readonly Obstacle[] }

const yes: Verdict = { holds: true }
const no: Verdict = { holds: false, obstacles: [] }
const unless = (holds: boolean, ...obstacles: readonly Obstacle[]): Verdict =>
  holds ? yes : { holds: false, obstacles }

/** How near a date must be for "starts on" and "ended on" to be worth telling, in days. */
const nearDays = 366

/** Judges a condition; an absent one holds. */
export function judge(condition: Condition | undefined, at: Circumstances): Verdict {
  if (condition === undefined) return yes
  const verdicts: Verdict[] = []
  const { all, any, none, age, category, household, residence, meal, weekday, workingDay, channel } = condition
  if (all !== undefined) verdicts.push(judgeAll(all.map(part => judge(part, at))))
  if (any !== undefined) verdicts.push(judgeAny(any.map(part => judge(part, at))))
  if (none !== undefined) verdicts.push(judgeNone(none, at))
  if (age !== undefined) verdicts.push(judgeAge(age, at))
  if (category !== undefined) verdicts.push(judgeCategory(category, at))
  if (household !== undefined) verdicts.push(judgePlace(household, at.person?.household, at.visit))
  if (residence !== undefined) verdicts.push(judgePlace(residence, at.person?.residence, at.visit))
  if (meal !== undefined) verdicts.push(judgeMeal(meal, at.visit))
  if (weekday !== undefined) verdicts.push(judgeDay(date => weekday.includes(weekdayOf(date)), at.visit.businessDate))
  if (workingDay !== undefined)
    verdicts.push(judgeDay(date => isWorkingDay(date, at.calendar) === workingDay, at.visit.businessDate))
  if (channel !== undefined)
    verdicts.push(
      unless(channel.includes(at.visit.channel), { code: 'CHANNEL', values: { covered: channel.join(',') } }),
    )
  if (condition.listPrice !== undefined) verdicts.push(judgePrice(condition.listPrice, at.visit.listFen))
  if (condition.runningPrice !== undefined) verdicts.push(judgePrice(condition.runningPrice, at.runningFen))
  return judgeAll(verdicts)
}

/** All hold, or the obstacles of all that do not; one that is hopeless silences the rest. */
export function judgeAll(verdicts: readonly Verdict[]): Verdict {
  const obstacles: Obstacle[] = []
  let holds = true
  for (const verdict of verdicts) {
    if (verdict.holds) continue
    if (verdict.obstacles.length === 0) return no
    holds = false
    obstacles.push(...verdict.obstacles)
  }
  return holds ? yes : { holds: false, obstacles }
}

/** One holds, or the obstacles of the nearest that does not: fewest obstacles, then the first. */
export function judgeAny(verdicts: readonly Verdict[]): Verdict {
  let nearest: Verdict = no
  for (const verdict of verdicts) {
    if (verdict.holds) return yes
    if (verdict.obstacles.length === 0) continue
    if (nearest.holds || nearest.obstacles.length === 0 || verdict.obstacles.length < nearest.obstacles.length)
      nearest = verdict
  }
  return nearest
}

function judgeNone(parts: readonly Condition[], at: Circumstances): Verdict {
  const excluding = parts.filter(part => judge(part, at).holds)
  if (excluding.length === 0) return yes
  return excluding.every(part => part.category !== undefined)
    ? { holds: false, obstacles: [{ code: 'EXCLUDED_CLASS', values: {} }] }
    : no
}

function judgeAge(age: NonNullable<Condition['age']>, { person, visit }: Circumstances): Verdict {
  if (person === null) return no
  const years = ageOn(person.birthDate, visit.businessDate)
  if (age.below !== undefined && years >= age.below) return no
  if (age.atLeast === undefined || years >= age.atLeast) return yes
  return startsOn(birthdayOf(person.birthDate, age.atLeast), visit.businessDate)
}

/** First date on which a person is `years` old: 1 March in common years for those born on 29 February. */
function birthdayOf(birthDate: BusinessDate, years: number): BusinessDate {
  const year = String(Number(birthDate.slice(0, 4)) + years).padStart(4, '0')
  const day = businessDate.safeParse(`${year}${birthDate.slice(4)}`)
  return day.success ? day.data : businessDate.parse(`${year}-03-01`)
}

function startsOn(from: BusinessDate, date: BusinessDate): Verdict {
  return daysBetween(date, from) <= nearDays
    ? { holds: false, obstacles: [{ code: 'AGE_NOT_YET', values: { from } }] }
    : no
}

function judgeCategory(wanted: readonly string[], { person, visit }: Circumstances): Verdict {
  const date = visit.businessDate
  const held = person?.categories.filter(item => wanted.includes(item.id)) ?? []
  if (held.some(({ from, to }) => (from === undefined || from <= date) && (to === undefined || date <= to))) return yes
  const next = held.flatMap(({ from }) => (from !== undefined && from > date ? [from] : [])).sort()[0]
  if (next !== undefined) return startsOn(next, date)
  const ended = held
    .flatMap(({ to }) => (to !== undefined && to < date ? [to] : []))
    .sort()
    .at(-1)
  if (ended === undefined || daysBetween(ended, date) > nearDays) return no
  return { holds: false, obstacles: [{ code: 'ENTITLEMENT_EXPIRED', values: { to: ended } }] }
}

/**
 * Units match by name, and the wider units that both sides state must not differ: short names of streets and districts repeat elsewhere.
 */
function judgePlace(match: PlaceMatch, place: PlaceFacts | undefined, visit: VisitFacts): Verdict {
  const own = place?.[match.unit]
  if (place === undefined || own === undefined) return no
  if (match.is !== 'site') return unless(match.is.includes(own), { code: 'OUT_OF_AREA', values: { unit: match.unit } })
  const site = visit.site.place
  if (site[match.unit] === undefined) return no
  const units = placeUnit.options.slice(0, placeUnit.options.indexOf(match.unit) + 1)
  const differing = units.find(
    unit => place[unit] !== undefined && site[unit] !== undefined && place[unit] !== site[unit],
  )
  return differing === undefined
    ? yes
    : { holds: false, obstacles: [{ code: 'OUT_OF_AREA', values: { unit: differing } }] }
}

function judgeMeal(meals: NonNullable<Condition['meal']>, visit: VisitFacts): Verdict {
  if (visit.meal === undefined) return no
  return unless(meals.includes(visit.meal), { code: 'MEAL_NOT_COVERED', values: { covered: meals.join(',') } })
}

function judgeDay(counts: (date: BusinessDate) => boolean, date: BusinessDate): Verdict {
  if (counts(date)) return yes
  for (let ahead = 1; ahead <= 31; ahead += 1) {
    const resumes = addDays(date, ahead)
    if (counts(resumes)) return { holds: false, obstacles: [{ code: 'WEEKDAY_ONLY', values: { resumes } }] }
  }
  return no
}

/** Working day of a calendar: make-up days, and Monday to Friday without holidays. */
export function isWorkingDay(date: BusinessDate, calendar: WorkCalendar | undefined): boolean {
  if (calendar?.makeUpDays.includes(date)) return true
  return weekdayOf(date) <= 5 && !calendar?.holidays.includes(date)
}

function judgePrice({ atLeast, moreThan }: PriceBounds, priceFen: number): Verdict {
  if (atLeast !== undefined && priceFen < atLeast)
    return {
      holds: false,
      obstacles: [{ code: 'BELOW_MIN', values: { minFen: atLeast, priceFen, bound: 'at-least' } }],
    }
  if (moreThan !== undefined && priceFen <= moreThan)
    return {
      holds: false,
      obstacles: [{ code: 'BELOW_MIN', values: { minFen: moreThan, priceFen, bound: 'more-than' } }],
    }
  return yes
}
