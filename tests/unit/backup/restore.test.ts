import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import { runVerify } from '../../../electron/core/audit/verify.ts'
import { finishBackup } from '../../../electron/core/backup/check-backup.ts'
import { makeBackup } from '../../../electron/core/backup/make-backup.ts'
import { runRestore } from '../../../electron/core/backup/restore.ts'
import { openDatabase } from '../../../electron/core/store/open-database.ts'
import { recordHash } from '../../../shared/record.ts'
import { openSaleHouse, type SaleHouse } from '../../support/sale-house.ts'
import { handClock, noon, openStore, tempFolder } from '../store/store-kit.ts'

/** A till that was backed up after two meals and served two more, and the backup. */
async function house() {
  const made = await openSaleHouse()
  onTestFinished(() => made.close())
  for (const day of [0, 1]) await made.eat(0, day)
  const made2 = await makeBackup({
    ...{ folder: tempFolder(), keep: 1, now: noon, sourceBytes: 0, finish: finishBackup },
    copy: file => made.db.backup(file),
  })
  if (!made2.ok) throw new Error(made2.detail)
  for (const day of [2, 3]) await made.eat(0, day)
  return { made, backup: made2.file }
}

const restore = (dataDir: string, backup: string) =>
  runRestore({
    settings: { dataDir },
    backup,
    clock: handClock(Date.parse('2026-11-30T08:00:00+08:00')),
    offline: true,
  })

const bytesIn = (folder: string) =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile() && entry.name !== 'terminal.lock')
      .map(entry => [entry.name, readFileSync(join(entry.parentPath, entry.name)).toString('base64')]),
  )

/** The ledger that is in a folder now. */
function ledgerOf(made: SaleHouse) {
  const { db } = openStore(made.dataDir)
  return db
    .prepare<[], { generation: number; seq: number; kind: string; bytes: Buffer }>(
      'SELECT generation, seq, kind, bytes FROM record ORDER BY generation, seq',
    )
    .all()
}

describe('a restored backup', () => {
  test('goes on in a new generation that names the last head it knows, and the chain is sound', async () => {
    const { made, backup } = await house()
    made.stop()
    const { lines, exitCode } = await restore(made.dataDir, backup)
    expect([exitCode, lines.join('\n')]).toEqual([0, expect.stringMatching(/goes on in generation 2/)])
    const rows = ledgerOf(made)
    const last = rows.at(-1)
    const before = rows.at(-2)
    expect([last?.generation, last?.seq, last?.kind]).toEqual([2, 1, 'key-change'])
    expect(JSON.parse(last?.bytes.toString() ?? '').payload.lastHead).toEqual({
      ...{ generation: 1, seq: before?.seq, hash: recordHash(before?.bytes ?? new Uint8Array(0)) },
    })
    expect((await runVerify({ settings: { dataDir: made.dataDir } })).exitCode).toBe(0)
  })

  test('never overwrites what was there: it lies aside, whole, and the answer says where and how far it reached', async () => {
    const { made, backup } = await house()
    const seq = made.ledger.head()?.seq
    made.stop()
    const { lines } = await restore(made.dataDir, backup)
    const [folder] = readdirSync(join(made.dataDir, 'set-aside'))
    const aside = join(made.dataDir, 'set-aside', folder ?? '')
    expect(lines.join('\n')).toContain(aside)
    expect(lines.join('\n')).toContain(`1/${seq}`)
    expect((await runVerify({ file: join(aside, 'terminal.db') })).lines.join('\n')).toContain(`seq ${seq} `)
    expect(readdirSync(made.dataDir)).not.toContain('restore.new')
  })

  test('takes the generation after the newest that was there, when it is restored once more', async () => {
    const { made, backup } = await house()
    made.stop()
    await restore(made.dataDir, backup)
    await restore(made.dataDir, backup)
    expect(ledgerOf(made).at(-1)?.generation).toBe(3)
  })

  test('works where the ledger is gone or torn, as long as the key is there', async () => {
    const { made, backup } = await house()
    made.stop()
    writeFileSync(join(made.dataDir, 'terminal.db'), 'torn')
    for (const end of ['-wal', '-shm']) rmSync(join(made.dataDir, `terminal.db${end}`), { force: true })
    expect((await restore(made.dataDir, backup)).exitCode).toBe(0)
    rmSync(join(made.dataDir, 'terminal.db'))
    expect((await restore(made.dataDir, backup)).exitCode).toBe(0)
  })

  test('sells, and claims what it holds no lease for: those of the generation before are not held any more', async () => {
    const { made, backup } = await house()
    made.stop()
    await restore(made.dataDir, backup)
    const bytes = readFileSync(join(made.dataDir, 'terminal.db'))
    const till = await openSaleHouse(bytes)
    onTestFinished(() => till.close())
    const record = await till.eat(0, 4)
    if (record.kind !== 'sale') throw new Error('no sale')
    expect([record.payload.claimPending, record.payload.debits, record.payload.subsidies]).toEqual([true, [], []])
  })
})

