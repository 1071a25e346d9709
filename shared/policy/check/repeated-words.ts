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

/** Words that stand twice in one list, `site` written as if it were the name of a place, and the two languages exchanged. */
export function wordFindings(pack: PolicyPack): Finding[] {
  return [
    ...conditionsOf(pack).flatMap(({ condition, path }) => [
      ...lists.flatMap(key => twice(condition[key] ?? [], [...path, key])),
      ...(['household', 'residence'] as const).flatMap(key => siteInList(condition[key]?.is, [...path, key, 'is'])),
    ]),
    ...scenesOf(pack).flatMap(({ steps }) =>
      steps.flatMap(({ step, path }) => ('limits' in step ? twice(step.limits ?? [], [...path, 'limits']) : [])),
    ),
    ...exchanged(pack, []),
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

const han = /\p{Script=Han}/u

/** Chinese where English belongs and none where Chinese does, anywhere in a part of a pack. */
function exchanged(part: unknown, path: Path): Finding[] {
  if (typeof part !== 'object' || part === null) return []
  const inner = Object.entries(part).flatMap(([key, value]) =>
    exchanged(value, [...path, Array.isArray(part) ? Number(key) : key]),
  )
  if (!('zh' in part && 'en' in part)) return inner
  const { zh, en } = part
  if (typeof zh !== 'string' || typeof en !== 'string' || han.test(zh) || !han.test(en)) return inner
  return [
    warning(
      'words-exchanged',
      path,
      `中文（zh）写的是 “${zh}”，英文（en）写的是 “${en}”，看来写反了，请对调`,
      `zh says "${zh}" and en says "${en}": they look exchanged; swap them`,
    ),
  ]
}
