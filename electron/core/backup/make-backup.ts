import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
} from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { Worker } from 'node:worker_threads'
import Database from 'better-sqlite3'
import { clockStamp } from '../../../shared/business-day.ts'
import { type CheckedBackup, newestPlace } from './check-backup.ts'

/** Free disk (bytes) that a backup must leave: sales stop below it. */
const roomLeft = 200 * 1024 * 1024
const name = /^terminal-\d{8}-\d{6}\.db$/

export type MadeBackup =
  | {
      readonly ok: true
      readonly file: string
      readonly bytes: number
      readonly head: { readonly generation: number; readonly seq: number } | null
    }
  | { readonly ok: false; readonly detail: string }

/** The folder of backups: as the settings say, from the data folder on, or `backups` in it. */
export function backupFolder(dataDir: string, setting: string | null): string {
  return setting === null ? join(dataDir, 'backups') : resolve(dataDir, setting)
}

/** The backups of a folder, that which holds most of the ledger first: their names are of a clock that may have been wrong. */
export function backupsIn(folder: string): string[] {
  return readdirSync(folder)
    .filter(each => name.test(each))
    .map(each => ({ each, head: headIn(join(folder, each)) }))
    .sort((one, other) => {
      const ahead = other.head.generation - one.head.generation || other.head.seq - one.head.seq
      return ahead || (one.each < other.each ? 1 : -1)
    })
    .map(({ each }) => each)
}

/** The newest place of the ledger in a backup; one that cannot be read holds nothing. */
function headIn(file: string): { generation: number; seq: number } {
  const nothing = { generation: 0, seq: 0 }
  let db: Database.Database | null = null
  try {
    db = new Database(file, { readonly: true, fileMustExist: true })
    return newestPlace(db) ?? nothing
  } catch (error) {
    if (error instanceof Database.SqliteError) return nothing
    throw error
  } finally {
    db?.close()
  }
}

/**
 * Writes one backup, checks it, and only then lets it count: older ones go when a newer one is sound. Nothing is thrown at a disk that is
 * full, gone or read-only; `detail` says what happened.
 * @param copy writes a consistent copy of the database to a file, as SQLite's online backup does
 * @param sourceBytes size of the database
 */
export async function makeBackup(options: {
  readonly folder: string
  readonly keep: number
  readonly now: number
  readonly sourceBytes: number
  copy(file: string): Promise<unknown>
  finish?(file: string): Promise<CheckedBackup>
}): Promise<MadeBackup> {
  const { folder, keep, now, finish = finishInThread } = options
  const file = join(folder, `terminal-${clockStamp(now)}.db`)
  const draft = `${file}.part`
  const dropDraft = () => {
    for (const end of ['', '-journal', '-wal', '-shm']) rmSync(draft + end, { force: true })
  }
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    if (freeBytes(folder) < options.sourceBytes + roomLeft) return { ok: false, detail: 'ENOSPC' }
    for (const left of readdirSync(folder)) if (/^terminal-\d{8}-\d{6}\.db\.part/.test(left)) rmSync(join(folder, left))
    await options.copy(draft)
    const checked = await finish(draft)
    if (!checked.ok) {
      dropDraft()
      return checked
    }
    syncToDisk(draft)
    renameSync(draft, file)
    if (process.platform !== 'win32') syncToDisk(folder)
    const others = backupsIn(folder).filter(each => each !== basename(file))
    for (const old of others.slice(keep - 1)) rmSync(join(folder, old), { force: true })
    return { ok: true, file, bytes: statSync(file).size, head: checked.head }
  } catch (error) {
    if (!(error instanceof Error)) throw error
    try {
      dropDraft()
    } catch {
      // What kept the backup from being written keeps its draft from being taken away; the next one does it.
    }
    return { ok: false, detail: 'code' in error ? String(error.code) : error.message }
  }
}

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

function syncToDisk(path: string): void {
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** `finishBackup` in a thread, which lies beside this file as a source, and under a name of its own where it was built. */
export function finishInThread(file: string): Promise<CheckedBackup> {
  const thread = import.meta.filename.endsWith('.ts') ? './check-thread.ts' : './backup-check.js'
  return new Promise((resolveWith, reject) => {
    const worker = new Worker(new URL(thread, import.meta.url), { workerData: file })
    worker.once('message', resolveWith)
    worker.once('error', reject)
    worker.once('exit', code => reject(new Error(`the check of a backup ended with ${code}`)))
  })
}
