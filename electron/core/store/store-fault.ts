import Database from 'better-sqlite3'
import type { Notice } from '../../../shared/terminal-api.ts'

const unwritable = /^SQLITE_(READONLY|IOERR|CANTOPEN|PERM)|^(EROFS|EIO)$/

/**
 * What an error of the database, or of the disk under it, means for staff: full, damaged pages, or a disk that takes no writes (read-only,
 * broken, gone, or not this user's). Null for any other error.
 */
export function storeFault(error: unknown): Notice | null {
  const isOfStore = error instanceof Database.SqliteError || (error instanceof Error && 'syscall' in error)
  if (!isOfStore || !('code' in error)) return null
  const code = String(error.code)
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') return { code: 'DISK_FULL', values: {} }
  if (isTorn(error)) return { code: 'DATABASE_DAMAGED', values: {} }
  return unwritable.test(code) ? { code: 'DISK_UNWRITABLE', values: {} } : null
}

/** True for an error that says that pages of the database are damaged. */
export function isTorn(error: unknown): boolean {
  return (
    error instanceof Database.SqliteError && (error.code.startsWith('SQLITE_CORRUPT') || error.code === 'SQLITE_NOTADB')
  )
}
