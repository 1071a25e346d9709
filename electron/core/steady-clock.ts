import type { Clock } from './clock.ts'

/** A difference (ms) from the monotonic clock that is no drift: the clock was set. The same slack as in `clockIsTrusted`. */
const jumpFrom = 90_000
/** A jump forward by more than this (ms) counts only once a person has said that it is right: one wrong year would stick for weeks. */
const askedFrom = 12 * 3600_000
/**
 * The same (ms) where the program did not run meanwhile: a weekend with a holiday of one more day is shorter, and asks nobody; what lies below it a
 * wrong clock can spoil is over in as many days.
 */
const awayFrom = 4 * 24 * 3600_000

/** What the clock said, and what it says now (ms). */
export interface Jump {
  readonly before: number
  readonly after: number
}

/** A wall clock that is watched by the monotonic one. While a jump forward waits for a person's word, `now` goes on from before it. */
export interface SteadyClock extends Clock {
  /** At the start: `known` is the newest moment (ms) that the terminal knows to be real. A clock far ahead of it waits for a person's word, as after a jump. */
  begin(known: number): void
  /** The province's time (ms). A clock that waits since the start is right where it agrees with that; else time goes on from there. */
  hear(provinceAt: number): void
  /** The jump that waits for a person's word; null while none does. Ends by itself where the clock is set right again. */
  asks(): Jump | null
  /** A jump since the last look that needs nobody's word, told once. Call it every few seconds. */
  look(): Jump | null
  /** A person said that the clock is right now. Null where nothing was asked. */
  accept(): Jump | null
}

export function createSteadyClock(clock: Clock): SteadyClock {
  let seen = { wall: clock.now(), monotonic: clock.monotonic() }
  let limit = askedFrom
  /** Whether the clock is held against a moment before the start, and nobody has said yet that it is right. */
  let isSinceStart = false

  function jump(): Jump {
    return { before: Math.round(seen.wall + clock.monotonic() - seen.monotonic), after: clock.now() }
  }

  function anchor(): void {
    seen = { wall: clock.now(), monotonic: clock.monotonic() }
    limit = askedFrom
    isSinceStart = false
  }

  function asks(): Jump | null {
    const now = jump()
    return now.after - now.before > limit ? now : null
  }

  return {
    now: () => asks()?.before ?? clock.now(),
    monotonic: clock.monotonic,
    mint: clock.mint,
    begin(known) {
      if (clock.now() - known <= awayFrom) return
      seen = { wall: known, monotonic: clock.monotonic() }
      limit = awayFrom
      isSinceStart = true
    },
    hear(provinceAt) {
      if (!isSinceStart) return
      seen = { wall: provinceAt, monotonic: clock.monotonic() }
      limit = askedFrom
    },
    asks,
    look() {
      if (asks() !== null) return null
      const now = jump()
      // Held against a moment before the start it was not set: time went by.
      const wasAway = isSinceStart
      anchor()
      return !wasAway && Math.abs(now.after - now.before) > jumpFrom ? now : null
    },
    accept() {
      const asked = asks()
      if (asked) anchor()
      return asked
    },
  }
}
