import { weekdayOf } from '../../business-day.ts'
import { isWorkingDay } from '../conditions.ts'
import { channel, greatestFen, placeUnit } from '../facts.ts'
import type { PolicyPack, PolicyVersion } from '../language.ts'
import type { Literal } from './formula.ts'

/** What is known of one fact. `among: null` = any word. */
export type Domain = {
  readonly presence: 'open' | 'known' | 'unknown'
  readonly from: number
  readonly to: number
  readonly among: ReadonlySet<string> | null
  readonly without: ReadonlySet<string>
}

/** What is known of a person and a visit. */
export type Known = {
  readonly domains: ReadonlyMap<string, Domain>
  /** Of each list, one category is held. */
  readonly holds: readonly (readonly string[])[]
  readonly lacks: ReadonlySet<string>
}

/** What holds wherever the steps of a version are taken. */
export type World = {
  /** Weekdays that can be working days, and those that can be free, by the pack's calendar. */
  readonly working: ReadonlySet<string>
  readonly free: ReadonlySet<string>
  /** First and last year in which the version is in force. */
  readonly fromYear: number
  readonly toYear: number
  /** Names of running prices that no surcharge can have raised above the list price. */
  readonly notRaised: ReadonlySet<string>
}

export const nothingKnown: Known = { domains: new Map(), holds: [], lacks: new Set() }

export function worldOf({ calendar }: PolicyPack, { from, to }: PolicyVersion): World {
  const days = [...(calendar?.holidays ?? []), ...(calendar?.makeUpDays ?? [])]
  const listed = (working: boolean) =>
    days.filter(date => isWorkingDay(date, calendar) === working).map(date => String(weekdayOf(date)))
  return {
    working: new Set(['1', '2', '3', '4', '5', ...listed(true)]),
    free: new Set(['6', '7', ...listed(false)]),
    fromYear: Number(from.slice(0, 4)),
    toYear: Number((to ?? '9999').slice(0, 4)),
    notRaised: new Set(),
  }
}

const bounds: Readonly<Record<string, readonly [number, number]>> = {
  age: [0, 130],
  born: [1800_01_01, 2999_12_31],
  careGrade: [0, 9],
  heightCm: [0, 300],
  minutes: [0, 100_000],
  time: [0, 1439],
  listPrice: [0, greatestFen],
}
const yesNo = ['yes', 'no']
const words: Readonly<Record<string, readonly string[]>> = {
  guest: yesNo,
  listed: yesNo,
  workingDay: yesNo,
  paidByInsurance: yesNo,
  weekday: ['1', '2', '3', '4', '5', '6', '7'],
  channel: channel.options,
}
const ofPerson = /^(?:age|born|careGrade|heightCm|household[.@].*|residence[.@].*)$/
const knownOfEverybody = /^(?:age|born)$/
const knownAlways = /^(?:guest|listed|workingDay|paidByInsurance|weekday|channel|listPrice|runningPrice.*)$/

function domainOf(known: Known, fact: string): Domain {
  const stated = known.domains.get(fact)
  if (stated !== undefined) return stated
  const [from, to] = bounds[fact] ?? [
    fact.startsWith('runningPrice') ? 0 : Number.NEGATIVE_INFINITY,
    Number.POSITIVE_INFINITY,
  ]
  const choice = words[fact]
  return {
    presence: knownAlways.test(fact) ? 'known' : 'open',
    from,
    to,
    among: choice === undefined ? null : new Set(choice),
    without: new Set(),
  }
}

/** What is known once a literal holds too, or the facts that then contradict each other. */
export function learn(
  known: Known,
  literal: Literal,
  world: World,
): { readonly known: Known } | { readonly clash: readonly string[] } {
  if (literal.kind === 'holds' || literal.kind === 'lacks') return learnCategories(known, literal, world)
  const { fact } = literal
  const domain = domainOf(known, fact)
  const next = narrowed(domain, literal)
  if (next === null) return { clash: [fact] }
  let learnt: Known = { ...known, domains: new Map(known.domains).set(fact, next) }
  const guest =
    next.presence === 'known' && ofPerson.test(fact)
      ? 'no'
      : next.presence === 'unknown' && knownOfEverybody.test(fact)
        ? 'yes'
        : null
  if (guest !== null) {
    const whose = narrowed(domainOf(learnt, 'guest'), { kind: 'among', fact: 'guest', values: [guest] })
    if (whose === null) return { clash: ['guest', fact] }
    learnt = { ...learnt, domains: new Map(learnt.domains).set('guest', whose) }
  }
  const clash = clashBetween(learnt, world)
  return clash === null ? { known: learnt } : { clash }
}

