import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { runVerify } from '../../../electron/core/audit/verify.ts'
import { finishBackup } from '../../../electron/core/backup/check-backup.ts'
import { createDailyBackup } from '../../../electron/core/backup/daily-backup.ts'
import {
  backupFolder,
  backupsIn,
  finishInThread,
  type MadeBackup,
  makeBackup,
} from '../../../electron/core/backup/make-backup.ts'
import { businessDate } from '../../../shared/business-day.ts'
import { openSaleHouse, type SaleHouse } from '../../support/sale-house.ts'
import { noon } from '../store/store-kit.ts'

async function house(): Promise<SaleHouse> {
  const made = await openSaleHouse()
  onTestFinished(() => made.close())
  for (const day of [0, 1]) await made.eat(0, day)
  return made
}

const backUp = (made: SaleHouse, more: Partial<Parameters<typeof makeBackup>[0]> = {}) =>
  makeBackup({
    ...{ folder: backupFolder(made.dataDir, null), keep: 3, now: noon, sourceBytes: 0, finish: finishBackup },
    copy: file => made.db.backup(file),
    ...more,
  })

describe('a backup', () => {
  test('is one file by itself that holds the whole ledger, made while the till sells and checked in a thread of its own', async () => {
    const made = await house()
    const [backup] = await Promise.all([backUp(made, { finish: finishInThread }), made.eat(1, 1)])
    expect(backup).toMatchObject({ ok: true, file: join(made.dataDir, 'backups', 'terminal-20261120-114200.db') })
    expect(readdirSync(join(made.dataDir, 'backups'))).toEqual(['terminal-20261120-114200.db'])
    const { lines, exitCode } = await runVerify({ file: join(made.dataDir, 'backups', 'terminal-20261120-114200.db') })
    expect([exitCode, lines.join('\n')]).toEqual([0, expect.stringMatching(/\/ [23] quotes came out the same/)])
    if (process.platform !== 'win32') expect(statSync(join(made.dataDir, 'backups')).mode & 0o777).toBe(0o700)
  }, 30_000)

  test('goes to the folder of the settings', () => {
    expect(backupFolder('/data', 'usb')).toBe('/data/usb')
    expect(backupFolder('/data', '/mnt/usb')).toBe('/mnt/usb')
    expect(backupFolder('/data', null)).toBe('/data/backups')
  })

  test('pushes out the oldest beyond the number that is kept, and what broke off before', async () => {
    const made = await house()
    const folder = backupFolder(made.dataDir, null)
    for (let day = 0; day < 5; day += 1) await backUp(made, { now: noon + day * 86_400_000 })
    writeFileSync(join(folder, 'terminal-20200101-000000.db.part'), 'x')
    writeFileSync(join(folder, 'mine.txt'), 'x')
    await backUp(made, { now: noon + 5 * 86_400_000 })
    expect(readdirSync(folder).sort()).toEqual([
      'mine.txt',
      ...['23', '24', '25'].map(day => `terminal-202611${day}-114200.db`),
    ])
    expect(backupsIn(folder)[0]).toBe('terminal-20261125-114200.db')
  })

  test('is kept, and pushes out the one that holds least, where the clock went back two months', async () => {
    const made = await house()
    const folder = backupFolder(made.dataDir, null)
    for (const days of [0, 1, 2, -60, -59]) {
      expect(await backUp(made, { now: noon + days * 86_400_000 })).toMatchObject({ ok: true })
      await made.eat(0, 2)
    }
    expect(backupsIn(folder)).toEqual(['0922', '0921', '1122'].map(date => `terminal-2026${date}-114200.db`))
  })

  test('of the same ledger as before is kept too, where the clock went back', async () => {
    const made = await house()
    await backUp(made, { keep: 1 })
    await backUp(made, { keep: 1, now: noon - 60 * 86_400_000 })
    expect(readdirSync(backupFolder(made.dataDir, null))).toEqual(['terminal-20260921-114200.db'])
  })

  test('holds no face', async () => {
    const made = await house()
    const mark = Buffer.from('a face that was agreed to and later withdrawn')
    made.db.prepare("INSERT INTO face_cell VALUES (x'01', 'template', 'e', x'02', ?)").run(mark)
    const backup = await backUp(made)
    if (!backup.ok) throw new Error(backup.detail)
    expect(readFileSync(backup.file).includes(mark)).toBe(false)
  })
})

