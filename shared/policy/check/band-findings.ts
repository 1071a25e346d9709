import type { Amount, Benefit, Cap, Condition, PolicyPack, Reduction } from '../language.ts'
import { type Band, bandsOf, scales, seniorFrom } from './bands.ts'
import { canHold } from './can-hold.ts'
import type { World } from './facts-known.ts'
import { type Finding, type Path, pathText, warning } from './finding.ts'
import { type Formula, range } from './formula.ts'
import { classLists, type Scene, scenesOf } from './scene.ts'

/** Things that bands are compared between: the classes of one amount or cap, or steps of one kind and one payer. */
type Group = {
  readonly entries: readonly { readonly when: Condition | undefined; readonly amount: unknown; readonly path: Path }[]
  /** What happens to those who are in two bands: nothing that needs a word, only the first counts, or both are given. */
  readonly overlap: 'chosen' | 'first' | 'both'
  /** What is asked around all of them. */
  readonly around: readonly Formula[]
  readonly world: World
  /** Other bands that may be meant to fill a gap, such as those of another fund. */
  readonly fillers: readonly Band[]
}

/** Gaps between neighbouring bands (60-69, 71-79), bands that overlap in part, and older people who are given less. */
export function bandFindings(pack: PolicyPack): Finding[] {
  return scenesOf(pack).flatMap(scene => groupsOf(scene).flatMap(findingsIn))
}

function groupsOf(scene: Scene): Group[] {
  const { version, path, world } = scene
  const bare = { around: [], world, fillers: [] }
  const caps = (list: 'limits' | 'allowances') =>
    (version[list] ?? []).flatMap(({ cap }, index) =>
      typeof cap === 'number'
        ? []
        : [{ ...bare, entries: ofCap(cap, [...path, list, index, 'cap']), overlap: 'first' as const }],
    )
  const classes = scene.steps.flatMap(({ step, path: at, around, asks, meaning, world: own }): Group[] =>
    step.kind === 'choice'
      ? []
      : classLists(step.amount, [...at, 'amount'], [...around, asks], meaning).map(
          ({ list, path: place, around: within }) => ({
            entries: list.classes.map(({ when, amount }, index) => ({
              when,
              amount,
              path: [...place, 'classes', index],
            })),
            overlap: list.choose === undefined ? 'first' : 'chosen',
            around: within,
            world: own,
            fillers: [],
          }),
        ),
  )
  const stipends = (version.stipends ?? []).map(({ when, fund, fen }, index) => ({
    key: fund,
    when,
    amount: fen,
    path: [...path, 'stipends', index],
  }))
  return [
    ...caps('limits'),
    ...caps('allowances'),
    {
      ...bare,
      entries: (version.minimumOwnPay ?? []).map(({ when, fen }, index) => ({
        when,
        amount: fen,
        path: [...path, 'minimumOwnPay', index],
      })),
      overlap: 'first' as const,
    },
    ...classes,
    ...byKey(stipends).map(entries => ({ ...bare, entries, overlap: 'both' as const })),
    ...siblings(scene),
  ]
}

function ofCap(cap: Exclude<Cap, number>, path: Path): Group['entries'] {
  return cap.classes.map(({ when, cap: amount }, index) => ({ when, amount, path: [...path, 'classes', index] }))
}

/** Steps of one kind, one payer and one audience; those of other payers may fill their gaps. */
function siblings({ version, path, world }: Scene): Group[] {
  const flat = version.benefits.flatMap((step, index): { step: Benefit | Reduction; path: Path; choice: number }[] => {
    const at: Path = [...path, 'benefits', index]
    return step.kind === 'choice'
      ? step.options.map((option, each) => ({ step: option, path: [...at, 'options', each], choice: index }))
      : [{ step, path: at, choice: -1 }]
  })
  const entries = flat.map(({ step, path: at, choice }) => ({
    key: JSON.stringify([
      step.kind,
      choice,
      step.for,
      'fund' in step ? step.fund : null,
      'funds' in step ? step.funds : null,
    ]),
    ...{ kind: step.kind, choice, when: step.when, amount: 'amount' in step ? step.amount : null, path: at },
  }))
  return byKey(entries).map(group => {
    const others = entries.filter(({ key, kind }) => key !== group[0]?.key && kind === group[0]?.kind)
    return {
      ...{ entries: group, overlap: group[0]?.choice === -1 ? 'both' : 'chosen', around: [], world },
      fillers: others.flatMap(({ when, path: at }, index) => bandsOf(when, index, at)),
    }
  })
}

function byKey<T extends { readonly key: string }>(items: readonly T[]): T[][] {
  return [...new Set(items.map(({ key }) => key))].map(key => items.filter(item => item.key === key))
}

