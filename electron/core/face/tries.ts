import type { SeniorId } from '../../../shared/ids.ts'

/** A look at all members this long (ms) after the last look is at somebody else: whoever gave up has gone on. */
const sameVisitor = 30_000

/** How many tries are gone, whatever was on the screen in between. In memory only: other means work all the while. */
export interface FaceTries {
  /** For a look at this person, or, with null, at all members. */
  gone(whom: SeniorId | null): number
  count(whom: SeniorId | null): void
  /** This person came by a card, a code or the face, or was served: the next look is the first one. Null: somebody who is not known. */
  forget(whom: SeniorId | null): void
}

/**
 * Under one name tries count for the meal period (`period` names it), among all members for the one who stands at this counter, whatever name
 * they tried before.
 */
export function createFaceTries(parts: { monotonic(): number; period(): string }): FaceTries {
  const named = new Map<SeniorId, number>()
  let period = ''
  let unnamed = { tries: 0, at: Number.NEGATIVE_INFINITY }

  function ofThisPeriod(): Map<SeniorId, number> {
    const now = parts.period()
    if (now !== period) named.clear()
    period = now
    return named
  }

  function gone(whom: SeniorId | null): number {
    if (whom !== null) return ofThisPeriod().get(whom) ?? 0
    return parts.monotonic() - unnamed.at < sameVisitor ? unnamed.tries : 0
  }

  return {
    gone,
    count(whom) {
      if (whom !== null) ofThisPeriod().set(whom, gone(whom) + 1)
      unnamed = { tries: gone(null) + 1, at: parts.monotonic() }
    },
    forget(whom) {
      // Whoever stood here without a name has a name now, or has eaten.
      unnamed = { tries: 0, at: Number.NEGATIVE_INFINITY }
      if (whom !== null) named.delete(whom)
    },
  }
}
