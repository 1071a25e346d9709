import type { PolicyCase } from '../case.ts'
import type { Benefit, PolicyPack, PolicyVersion } from '../language.ts'
import { type CaseRules, runCase } from '../run-case.ts'
import { titled } from './fact-words.ts'
import { type Finding, type Path, warning } from './finding.ts'

type Tried = { readonly item: PolicyCase; readonly rules: CaseRules }

/** Steps, options and stipends of a version that not one vector of the pack ever takes. */
export function untestedSteps(pack: PolicyPack, tried: readonly Tried[]): Finding[] {
  return pack.versions.flatMap((version, index) => {
    const own = tried.filter(({ rules }) => rules.version === version)
    const results = own.map(({ item, rules }) => runCase(rules, item))
    const taken = new Set(
      results.flatMap(({ quote, stipends }) => [
        ...quote.ladder.map(({ benefit }) => benefit),
        ...stipends.map(({ id }) => `stipend ${id}`),
      ]),
    )
    const isTaken = (step: Benefit): boolean => {
      if (step.kind === 'choice') return step.options.some(({ id }) => taken.has(id))
      return step.kind === 'operator' ? own.some(each => earns(step, version, each)) : taken.has(step.id)
    }
    const path: Path = ['versions', index]
    return [
      ...version.benefits.flatMap((step, place) =>
        isTaken(step) ? [] : [untested(step, [...path, 'benefits', place])],
      ),
      ...(version.stipends ?? []).flatMap((stipend, place) =>
        taken.has(`stipend ${stipend.id}`) ? [] : [untested(stipend, [...path, 'stipends', place])],
      ),
    ]
  })
}

/** Whether one of several operator steps earns anything, seen alone. */
function earns(step: Benefit, version: PolicyVersion, { item, rules }: Tried): boolean {
  const alone = { ...version, benefits: version.benefits.filter(other => other === step || other.kind !== 'operator') }
  return runCase({ ...rules, version: alone }, item).quote.operatorFen > 0
}

function untested(step: { readonly title: { readonly zh: string; readonly en: string } }, path: Path): Finding {
  const { zh, en } = titled(step)
  return warning(
    'untested',
    path,
    `没有一个用例用到${zh}，请为它补一个用例`,
    `no vector ever takes ${en}; add one that does`,
  )
}
