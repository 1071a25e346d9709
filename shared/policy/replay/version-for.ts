import type { BusinessDate } from '../../business-day.ts'
import type { PolicyPack, PolicyVersion } from '../language.ts'
import { versionInForce } from '../quote.ts'

/** The version that prices a day, and why it does: `asked` for all days, `in-force` on it, `next` to come into force after it, or `none`. */
export type ChosenVersion =
  | { readonly why: 'asked' | 'in-force' | 'next'; readonly version: PolicyVersion }
  | { readonly why: 'none'; readonly version: null }

/** Chooses the version of a draft for a day. @param asked the one that prices every day, where somebody wished so */
export function versionFor(pack: PolicyPack, date: BusinessDate, asked: PolicyVersion | undefined): ChosenVersion {
  if (asked !== undefined) return { why: 'asked', version: asked }
  const inForce = versionInForce(pack, date)
  if (inForce !== null) return { why: 'in-force', version: inForce }
  const [next] = pack.versions.filter(({ from }) => from > date).sort((one, other) => (one.from < other.from ? -1 : 1))
  return next === undefined ? { why: 'none', version: null } : { why: 'next', version: next }
}
