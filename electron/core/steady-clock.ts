import type { Clock } from './clock.ts'

/** A difference (ms) from the monotonic clock that is no drift: the clock was set. The same slack as in `clockIsTrusted`. */
const jumpFrom = 90_000
/** A jump forward by more than this (ms) counts only once a person has said that it is right: one wrong year would stick for weeks. */
const askedFrom = 12 * 3600_000

/** What the clock said, and what it says now (ms). */
export interface Jump {
  readonly before: number
  readonly after: number
}

/** A wall clock that is watched by the monotonic one. While a jump forward waits for a person's word, `now` goes on from before it. */
export interface SteadyClock extends Clock {
  /** The jump that waits for a person's word; null while none does. Ends by itself where the clock is set right again. */
  asks(): Jump | null
  /** A jump since the last look that needs nobody's word, told once. Call it every few seconds. */
  look(): Jump | null
  /** A person said that the clock is right now. Null where nothing was asked. */
  accept(): Jump | null
}

export function createSteadyClock(clock: Clock): SteadyClock {
  let seen = { wall: clock.now(), monotonic: clock.monotonic() }

  function jump(): Jump {
    return { before: Math.round(seen.wall + clock.monotonic() - seen.monotonic), after: clock.now() }
  }

  function anchor(): void {
    seen = { wall: clock.now(), monotonic: clock.monotonic() }
  }

  function asks(): Jump | null {
    const now = jump()
    return now.after - now.before > askedFrom ? now : null
  }

  return {
    now: () => asks()?.before ?? clock.now(),
    monotonic: clock.monotonic,
    mint: clock.mint,
    asks,
    look() {
      const now = jump()
      if (now.after - now.before > askedFrom) return null
      anchor()
      return Math.abs(now.after - now.before) > jumpFrom ? now : null
    },
    accept() {
      const asked = asks()
      if (asked) anchor()
      return asked
    },
  }
}
