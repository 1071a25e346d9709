import type { Cap, PolicyVersion, Reduction } from '../language.ts'
import { goesOnEverywhere } from './rule-needs.ts'
import { type Saying, sayCondition } from './say-condition.ts'
import { isForAll, stepsOf } from './say-step.ts'
import type { Text } from './text.ts'

type Limit = PolicyVersion['limits'][number]
type Allowance = NonNullable<PolicyVersion['allowances']>[number]
type Within = Saying & { readonly version: PolicyVersion }

/** A limit by its number from 1: how much, for which steps, and what becomes of an amount that does not fit. */
export function sayLimit(limit: Limit, number: number, saying: Within): Text {
  const { phrases, version } = saying
  const { id, title, period, unit, cap, beyond = 'nothing' } = limit
  const inUnit = (most: number) => (unit === 'fen' ? phrases.yuan(most) : phrases.times(most))
  const draws = ({ limits = [] }: Reduction) => limits.includes(id)
  const discounts = reductionsOf(version).some(({ step }) => step.kind === 'discount' && draws(step))
  const gives = discounts ? 'discount' : 'subsidy'
  const more = [
    ...usedBy(version, draws, saying),
    ...(unit === 'fen' ? [phrases.beyond[beyond]] : []),
    ...(period === 'meal' && version.services !== undefined ? [phrases.mealOfService] : []),
    ...goingOn(saying, limit, ({ limits }) => limits),
  ]
  const heading = (text: string) => phrases.limit(number, title === undefined ? undefined : phrases.words(title), text)
  return capped(
    cap,
    inUnit,
    {
      fixed: most => phrases.cap(period, unit, most, gives),
      byClass: phrases.capByClass(period, unit, gives),
      none: phrases.noCap.limit,
    },
    { heading, more, saying },
  )
}

/** An allowance or voucher: how much is issued, for which steps, and when it is gone. */
export function sayAllowance(allowance: Allowance, saying: Within): Text {
  const { phrases, version } = saying
  const { id, title, note, period, cap, entitledOn = 'day' } = allowance
  const more = [
    ...usedBy(version, step => 'allowance' in step && step.allowance === id, saying),
    phrases.balance(period),
    ...(typeof cap === 'number' || period === 'day' ? [] : [phrases.entitledOn(entitledOn, period, isForAll(cap))]),
    ...goingOn(saying, allowance, ({ allowances = [] }) => allowances),
  ]
  const aside = note === undefined ? '' : phrases.aside(phrases.words(note))
  const heading = (text: string) => phrases.allowance(phrases.words(title), id, aside, text)
  return capped(
    cap,
    phrases.yuan,
    {
      fixed: most => phrases.issue(period, most),
      byClass: phrases.issueByClass(period),
      none: phrases.noCap.allowance,
    },
    { heading, more, saying },
  )
}

type CapWords = { readonly fixed: (most: string) => string; readonly byClass: string; readonly none: string }
type Around = { readonly heading: (text: string) => string; readonly more: readonly string[]; readonly saying: Saying }

function capped(cap: Cap, inUnit: (most: number) => string, words: CapWords, { heading, more, saying }: Around): Text {
  const { phrases } = saying
  if (typeof cap === 'number') return { text: heading(phrases.sentences([words.fixed(inUnit(cap)), ...more])) }
  const points = cap.classes.map(({ when, cap: most }, index): Text => {
    const who =
      when === undefined ? { text: index === 0 ? phrases.everybody : phrases.others } : sayCondition(when, saying)
    return { ...who, text: phrases.ofClass(who.text, inUnit(most)) }
  })
  return {
    text: heading(words.byClass),
    items: isForAll(cap) ? points : [...points, { text: words.none }],
    after: more.length === 0 ? [] : [{ text: phrases.sentences(more) }],
  }
}

type Numbered = { readonly step: Reduction; readonly number: number; readonly option: number | undefined }

/** The steps that take something off, by number, and options of choices by their own. */
function reductionsOf(version: PolicyVersion): Numbered[] {
  return stepsOf(version).flatMap((step, index): Numbered[] => {
    const number = index + 1
    if (step.kind === 'choice')
      return step.options.map((option, place) => ({ step: option, number, option: place + 1 }))
    return step.kind === 'surcharge' ? [] : [{ step, number, option: undefined }]
  })
}

/** Which steps, and options of steps, draw on something. */
function usedBy(version: PolicyVersion, draws: (step: Reduction) => boolean, { phrases }: Saying): string[] {
  const refs = reductionsOf(version)
    .filter(({ step }) => draws(step))
    .map(({ number, option }) => phrases.stepRef(number, option))
  if (refs.length === 0) return [phrases.unused]
  // One step alone names what it draws on itself.
  return refs.length === 1 ? [] : [phrases.steps(refs)]
}

const overDays: readonly string[] = ['week', 'month', 'year']

/** The version before this one that draws on the same counter: what was used under it in a period counts on. */
function goingOn(
  { pack, version, phrases }: Within,
  counter: Pick<Limit, 'id' | 'period'>,
  countersOf: (version: PolicyVersion) => readonly Pick<Limit, 'id' | 'period'>[],
): string[] {
  if (!overDays.includes(counter.period) || goesOnEverywhere(pack)) return []
  const earlier = pack.versions.filter(
    other =>
      other.from < version.from &&
      countersOf(other).some(({ id, period }) => id === counter.id && period === counter.period),
  )
  const last = earlier.sort((one, other) => (one.from < other.from ? -1 : 1)).at(-1)
  return last === undefined ? [] : [phrases.goesOn(last.id)]
}
