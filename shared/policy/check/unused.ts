import type { Amount, Benefit, PolicyPack, Reduction } from '../language.ts'
import { canHold } from './can-hold.ts'
import { titled } from './fact-words.ts'
import { type Finding, type Path, warning } from './finding.ts'
import { among } from './formula.ts'
import { conditionsOf, type Scene, scenesOf, takenWhen } from './scene.ts'

/** What a pack defines and nothing in it uses; and categories or funds that a clerk cannot tell apart. */
export function unusedFindings(pack: PolicyPack): Finding[] {
  const scenes = scenesOf(pack)
  const steps = scenes.flatMap(scene => scene.steps.map(({ step }) => step))
  const stipends = pack.versions.flatMap(version => version.stipends ?? [])
  const funds = new Set([...steps.flatMap(fundsOf), ...stipends.map(({ fund }): string => fund)])
  const categories = new Set(conditionsOf(pack).flatMap(({ condition }) => condition.category ?? []))
  return [
    ...pack.funds.flatMap((fund, index) =>
      funds.has(fund.id) ? [] : [unused('fund', `资金${titled(fund).zh}`, `fund ${titled(fund).en}`, ['funds', index])],
    ),
    ...pack.categories.flatMap((category, index) =>
      categories.has(category.id)
        ? []
        : [
            unused('category', `人员类别${titled(category).zh}`, `category ${titled(category).en}`, [
              'categories',
              index,
            ]),
          ],
    ),
    ...sameTitles(pack.categories, 'categories'),
    ...sameTitles(pack.funds, 'funds'),
    ...scenes.flatMap(scene => unusedInVersion(scene, pack)),
  ]
}

function unused(what: string, zh: string, en: string, path: Path): Finding {
  return warning(
    `unused-${what}`,
    path,
    `${zh}没有一处用到，请核对是否漏写了规则，或删去`,
    `${en} is used nowhere; check whether a rule is missing, or remove it`,
  )
}

function fundsOf(step: Benefit | Reduction): string[] {
  const ofAmount = (amount: Amount): string[] =>
    amount.kind === 'classes'
      ? amount.classes.flatMap(item => [...(item.funds ?? []).map(({ fund }) => fund), ...ofAmount(item.amount)])
      : []
  return [
    ...('fund' in step && step.fund !== undefined ? [step.fund] : []),
    ...('funds' in step ? (step.funds ?? []).map(({ fund }) => fund) : []),
    ...('amount' in step ? ofAmount(step.amount) : []),
  ]
}

function unusedInVersion({ version, path, steps }: Scene, { vectors = [] }: PolicyPack): Finding[] {
  const reductions = steps.map(({ step }) => step)
  const limits = new Set(reductions.flatMap(step => ('limits' in step ? (step.limits ?? []) : [])))
  const allowances = new Set(reductions.flatMap(step => ('allowance' in step ? (step.allowance ?? []) : [])))
  const serves = (id: string) =>
    steps.some(({ step, ...own }) => {
      if (step.kind !== 'discount' && step.kind !== 'subsidy') return false
      // A visit for a service is no meal.
      const visit = [takenWhen({ step, ...own }), among('service', [id]), { kind: 'unknown', fact: 'meal' } as const]
      return canHold(visit, own.world).possible
    })
  // A vector for a service that nothing pays for says that this is meant.
  const isMeant = (id: string) => vectors.some(({ visit }) => visit.service === id)
  const groups = new Set(version.services?.map(({ group }) => group))
  return [
    ...version.limits.flatMap(({ id }, index) =>
      limits.has(id) ? [] : [unused('limit', `限额 “${id}” `, `limit "${id}"`, [...path, 'limits', index])],
    ),
    ...(version.allowances ?? []).flatMap(({ id }, index) =>
      allowances.has(id)
        ? []
        : [unused('allowance', `津贴 “${id}” `, `allowance "${id}"`, [...path, 'allowances', index])],
    ),
    ...(version.services ?? []).flatMap((service, index) =>
      serves(service.id) || isMeant(service.id)
        ? []
        : [
            unused('service', `服务${titled(service).zh}`, `service ${titled(service).en}`, [
              ...path,
              'services',
              index,
            ]),
          ],
    ),
    ...(version.serviceGroups ?? []).flatMap((group, index) =>
      groups.has(group.id)
        ? []
        : [
            unused('group', `服务组${titled(group).zh}`, `service group ${titled(group).en}`, [
              ...path,
              'serviceGroups',
              index,
            ]),
          ],
    ),
    ...(version.benefits.length > 0 || version.stipends !== undefined
      ? []
      : [
          warning(
            'version-empty',
            [...path, 'benefits'],
            '这个版本没有一项待遇，请补上',
            'this version holds no step at all; add what it gives',
          ),
        ]),
  ]
}

function sameTitles(items: readonly { readonly title: { readonly zh: string } }[], list: string): Finding[] {
  return items.flatMap(({ title }, index) => {
    const first = items.findIndex(other => other.title.zh.trim() === title.zh.trim())
    if (first === index) return []
    return [
      warning(
        'same-title',
        [list, index, 'title'],
        `名称 “${title.zh}” 与第 ${first + 1} 个相同，工作人员分不清，请改名或合并`,
        `has the same name as number ${first + 1} ("${title.zh}"), so that staff cannot tell them apart; rename or merge them`,
      ),
    ]
  })
}
