import type { Amount, Benefit, Cap, PolicyVersion, Reduction, Shares } from '../language.ts'
import type { Giving } from './phrases.ts'
import { isTarget, payersOf, sayClasses, sayPlain } from './say-amount.ts'
import { type Saying, sayCondition } from './say-condition.ts'
import type { Text } from './text.ts'

type Operator = Extract<Benefit, { kind: 'operator' }>
type Choice = Extract<Benefit, { kind: 'choice' }>
/** A step that changes the price. */
export type Step = Exclude<Benefit, Operator>
type Giver = Reduction | Extract<Benefit, { kind: 'surcharge' }> | Operator

export function stepsOf({ benefits }: PolicyVersion): Step[] {
  return benefits.filter(item => item.kind !== 'operator')
}

/** One step of a version, by its number from 1. */
export function sayStep(step: Step, number: number, saying: Saying): Text {
  const { phrases } = saying
  const text = step.kind === 'choice' ? sayChoice(step, saying) : sayGiver(step, saying)
  return { ...text, text: phrases.step(number, titleOf(step, saying), text.text) }
}

/** What the operator earns: `own` pay is what its amount and conditions call the price. */
export function sayOperator(step: Operator, given: Saying): Text {
  const { phrases } = given
  const text = sayGiver(step, { ...given, running: 'own' })
  return { ...text, text: phrases.whereSubsidised(titleOf(step, given), text.text) }
}

/** The title of a step, with its note. */
function titleOf({ title, note }: Pick<Benefit, 'title' | 'note'>, { phrases }: Saying): string {
  return `${phrases.words(title)}${note === undefined ? '' : phrases.aside(phrases.words(note))}`
}

type Whom = NonNullable<Benefit['for']>

function sayChoice({ for: whom = 'person', when, choose, options }: Choice, saying: Saying): Text {
  const { phrases } = saying
  const points = options.map(option => {
    const text = sayGiver(option, saying, whom)
    return { ...text, text: phrases.optionTitle(titleOf(option, saying), text.text) }
  })
  return ruled(
    { whom: whom === 'person' ? '' : phrases.whom(whom), when, saying },
    { text: phrases.choice(choose), items: points },
    { below: phrases.optionsBelow, more: [] },
  )
}

/** `within` says whom a choice around it is for. */
function sayGiver(step: Giver, saying: Saying, within?: Whom): Text {
  const { phrases } = saying
  const { for: whom = 'person', when, amount } = step
  const more = restrictions(step, saying)
  const implied = within === undefined ? whom === 'person' : whom === within || whom === 'anyone'
  const said = { whom: `${implied ? '' : phrases.whom(whom)}${issuedFor(step, saying)}`, when, saying }
  return ruled(said, sayGift(step.kind, amount, sharesOf(step), saying), { below: phrases.amountBelow, more })
}

function allowanceOf(step: Giver, { version }: Saying) {
  const id = step.kind === 'subsidy' ? step.allowance : undefined
  return version?.allowances?.find(item => item.id === id)
}

/** Whom the allowance is issued to that pays a step, where that is not everybody. */
function issuedFor(step: Giver, saying: Saying): string {
  const allowance = allowanceOf(step, saying)
  if (allowance === undefined || isForAll(allowance.cap)) return ''
  return saying.phrases.issued(saying.phrases.words(allowance.title), allowance.period)
}

/** Whether everybody has a cap, be it by class. */
export function isForAll(cap: Cap): boolean {
  return typeof cap === 'number' || cap.classes.some(({ when }) => when === undefined)
}

function sharesOf(step: Giver): Shares {
  switch (step.kind) {
    case 'operator':
      return [{ fund: step.fund, share: 1 }]
    case 'subsidy':
      return step.funds ?? (step.fund === undefined ? [] : [{ fund: step.fund, share: 1 }])
    default:
      return []
  }
}

function sayGift(giving: Giving, amount: Amount, shares: Shares, saying: Saying): Text {
  const { phrases } = saying
  const paidBy = shares.length === 0 ? '' : phrases.paidBy(payersOf(shares, saying))
  return amount.kind === 'classes'
    ? {
        text: phrases.givesByClass(giving, phrases.byClass(amount.choose ?? 'first'), paidBy),
        items: sayClasses(amount, saying, giving),
      }
    : { text: (isTarget(amount) ? phrases.givesDown : phrases.gives)(giving, sayPlain(amount, saying), paidBy) }
}

type Ruling = { readonly whom: string; readonly when: Reduction['when']; readonly saying: Saying }

/** "If this, then that": where both have points, those of the condition first and then the gift in a sentence of its own. */
function ruled(
  { whom, when, saying }: Ruling,
  gift: Text,
  { below, more }: { readonly below: string; readonly more: readonly string[] },
): Text {
  const { phrases } = saying
  const condition: Text = when === undefined ? { text: '' } : sayCondition(when, saying)
  const both = condition.items !== undefined && gift.items !== undefined
  const first = phrases.when(whom, condition.text, both ? below : gift.text)
  const items = condition.items ?? gift.items
  const tail: Text[] = more.length === 0 ? [] : [{ text: phrases.sentences(more) }]
  if (items === undefined) return { text: phrases.sentences([first, ...more]) }
  return { text: first, items, after: both ? [gift, ...tail] : tail }
}

function restrictions(step: Giver, saying: Saying): string[] {
  const { phrases, version } = saying
  if (step.kind !== 'discount' && step.kind !== 'subsidy') return []
  const limits = version?.limits ?? []
  const named = limits.flatMap((limit, index) =>
    step.limits?.includes(limit.id) ? [{ ...limit, number: index + 1 }] : [],
  )
  const allowance = allowanceOf(step, saying)
  const ofMoney = named.filter(({ unit }) => unit === 'fen')
  const whole = ofMoney.some(({ beyond }) => beyond !== 'rest')
  const rest = allowance !== undefined || ofMoney.some(({ beyond }) => beyond === 'rest')
  return [
    ...(step.leavesAtLeastFen === undefined ? [] : [phrases.leaves(phrases.yuan(step.leavesAtLeastFen))]),
    ...(allowance === undefined ? [] : [phrases.fromAllowance(phrases.words(allowance.title))]),
    ...(named.length === 0 ? [] : [phrases.underLimits(named.map(({ number }) => number))]),
    ...(whole && rest ? [phrases.restFirst] : []),
  ]
}
