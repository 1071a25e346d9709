import type { Database } from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { runVerify } from '../../../electron/core/audit/verify.ts'
import { recordHash } from '../../../shared/record.ts'
import { pageOf, restoredTill } from '../../support/restored-till.ts'
import type { SaleHouse } from '../../support/sale-house.ts'
import { found, tamper } from './audit-kit.ts'

/** A till whose records 1/3, 1/4 and 1/5 came back from the province, in two pages. */
async function refilled(): Promise<SaleHouse> {
  const { till, history, lost } = await restoredTill()
  expect(history.take(pageOf(lost.slice(0, 1), true))).toBe(true)
  expect(history.take(pageOf(lost.slice(1)))).toBe(true)
  return till
}

const verify = async (made: SaleHouse) => found(await runVerify({ settings: { dataDir: made.dataDir } }))

/** Another terminal in a record of the history, with the hash that fits. */
function changeTerminal(db: Database, seq: number): void {
  const row = db.prepare<[number], { bytes: Buffer }>('SELECT bytes FROM history WHERE seq = ?').get(seq)
  const text = row?.bytes.toString('utf8') ?? ''
  const bytes = Buffer.from(text.replace('till-1', 'till-2'))
  if (bytes.toString('utf8') === text) throw new Error('the tampering changed nothing')
  db.prepare('UPDATE history SET bytes = ?, hash = ? WHERE seq = ?').run(bytes, recordHash(bytes), seq)
}

test('what came back from the province is sound as it came', async () => {
  expect(await verify(await refilled())).toEqual([0, []])
})

describe('of what came back from the province, tampering is found:', () => {
  test.each<[string, (db: Database) => unknown, string[]]>([
    ['a changed record', db => changeTerminal(db, 4), ['BYTES_CHANGED 1/4']],
    ['a changed last record', db => changeTerminal(db, 5), ['SIGNED_BY_ANOTHER 1/5']],
    ['a removed first record', db => db.exec('DELETE FROM history WHERE seq = 3'), ['RECORD_MISSING 1/4']],
    ['a removed record', db => db.exec('DELETE FROM history WHERE seq = 4'), ['RECORD_MISSING 1/5']],
    [
      'the last two removed, a void with its mark',
      db => db.exec('DELETE FROM history WHERE seq > 3; DELETE FROM reversal'),
      ['HISTORY_DIFFERS'],
    ],
    ['all of it removed', db => db.exec('DELETE FROM history; DELETE FROM reversal'), ['HISTORY_DIFFERS']],
    [
      'all of it signed with garbage',
      db => db.exec('UPDATE history SET signature = zeroblob(64)'),
      ['SIGNED_BY_ANOTHER 1/3', 'SIGNED_BY_ANOTHER 1/4', 'SIGNED_BY_ANOTHER 1/5'],
    ],
    [
      'a column by which records are looked up',
      db => db.exec("UPDATE history SET business_date = '2026-11-01' WHERE seq = 4"),
      ['COLUMNS_DIFFER 1/4'],
    ],
  ])('%s', async (_, change, findings) => {
    const made = await refilled()
    await tamper(made, change)
    expect(await verify(made)).toEqual([1, findings])
  })

  test.each(['history_no_update', 'history_no_delete'])('its guard %s taken away', async guard => {
    const made = await refilled()
    made.db.exec(`DROP TRIGGER ${guard}`)
    expect(await verify(made)).toEqual([1, ['GUARD_REMOVED']])
  })
})

describe('of a refill by an older version of this program, which noted only how far it went,', () => {
  const olderNote = async () => {
    const made = await refilled()
    const after = { generation: 1, seq: 5 }
    made.documents.write('refill', { before: 2, after, records: 3, done: true })
    return made
  }

  test('the note is taken as it is', async () => {
    expect(await verify(await olderNote())).toEqual([0, []])
  })

  test('a removed end is found', async () => {
    const made = await olderNote()
    await tamper(made, db => db.exec('DELETE FROM history WHERE seq = 5; DELETE FROM reversal'))
    expect(await verify(made)).toEqual([1, ['HISTORY_DIFFERS']])
  })
})
