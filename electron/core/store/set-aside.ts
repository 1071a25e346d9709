import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { clockStamp } from '../../../shared/business-day.ts'

const database = 'terminal.db'
const logs = [`${database}-shm`, `${database}-wal`]

/** Folders that hold ledgers which a restore put away, newest first. */
function foldersIn(dataDir: string): string[] {
  const folder = join(dataDir, 'set-aside')
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .sort()
    .reverse()
    .map(name => join(folder, name))
}

const holds = (folder: string, names: readonly string[]) => names.some(name => existsSync(join(folder, name)))

/** A folder into which the move of a ledger was cut off: its log is there, and it is not. */
const half = (dataDir: string) => foldersIn(dataDir).find(folder => holds(folder, logs) && !holds(folder, [database]))

/**
 * Whether a restore was cut off while it exchanged the ledgers: the one that was here is put away, whole or in part, and none is in its place.
 * What is here then must not be opened: it is empty, or older than what was recorded.
 */
export function restoreWasCut(dataDir: string): boolean {
  return half(dataDir) !== undefined || (!holds(dataDir, [database]) && putAway(dataDir) !== null)
}

function putAway(dataDir: string): string | null {
  const folder = foldersIn(dataDir).find(each => holds(each, [database]))
  return folder === undefined ? null : join(folder, database)
}

/** The newest ledger of a data folder, also where a restore that was cut off put it away; null where there is none. */
export function presentLedger(dataDir: string): string | null {
  return holds(dataDir, [database]) ? join(dataDir, database) : putAway(dataDir)
}

/** Moves the present ledger away, whole, to where a restore that was cut off began to; null where there is none. */
export function setAside(dataDir: string, now: number): string | null {
  // The log goes first: a database without its log is older, a log without its database is nothing.
  const names = [...logs, database].filter(name => existsSync(join(dataDir, name)))
  if (names.length === 0) return null
  const folder = half(dataDir) ?? join(dataDir, 'set-aside', clockStamp(now))
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  for (const name of names) renameSync(join(dataDir, name), join(folder, name))
  return folder
}
