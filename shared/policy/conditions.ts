import { addDays, type BusinessDate, daysBetween, weekdayOf } from '../business-day.ts'
import { type AgeRules, countsAsAgedFrom } from './ages.ts'
import { type PersonFacts, type PlaceFacts, placeUnit, type VisitFacts } from './facts.ts'
import type {
  Category,
  Condition,
  PlaceMatch,
  PolicyPack,
  PolicyVersion,
  PriceBounds,
  WorkCalendar,
} from './language.ts'
import type { Obstacle } from './reasons.ts'

/** What of a pack and its version a condition refers to. */
export type Rules = AgeRules &
  Pick<PolicyVersion, 'services'> & {
    readonly calendar?: WorkCalendar | undefined
    readonly categories: readonly Category[]
  }

export function rulesOf(pack: PolicyPack, version: PolicyVersion): Rules {
  const { services, ageRule, leapDayBirthday } = version
  return { services, ageRule, leapDayBirthday, calendar: pack.calendar, categories: pack.categories }
}

/** What a condition is judged on. `runningFen` is the price that the steps before left. */
export type Circumstances = {
  readonly person: PersonFacts | null
  /** Somebody identified themselves whose facts are not known here: neither a person nor a guest. */
  readonly stranger?: true | undefined
  readonly visit: VisitFacts
  readonly runningFen: number
  readonly rules: Rules
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
  const verdicts = [
    ...judgeParts(condition, at),
    ...judgePerson(condition, at),
    ...judgeVisit(condition, at),
    ...judgeSite(condition, at.visit),
  ]
  return judgeAll(verdicts)
}

function judgeParts({ all, any, none }: Condition, at: Circumstances): Verdict[] {
  return [
    ...(all === undefined ? [] : [judgeAll(all.map(part => judge(part, at)))]),
    ...(any === undefined ? [] : [judgeAny(any.map(part => judge(part, at)))]),
    ...(none === undefined ? [] : [judgeNone(none, at)]),
  ]
}

function judgePerson(condition: Condition, at: Circumstances): Verdict[] {
  const { guest, age, born, category, household, residence, careGrade, heightCm } = condition
  const { person, visit } = at
  const verdicts: Verdict[] = []
  if (guest !== undefined) verdicts.push(unless(guest === (person === null && at.stranger !== true)))
  if (age !== undefined) verdicts.push(judgeAge(age, at))
  if (born !== undefined)
    verdicts.push(unless(person !== null && isWithin(person.birthDate, { atLeast: born.from, atMost: born.to })))
  if (category !== undefined) verdicts.push(judgeCategory(category, at))
  if (household !== undefined) verdicts.push(judgePlace(household, person?.household, visit))
  if (residence !== undefined) verdicts.push(judgePlace(residence, person?.residence, visit))
  if (careGrade !== undefined) verdicts.push(unless(isWithin(person?.careGrade, careGrade)))
  if (heightCm !== undefined) verdicts.push(unless(isWithin(person?.heightCm, heightCm)))
  return verdicts
}

function judgeVisit(condition: Condition, at: Circumstances): Verdict[] {
  const { meal, weekday, workingDay, time, channel, set, minutes, paidByInsurance, listPrice, runningPrice } = condition
  const { visit, rules } = at
  const verdicts: Verdict[] = []
  if (meal !== undefined) verdicts.push(judgeMeal(meal, visit))
  if (weekday !== undefined) verdicts.push(judgeDay(date => weekday.includes(weekdayOf(date)), visit.businessDate))
  if (workingDay !== undefined)
    verdicts.push(judgeDay(date => isWorkingDay(date, rules.calendar) === workingDay, visit.businessDate))
  if (time !== undefined) verdicts.push(judgeTime(time, visit))
  if (channel !== undefined) verdicts.push(judgeListed('CHANNEL', channel, visit.channel))
  if (set !== undefined) verdicts.push(judgeListed('SET_NOT_COVERED', set, visit.set))
  verdicts.push(...judgeService(condition, at))
  if (minutes !== undefined) {
    const values = { minMinutes: minutes.atLeast, minutes: visit.minutes ?? 0 }
    verdicts.push(unless(values.minutes >= minutes.atLeast, { code: 'TOO_SHORT', values }))
  }
  if (paidByInsurance !== undefined)
    verdicts.push(
      paidByInsurance
        ? unless(visit.paidByInsurance === true)
        : unless(visit.paidByInsurance !== true, { code: 'PAID_BY_INSURANCE', values: {} }),
    )
  if (listPrice !== undefined) verdicts.push(judgePrice(listPrice, visit.listFen))
  if (runningPrice !== undefined) verdicts.push(judgePrice(runningPrice, at.runningFen))
  return verdicts
}

