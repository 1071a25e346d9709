import { timingSafeEqual } from 'node:crypto'
import type { SeniorId } from '../../../shared/ids.ts'
import { pinTries } from '../../../shared/pin.ts'
import type { Db } from './open-database.ts'
import type { Vault } from './vault.ts'

export type PinState = 'none' | 'set' | 'locked'

/** Seniors' PINs of this terminal alone: only an HMAC under the device's key is kept, and the wrong tries in a row. */
export interface Pins {
  stateOf(senior: SeniorId): PinState
  /** Counts a try on disk before it looks, so that no restart gives one back; the right PIN starts the count anew. */
  try(senior: SeniorId, pin: string): 'right' | 'wrong' | 'locked' | 'none'
  /** Inside the transaction that appends the record of it. */
  set(senior: SeniorId, pin: string): void
  clear(senior: SeniorId): void
}

export function createPins(db: Db, vault: Vault): Pins {
  const index = (senior: SeniorId) => vault.index('senior', senior)
  const macOf = (senior: SeniorId, pin: string) => vault.index('pin', `${senior}|${pin}`)
  const select = db.prepare<[Buffer], { mac: Buffer; tries: number }>('SELECT mac, tries FROM pin WHERE senior = ?')
  const count = db.prepare('UPDATE pin SET tries = tries + 1 WHERE senior = ?')
  const forgive = db.prepare('UPDATE pin SET tries = 0 WHERE senior = ?')
  const insert = db.prepare(
    'INSERT INTO pin (senior, mac, tries) VALUES (?, ?, 0) ON CONFLICT (senior) DO UPDATE SET mac = excluded.mac, tries = 0',
  )
  const remove = db.prepare('DELETE FROM pin WHERE senior = ?')
  return {
    stateOf(senior) {
      const row = select.get(index(senior))
      return row === undefined ? 'none' : row.tries >= pinTries ? 'locked' : 'set'
    },
    try(senior, pin) {
      const key = index(senior)
      const row = select.get(key)
      if (row === undefined) return 'none'
      if (row.tries >= pinTries) return 'locked'
      count.run(key)
      if (!timingSafeEqual(row.mac, macOf(senior, pin))) return row.tries + 1 >= pinTries ? 'locked' : 'wrong'
      forgive.run(key)
      return 'right'
    },
    set: (senior, pin) => void insert.run(index(senior), macOf(senior, pin)),
    clear: senior => void remove.run(index(senior)),
  }
}
