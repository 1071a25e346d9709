import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import { runVerify } from '../../../electron/core/audit/verify.ts'
import { finishBackup } from '../../../electron/core/backup/check-backup.ts'
import { makeBackup } from '../../../electron/core/backup/make-backup.ts'
import { runRestore } from '../../../electron/core/backup/restore.ts'
import { openSaleHouse, type SaleHouse } from '../../support/sale-house.ts'
import { handClock, noon, tempFolder } from '../store/store-kit.ts'
import { found, tamper } from './audit-kit.ts'

const monday = Date.parse('2026-11-30T08:00:00+08:00')

async function backupOf(made: SaleHouse): Promise<string> {
  const backup = await makeBackup({
    ...{ folder: tempFolder(), keep: 1, now: noon, sourceBytes: 0, finish: finishBackup },
    copy: (file: string) => made.db.backup(file),
  })
  if (!backup.ok) throw new Error(backup.detail)
  return backup.file
}

const restore = (made: SaleHouse, backup: string) =>
  runRestore({ settings: { dataDir: made.dataDir }, backup, clock: handClock(monday), offline: true })

/** Two meals, a restored backup, and the key-change with which generation 2 begins. */
async function restored(): Promise<SaleHouse> {
  const made = await openSaleHouse()
  onTestFinished(() => made.close())
  for (const day of [0, 1]) await made.eat(0, day)
  const backup = await backupOf(made)
  made.stop()
  expect((await restore(made, backup)).exitCode).toBe(0)
  return made
}

const verify = (made: SaleHouse, anchorFile?: string) =>
  runVerify({ settings: { dataDir: made.dataDir }, ...(anchorFile ? { anchorFile } : {}) })

function anchor({ generation, seq, hash }: { generation: number; seq: number; hash: string }): string {
  const file = join(tempFolder(), 'anchor.json')
  writeFileSync(file, JSON.stringify({ v: 1, source: 'province', terminal: 'till-1', generation, seq, hash }))
  return file
}

/** The newest record of generation 1. */
function lastOfFirst({ dataDir }: SaleHouse): { generation: number; seq: number; hash: string } {
  const db = new Database(join(dataDir, 'terminal.db'), { readonly: true })
  const row = db
    .prepare<[], { generation: number; seq: number; hash: string }>(
      'SELECT generation, seq, hash FROM record WHERE generation = 1 ORDER BY seq DESC LIMIT 1',
    )
    .get()
  db.close()
  if (!row) throw new Error('generation 1 is empty')
  return row
}

const withoutInputs = 'DELETE FROM sealed_inputs WHERE record_id NOT IN (SELECT id FROM record)'
const withoutFirst = 'DELETE FROM record WHERE generation = 1; DELETE FROM reversal'

describe('where a ledger began', () => {
  test('an honest restore has no finding', async () => {
    expect(found(await verify(await restored()))).toEqual([0, []])
  })

  test.each([
    ['and its inputs left', withoutFirst],
    ['and its inputs with it', `${withoutFirst}; ${withoutInputs}`],
    [
      'and the note of where it began, too',
      `${withoutFirst}; ${withoutInputs}; DELETE FROM document WHERE name = 'chain-beginning'`,
    ],
  ])('the whole first generation removed after a restore, %s: BEGINNING_MISSING', async (_, cut) => {
    const made = await restored()
    await tamper(made, db => db.exec(cut))
    expect(found(await verify(made))).toEqual([1, ['BEGINNING_MISSING']])
  })

  test('an anchor of the generation that was removed is said to be of the missing beginning', async () => {
    const made = await restored()
    const last = lastOfFirst(made)
    await tamper(made, db => db.exec(`${withoutFirst}; ${withoutInputs}`))
    expect(found(await verify(made, anchor(last)))).toEqual([1, [`BEGINNING_MISSING 1/${last.seq}`]])
  })

  test('the last record before a restore removed: what follows does not link', async () => {
    const made = await restored()
    const { seq } = lastOfFirst(made)
    await tamper(made, db => db.exec(`DELETE FROM record WHERE generation = 1 AND seq = ${seq}; ${withoutInputs}`))
    expect(found(await verify(made))).toEqual([1, ['LINK_BROKEN 2/1']])
  })

  test('an emptied ledger is found, and says that nothing is there', async () => {
    const made = await restored()
    await tamper(made, db => db.exec(`DELETE FROM record; DELETE FROM reversal; ${withoutInputs}`))
    const said = await verify(made)
    expect(found(said)).toEqual([1, ['BEGINNING_MISSING']])
    expect(said.lines.join('\n')).toMatch(/not one record in the ledger: tail unproven since seq 0/)
  })

  test('a backup whose beginning was cut off is not restored', async () => {
    const made = await restored()
    await tamper(made, db => db.exec(`${withoutFirst}; ${withoutInputs}`))
    const cut = join(tempFolder(), 'cut.db')
    const db = new Database(join(made.dataDir, 'terminal.db'))
    await db.backup(cut)
    db.close()
    expect(found(await restore(made, cut))).toEqual([1, ['BEGINNING_MISSING']])
  })
})

describe('a disk that was lost', () => {
  /** A terminal that was enrolled anew with an empty disk: its chain begins after the head that the province holds. */
  const lastHead = { generation: 1, seq: 9, hash: 'A'.repeat(43) }
  async function anew(): Promise<SaleHouse> {
    const made = await openSaleHouse(undefined, lastHead)
    onTestFinished(() => made.close())
    await made.eat(0, 0)
    made.stop()
    return made
  }

  test('has a ledger that begins in a later generation, and no finding', async () => {
    expect(found(await verify(await anew()))).toEqual([0, []])
  })

  test('fits the anchor of the place after which it goes on, and no other one there', async () => {
    const made = await anew()
    expect(found(await verify(made, anchor(lastHead)))).toEqual([0, []])
    expect(found(await verify(made, anchor({ ...lastHead, hash: `${'B'.repeat(42)}A` })))).toEqual([
      1,
      ['ANCHOR_DIFFERS 1/9'],
    ])
  })

  test('says of any other anchor of before that those records are not here', async () => {
    const made = await anew()
    for (const seq of [4, 12])
      expect(found(await verify(made, anchor({ ...lastHead, seq })))).toEqual([1, [`DISK_LOST 1/${seq}`]])
  })
})