function judgeSite({ siteGrade, siteMode, sitePlace, listed }: Condition, { site }: VisitFacts): Verdict[] {
  const here = (holds: boolean) => unless(holds, { code: 'SITE_NOT_COVERED', values: {} })
  const verdicts: Verdict[] = []
  if (siteGrade !== undefined) verdicts.push(here(site.grade !== undefined && siteGrade.includes(site.grade)))
  if (siteMode !== undefined) verdicts.push(here(site.mode !== undefined && siteMode.includes(site.mode)))
  if (sitePlace !== undefined) {
    const unit = site.place[sitePlace.unit]
    verdicts.push(here(unit !== undefined && sitePlace.is.includes(unit)))
  }
  if (listed !== undefined)
    verdicts.push(listed ? unless(site.listed, { code: 'SITE_SUSPENDED', values: {} }) : unless(!site.listed))
  return verdicts
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
  if (excluding.every(part => part.category !== undefined))
    return { holds: false, obstacles: [{ code: 'EXCLUDED_CLASS', values: {} }] }
  return excluding.every(part => part.paidByInsurance === true)
    ? { holds: false, obstacles: [{ code: 'PAID_BY_INSURANCE', values: {} }] }
    : no
}

function judgeAge({ atLeast, below }: NonNullable<Condition['age']>, { person, visit, rules }: Circumstances): Verdict {
  if (person === null) return no
  const date = visit.businessDate
  if (below !== undefined && date >= countsAsAgedFrom(person.birthDate, below, rules)) return no
  if (atLeast === undefined) return yes
  const from = countsAsAgedFrom(person.birthDate, atLeast, rules)
  return date >= from ? yes : startsOn(from, date)
}

function startsOn(from: BusinessDate, date: BusinessDate): Verdict {
  return daysBetween(date, from) <= nearDays
    ? { holds: false, obstacles: [{ code: 'AGE_NOT_YET', values: { from } }] }
    : no
}

/** Held on the roster, or following from other facts; of all that fail, the nearest says why. */
function judgeCategory(wanted: readonly string[], at: Circumstances): Verdict {
  if (at.person === null) return no
  const following = at.rules.categories.flatMap(({ id, follows }) =>
    follows !== undefined && wanted.includes(id) ? [judge(follows, at)] : [],
  )
  return judgeAny([judgeHeld(wanted, at.person, at.visit.businessDate), ...following])
}

function judgeHeld(wanted: readonly string[], person: PersonFacts, date: BusinessDate): Verdict {
  const held = person.categories.filter(item => wanted.includes(item.id))
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

function judgeTime({ from = '', before = '' }: NonNullable<Condition['time']>, { time }: VisitFacts): Verdict {
  if (time === undefined) return no
  const holds = time >= from && (before === '' || time < before)
  return unless(holds, { code: 'TIME_NOT_COVERED', values: { from, before } })
}

function judgeListed(
  code: 'CHANNEL' | 'SET_NOT_COVERED',
  covered: readonly string[],
  given: string | undefined,
): Verdict {
  return unless(given !== undefined && covered.includes(given), { code, values: { covered: covered.join(',') } })
}

function judgeService({ service, serviceGroup }: Condition, { visit, rules }: Circumstances): Verdict[] {
  if (service === undefined && serviceGroup === undefined) return []
  // A meal is no service at all: nothing to tell.
  if (visit.service === undefined) return [no]
  const group = rules.services?.find(({ id }) => id === visit.service)?.group
  const holds =
    (service === undefined || service.includes(visit.service)) &&
    (serviceGroup === undefined || (group !== undefined && serviceGroup.includes(group)))
  return [unless(holds, { code: 'SERVICE_NOT_COVERED', values: {} })]
}

function judgePrice({ atLeast, moreThan, atMost, below }: PriceBounds, priceFen: number): Verdict {
  const under = (minFen: number, bound: string): Verdict => ({
    holds: false,
    obstacles: [{ code: 'BELOW_MIN', values: { minFen, priceFen, bound } }],
  })
  const over = (maxFen: number, bound: string): Verdict => ({
    holds: false,
    obstacles: [{ code: 'ABOVE_MAX', values: { maxFen, priceFen, bound } }],
  })
  if (atLeast !== undefined && priceFen < atLeast) return under(atLeast, 'at-least')
  if (moreThan !== undefined && priceFen <= moreThan) return under(moreThan, 'more-than')
  if (atMost !== undefined && priceFen > atMost) return over(atMost, 'at-most')
  if (below !== undefined && priceFen >= below) return over(below, 'below')
  return yes
}

/** Whether a known value lies within inclusive bounds and below an exclusive one. */
function isWithin<T extends string | number>(
  value: T | undefined,
  { atLeast, atMost, below }: { atLeast?: T | undefined; atMost?: T | undefined; below?: T | undefined },
): boolean {
  return (
    value !== undefined &&
    (atLeast === undefined || value >= atLeast) &&
    (atMost === undefined || value <= atMost) &&
    (below === undefined || value < below)
  )
}
