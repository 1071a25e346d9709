/** After so long (ms) without a call of the staff the kiosk stands in front again: nobody leaves an open till among the guests. */
const staffPatience = 3 * 60_000

/** Which page sells at a kiosk, and who waits for help there. Only in memory: whatever starts anew starts as a kiosk. */
export interface KioskFront {
  /** Null: this terminal is no kiosk. */
  at(): 'kiosk' | 'staff' | null
  /** Staff have shown who they are. */
  letStaffIn(): void
  backToKiosk(): void
  /** Staff did something. */
  staffActs(): void
  tick(): void
  helpSince(): number | null
  setHelp(called: boolean): void
}

/** @param onKiosk the kiosk has come to the front: what was open for staff closes */
export function createKioskFront(parts: {
  isKiosk: boolean
  clock: { now(): number; monotonic(): number }
  onKiosk(): void
  onChange(): void
}): KioskFront {
  const { clock } = parts
  let front: 'kiosk' | 'staff' | null = parts.isKiosk ? 'kiosk' : null
  let lastAct = 0
  let helpSince: number | null = null

  function backToKiosk(): void {
    if (front !== 'staff') return
    front = 'kiosk'
    parts.onKiosk()
    parts.onChange()
  }

  return {
    at: () => front,
    letStaffIn() {
      if (front === null) return
      front = 'staff'
      lastAct = clock.monotonic()
      helpSince = null
      parts.onChange()
    },
    backToKiosk,
    staffActs() {
      lastAct = clock.monotonic()
    },
    tick() {
      if (clock.monotonic() - lastAct > staffPatience) backToKiosk()
    },
    helpSince: () => helpSince,
    setHelp(called) {
      if (called === (helpSince !== null)) return
      helpSince = called ? clock.now() : null
      parts.onChange()
    },
  }
}
