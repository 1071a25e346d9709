import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { migrations } from '../../../electron/core/store/migrations.ts'
import { type Db, openDatabase } from '../../../electron/core/store/open-database.ts'
import { enrolledChain, openStore, tempFolder } from './store-kit.ts'

const durability = (db: Db) => [db.pragma('journal_mode', { simple: true }), db.pragma('synchronous', { simple: true })]
const wal = ['wal', 2]

describe('every commit is on the disk before it counts', () => {
  test('at the first open and at each one after', () => {
    const dataDir = tempFolder()
    for (let time = 0; time < 3; time += 1) {
      const { db, close } = openStore(dataDir)
      expect(durability(db)).toEqual(wal)
      close()
    }
  })

  test('also where something else had set the database otherwise', () => {
    const dataDir = tempFolder()
    openStore(dataDir).close()
    const other = new Database(join(dataDir, 'terminal.db'))
    other.pragma('journal_mode = DELETE')
    other.close()
    expect(durability(openStore(dataDir).db)).toEqual(wal)
  })

  test('what was appended is there after a reopen', async () => {
    const dataDir = tempFolder()
    const first = openStore(dataDir)
    await enrolledChain(first.db, 3)
    first.close()
    const { db } = openStore(dataDir)
    expect(db.prepare('SELECT count(*) AS n FROM record').get()).toEqual({ n: 4 })
  })
})

describe('nothing that was recorded can be changed', () => {
  test.each([
    'UPDATE record SET meal = NULL',
    'UPDATE record SET bytes = bytes WHERE seq = 1',
    'UPDATE OR REPLACE record SET seq = 1 WHERE seq = 2',
    'DELETE FROM record',
    'DELETE FROM record WHERE seq = 2',
    'INSERT OR REPLACE INTO record SELECT * FROM record WHERE seq = 1',
    "UPDATE reversal SET by_id = 'other'",
    'DELETE FROM reversal',
    "INSERT OR REPLACE INTO reversal VALUES ('sale', 'other')",
  ])('%s', async sql => {
    const { db } = openStore(tempFolder())
    const { ledger } = await enrolledChain(db, 1)
    db.prepare("INSERT INTO reversal VALUES ('sale', 'void')").run()
    const before = ledger.after({ generation: 1, seq: 0 }, 10)
    expect(() => db.exec(sql)).toThrow(/never (changed|deleted)/)
    expect(ledger.after({ generation: 1, seq: 0 }, 10)).toEqual(before)
    expect(ledger.reversalOf('sale')).toBe('void')
  })
})

const digestOf = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex')

describe('a database from a newer version', () => {
  test.each(['wal', 'delete'])('is refused and stays as it was, byte for byte (journal mode %s)', mode => {
    const dataDir = tempFolder()
    const path = join(dataDir, 'terminal.db')
    openStore(dataDir).close()
    const newer = new Database(path)
    newer.pragma(`journal_mode = ${mode}`)
    newer.prepare("INSERT INTO schema_migration VALUES (?, 'x')").run(migrations.length + 1)
    newer.exec('CREATE TABLE something_new (a)')
    newer.close()
    const [before, files] = [digestOf(path), readdirSync(dataDir).sort()]
    for (let time = 0; time < 2; time += 1)
      expect(openDatabase(dataDir)).toEqual({ ok: false, notice: { code: 'DATABASE_NEWER', values: {} } })
    expect([digestOf(path), readdirSync(dataDir).sort()]).toEqual([before, files])
  })
})

describe('a folder that another process holds', () => {
  const script = `
    import { openDatabase } from ${JSON.stringify(join(import.meta.dirname, '../../../electron/core/store/open-database.ts'))}
    const opened = openDatabase(process.argv[1])
    console.log(opened.ok ? 'open' : opened.notice.code)
    if (opened.ok) opened.close()
  `
  const openElsewhere = (dataDir: string) =>
    spawnSync(process.execPath, ['--input-type=module', '-e', script, dataDir], { encoding: 'utf8' }).stdout.trim()

  test('is in use until that process lets it go', () => {
    const dataDir = tempFolder()
    const { close } = openStore(dataDir)
    expect(openElsewhere(dataDir)).toBe('DATABASE_IN_USE')
    close()
    expect(openElsewhere(dataDir)).toBe('open')
    openStore(dataDir)
  })

  test('is in use for a second opener in the same process too', () => {
    const dataDir = tempFolder()
    openStore(dataDir)
    expect(openDatabase(dataDir)).toMatchObject({ ok: false, notice: { code: 'DATABASE_IN_USE' } })
  })
})

