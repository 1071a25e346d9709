import type { DayView } from '../../../shared/close-api.ts'

export interface Bar {
  readonly from: string
  readonly seniors: number
  readonly guests: number
  /** Time went by since the bar before in which nobody came. */
  readonly afterGap: boolean
}

const minutesOf = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))
/** The small hours belong to the business day before. */
const since4 = (clock: string) => (minutesOf(clock) + 1200) % 1440
const clockOf = (minutes: number) =>
  `${String(Math.floor(minutes / 60) % 24).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** Quarters of an hour as bars, put together to half hours and hours where there are more than a chart holds. */
export function barsOf(quarters: DayView['quarters'], most = 14): { minutes: number; bars: Bar[] } {
  const at = (minutes: number) => {
    const merged = new Map<number, { seniors: number; guests: number }>()
    for (const { from, seniors, guests } of quarters) {
      const slot = Math.floor(since4(from) / minutes)
      const known = merged.get(slot) ?? { seniors: 0, guests: 0 }
      merged.set(slot, { seniors: known.seniors + seniors, guests: known.guests + guests })
    }
    const slots = [...merged].sort(([one], [other]) => one - other)
    return slots.map(([slot, people], place) => ({
      from: clockOf(slot * minutes + 240),
      ...people,
      afterGap: place > 0 && slots[place - 1]?.[0] !== slot - 1,
    }))
  }
  const minutes = [15, 30, 60].find(one => at(one).length <= most) ?? 120
  return { minutes, bars: at(minutes) }
}

/** The steps of the axis up to the highest bar: at most four, in round numbers. */
export function axisOf(highest: number): number[] {
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000].find(one => one * 3 >= highest) ?? 10_000
  return Array.from({ length: Math.max(1, Math.ceil(highest / step)) + 1 }, (_, place) => place * step)
}
