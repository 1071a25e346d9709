import type { Amount, PolicyPack, Shares } from '../language.ts'
import { type Finding, type Path, warning } from './finding.ts'
import { scenesOf } from './scene.ts'

/** Shares that were meant as percentages and do not make a hundred. */
export function shareFindings(pack: PolicyPack): Finding[] {
  return scenesOf(pack).flatMap(({ steps }) =>
    steps.flatMap(({ step, path }) => {
      if (step.kind !== 'subsidy') return []
      return [...nearHundred(step.funds, [...path, 'funds']), ...inClasses(step.amount, [...path, 'amount'])]
    }),
  )
}

function inClasses(amount: Amount, path: Path): Finding[] {
  if (amount.kind !== 'classes') return []
  return amount.classes.flatMap((item, index) => {
    const at: Path = [...path, 'classes', index]
    return [...nearHundred(item.funds, [...at, 'funds']), ...inClasses(item.amount, [...at, 'amount'])]
  })
}

function nearHundred(shares: Shares | undefined, path: Path): Finding[] {
  const sum = (shares ?? []).reduce((total, { share }) => total + share, 0)
  if (sum === 100 || sum < 80 || sum > 120) return []
  return [
    warning(
      'shares-not-100',
      path,
      `各资金的份额合计 ${sum}，像是百分比却不是 100。份额按比例分摊，请核对各方比例`,
      `the shares add up to ${sum}: like percentages, yet not 100. They divide the amount in proportion; check them`,
    ),
  ]
}