describe('a folder that cannot be used is named', () => {
  test('a file stands in its place', () => {
    const path = join(tempFolder(), 'data')
    writeFileSync(path, '')
    expect(openDatabase(path)).toEqual({ ok: false, notice: { code: 'DATA_FOLDER_UNUSABLE', values: { path } } })
  })

  test('a file stands in the place of a folder above it', () => {
    const file = join(tempFolder(), 'file')
    writeFileSync(file, '')
    expect(openDatabase(join(file, 'data'))).toMatchObject({ ok: false, notice: { code: 'DATA_FOLDER_UNUSABLE' } })
  })

  test.each(['terminal.db', 'terminal.lock'])('a folder stands in the place of %s', name => {
    const dataDir = tempFolder()
    mkdirSync(join(dataDir, name))
    expect(openDatabase(dataDir)).toMatchObject({ ok: false, notice: { code: 'DATA_FOLDER_UNUSABLE' } })
  })
})

describe('a folder that belongs to somebody else', () => {
  const script = `
    import Database from 'better-sqlite3'
    import { openDatabase } from ${JSON.stringify(join(import.meta.dirname, '../../../electron/core/store/open-database.ts'))}
    new Database(':memory:').close()
    if (process.getuid() === 0) process.setuid(65534)
    const opened = openDatabase(process.argv[1])
    console.log(JSON.stringify(opened.ok ? 'open' : opened.notice))
    if (opened.ok) opened.close()
  `
  /** As an ordinary user opens it: root may do everything. */
  function openAsUser(dataDir: string): unknown {
    const words = ['--input-type=module', '-e', script, dataDir]
    const { stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8', cwd: import.meta.dirname })
    if (stdout === '') throw new Error(stderr)
    return JSON.parse(stdout)
  }

  /** A data folder that everybody may use. */
  function sharedFolder(): string {
    const dataDir = tempFolder()
    openStore(dataDir).close()
    chmodSync(dataDir, 0o777)
    for (const name of readdirSync(dataDir)) chmodSync(join(dataDir, name), 0o666)
    return dataDir
  }
  const unusable = (path: string) => ({ code: 'DATA_FOLDER_UNUSABLE', values: { path } })

  test('opens while all of it may be written', () => {
    expect(openAsUser(sharedFolder())).toBe('open')
  })

  test.each([0o555, 0o333, 0o666])('is named where it may not be written, read or entered (mode %o)', mode => {
    const dataDir = sharedFolder()
    chmodSync(dataDir, mode)
    expect(openAsUser(dataDir)).toEqual(unusable(dataDir))
    chmodSync(dataDir, 0o777)
  })

  test.each(['terminal.db', 'terminal.lock'])(
    'is refused at the start, not at the first sale, where %s may only be read',
    name => {
      const dataDir = sharedFolder()
      chmodSync(join(dataDir, name), 0o444)
      expect(openAsUser(dataDir)).toEqual(unusable(join(dataDir, name)))
    },
  )

  test('names a key file that may not be read', () => {
    const dataDir = sharedFolder()
    writeFileSync(join(dataDir, 'vault.key'), '', { mode: 0o000 })
    expect(openAsUser(dataDir)).toEqual(unusable(join(dataDir, 'vault.key')))
  })
})

test('a file that is no database is damage, said in words', () => {
  const dataDir = tempFolder()
  writeFileSync(join(dataDir, 'terminal.db'), 'x'.repeat(8192))
  expect(openDatabase(dataDir)).toEqual({ ok: false, notice: { code: 'DATABASE_DAMAGED', values: {} } })
})

test('a torn list of tables is damage, said in words', () => {
  const dataDir = tempFolder()
  openStore(dataDir).close()
  const path = join(dataDir, 'terminal.db')
  const bytes = readFileSync(path)
  bytes.fill(0xa5, 100, 4096)
  writeFileSync(path, bytes)
  expect(openDatabase(dataDir)).toEqual({ ok: false, notice: { code: 'DATABASE_DAMAGED', values: {} } })
})
