import { randomBytes } from 'node:crypto'
import { uuidV7 } from '../../shared/uuid.ts'

/** The core's only sources of time and chance, so that tests can hold them. */
export interface Clock {
  /** Unix time in ms. */
  now(): number
  /** Milliseconds that only go forward, whatever the wall clock does. */
  monotonic(): number
  /** A fresh UUIDv7. */
  mint(): string
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  mint: () => uuidV7(Date.now(), randomBytes(10)),
}
