import type { Condition, PolicyPack, PolicyVersion } from '../language.ts'
import type { Phrases, PriceName } from './phrases.ts'
import type { Text } from './text.ts'

/** What a sentence is said about. `running` names the price that conditions and amounts call the running one. */
export type Saying = {
  readonly phrases: Phrases
  readonly pack: PolicyPack
  readonly version?: PolicyVersion
  readonly running: Exclude<PriceName, 'list'>
}

/** A clause, or clauses joined in one sentence by `and` or `or`, or announced points. `parts` are those of an `and`, for joining anew. */
type Clause = Text & { readonly form: 'clause' | 'and' | 'or' | 'points'; readonly parts?: readonly Clause[] }

const mostInSentence = { and: 4, or: 3 }

/** A condition in words: one sentence where that cannot be misread, points otherwise. */
export function sayCondition(condition: Condition, saying: Saying): Text {
  return clauseOf(condition, saying)
}

function clauseOf(condition: Condition, saying: Saying): Clause {
  const { phrases } = saying
  return every(
    [
      ...ofPerson(condition, saying),
      ...(condition.all ?? []).map(part => clauseOf(part, saying)),
      ...(condition.any === undefined ? [] : [either(condition.any, saying)]),
      ...(condition.none === undefined ? [] : [none(condition.none, saying)]),
      ...ofVisit(condition, saying),
      ...ofSite(condition, phrases),
      ...ofPrice(condition, saying),
    ],
    phrases,
  )
}

function clause(text: string): Clause {
  return { text, form: 'clause' }
}

/** The phrase of a key that is given. */
function told<T>(value: T | undefined, say: (value: T) => string): Clause[] {
  return value === undefined ? [] : [clause(say(value))]
}

function ofPerson(condition: Condition, { phrases, pack }: Saying): Clause[] {
  return [
    ...told(condition.guest, phrases.guest),
    ...told(condition.age, phrases.age),
    ...told(condition.born, phrases.born),
    ...told(condition.category, ids => phrases.category(titlesOf(pack.categories, ids, phrases))),
    ...told(condition.household, match => phrases.place('household', match)),
    ...told(condition.residence, match => phrases.place('residence', match)),
    ...told(condition.careGrade, phrases.careGrade),
    ...told(condition.heightCm, phrases.heightCm),
  ]
}

function ofVisit(condition: Condition, { phrases, version }: Saying): Clause[] {
  return [
    ...told(condition.meal, phrases.meal),
    ...told(condition.weekday, phrases.weekday),
    ...told(condition.workingDay, phrases.workingDay),
    ...told(condition.time, phrases.time),
    ...told(condition.channel, phrases.channel),
    ...told(condition.set, phrases.set),
    ...told(condition.service, ids => phrases.service(titlesOf(version?.services ?? [], ids, phrases))),
    ...told(condition.serviceGroup, ids => sayGroups(ids, version, phrases)),
    ...told(condition.minutes, phrases.minutes),
    ...told(condition.paidByInsurance, phrases.paidByInsurance),
  ]
}

function sayGroups(ids: readonly string[], version: PolicyVersion | undefined, phrases: Phrases): string {
  const { services = [], serviceGroups = [] } = version ?? {}
  return services.every(({ group }) => group !== undefined && ids.includes(group))
    ? phrases.wholeCatalogue
    : phrases.serviceGroup(titlesOf(serviceGroups, ids, phrases))
}

function ofSite(condition: Condition, phrases: Phrases): Clause[] {
  return [
    ...told(condition.siteGrade, phrases.siteGrade),
    ...told(condition.siteMode, phrases.siteMode),
    ...told(condition.sitePlace, phrases.sitePlace),
    ...told(condition.listed, phrases.listed),
  ]
}

function ofPrice(condition: Condition, { phrases, running }: Saying): Clause[] {
  return [
    ...told(condition.listPrice, bounds => phrases.price('list', bounds)),
    ...told(condition.runningPrice, bounds => phrases.price(running, bounds)),
  ]
}

/** Titles of ids, or the id itself where it has none. */
export function titlesOf(
  known: readonly { readonly id: string; readonly title: PolicyPack['title'] }[],
  ids: readonly string[],
  phrases: Phrases,
): string[] {
  return ids.map(id => {
    const found = known.find(item => item.id === id)
    return found === undefined ? id : phrases.words(found.title)
  })
}

function every(given: readonly Clause[], phrases: Phrases): Clause {
  const parts = given.flatMap(part => part.parts ?? [part])
  const [only] = parts
  if (only !== undefined && parts.length === 1) return only
  if (parts.length <= mostInSentence.and && parts.every(({ form }) => form === 'clause'))
    return { text: phrases.every(parts.map(({ text }) => text)), form: 'and', parts }
  return { text: phrases.heads.every, items: parts, form: 'points', parts }
}

function either(conditions: readonly Condition[], saying: Saying): Clause {
  const { phrases } = saying
  const parts = conditions.map(part => clauseOf(part, saying))
  const [only] = parts
  if (only !== undefined && parts.length === 1) return only
  if (parts.length <= mostInSentence.or && parts.every(({ form }) => form === 'clause'))
    return { text: phrases.either(parts.map(({ text }) => text)), form: 'or' }
  return { text: phrases.heads.either, items: parts, form: 'points' }
}

function none(conditions: readonly Condition[], saying: Saying): Clause {
  const { phrases, pack } = saying
  const categories = conditions.map(({ category, ...rest }) =>
    Object.keys(rest).length === 0 ? (category ?? []) : null,
  )
  if (categories.every(ids => ids !== null))
    return clause(phrases.notCategory(titlesOf(pack.categories, categories.flat(), phrases)))
  const parts = conditions.map(part => clauseOf(part, saying))
  const [only] = parts
  if (only !== undefined && parts.length === 1 && only.form !== 'points') return clause(phrases.not(only.text))
  return { text: phrases.heads.none, items: parts, form: 'points' }
}
