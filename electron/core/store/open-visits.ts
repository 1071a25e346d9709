import type { RecordId } from '../../../shared/ids.ts'
import { type OpenVisit, openVisit } from '../visit/open-visit.ts'
import type { Db } from './open-database.ts'
import type { Vault } from './vault.ts'

/** Visits that go on, encrypted on disk, so that a power cut in the middle of one loses nothing. Every write belongs into the transaction of its record. */
export interface OpenVisits {
  put(visit: OpenVisit): void
  remove(id: RecordId): void
  of(id: RecordId): OpenVisit | null
  /** The oldest first. */
  all(): OpenVisit[]
  count(): number
}

export function createOpenVisits(db: Db, vault: Vault): OpenVisits {
  const upsert = db.prepare(
    'INSERT INTO open_visit (id, at, body) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body',
  )
  const remove = db.prepare<[string]>('DELETE FROM open_visit WHERE id = ?')
  const selectOne = db.prepare<[string], { id: string; body: Buffer }>('SELECT id, body FROM open_visit WHERE id = ?')
  const select = db.prepare<[], { id: string; body: Buffer }>('SELECT id, body FROM open_visit ORDER BY at, id')
  const number = db.prepare<[], number>('SELECT COUNT(*) FROM open_visit').pluck()
  const place = (id: string) => `open_visit|body|${id}`
  const read = ({ id, body }: { id: string; body: Buffer }) =>
    openVisit.parse(JSON.parse(vault.decrypt(place(id), body).toString('utf8')))
  return {
    put: visit =>
      void upsert.run(visit.id, visit.at, vault.encrypt(place(visit.id), Buffer.from(JSON.stringify(visit)))),
    remove: id => void remove.run(id),
    of(id) {
      const row = selectOne.get(id)
      return row ? read(row) : null
    },
    all: () => select.all().map(read),
    count: () => number.get() ?? 0,
  }
}