function learnCategories(known: Known, { kind, categories }: Extract<Literal, { categories: unknown }>, world: World) {
  const learnt: Known =
    kind === 'holds'
      ? { ...known, holds: [...known.holds, categories] }
      : { ...known, lacks: new Set([...known.lacks, ...categories]) }
  if (learnt.holds.some(list => list.every(id => learnt.lacks.has(id)))) return { clash: ['category'] }
  if (kind === 'lacks') return { known: learnt }
  const guest = learn(learnt, { kind: 'among', fact: 'guest', values: ['no'] }, world)
  return 'known' in guest ? guest : { clash: ['guest', 'category'] }
}

function narrowed(domain: Domain, literal: Exclude<Literal, { categories: unknown }>): Domain | null {
  const next = { ...domain, ...narrowing(domain, literal) }
  if (
    literal.kind === 'unknown'
      ? domain.presence === 'known'
      : literal.kind !== 'not-among' && domain.presence === 'unknown'
  )
    return null
  if (next.presence === 'unknown') return next
  const left = next.among === null ? null : [...next.among].filter(value => !next.without.has(value))
  if (next.from <= next.to && left?.length !== 0) return next
  return next.presence === 'known' ? null : { ...next, presence: 'unknown' }
}

function narrowing(domain: Domain, literal: Exclude<Literal, { categories: unknown }>): Partial<Domain> {
  switch (literal.kind) {
    case 'range':
      return { presence: 'known', from: Math.max(domain.from, literal.from), to: Math.min(domain.to, literal.to) }
    case 'unknown':
      return { presence: 'unknown' }
    case 'among':
      return { presence: 'known', among: new Set(literal.values.filter(value => domain.among?.has(value) ?? true)) }
    case 'not-among':
      return { without: new Set([...domain.without, ...literal.values]) }
  }
}

/** Facts that cannot go together though each alone could be. */
function clashBetween(known: Known, world: World): string[] | null {
  return clashOfDays(known, world) ?? clashOfPrices(known, world) ?? clashOfBirth(known, world) ?? clashOfPlaces(known)
}

function clashOfDays({ domains }: Known, { working, free }: World): string[] | null {
  const [day, workingDay] = [domains.get('weekday'), domains.get('workingDay')]
  if (day === undefined || workingDay === undefined) return null
  const kinds = [...(has(workingDay, 'yes') ? [working] : []), ...(has(workingDay, 'no') ? [free] : [])]
  return words.weekday?.some(weekday => has(day, weekday) && kinds.some(kind => kind.has(weekday)))
    ? null
    : ['weekday', 'workingDay']
}

function clashOfPrices({ domains }: Known, { notRaised }: World): string[] | null {
  const highest = domains.get('listPrice')?.to ?? greatestFen
  const raised = [...notRaised].some(running => (domains.get(running)?.from ?? 0) > highest)
  return raised ? ['listPrice', 'runningPrice'] : null
}

/** Ages on the days of the version, a year wider than the birth dates say: the rule of when an age counts may shift them. */
function clashOfBirth({ domains }: Known, { fromYear, toYear }: World): string[] | null {
  const [age, born] = [domains.get('age'), domains.get('born')]
  if (age?.presence !== 'known' || born?.presence !== 'known') return null
  const youngest = fromYear - Math.floor(born.to / 10_000) - 2
  const oldest = toYear - Math.floor(born.from / 10_000) + 1
  return age.to < youngest || age.from > oldest ? ['age', 'born'] : null
}

/** Whoever is at home in the site's street is so in its city; and a person at home at the site is where the site is. */
function clashOfPlaces({ domains }: Known): string[] | null {
  for (const whose of ['household', 'residence'])
    for (const [depth, unit] of placeUnit.options.entries()) {
      const matches = domains.get(`${whose}@site.${unit}`)
      if (matches?.presence !== 'known') continue
      const wider = placeUnit.options.slice(0, depth + 1)
      if (wider.some(each => isNot(domains.get(`${whose}@site.${each}`)))) return [`${whose}@site.${unit}`]
      if (wider.some(each => apart(domains.get(`${whose}.${each}`), domains.get(`sitePlace.${each}`))))
        return [`${whose}.${unit}`, `sitePlace.${unit}`]
    }
  return null
}

function isNot(domain: Domain | undefined): boolean {
  return domain !== undefined && (domain.presence === 'unknown' || domain.without.has('yes'))
}

function apart(left: Domain | undefined, right: Domain | undefined): boolean {
  if (left?.presence !== 'known' || right?.presence !== 'known' || left.among === null) return false
  return ![...left.among].some(value => has(left, value) && has(right, value))
}

function has(domain: Domain, value: string): boolean {
  return (domain.among?.has(value) ?? true) && !domain.without.has(value)
}
