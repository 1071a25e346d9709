import type { PolicyPack } from '../language.ts'
import { type Finding, type Path, warning } from './finding.ts'
import { conditionsOf, scenesOf } from './scene.ts'

const lists = [
  'category',
  'meal',
  'weekday',
  'channel',
  'set',
  'service',
  'serviceGroup',
  'siteGrade',
  'siteMode',
] as const

/** Words that stand twice in one list, and `site` written as if it were the name of a place. */
export function wordFindings(pack: PolicyPack): Finding[] {
  return [
    ...conditionsOf(pack).flatMap(({ condition, path }) => [
      ...lists.flatMap(key => twice(condition[key] ?? [], [...path, key])),
      ...(['household', 'residence'] as const).flatMap(key => siteInList(condition[key]?.is, [...path, key, 'is'])),
    ]),
    ...scenesOf(pack).flatMap(({ steps }) =>
      steps.flatMap(({ step, path }) => ('limits' in step ? twice(step.limits ?? [], [...path, 'limits']) : [])),
    ),
  ]
}

function twice(words: readonly (string | number)[], path: Path): Finding[] {
  return words.flatMap((word, index) =>
    words.indexOf(word) === index
      ? []
      : [
          warning(
            'repeated-word',
            [...path, index],
            `“${word}” 写了两次，请核对是否写错，或删去一个`,
            `"${word}" stands here twice; check for a slip, or remove one`,
          ),
        ],
  )
}

function siteInList(is: 'site' | readonly string[] | undefined, path: Path): Finding[] {
  if (is === undefined || is === 'site' || !is.includes('site')) return []
  return [
    warning(
      'site-in-list',
      path,
      '列表里的 "site" 会当作地名。要写“与站点同一单位”，请写 "is": "site"，不加方括号',
      '"site" in a list is taken for the name of a place. To say "the same as the site\'s", write "is": "site" without brackets',
    ),
  ]
}
