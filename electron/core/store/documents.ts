import type { z } from 'zod'
import type { Db } from './open-database.ts'
import type { Vault } from './vault.ts'

/** Small encrypted documents by name: site, keys, policies, cursors. */
export interface Documents {
  read<T extends z.ZodType>(name: string, schema: T): z.output<T> | null
  write(name: string, value: unknown): void
  names(prefix: string): string[]
  remove(name: string): void
}

export function createDocuments(db: Db, vault: Vault): Documents {
  const select = db.prepare<[string], { body: Buffer }>('SELECT body FROM document WHERE name = ?')
  const upsert = db.prepare(
    'INSERT INTO document (name, body) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET body = excluded.body',
  )
  const list = db.prepare<[string], { name: string }>(
    "SELECT name FROM document WHERE name LIKE ? || '%' ORDER BY name",
  )
  const erase = db.prepare('DELETE FROM document WHERE name = ?')
  return {
    read(name, schema) {
      const row = select.get(name)
      if (!row) return null
      return schema.parse(JSON.parse(vault.decrypt(`document|body|${name}`, row.body).toString('utf8')))
    },
    write(name, value) {
      upsert.run(name, vault.encrypt(`document|body|${name}`, Buffer.from(JSON.stringify(value))))
    },
    remove: name => void erase.run(name),
    names: prefix => list.all(prefix).map(row => row.name),
  }
}