describe('a backup that is no good does not count, says why, and leaves the older ones:', () => {
  const refused = async (made: SaleHouse, more: Partial<Parameters<typeof makeBackup>[0]>) => {
    const folder = backupFolder(made.dataDir, null)
    const older = await backUp(made)
    const backup = await backUp(made, { now: noon + 1, keep: 1, ...more })
    expect(older.ok && readdirSync(folder)).toEqual(['terminal-20261120-114200.db'])
    return backup
  }

  test('a torn page', async () => {
    const made = await house()
    const copy = async (file: string) => {
      await made.db.backup(file)
      const db = new Database(file)
      const row = db.prepare<[], { pageno: number }>("SELECT pageno FROM dbstat WHERE name = 'record' LIMIT 1").get()
      db.close()
      const bytes = readFileSync(file)
      bytes.fill(0xa5, ((row?.pageno ?? 1) - 1) * 4096, (row?.pageno ?? 1) * 4096)
      writeFileSync(file, bytes)
    }
    expect(await refused(made, { copy })).toEqual({ ok: false, detail: 'damaged page' })
  })

  test('a chain that is not sound', async () => {
    const made = await house()
    const copy = async (file: string) => {
      await made.db.backup(file)
      const db = new Database(file)
      db.exec('DROP TRIGGER record_no_delete; DELETE FROM record WHERE seq = 2')
      db.close()
    }
    expect(await refused(made, { copy })).toEqual({ ok: false, detail: 'GAP 1/3' })
  })

  test('no room for it', async () => {
    const made = await house()
    expect(await refused(made, { sourceBytes: 2 ** 60 })).toEqual({ ok: false, detail: 'ENOSPC' })
  })

  test('a folder that cannot be made', async () => {
    const made = await house()
    writeFileSync(join(made.dataDir, 'file'), '')
    const folder = join(made.dataDir, 'file', 'backups')
    expect(await backUp(made, { folder })).toEqual({ ok: false, detail: expect.stringMatching(/ENOTDIR|EEXIST/) })
  })
})

describe('each day', () => {
  const today = businessDate.parse('2026-11-20')

  async function clockwork(make: () => Promise<MadeBackup>) {
    const made = await openSaleHouse()
    onTestFinished(() => made.close())
    let now = noon
    const daily = createDailyBackup({
      ...{ documents: made.documents, now: () => now, monotonic: () => now - noon, make },
      log: () => undefined,
      onChange: () => undefined,
    })
    return {
      daily,
      async pass(seconds: number, activity = '', date = today) {
        now += seconds * 1000
        daily.tick({ today: date, activity })
        await daily.settled()
      },
    }
  }

  const sound: MadeBackup = { ok: true, file: 'x', bytes: 1, head: null }

  test('one backup is made, once the till was quiet for a minute', async () => {
    const make = vi.fn(async () => sound)
    const { pass } = await clockwork(make)
    await pass(30)
    await pass(10, 'somebody came')
    await pass(40, 'somebody came')
    expect(make).toHaveBeenCalledTimes(0)
    await pass(30, 'somebody came')
    await pass(3600)
    await pass(61)
    expect(make).toHaveBeenCalledTimes(1)
    await pass(61, '', businessDate.parse('2026-11-21'))
    expect(make).toHaveBeenCalledTimes(2)
  })

  test('one that did not succeed is said, tried again after ten minutes, and forgotten when one does', async () => {
    const make = vi.fn(async (): Promise<MadeBackup> => sound).mockResolvedValueOnce({ ok: false, detail: 'ENOSPC' })
    const { daily, pass } = await clockwork(make)
    await pass(61)
    expect(daily.notice()).toEqual({ code: 'BACKUP_FAILED', values: { detail: 'ENOSPC' } })
    await pass(300)
    expect(make).toHaveBeenCalledTimes(1)
    await pass(301)
    expect([make.mock.calls.length, daily.notice()]).toEqual([2, null])
  })
})
