import { addDays, type BusinessDate } from '../business-day.ts'
import { canonicalJson } from '../canonical-json.ts'
import type { PolicyPack } from './language.ts'
import { versionInForce } from './quote.ts'

/**
 * Versions of a pack that have begun by a date and that its successor leaves out or changes. Rules that began are history: a successor may
 * only end them, yesterday at the earliest, and add later ones.
 */
export function changedVersions(held: PolicyPack, successor: PolicyPack, today: BusinessDate): string[] {
  const yesterday = addDays(today, -1)
  return held.versions.flatMap(version => {
    if (version.from > today) return []
    const next = successor.versions.find(({ id }) => id === version.id)
    if (next === undefined) return [version.id]
    const { to: before, ...rules } = version
    const { to: after, ...rulesAfter } = next
    const isOpen = (to: BusinessDate | undefined) => to === undefined || to >= yesterday
    const sameEnd = before === after || (isOpen(before) && isOpen(after))
    return sameEnd && canonicalJson(rules) === canonicalJson(rulesAfter) ? [] : [version.id]
  })
}

/** True where a successor would leave a day without rules that has some now, and does not even name the version that it ends. */
export function leavesTodayWithout(held: PolicyPack, successor: PolicyPack, today: BusinessDate): boolean {
  const now = versionInForce(held, today)
  return (
    now !== null && versionInForce(successor, today) === null && !successor.versions.some(({ id }) => id === now.id)
  )
}
