import { fromBase64Url } from '../../../shared/bytes.ts'
import { unpackPart } from '../../../shared/round/pack.ts'
import type { StopResult } from '../../../shared/round/result.ts'
import type { TillRound } from '../../../shared/round/round.ts'
import type { HeldRound } from './round-store.ts'

/** What of a round says which results count. */
interface HandedIn extends Pick<HeldRound, 'parts' | 'own'> {
  readonly round: Pick<TillRound, 'key'> & { readonly stops: readonly Pick<TillRound['stops'][number], 'stop'>[] }
}

interface Heard {
  readonly result: StopResult
  readonly by: 'phone' | 'staff'
}

/** All that was handed in of a round, each result once, in the order in which it came. */
export function heardOf({ round, parts, own }: HandedIn): Heard[] {
  const key = fromBase64Url(round.key)
  const entered = (from: number, until: number) =>
    own.filter(({ after }) => after >= from && after < until).map(result => ({ result, by: 'staff' as const }))
  const heard = parts.flatMap((text, at): Heard[] => {
    const part = unpackPart(text, () => key)
    const read = part.ok ? part.results.map(result => ({ result, by: 'phone' as const })) : []
    return [...entered(at, at + 1), ...read]
  })
  const stops = new Set(round.stops.map(({ stop }) => stop))
  const all = [...heard, ...entered(parts.length, Number.POSITIVE_INFINITY)].filter(({ result }) =>
    stops.has(result.stop),
  )
  const first = new Map<string, Heard>()
  for (const one of all) if (!first.has(one.result.id)) first.set(one.result.id, one)
  return [...first.values()]
}

/** What counts of each stop, in route order. */
export function resultsOf(held: HandedIn): StopResult[] {
  const last = new Map<number, Heard>()
  for (const next of heardOf(held)) {
    const before = last.get(next.result.stop)
    last.set(next.result.stop, before === undefined ? next : counting(before, next))
  }
  return [...last.values()].map(({ result }) => result).sort((one, other) => one.stop - other.stop)
}

/**
 * Which of two results of a stop counts, `next` being the one that came later. A meal that was handed over counts over nobody, whatever the
 * phone's clock said, unless it was taken back; what staff enter counts over all that came before.
 */
function counting(before: Heard, next: Heard): Heard {
  const [was, is] = [before.result, next.result]
  if (next.by === 'staff') return next
  if (was.outcome === 'nobody' && is.outcome === 'handed') return was.takesBack && was.at >= is.at ? before : next
  if (before.by === 'staff') return before
  // An older code may come by the other way after a newer one.
  return is.at >= was.at ? next : before
}
