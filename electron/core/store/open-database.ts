import { createHash } from 'node:crypto'
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Notice } from '../../../shared/terminal-api.ts'
import { migrations } from './migrations.ts'
import { restoreWasCut } from './set-aside.ts'
import { storeFault } from './store-fault.ts'

export type Db = Database.Database

export type OpenResult = { ok: true; db: Db; close(): void } | { ok: false; notice: Notice }

const refuse = (code: Notice['code'], values: Notice['values'] = {}): OpenResult => ({
  ok: false,
  notice: { code, values },
})

/**
 * Opens `terminal.db` of a data folder, alone: WAL with synchronous=FULL, asserted, since the build's default loses commits at
 * a power cut; migrated; refused when it belongs to a newer version or another process holds it.
 */
export function openDatabase(dataDir: string): OpenResult {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  } catch {
    return refuse('DATA_FOLDER_UNUSABLE', { path: dataDir })
  }
  const barred = firstBarred(dataDir)
  if (barred !== null) return refuse('DATA_FOLDER_UNUSABLE', { path: barred })
  let lock: Db | null = null
  let db: Db | null = null
  try {
    lock = lockDataFolder(dataDir)
    if (restoreWasCut(dataDir)) {
      lock.close()
      return refuse('RESTORE_CUT', { path: join(dataDir, 'set-aside') })
    }
    db = new Database(join(dataDir, 'terminal.db'), { timeout: 5000 })
    if (isNewer(db)) {
      db.close()
      lock.close()
      return refuse('DATABASE_NEWER')
    }
    setPragmas(db)
    migrate(db)
    // SQLite opens what it may only read, and says so no earlier than at the first sale.
    db.exec('BEGIN IMMEDIATE; COMMIT')
    const [held, open] = [lock, db]
    return {
      ok: true,
      db: open,
      close() {
        open.close()
        held.close()
      },
    }
  } catch (error) {
    db?.close()
    lock?.close()
    return refuseFor(error, dataDir)
  }
}

/** Holds a data folder alone until it is closed; throws SQLITE_BUSY where another process does. */
export function lockDataFolder(dataDir: string): Db {
  const lock = new Database(join(dataDir, 'terminal.lock'), { timeout: 0 })
  try {
    lock.pragma('journal_mode = DELETE')
    lock.exec('BEGIN EXCLUSIVE')
    return lock
  } catch (error) {
    lock.close()
    throw error
  }
}

function refuseFor(error: unknown, dataDir: string): OpenResult {
  if (!(error instanceof Database.SqliteError)) throw error
  if (error.code.startsWith('SQLITE_BUSY') || error.code.startsWith('SQLITE_LOCKED')) return refuse('DATABASE_IN_USE')
  const fault = storeFault(error)
  if (fault === null) throw error
  return fault.code === 'DISK_UNWRITABLE'
    ? refuse('DATA_FOLDER_UNUSABLE', { path: dataDir })
    : { ok: false, notice: fault }
}

/** The folder or file of a data folder that this user may not read and write; null where all is open. */
function firstBarred(dataDir: string): string | null {
  const { R_OK, W_OK, X_OK } = constants
  const files = ['terminal.db', 'terminal.db-wal', 'terminal.db-shm', 'terminal.lock'].map(
    name => [name, R_OK | W_OK] as const,
  )
  for (const [name, mode] of [
    ['', R_OK | W_OK | X_OK] as const,
    ...files,
    ['vault.key', R_OK] as const,
    ['set-aside', R_OK | X_OK] as const,
  ]) {
    const path = join(dataDir, name)
    try {
      if (existsSync(path)) accessSync(path, mode)
    } catch {
      return path
    }
  }
  return null
}

function setPragmas(db: Db): void {
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.pragma('foreign_keys = ON')
  db.pragma('trusted_schema = OFF')
  db.pragma('cell_size_check = ON')
  // Without it, INSERT OR REPLACE would delete a record past its trigger.
  db.pragma('recursive_triggers = ON')
  // A deleted key or person must not live on in free pages.
  db.pragma('secure_delete = ON')
  db.pragma('wal_autocheckpoint = 1000')
  db.pragma('journal_size_limit = 67108864')
  const level = db.pragma('synchronous', { simple: true })
  const mode = db.pragma('journal_mode', { simple: true })
  if (level !== 2 || mode !== 'wal')
    throw new Error(`the database runs ${mode} with synchronous=${level}, not wal with 2`)
}

/** True where a newer version of this program made the database. Reads only. */
function isNewer(db: Db): boolean {
  const known = db
    .prepare<[], { n: number }>("SELECT count(*) AS n FROM sqlite_schema WHERE name = 'schema_migration'")
    .get()
  if (!known?.n) return false
  const last = db.prepare<[], { version: number | null }>('SELECT max(version) AS version FROM schema_migration').get()
  return (last?.version ?? 0) > migrations.length
}

/** Runs the steps that are missing. */
function migrate(db: Db): void {
  db.exec('CREATE TABLE IF NOT EXISTS schema_migration (version INTEGER PRIMARY KEY, hash TEXT NOT NULL) STRICT')
  const done = db.prepare<[], { version: number; hash: string }>('SELECT version, hash FROM schema_migration').all()
  const hashes = new Map(done.map(step => [step.version, step.hash]))
  const insert = db.prepare('INSERT INTO schema_migration (version, hash) VALUES (?, ?)')
  for (const [index, sql] of migrations.entries()) {
    const hash = createHash('sha256').update(sql).digest('hex')
    const known = hashes.get(index + 1)
    if (known === hash) continue
    if (known !== undefined) throw new Error(`migration ${index + 1} is not the one that made this database`)
    db.transaction(() => {
      db.exec(sql)
      insert.run(index + 1, hash)
    }).immediate()
  }
}

/** What all pages of a database take (bytes). */
export function databaseBytes(db: Db): number {
  const [pages, size] = ['page_count', 'page_size'].map(name => Number(db.pragma(name, { simple: true })))
  return (pages ?? 0) * (size ?? 0)
}
