import type { Benefit, PolicyPack } from '../language.ts'
import { sameCondition } from './bands.ts'
import { type Finding, warning } from './finding.ts'

/** Steps of a version that ask the same, pay the same and are paid alike: copied by mistake, they add up. */
export function repeatedSteps(pack: PolicyPack): Finding[] {
  return pack.versions.flatMap((version, at) =>
    version.benefits.flatMap((step, index) => {
      const key = alike(step)
      const first = version.benefits.findIndex(other => alike(other) === key)
      if (first === index || step.kind === 'choice') return []
      return [
        warning(
          'repeated-step',
          ['versions', at, 'benefits', index],
          `与第 ${first + 1} 项的对象、条件、金额和资金完全相同，会给两次。如果不是有意叠加，请删去一项`,
          `is for the same people, of the same amount and from the same fund as step ${first + 1}, so it is given twice; remove one unless that is meant`,
        ),
      ]
    }),
  )
}

function alike(step: Benefit): string {
  const { id: _id, title: _title, note: _note, when, ...rest } = step
  return `${sameCondition(when)} ${JSON.stringify(rest)}`
}
