import { greatestCap } from '../counters.ts'
import type { Cap, PolicyPack, PolicyVersion } from '../language.ts'
import { error, type Finding, type Path, warning, yuan } from './finding.ts'
import { plainAmounts, type Step, scenesOf } from './scene.ts'

/** Limits and allowances that give nobody anything, limits on money into which an amount never fits, and limits of people whom nobody knows. */
export function limitFindings(pack: PolicyPack): Finding[] {
  return scenesOf(pack).flatMap(({ version, path, steps }) => [
    ...version.limits.flatMap(({ cap }, index) => givesNobody(cap, [...path, 'limits', index, 'cap'])),
    ...(version.allowances ?? []).flatMap(({ cap }, index) => givesNobody(cap, [...path, 'allowances', index, 'cap'])),
    ...steps.flatMap(step => [...neverFits(step, version), ...ofGuests(step)]),
  ])
}

function givesNobody(cap: Cap, path: Path): Finding[] {
  if (greatestCap(cap) > 0) return []
  return [
    error(
      'cap-zero',
      path,
      '对所有人都是 0，谁也得不到，请改正数额或删去',
      'is 0 for everybody, so that nobody gets anything; correct or remove it',
    ),
  ]
}

function neverFits({ step, path }: Step, version: PolicyVersion): Finding[] {
  if (step.kind !== 'discount' && step.kind !== 'subsidy') return []
  const amounts = plainAmounts(step.amount, path).map(({ amount }) => (amount.kind === 'fixed' ? amount.fen : null))
  if (amounts.includes(null)) return []
  const smallest = Math.min(...amounts.flatMap(fen => (fen === null || fen === 0 ? [] : [fen])))
  return (step.limits ?? []).flatMap((id, index) => {
    const limit = version.limits.find(item => item.id === id)
    if (limit === undefined || limit.unit === 'count' || limit.beyond === 'rest') return []
    const most = greatestCap(limit.cap)
    if (most === 0 || !Number.isFinite(smallest) || smallest <= most) return []
    return [
      warning(
        'limit-below-amount',
        [...path, 'limits', index],
        `限额 “${id}” 最多 ${yuan(most)} 元，比这一项的 ${yuan(smallest)} 元还少，放不下就一分不给。请核对数额，或给限额加 beyond: "rest"`,
        `limit "${id}" holds at most ${yuan(most)} yuan, less than the ${yuan(smallest)} yuan of this step, which then pays nothing. Check the figures, or give the limit beyond: "rest"`,
      ),
    ]
  })
}

/** A guest is nobody in particular: what was used before is not known. */
function ofGuests({ step, path }: Step): Finding[] {
  if (step.for !== 'guest' || (step.kind !== 'discount' && step.kind !== 'subsidy')) return []
  const key =
    (step.limits ?? []).length > 0
      ? 'limits'
      : step.kind === 'subsidy' && step.allowance !== undefined
        ? 'allowance'
        : null
  if (key === null) return []
  return [
    warning(
      'guest-not-counted',
      [...path, key],
      '访客没有身份，用过几次、用了多少都无从计数，限额和津贴对访客不起作用，请删去，或改成对已识别的人',
      'guests are nobody in particular, so nothing of theirs is counted and a limit or allowance has no effect; remove it, or make the step for persons',
    ),
  ]
}
