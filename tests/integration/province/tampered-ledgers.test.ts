import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '../../../province/database.ts'
import { findingsIn } from '../../../province/ledger-doubts.ts'
import { recordHash } from '../../../shared/record.ts'
import { standardSuite } from '../../../shared/suite.ts'
import { openOfflineTill } from '../../support/offline-till.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'

type Till = Awaited<ReturnType<typeof openOfflineTill>>
type Code = Awaited<ReturnType<ProvinceHouse['code']>>

const main = join(import.meta.dirname, '../../../province/main.ts')

let house: ProvinceHouse

beforeAll(async () => {
  house = await openProvinceHouse()
})
afterAll(() => house?.close())

async function open(code: Code, from?: Uint8Array): Promise<Till> {
  const till = await openOfflineTill(code, from)
  onTestFinished(() => till.close())
  return till
}

/** A till that sold six meals, of which the province has heard as far as `sent` says. Record 1 is the key. */
async function tillWith(sent: 'nothing' | 'all'): Promise<{ till: Till; code: Code }> {
  const code = await house.code()
  const till = await open(code)
  await till.sync.round()
  for (let meal = 0; meal < 6; meal += 1) await till.sell(null)
  if (sent === 'all') await till.sync.round()
  return { till, code }
}

/** Changes the ledger as somebody with a disk editor does, and lets the terminal speak with its province. */
async function tamper({ db, sync }: Till, change: (at: typeof db) => unknown): Promise<void> {
  for (const { name } of db
    .prepare<[], { name: string }>("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
    .all())
    db.exec(`DROP TRIGGER ${name}`)
  await change(db)
  await sync.round()
}

function replaceIn(db: Till['db'], seq: number, from: string, to: string): void {
  const row = db.prepare<[number], { bytes: Buffer }>('SELECT bytes FROM record WHERE seq = ?').get(seq)
  const text = row?.bytes.toString('utf8') ?? ''
  const bytes = Buffer.from(text.replace(from, to))
  if (bytes.toString('utf8') === text) throw new Error('the tampering changed nothing')
  db.prepare('UPDATE record SET bytes = ?, hash = ? WHERE seq = ?').run(bytes, recordHash(bytes), seq)
}

async function found({ terminal }: Code): Promise<string[]> {
  const database = await openDatabase(house.databaseUrl)
  try {
    const findings = await findingsIn(database.pool, terminal)
    return findings.map(({ code, place }) => `${code} ${place.generation}/${place.seq}`)
  } finally {
    await database.close()
  }
}

test('a ledger that nobody touched has no finding', async () => {
  const { till, code } = await tillWith('all')
  await till.sync.round()
  expect(till.acknowledged()).toBe(till.head())
  expect(await found(code)).toEqual([])
})

test('the command says it in words, and by its exit code', async () => {
  const { till, code } = await tillWith('nothing')
  const ask = () => {
    const words = ['findings', '--database-url', house.databaseUrl, '--terminal', code.terminal]
    const { status, stdout } = spawnSync(process.execPath, [main, ...words], { encoding: 'utf8' })
    return [status, stdout]
  }
  expect(ask()).toEqual([0, '发现 0 处问题 / 0 findings\n'])
  await tamper(till, db => db.exec('DELETE FROM record WHERE seq = 4'))
  expect(ask()).toEqual([
    1,
    expect.stringMatching(
      /^RECORD_MISSING 1\/5 这条记录前面缺了记录 \(paper-\d+\)\n +records are missing before this one\n/,
    ),
  ])
})

describe('what was done to records before they were sent is found by the province:', () => {
  test('an amount changed', async () => {
    const { till, code } = await tillWith('nothing')
    await tamper(till, db => replaceIn(db, 4, '"ownPayFen":', '"ownPayFen":1'))
    expect(await found(code)).toEqual(['BYTES_CHANGED 1/4'])
  })

  test('a byte changed so that it is no record any more, which holds nothing back behind it', async () => {
    const { till, code } = await tillWith('nothing')
    await tamper(till, db => replaceIn(db, 4, '{', '['))
    expect(await found(code)).toEqual(['BYTES_CHANGED 1/4'])
    expect(till.acknowledged()).toBe(till.head())
  })

  test('a record removed from the middle, until it comes after all', async () => {
    const { till, code } = await tillWith('nothing')
    const taken = till.db.prepare<[], Record<string, unknown>>('SELECT * FROM record WHERE seq = 4').get() ?? {}
    await tamper(till, db => db.exec('DELETE FROM record WHERE seq = 4'))
    expect(await found(code)).toEqual(['RECORD_MISSING 1/5'])
    const names = Object.keys(taken)
    till.db
      .prepare(`INSERT INTO record (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`)
      .run(...Object.values(taken))
    await till.sync.round()
    expect(await found(code)).toEqual([])
  })

  test('a hole, behind which records wait for the next round, and are not sent again and again', async () => {
    const { till, code } = await tillWith('nothing')
    const calls = () => house.number('select last_counter from terminal where terminal_id = $1', [code.terminal])
    await tamper(till, db => db.exec('DELETE FROM record WHERE seq = 4'))
    const before = await calls()
    await new Promise(resolve => setTimeout(resolve, 500))
    expect(await calls()).toBe(before)
    expect(till.acknowledged()).toBe(3)
  })

  test('two records swapped', async () => {
    const { till, code } = await tillWith('nothing')
    await tamper(till, db =>
      db.exec(`
        UPDATE record SET seq = 99 WHERE seq = 4;
        UPDATE record SET seq = 4 WHERE seq = 5;
        UPDATE record SET seq = 5 WHERE seq = 99;
      `),
    )
    expect(await found(code)).toEqual(['RECORD_MISPLACED 1/4', 'RECORD_MISPLACED 1/5'])
  })

  test('a record signed again with another key', async () => {
    const { till, code } = await tillWith('nothing')
    const stranger = await standardSuite.signer(await standardSuite.generateSigningKey())
    await tamper(till, async db => {
      const row = db.prepare<[], { bytes: Buffer }>('SELECT bytes FROM record WHERE seq = 4').get()
      const signature = Buffer.from(await stranger.sign(row?.bytes ?? Buffer.alloc(0)))
      db.prepare('UPDATE record SET signature = ? WHERE seq = 4').run(signature)
    })
    expect(await found(code)).toEqual(['SIGNED_BY_ANOTHER 1/4'])
  })

  test('the newest record changed: which of content and signature it was shows with the next one', async () => {
    const { till, code } = await tillWith('nothing')
    const last = till.head()
    await tamper(till, db => db.exec(`UPDATE record SET signature = zeroblob(64) WHERE seq = ${last}`))
    expect(await found(code)).toEqual([`SIGNATURE_BAD 1/${last}`])
    await till.sell(null)
    await till.sync.round()
    expect(await found(code)).toEqual([`SIGNED_BY_ANOTHER 1/${last}`])
  })
})

describe('what was done to records that the province had acknowledged is found with the next call:', () => {
  test('the end removed', async () => {
    const { till, code } = await tillWith('all')
    const last = till.head()
    await tamper(till, db => db.exec(`DELETE FROM record WHERE seq > ${last - 2}`))
    expect(await found(code)).toEqual([`TAIL_MISSING 1/${last}`])
  })

  test('an older copy put back, and then gone on with', async () => {
    const { till, code } = await tillWith('all')
    const before = till.db.serialize()
    await till.sell(null)
    await till.sell(null)
    await till.sync.round()
    const last = till.head()
    await till.close()

    const older = await open(code, before)
    await older.sync.round()
    await older.sync.round()
    expect(await found(code)).toEqual([`OLDER_COPY 1/${last}`])
    await older.sell(null)
    await older.sync.round()
    expect(await found(code)).toEqual([`LEDGER_FORKED 1/${last - 1}`, `OLDER_COPY 1/${last}`])
  })
})
