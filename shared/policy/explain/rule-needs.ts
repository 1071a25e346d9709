import type { Benefit, Condition, PolicyPack, PolicyVersion, Reduction } from '../language.ts'
import { mentions, objectsIn } from './mentions.ts'
import type { RuleNeeds } from './phrases.ts'

/** Discounts and subsidies of a pack, options of choices too, each with the condition of its choice. */
function reductionsIn({ versions }: PolicyPack): { step: Reduction; version: PolicyVersion; around?: Condition }[] {
  return versions.flatMap(version =>
    version.benefits.flatMap((step): { step: Reduction; version: PolicyVersion; around?: Condition }[] => {
      if (step.kind === 'choice')
        return step.options.map(option => ({ step: option, version, ...(step.when && { around: step.when }) }))
      return step.kind === 'discount' || step.kind === 'subsidy' ? [{ step, version }] : []
    }),
  )
}

export function unknownNeeds(pack: PolicyPack): RuleNeeds['unknown'] {
  const rules = [pack.categories, pack.versions]
  const negated = [...objectsIn(rules)].flatMap(item => ('none' in item && Array.isArray(item.none) ? item.none : []))
  return {
    categories: mentions(rules, 'category'),
    negated: negated.some(item => Object.keys(item).some(key => key !== 'category')),
    listing: whitelistNeeds(pack) !== null || mentions(rules, 'listed'),
  }
}

/** What becomes of site discounts off the whitelist; null where there are no subsidies. */
export function whitelistNeeds(pack: PolicyPack): RuleNeeds['whitelist'] | null {
  const steps = reductionsIn(pack)
  if (!steps.some(({ step }) => step.kind === 'subsidy')) return null
  const discounts = steps.filter(({ step }) => step.kind === 'discount')
  if (discounts.length === 0)
    return [...objectsIn(pack.versions)].some(item => 'kind' in item && item.kind === 'surcharge')
      ? 'surcharged'
      : 'none'
  if (discounts.every(({ step, around }) => asksListing(step.when) || asksListing(around))) return 'stop'
  return mentions(
    discounts.map(({ step, around }) => [step, around]),
    'listed',
  )
    ? 'some'
    : 'stay'
}

function asksListing(when: Condition | undefined): boolean {
  return when?.listed === true || (when?.all ?? []).some(asksListing)
}

export function countingNeeds(pack: PolicyPack): RuleNeeds['counting'] {
  const limits = pack.versions.flatMap(version => version.limits)
  const allowances = pack.versions.flatMap(({ allowances: own = [] }) => own)
  const strictOf = ({ step, version }: ReturnType<typeof reductionsIn>[number]) =>
    version.limits.filter(({ id, beyond }) => beyond !== 'rest' && step.limits?.includes(id))
  return {
    limits: limits.length > 0,
    counts: limits.some(({ unit }) => unit === 'count'),
    several: reductionsIn(pack).some(item => strictOf(item).length > 1),
    rest: allowances.length > 0 || limits.some(({ beyond }) => beyond === 'rest'),
  }
}

/** Whether all versions, two or more, have the same limits and allowances, each in its place, and some of them last over days. */
export function goesOnEverywhere({ versions }: PolicyPack): boolean {
  const countersOf = ({ limits, allowances = [] }: PolicyVersion) =>
    JSON.stringify([limits, allowances].map(list => list.map(({ id, period }) => [id, period])))
  const [first, ...later] = versions
  if (first === undefined || later.length === 0) return false
  const lasting = [...first.limits, ...(first.allowances ?? [])].some(
    ({ period }) => period !== 'meal' && period !== 'day',
  )
  return lasting && later.every(version => countersOf(version) === countersOf(first))
}

const parts: readonly unknown[] = ['percent', 'fraction']

/** What of a version is rounded as the version says, and, of the whole pack, what rounded amounts are held against. */
export function roundingNeeds(pack: PolicyPack, { rounding, benefits }: PolicyVersion): RuleNeeds['rounding'] {
  const whole = (item: object) => rounding.unitFen === 1 && 'percent' in item && item.percent === 100
  const roundsAny = (kinds: readonly unknown[], value: unknown) =>
    [...objectsIn(value)].some(
      item => 'kind' in item && kinds.includes(item.kind) && !('rounding' in item) && !whole(item),
    )
  const partsOf = (kinds: readonly Benefit['kind'][]) =>
    roundsAny(
      parts,
      benefits.filter(({ kind }) => kinds.includes(kind)),
    )
  const everything = pack.versions.map(version => version.benefits)
  return {
    amounts: [
      ...(partsOf(['discount', 'subsidy', 'choice']) ? ['taken' as const] : []),
      ...(partsOf(['surcharge']) ? ['added' as const] : []),
      ...(partsOf(['operator']) ? ['earned' as const] : []),
    ],
    target: roundsAny(['price-percent'], benefits),
    bounds: [
      ...(mentions(everything, 'capFen') ? ['cap' as const] : []),
      ...(mentions(everything, 'allowance') ? ['allowance' as const] : []),
    ],
    threshold: mentions(everything, 'runningPrice'),
  }
}
