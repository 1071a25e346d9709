import type { CheckInId } from '../../../shared/ids.ts'
import { type OpenCheckIn, openCheckIn } from '../check-in-state.ts'
import type { OpenCheckIns } from './open-check-ins.ts'
import type { Db } from './open-database.ts'
import type { Vault } from './vault.ts'

/** Check-ins that staff put aside, encrypted on disk like the open one. Each is open, parked, recorded or put away, never two of them. */
export interface ParkedCheckIns {
  /** The open check-in is parked from now on. */
  park(open: OpenCheckIn): void
  /** What is open from now on in place of a parked one; `id` may be of another visit of the same person. */
  takeBack(id: CheckInId, open: OpenCheckIn): void
  /** Staff put it away: nothing is recorded. */
  drop(id: CheckInId): void
  /** The oldest first. */
  all(): OpenCheckIn[]
  /** How many wait. A shift or day must not close before it is 0. */
  count(): number
}

export function createParkedCheckIns(db: Db, vault: Vault, opened: OpenCheckIns): ParkedCheckIns {
  const insert = db.prepare('INSERT INTO parked_check_in (id, at, body) VALUES (?, ?, ?)')
  const remove = db.prepare<[string]>('DELETE FROM parked_check_in WHERE id = ?')
  const select = db.prepare<[], { id: string; body: Buffer }>('SELECT id, body FROM parked_check_in ORDER BY at, id')
  const number = db.prepare<[], number>('SELECT COUNT(*) FROM parked_check_in').pluck()
  const place = (id: string) => `parked_check_in|body|${id}`
  return {
    park(open) {
      db.transaction(() => {
        opened.clear()
        insert.run(open.id, open.at, vault.encrypt(place(open.id), Buffer.from(JSON.stringify(open))))
      }).immediate()
    },
    takeBack(id, open) {
      db.transaction(() => {
        remove.run(id)
        opened.keep(open)
      }).immediate()
    },
    drop: id => void remove.run(id),
    all: () =>
      select.all().map(row => openCheckIn.parse(JSON.parse(vault.decrypt(place(row.id), row.body).toString('utf8')))),
    count: () => number.get() ?? 0,
  }
}