function findingsIn(group: Group): Finding[] {
  const bands = group.entries.flatMap(({ when, path }, index) => bandsOf(when, index, [...path, 'when']))
  const alike = [...new Set(bands.map(({ scale, rest }) => `${scale} ${rest}`))].map(key =>
    bands.filter(({ scale, rest }) => `${scale} ${rest}` === key),
  )
  return alike.flatMap(series => {
    const sorted = series.toSorted((one, other) => one.from - other.from || other.to - one.to)
    const others = [
      ...bands.filter(band => band.scale === sorted[0]?.scale && !series.includes(band)),
      ...group.fillers,
    ]
    return [
      ...gapsIn(sorted, others, group),
      ...(group.overlap === 'chosen' ? [] : overlapsIn(sorted, group)),
      ...falling(sorted, group),
    ]
  })
}

function gapsIn(sorted: readonly Band[], others: readonly Band[], { around, world }: Group): Finding[] {
  const findings: Finding[] = []
  let last: Band | undefined
  for (const band of sorted) {
    if (last !== undefined && band.from > last.to + 1) {
      const [from, to] = [last.to + 1, band.from - 1]
      const scale = scales[band.scale]
      const [lower, upper] = [last, band]
      const isFilled = others.some(
        other =>
          other.scale === band.scale &&
          other.from <= to &&
          other.to >= from &&
          !(other.from <= lower.from && other.to >= upper.from) &&
          !(other.from <= lower.to && other.to >= upper.from),
      )
      const isSlip = (band.scale !== 'age' || from >= seniorFrom) && to - from < scale.gapAtMost
      if (isSlip && !isFilled && canHold([...around, range(band.scale, from, to)], world).possible)
        findings.push(gap(band, from, to))
    }
    if (last === undefined || band.to > last.to) last = band
  }
  return findings
}

function gap({ scale, path }: Band, from: number, to: number): Finding {
  const { zh, en, unitZh, unitEn } = scales[scale]
  const span = from === to ? String(from) : `${from}-${to}`
  return warning(
    'band-gap',
    path,
    `${zh} ${span} ${unitZh}夹在两档中间，哪一档都不包括（below 不含本数）。请核对通知，补上或改正界限`,
    `${en} ${span}${unitEn} lies between two bands and in neither (below leaves its figure out). Compare the notice and close the gap`,
  )
}

function overlapsIn(sorted: readonly Band[], { entries, overlap }: Group): Finding[] {
  const matters = (one: Band, other: Band) =>
    one.entry !== other.entry &&
    (overlap === 'both' || JSON.stringify(entries[one.entry]?.amount) !== JSON.stringify(entries[other.entry]?.amount))
  return sorted.flatMap((band, index) => {
    const lower = sorted
      .slice(0, index)
      .find(other => other.from < band.from && other.to >= band.from && other.to < band.to && matters(other, band))
    if (lower === undefined) return []
    const { zh, en, unitZh, unitEn } = scales[band.scale]
    const span = lower.to === band.from ? String(band.from) : `${band.from}-${lower.to}`
    const place = pathText(entries[lower.entry]?.path ?? [])
    return [
      overlap === 'both'
        ? warning(
            'band-overlap',
            band.path,
            `${zh} ${span} ${unitZh}同时属于两档，两份都会给（另一档：${place}）。请改正界限`,
            `${en} ${span}${unitEn} lies in two bands and is given both (the other: ${place}). Correct the bounds`,
          )
        : warning(
            'band-overlap',
            band.path,
            `${zh} ${span} ${unitZh}同时属于两档，数额不同（另一档：${place}），只按排在前面的一档给。请改正界限；金额分档也可写明 choose`,
            `${en} ${span}${unitEn} lies in two bands of different figures (the other: ${place}), and only the one that stands first counts. Correct the bounds, or for amounts say choose`,
          ),
    ]
  })
}

/** Where each next band of age is given less, the figures may have been exchanged. */
function falling(sorted: readonly Band[], { entries }: Group): Finding[] {
  return sorted.flatMap((band, index) => {
    const younger = sorted.slice(0, index).findLast(other => other.to < band.from)
    const [less, more] = [generosity(entries[band.entry]?.amount), generosity(entries[younger?.entry ?? -1]?.amount)]
    if (
      younger === undefined ||
      younger.from < seniorFrom ||
      band.scale !== 'age' ||
      less === null ||
      more === null ||
      less >= more
    )
      return []
    return [
      warning(
        'older-gets-less',
        band.path,
        `${band.from} 岁起的一档得到的反而比 ${younger.from} 岁起的一档少，请核对两档的金额是否写反`,
        `those of ${band.from} and older are given less than those of ${younger.from}; check whether the figures were exchanged`,
      ),
    ]
  })
}

function generosity(amount: unknown): number | null {
  const plain = isPlain(amount) ? amount : null
  if (plain?.kind === 'fixed') return plain.fen
  if (plain?.kind === 'price') return -plain.fen
  return null
}

function isPlain(amount: unknown): amount is Extract<Amount, { fen: number }> {
  return typeof amount === 'object' && amount !== null && 'kind' in amount && 'fen' in amount
}
