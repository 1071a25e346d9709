import { type OpenCheckIn, openCheckIn } from '../check-in-state.ts'
import type { Db } from './open-database.ts'
import type { Vault } from './vault.ts'

/** The one open check-in of the till, encrypted on disk. */
export interface OpenCheckIns {
  keep(open: OpenCheckIn): void
  load(): OpenCheckIn | null
  clear(): void
}

export function createOpenCheckIns(db: Db, vault: Vault): OpenCheckIns {
  const save = db.prepare('INSERT INTO open_check_in (id, at, body) VALUES (?, ?, ?)')
  const remove = db.prepare('DELETE FROM open_check_in')
  const select = db.prepare<[], { id: string; body: Buffer }>('SELECT id, body FROM open_check_in')
  const place = (id: string) => `open_check_in|body|${id}`
  return {
    keep(open) {
      db.transaction(() => {
        remove.run()
        save.run(open.id, open.at, vault.encrypt(place(open.id), Buffer.from(JSON.stringify(open))))
      }).immediate()
    },
    load() {
      const row = select.get()
      return row ? openCheckIn.parse(JSON.parse(vault.decrypt(place(row.id), row.body).toString('utf8'))) : null
    },
    clear: () => void remove.run(),
  }
}
