import { businessMinuteOf, clockTime } from '../../../shared/business-day.ts'

/** An instant (ms) as the clock on the wall says it, `HH:MM`. */
export const clockOf = (at: number) => clockTime(businessMinuteOf(at))