describe('nothing is restored, and everything stays as it was, where', () => {
  const refusal = async (change: (folder: string, backup: string) => unknown) => {
    const { made, backup } = await house()
    made.stop()
    await change(made.dataDir, backup)
    const before = bytesIn(made.dataDir)
    const { lines, exitCode } = await restore(made.dataDir, backup)
    expect(bytesIn(made.dataDir)).toEqual(before)
    expect(existsSync(join(made.dataDir, 'set-aside'))).toBe(false)
    return [exitCode, lines.join('\n')]
  }

  test('the backup was changed', async () => {
    const told = await refusal((_, backup) => {
      const db = new Database(backup)
      db.exec('DROP TRIGGER record_no_update; UPDATE record SET signature = zeroblob(64) WHERE seq = 3')
      db.close()
    })
    expect(told).toEqual([1, expect.stringMatching(/take an older one[\s\S]*SIGNED_BY_ANOTHER 1\/3/)])
  })

  test('the file is no backup', async () => {
    expect(await refusal((_, backup) => writeFileSync(backup, 'x'.repeat(9000)))).toEqual([
      1,
      expect.stringMatching(/no backup/),
    ])
  })

  test('the key is another one', async () => {
    const told = await refusal(folder => writeFileSync(join(folder, 'vault.key'), new Uint8Array(32)))
    expect(told).toEqual([2, expect.stringMatching(/KEY_WRONG/)])
  })

  test('the terminal runs', async () => {
    const { made, backup } = await house()
    const { lines, exitCode } = await restore(made.dataDir, backup)
    expect([exitCode, lines.join('\n')]).toEqual([2, expect.stringMatching(/DATABASE_IN_USE/)])
    expect(existsSync(join(made.dataDir, 'set-aside'))).toBe(false)
  })
})

describe('a restore that is cut off', () => {
  /** As the power goes: so many of the three files are moved, the log first. */
  async function cut(moved: 1 | 2 | 3) {
    const { made, backup } = await house()
    made.db.pragma('wal_checkpoint(PASSIVE)')
    const files = ['-shm', '-wal', ''].map(end => `terminal.db${end}`)
    const held = files.map(name => readFileSync(join(made.dataDir, name)))
    made.stop()
    const aside = join(made.dataDir, 'set-aside', '20261130-075500')
    mkdirSync(aside, { recursive: true })
    files.forEach((name, index) => {
      rmSync(join(made.dataDir, name), { force: true })
      writeFileSync(join(index < moved ? aside : made.dataDir, name), held[index] ?? '')
    })
    mkdirSync(join(made.dataDir, 'restore.new'))
    return { made, backup, aside }
  }

  test.each([1, 2, 3] as const)(
    'after %i of the moved files is said at the next start, and starts no other ledger',
    async moved => {
      const { made, aside } = await cut(moved)
      expect(openDatabase(made.dataDir)).toEqual({
        ok: false,
        notice: { code: 'RESTORE_CUT', values: { path: join(made.dataDir, 'set-aside') } },
      })
      expect(existsSync(join(made.dataDir, 'terminal.db'))).toBe(moved < 3)
      expect(existsSync(join(aside, 'terminal.db'))).toBe(moved === 3)
    },
  )

  test.each([1, 2, 3] as const)(
    'after %i of them is made good by running it again, and what was here lies together',
    async moved => {
      const { made, backup, aside } = await cut(moved)
      const { lines, exitCode } = await restore(made.dataDir, backup)
      expect([exitCode, lines.join('\n')]).toEqual([0, expect.stringMatching(/the ledger that was here reaches 1\/5/)])
      expect(readdirSync(aside).sort()).toEqual(['terminal.db', 'terminal.db-shm', 'terminal.db-wal'])
      expect(ledgerOf(made).at(-1)).toMatchObject({ generation: 2, seq: 1 })
    },
  )

  test('before it moved anything leaves the till as it was', async () => {
    const { made } = await house()
    made.stop()
    mkdirSync(join(made.dataDir, 'restore.new'))
    expect(ledgerOf(made).at(-1)).toMatchObject({ generation: 1, seq: 5 })
  })
})
