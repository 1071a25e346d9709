import type { Amount, PolicyPack, PolicyVersion, PriceBounds, Rounding } from '../language.ts'
import { canHold } from './can-hold.ts'
import { error, type Finding, type Path, warning, yuan } from './finding.ts'
import { range } from './formula.ts'
import { conditionsOf, plainAmounts, type Scene, type Step, scenesOf, takenWhen } from './scene.ts'

type Plain = Exclude<Amount, { kind: 'classes' }>

/** Amounts that give nothing, figures that look like yuan where fen belong, and discounts that look turned round. */
export function amountFindings(pack: PolicyPack): Finding[] {
  return [
    ...scenesOf(pack).flatMap(scene => [
      ...scene.steps.flatMap(step => amountsOfStep(step, scene.version)),
      ...otherAmounts(scene),
    ]),
    ...conditionsOf(pack).flatMap(({ condition, path }) =>
      (['listPrice', 'runningPrice'] as const).flatMap(key => priceBounds(condition[key], [...path, key])),
    ),
  ]
}

function amountsOfStep(own: Step, { rounding }: PolicyVersion): Finding[] {
  const { step, path } = own
  if (step.kind === 'choice') return []
  const plain = plainAmounts(step.amount, [...path, 'amount'])
  const givesNothing = plain.every(({ amount }) => amountIsNothing(amount, own, rounding))
  return [
    ...(givesNothing
      ? [
          error(
            'gives-nothing',
            [...path, 'amount'],
            '这一项的金额永远是 0，请改正金额或删去这一项',
            'this step always gives nothing; correct its amount or remove it',
          ),
        ]
      : []),
    ...plain.flatMap(({ amount, path: at }) => [
      ...(givesNothing ? [] : capOfNothing(amount, at)),
      ...looksLikeYuan(amount, at),
      ...looksTurned(amount, at, step.kind),
    ]),
    ...('leavesAtLeastFen' in step ? small(step.leavesAtLeastFen, 10, [...path, 'leavesAtLeastFen']) : []),
  ]
}

function amountIsNothing(amount: Plain, own: Step, rounding: Rounding): boolean {
  if (amount.kind === 'fixed') return amount.fen === 0
  if (amount.capFen === 0) return true
  if (amount.kind === 'price-percent') {
    const { unitFen, mode } = amount.rounding ?? rounding
    // The whole price as a target takes nothing off, unless odd fen are dropped from it (抹零).
    const isWhole = amount.percent === 100 && (unitFen === 1 || mode === 'up')
    return isWhole && (amount.of === 'running' || own.world.notRaised.has(own.meaning.running))
  }
  if (amount.kind !== 'price') return false
  return !canHold(
    [takenWhen(own), range(own.meaning.running, amount.fen + 1), range('listPrice', amount.fen + 1)],
    own.world,
  ).possible
}

function capOfNothing(amount: Plain, path: Path): Finding[] {
  if (amount.kind === 'fixed' || amount.capFen !== 0) return []
  return [
    error(
      'cap-zero',
      [...path, 'capFen'],
      '封顶是 0，等于什么也不给，请改正封顶或删去',
      'a cap of 0 gives nothing; correct or remove it',
    ),
  ]
}

function looksLikeYuan(amount: Plain, path: Path): Finding[] {
  switch (amount.kind) {
    case 'fixed':
      return small(amount.fen, 10, [...path, 'fen'])
    case 'price':
      return [...small(amount.fen, 100, [...path, 'fen']), ...small(amount.capFen, 100, [...path, 'capFen'])]
    default:
      return small(amount.capFen, 100, [...path, 'capFen'])
  }
}

/** `below`: fen under which a figure above 0 is more likely meant as yuan. */
function small(fen: number | undefined, below: number, path: Path): Finding[] {
  if (fen === undefined || fen === 0 || fen >= below) return []
  return [
    warning(
      'yuan-not-fen',
      path,
      `${fen} 是 ${yuan(fen)} 元：金额以分为单位，如果是 ${fen} 元，请写 ${fen * 100}`,
      `${fen} is ${yuan(fen)} yuan: money is in fen; if you mean ${fen} yuan, write ${fen * 100}`,
    ),
  ]
}

/** 九折 is written `percent: 10`: what is taken off. */
function looksTurned(amount: Plain, path: Path, kind: string): Finding[] {
  if (
    kind !== 'discount' ||
    amount.kind !== 'percent' ||
    amount.percent < 60 ||
    amount.percent === 100 ||
    amount.capFen !== undefined
  )
    return []
  const left = 100 - amount.percent
  return [
    warning(
      'discount-turned',
      [...path, 'percent'],
      `percent 是减去的部分：现在要减 ${amount.percent}%，只收 ${left}%。如果是按 ${amount.percent}% 收费，请写 ${left}`,
      `percent is what is taken off: this takes ${amount.percent}% and leaves ${left}%. If people pay ${amount.percent}%, write ${left}`,
    ),
  ]
}

function otherAmounts({ version, path }: Scene): Finding[] {
  const caps = (list: 'limits' | 'allowances', below: number) =>
    (version[list] ?? []).flatMap((item, index) => {
      if ('unit' in item && item.unit === 'count') return []
      const at: Path = [...path, list, index, 'cap']
      return typeof item.cap === 'number'
        ? small(item.cap, below, at)
        : item.cap.classes.flatMap(({ cap }, each) => small(cap, below, [...at, 'classes', each, 'cap']))
    })
  return [
    ...caps('limits', 100),
    ...caps('allowances', 1000),
    ...(version.minimumOwnPay ?? []).flatMap(({ fen }, index) =>
      small(fen, 10, [...path, 'minimumOwnPay', index, 'fen']),
    ),
    ...small(version.verifiedAboveFen, 100, [...path, 'verifiedAboveFen']),
    ...(version.leastAssurance === 'verified' && version.verifiedAboveFen !== undefined
      ? [
          warning(
            'demand-needless',
            [...path, 'verifiedAboveFen'],
            '任何补贴都已要求 verified，这个金额不起作用，请删去，或放宽 leastAssurance',
            'every subsidy needs a verified person already, so that this amount does nothing; remove it, or ask less by leastAssurance',
          ),
        ]
      : []),
    ...(version.services ?? []).flatMap(({ fen }, index) => small(fen, 100, [...path, 'services', index, 'fen'])),
    ...(version.stipends ?? []).flatMap(({ fen }, index) =>
      fen === 0
        ? [
            error(
              'gives-nothing',
              [...path, 'stipends', index, 'fen'],
              '这项津贴是 0，请改正金额或删去',
              'this stipend is 0; correct or remove it',
            ),
          ]
        : small(fen, 1000, [...path, 'stipends', index, 'fen']),
    ),
  ]
}

function priceBounds(bounds: PriceBounds | undefined, path: Path): Finding[] {
  return Object.entries(bounds ?? {}).flatMap(([key, fen]) => small(fen, 100, [...path, key]))
}
