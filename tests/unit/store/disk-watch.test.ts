import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { createDiskWatch } from '../../../electron/core/disk-watch.ts'
import { storeFault } from '../../../electron/core/store/store-fault.ts'
import { tempFolder } from './store-kit.ts'

const sqlite = (code: string) => new Database.SqliteError('said by SQLite', code)
const notice = (code: string) => ({ code, values: {} })

function watch(dataDir = tempFolder()) {
  let broken: Error | null = null
  let changes = 0
  const disk = createDiskWatch({
    dataDir,
    probe() {
      if (broken) throw broken
    },
    log: () => undefined,
    onChange() {
      changes += 1
    },
  })
  return {
    disk,
    dataDir,
    changes: () => changes,
    breaks(error: Error | null) {
      broken = error
    },
  }
}

describe('an error of the store means', () => {
  test.each([
    ['SQLITE_FULL', 'DISK_FULL'],
    ['SQLITE_CORRUPT', 'DATABASE_DAMAGED'],
    ['SQLITE_CORRUPT_INDEX', 'DATABASE_DAMAGED'],
    ['SQLITE_NOTADB', 'DATABASE_DAMAGED'],
    ['SQLITE_IOERR_WRITE', 'DISK_UNWRITABLE'],
    ['SQLITE_IOERR_FSYNC', 'DISK_UNWRITABLE'],
    ['SQLITE_READONLY', 'DISK_UNWRITABLE'],
    ['SQLITE_CANTOPEN', 'DISK_UNWRITABLE'],
  ])('%s: %s', (code, means) => {
    expect(storeFault(sqlite(code))).toEqual(notice(means))
  })

  test.each([[sqlite('SQLITE_CONSTRAINT')], [sqlite('SQLITE_BUSY')], [new Error('no such file')], ['text']])(
    'nothing of the disk where it is %s',
    error => {
      expect(storeFault(error)).toBeNull()
    },
  )
})

describe('a disk', () => {
  test('that took no write stops sales until a write goes through', () => {
    const { disk, breaks, changes } = watch()
    expect(disk.stopped()).toBeNull()
    breaks(sqlite('SQLITE_IOERR_WRITE'))
    expect(disk.failed(sqlite('SQLITE_IOERR_WRITE'))).toEqual(notice('DISK_UNWRITABLE'))
    expect(disk.failed(sqlite('SQLITE_IOERR_WRITE'))).toEqual(notice('DISK_UNWRITABLE'))
    expect(changes()).toBe(1)
    disk.tick()
    expect(disk.stopped()).toEqual(notice('DISK_UNWRITABLE'))
    breaks(null)
    disk.tick()
    expect(disk.stopped()).toBeNull()
  })

  test('with damaged pages stops them for good', () => {
    const { disk } = watch()
    disk.failed(sqlite('SQLITE_CORRUPT'))
    disk.tick()
    expect(disk.stopped()).toEqual(notice('DATABASE_DAMAGED'))
  })

  test('that is gone stops them', () => {
    const { disk, dataDir } = watch()
    rmSync(dataDir, { recursive: true })
    expect(disk.stopped()).toEqual(notice('DISK_UNWRITABLE'))
    mkdirSync(dataDir)
  })

  test('has no part in an error that is none of its own', () => {
    const { disk } = watch()
    expect(disk.failed(new Error('else'))).toBeNull()
    expect(disk.stopped()).toBeNull()
  })
})

describe('what presses', () => {
  const fullOnce = (times: number) => {
    let calls = 0
    return async () => {
      calls += 1
      if (calls <= times) throw sqlite('SQLITE_FULL')
      return calls
    }
  }

  test('goes through on a full disk in the room that was held back, which is held back again later', async () => {
    const { disk, dataDir } = watch()
    disk.tick()
    expect(statSync(join(dataDir, 'reserve')).size).toBe(8 * 1024 * 1024)
    expect(await disk.pressing(fullOnce(1))).toBe(2)
    expect(existsSync(join(dataDir, 'reserve'))).toBe(false)
    disk.tick()
    expect(existsSync(join(dataDir, 'reserve'))).toBe(true)
  })

  test('does not where no room was held back, and is not tried twice', async () => {
    const { disk } = watch()
    await expect(disk.pressing(fullOnce(1))).rejects.toThrow(/said by SQLite/)
  })

  test('of anything else than a full disk leaves the room alone', async () => {
    const { disk, dataDir } = watch()
    disk.tick()
    const broken = () => Promise.reject(sqlite('SQLITE_IOERR'))
    await expect(disk.pressing(broken)).rejects.toThrow(/said by SQLite/)
    expect(existsSync(join(dataDir, 'reserve'))).toBe(true)
  })
})
