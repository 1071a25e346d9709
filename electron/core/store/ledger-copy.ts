import { constants, copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import Database from 'better-sqlite3'
import type { Db } from './open-database.ts'

/** A private copy of a ledger, read only. `close` takes the copy away. */
export interface LedgerCopy {
  readonly db: Db
  close(): void
}

/**
 * Copies the ledger of a data folder, while its terminal runs or not; the folder is only read. A running terminal is copied by SQLite's own
 * online backup, a stopped one file by file under its lock, since SQLite would write beside a database that it opens. Throws an SqliteError
 * or the system's error where that cannot be.
 */
export async function copyLedger(dataDir: string): Promise<LedgerCopy> {
  return await inCopyFolder(async folder => {
    const file = join(dataDir, 'terminal.db')
    const lock = holdLock(join(dataDir, 'terminal.lock'))
    if (lock === 'in-use') await copyOnline(file, join(folder, 'terminal.db'))
    else {
      try {
        copyFiles(file, folder)
      } finally {
        lock?.close()
      }
    }
    return join(folder, 'terminal.db')
  })
}

/** Copies a database file that no terminal holds: a backup, or a ledger that was taken along. */
export async function copyDatabaseFile(file: string): Promise<LedgerCopy> {
  return await inCopyFolder(folder => {
    copyFiles(file, folder)
    return Promise.resolve(join(folder, basename(file)))
  })
}

/** Writes a consistent copy of a database that others may be writing to. */
export async function copyOnline(file: string, target: string): Promise<void> {
  const source = new Database(file, { readonly: true, fileMustExist: true, timeout: 5000 })
  try {
    await source.backup(target)
  } finally {
    source.close()
  }
}

async function inCopyFolder(fill: (folder: string) => Promise<string>): Promise<LedgerCopy> {
  const folder = mkdtempSync(join(tmpdir(), 'aixin-copy-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  try {
    const db = new Database(await fill(folder), { fileMustExist: true })
    db.pragma('query_only = ON')
    return {
      db,
      close() {
        db.close()
        remove()
      },
    }
  } catch (error) {
    remove()
    throw error
  }
}

function copyFiles(file: string, folder: string): void {
  for (const end of ['', '-wal'].filter(each => existsSync(file + each)))
    copyFileSync(file + end, join(folder, basename(file)) + end, constants.COPYFILE_FICLONE)
}

/** Keeps a terminal from starting meanwhile; null where there is no lock to hold. */
function holdLock(file: string): Db | null | 'in-use' {
  if (!existsSync(file)) return null
  const lock = new Database(file, { readonly: true, fileMustExist: true, timeout: 0 })
  try {
    lock.exec('BEGIN')
    lock.prepare('SELECT count(*) FROM sqlite_schema').get()
    return lock
  } catch (error) {
    lock.close()
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return 'in-use'
    throw error
  }
}
