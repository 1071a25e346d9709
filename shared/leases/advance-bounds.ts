import type { Offline } from '../policy/language.ts'

/** What a policy lets a till without a network give without a right, in fen (its `offline`). */
export type AdvanceBounds = Extract<Offline, { mode: 'bounded' }>

/** A sale that no right stands behind. `senior` is the reference that its site uses. */
export interface Advance {
  readonly senior: string
  readonly pack: string
  readonly date: string
  readonly fen: number
}

/** Fen that may still be given without a right: what was given before to the senior on that date, and to the senior and to all unacknowledged. */
export function advanceLeft(
  bounds: Pick<AdvanceBounds, 'seniorDayFen' | 'seniorFen' | 'terminalFen'>,
  given: { readonly dayFen: number; readonly seniorFen: number; readonly terminalFen: number },
): number {
  const left = Math.min(
    bounds.seniorDayFen - given.dayFen,
    bounds.seniorFen - given.seniorFen,
    bounds.terminalFen - given.terminalFen,
  )
  return Math.max(0, left)
}

const sum = (given: readonly Advance[]) => given.reduce((total, { fen }) => total + fen, 0)

/** An advance as a push brings it. `wasHeard`: the province may have acknowledged it before, and have lost it since. */
export interface PushedAdvance extends Advance {
  readonly bounds: AdvanceBounds
  readonly wasHeard: boolean
}

/**
 * Which of the advances of one push, in their order, a till may have given that keeps to its bounds. When it gave one, none of those before it
 * in the same push was acknowledged; of earlier pushes, and of what may have been heard before, it may have known, so that counts for the day alone.
 * @param earlierFen what the till gave that senior under that pack on that date in earlier pushes
 */
export function withinBounds(advances: readonly PushedAdvance[], earlierFen: (advance: Advance) => number): boolean[] {
  return advances.map((advance, place) => {
    const isOfDay = ({ senior, pack, date }: Advance) =>
      senior === advance.senior && pack === advance.pack && date === advance.date
    const before = advances.slice(0, place)
    const unheard = before.filter(({ wasHeard }) => !wasHeard)
    return (
      advance.fen <=
      advanceLeft(advance.bounds, {
        dayFen: earlierFen(advance) + sum(before.filter(isOfDay)),
        seniorFen: sum(unheard.filter(({ senior }) => senior === advance.senior)),
        terminalFen: sum(unheard),
      })
    )
  })
}
