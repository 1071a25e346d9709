import type { PolicyPack, Reduction } from '../language.ts'
import { canHold } from './can-hold.ts'
import { titled } from './fact-words.ts'
import { error, type Finding, warning } from './finding.ts'
import { all, any, type Formula, formulaOf, not, yes } from './formula.ts'
import { foundWhen, plainAmounts, type Scene, type Step, takenWhen } from './scene.ts'

/** Discounts and subsidies of which everybody has a price of nothing already, by an earlier step that takes the whole. */
export function nothingLeft(steps: readonly Step[], scene: Scene): Finding[] {
  const { benefits } = scene.version
  return steps.flatMap(later => {
    if (!isReduction(later.step)) return []
    const earlier = steps.filter(
      step =>
        step.position < later.position &&
        takesAll(step, scene) &&
        !benefits.slice(step.position, later.position).some(({ kind }) => kind === 'surcharge'),
    )
    const [first] = earlier
    if (
      first === undefined ||
      canHold([takenWhen(later), ...earlier.map(step => not(givenWhen(step)))], later.world).possible
    )
      return []
    const name = titled(first.step)
    return [
      error(
        'nothing-left',
        later.path,
        `这一项永远用不上：符合它的人，价格已被${name.zh}减到 0。请调整顺序或金额`,
        `this step is never used: for all who fit it ${name.en} has brought the price to nothing. Change the order or the amounts`,
      ),
    ]
  })
}

function isReduction(step: Step['step']): step is Reduction {
  return step.kind === 'discount' || step.kind === 'subsidy'
}

/** When a step is taken and one of its classes, if it has any, holds. */
function givenWhen(step: Step): Formula {
  return all(takenWhen(step), ...('amount' in step.step ? [foundWhen(step.step.amount, step.meaning)] : []))
}

/** Whether a step, wherever its conditions hold, leaves a price of nothing. */
function takesAll({ step, isOption, path }: Step, { pack, version }: Scene): boolean {
  if (isOption || !isReduction(step) || isBounded(step, pack) || version.minimumOwnPay !== undefined) return false
  // A running price asked for before that step says nothing about the price before a later one.
  if (JSON.stringify(step).includes('"runningPrice"')) return false
  const raised = version.benefits.some(({ kind }) => kind === 'surcharge')
  return plainAmounts(step.amount, path).every(({ amount }) => {
    if (amount.kind === 'fixed' || amount.capFen !== undefined) return false
    if (amount.kind === 'price') return amount.fen === 0
    if (amount.kind === 'price-percent') return amount.percent === 0
    const isWhole = amount.kind === 'percent' ? amount.percent === 100 : amount.numerator === amount.denominator
    return isWhole && (amount.rounding ?? version.rounding).unitFen === 1 && (amount.of === 'running' || !raised)
  })
}

/** Whether a limit, an allowance, a pot or a price that must be left can keep a step from its full amount. */
function isBounded(step: Reduction, { funds }: PolicyPack): boolean {
  if ((step.limits ?? []).length > 0 || step.leavesAtLeastFen !== undefined) return true
  return step.kind === 'subsidy' && (step.allowance !== undefined || funds.some(({ pot }) => pot !== undefined))
}

/** Options of a choice of the first that gives anything, which come after one that always gives to the same people. */
export function deadOptions(steps: readonly Step[], { pack, version }: Scene): Finding[] {
  const givesAlways = ({ step, path }: Step) =>
    isReduction(step) &&
    !isBounded(step, pack) &&
    version.minimumOwnPay === undefined &&
    plainAmounts(step.amount, path).every(({ amount }) => amount.kind === 'fixed' && amount.fen > 0)
  return steps.flatMap(later => {
    const choice = version.benefits[later.position]
    if (!later.isOption || choice?.kind !== 'choice' || choice.choose !== 'first') return []
    const earlier = steps
      .slice(0, steps.indexOf(later))
      .filter(step => step.isOption && step.position === later.position && givesAlways(step))
    const others = earlier.map(step => not(givenWhen(step)))
    if (others.length === 0 || canHold([takenWhen(later), ...others], later.world).possible) return []
    return [
      error(
        'unreachable',
        later.path,
        '这个选项永远轮不到：符合它的人总是先得到前面的选项。请调整顺序或条件',
        'this option is never reached: whoever fits it is given an earlier one first. Change the order or the conditions',
      ),
    ]
  })
}

/** Operator steps of visits that no subsidy of the version can pay for. */
export function withoutSubsidy(steps: readonly Step[], { version }: Scene): Finding[] {
  const paid = any(
    ...steps
      .filter(({ step }) => step.kind === 'subsidy')
      .map(({ around, step, meaning }) => all(...around, formulaOf(step.when, meaning), yes('listed'))),
  )
  return steps.flatMap(own => {
    if (own.step.kind !== 'operator' || canHold([takenWhen(own), paid], own.world).possible) return []
    const none = !version.benefits.some(({ kind }) => kind === 'subsidy' || kind === 'choice')
    return [
      error(
        'operator-without-subsidy',
        own.path,
        `运营补助只在有补贴的就餐上发生，而${none ? '本版本没有补贴项' : '符合它的就餐没有一项补贴'}，请补上补贴或删去`,
        `an operator earns on subsidised visits only, and ${none ? 'this version has no subsidy' : 'no subsidy pays for the visits it is for'}; add one or remove this`,
      ),
    ]
  })
}

/** Steps that ask for a meal and for a service at once: a visit is either. */
export function mealsAndServices(steps: readonly Step[], { pack }: Scene): Finding[] {
  if (
    pack.vectors?.some(
      ({ visit }) => visit.meal !== undefined && (visit.service !== undefined || visit.minutes !== undefined),
    ) === true
  )
    return []
  return steps.flatMap(own => {
    const needs = (fact: string) => !canHold([takenWhen(own), { kind: 'unknown', fact }], own.world).possible
    if (!canHold([takenWhen(own)], own.world).possible || !needs('meal')) return []
    const fact = ['service', 'minutes'].find(needs)
    if (fact === undefined) return []
    return [
      warning(
        'meal-and-service',
        [...own.path, 'when'],
        '同时要求餐次和服务项目（或时长）：一次消费要么是就餐、要么是服务，请分成两项',
        'asks for a meal and for a service (or its length) at once: a visit is one or the other; make two steps of it',
      ),
    ]
  })
}
