/** Two keys closer than this come from a keyboard-type scanner, not from a finger. */
const BURST_MILLISECONDS = 30
/** A key is held a little longer than that: a busy page may be late to see the one that follows. */
const HOLD_MILLISECONDS = 45
/** A burst is over after this long without a key. */
const QUIET_MILLISECONDS = 150

export interface BurstFilter {
  /** Takes a key; `at` is the key's own time in ms. */
  press(code: string, at: number): void
  /** True while a key waits to be told from a burst. */
  waiting(): boolean
  stop(): void
}

/**
 * Lets single keys through and swallows the bursts of keyboard-type scanners, the Enter at their end included. A key waits for a
 * moment, so that the first sign of a scan is caught with the rest.
 */
export function createBurstFilter(onKey: (code: string) => void): BurstFilter {
  let held: { code: string; timer: ReturnType<typeof setTimeout> } | null = null
  let lastAt = Number.NEGATIVE_INFINITY
  let inBurst = false

  return {
    press(code, at) {
      const gap = at - lastAt
      lastAt = at
      if (held && gap < BURST_MILLISECONDS) {
        clearTimeout(held.timer)
        held = null
        inBurst = true
        return
      }
      if (inBurst && gap < QUIET_MILLISECONDS) return
      inBurst = false
      if (held) {
        clearTimeout(held.timer)
        const earlier = held.code
        held = null
        onKey(earlier)
      }
      const timer = setTimeout(() => {
        held = null
        onKey(code)
      }, HOLD_MILLISECONDS)
      held = { code, timer }
    },
    waiting: () => held !== null,
    stop() {
      if (held) clearTimeout(held.timer)
      held = null
    },
  }
}
