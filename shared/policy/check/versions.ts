import { addDays } from '../../business-day.ts'
import { startsOn } from '../counters.ts'
import type { PolicyPack, PolicyVersion } from '../language.ts'
import { type Finding, type Path, warning } from './finding.ts'

/** Versions out of order, days between two versions on which nothing is in force, and counters that change their meaning. */
export function versionFindings(pack: PolicyPack): Finding[] {
  const { versions } = pack
  const disorder = versions.flatMap(({ from }, index) => {
    const before = versions[index - 1]
    if (before === undefined || before.from <= from) return []
    return [
      warning(
        'version-order',
        ['versions', index, 'from'],
        `版本应从旧到新排列，这一版本（${from} 起）早于它前面的版本（${before.from} 起），请调整顺序或核对日期`,
        `versions stand from old to new, and this one (from ${from}) begins before the one above it (${before.from}); reorder them or check the dates`,
      ),
    ]
  })
  const sorted = [...versions.entries()].toSorted(([, one], [, other]) => (one.from < other.from ? -1 : 1))
  const gaps = sorted.flatMap(([index, { from }], place) => {
    const before = sorted[place - 1]?.[1]
    if (before?.to === undefined || addDays(before.to, 1) >= from) return []
    const [first, last] = [addDays(before.to, 1), addDays(from, -1)]
    const path: Path = ['versions', index, 'from']
    return [
      warning(
        'version-gap',
        path,
        `${first === last ? first : `${first} 至 ${last}`} 没有任何版本有效，不享受补贴。请核对 “${before.id}” 的 to 和这里的 from`,
        `no version is in force ${first === last ? `on ${first}` : `from ${first} to ${last}`}; nothing is subsidised then. Check "to" of "${before.id}" and "from" here`,
      ),
    ]
  })
  const anew = sorted.flatMap(([index, version], place) => {
    const before = sorted[place - 1]?.[1]
    const follows = before?.to !== undefined && addDays(before.to, 1) === version.from
    return follows ? countersBegunAnew(before, version, ['versions', index]) : []
  })
  return [...disorder, ...gaps, ...changedCounters(pack), ...anew]
}

/** Counters of another name in the midst of a period: what was had under the name before no longer counts, so that people get twice. */
function countersBegunAnew(before: PolicyVersion, version: PolicyVersion, place: Path): Finding[] {
  const [old, now] = [countersOf(before), countersOf(version)]
  const isGone = ({ id }: { id: string }) => now.every(other => other.id !== id)
  return now.flatMap(({ id, unit, period, path }) => {
    if (period === 'meal' || period === 'day' || startsOn(period, version.from) === version.from) return []
    if (old.some(other => other.id === id)) return []
    const other = old.find(item => item.unit === unit && item.period === period && isGone(item))
    if (other === undefined) return []
    return [
      warning(
        'counter-renamed',
        [...place, ...path, 'id'],
        `这一版本在周期中间开始，“${id}” 从零计起，前面版本的 “${other.id}” 已计的不再算。若是同一项限额，请用同一个编号`,
        `this version begins in the midst of a period, and "${id}" counts from nothing: what "${other.id}" counted before is forgotten. If it is the same limit, give it the same id`,
      ),
    ]
  })
}

/** Versions that name a limit or allowance alike share its counters: what was counted in visits would go on as fen. */
function changedCounters({ versions }: PolicyPack): Finding[] {
  return versions.flatMap((version, index) =>
    countersOf(version).flatMap(({ id, unit, period, path }) => {
      const other = versions
        .slice(0, index)
        .flatMap(countersOf)
        .find(item => item.id === id && item.period === period && item.unit !== unit)
      if (other === undefined) return []
      return [
        warning(
          'counter-changed',
          ['versions', index, ...path, 'unit'],
          `“${id}” 在前面的版本里按另一种单位（次数或金额）计数，两个版本共用一个计数，换版本时会算错，请换一个编号`,
          `an earlier version counts "${id}" in another unit (visits or money); the two share one counter, which would be read wrongly at the change; choose another id`,
        ),
      ]
    }),
  )
}

function countersOf({ limits, allowances = [] }: PolicyVersion) {
  return [
    ...limits.map(({ id, unit, period }, index) => ({ id, unit, period, path: ['limits', index] satisfies Path })),
    ...allowances.map(({ id, period }, index) => ({
      id,
      unit: 'fen' as const,
      period,
      path: ['allowances', index] satisfies Path,
    })),
  ]
}
