import { timingSafeEqual } from 'node:crypto'
import type { SeniorId } from '../../../shared/ids.ts'
import { pinTries } from '../../../shared/pin.ts'
import type { Db } from './open-database.ts'
import type { Vault } from './vault.ts'

export type PinState = 'none' | 'set' | 'locked'

/** PINs of this terminal alone, of seniors or of staff: only an HMAC under the device's key is kept, and the wrong tries in a row. */
export interface Pins<Id extends string = SeniorId> {
  stateOf(whose: Id): PinState
  /** Counts a try on disk before it looks, so that no restart gives one back; the right PIN starts the count anew. */
  try(whose: Id, pin: string): 'right' | 'wrong' | 'locked' | 'none'
  /** Inside the transaction that appends the record of it. */
  set(whose: Id, pin: string): void
  clear(whose: Id): void
}

export function createPins<Id extends string = SeniorId>(
  db: Db,
  vault: Vault,
  of: 'senior' | 'operator' | 'carer' | 'proxy' = 'senior',
): Pins<Id> {
  const index = (whose: Id) => vault.index(of, whose)
  const macOf = (whose: Id, pin: string) => vault.index(of === 'senior' ? 'pin' : `${of}-pin`, `${whose}|${pin}`)
  const select = db.prepare<[Buffer], { mac: Buffer; tries: number }>('SELECT mac, tries FROM pin WHERE senior = ?')
  const count = db.prepare('UPDATE pin SET tries = tries + 1 WHERE senior = ?')
  const forgive = db.prepare('UPDATE pin SET tries = 0 WHERE senior = ?')
  const insert = db.prepare(
    'INSERT INTO pin (senior, mac, tries) VALUES (?, ?, 0) ON CONFLICT (senior) DO UPDATE SET mac = excluded.mac, tries = 0',
  )
  const remove = db.prepare('DELETE FROM pin WHERE senior = ?')
  return {
    stateOf(whose) {
      const row = select.get(index(whose))
      return row === undefined ? 'none' : row.tries >= pinTries ? 'locked' : 'set'
    },
    try(whose, pin) {
      const key = index(whose)
      const row = select.get(key)
      if (row === undefined) return 'none'
      if (row.tries >= pinTries) return 'locked'
      count.run(key)
      if (!timingSafeEqual(row.mac, macOf(whose, pin))) return row.tries + 1 >= pinTries ? 'locked' : 'wrong'
      forgive.run(key)
      return 'right'
    },
    set: (whose, pin) => void insert.run(index(whose), macOf(whose, pin)),
    clear: whose => void remove.run(index(whose)),
  }
}
