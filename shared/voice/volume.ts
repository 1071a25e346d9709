import { businessMinuteOf } from '../business-day.ts'
import type { VoiceSettings } from './settings.ts'

/** How loud it is at an instant (ms UTC), 0..1: by the last entry that has begun; before the first of the day, by the last of all. */
export function volumeAt(volumes: VoiceSettings['volumes'], at: number): number {
  const minute = businessMinuteOf(at) % 1440
  const minuteOf = ({ from }: { from: string }) => Number(from.slice(0, 2)) * 60 + Number(from.slice(3))
  const inOrder = volumes.toSorted((one, other) => minuteOf(one) - minuteOf(other))
  const begun = inOrder.findLast(entry => minuteOf(entry) <= minute) ?? inOrder.at(-1)
  return (begun?.volume ?? 0) / 100
}
