import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import { runVerify } from '../../../electron/core/audit/verify.ts'
import { runEvidence } from '../../../electron/core/bureau/evidence.ts'
import { anchor as anchorForm } from '../../../shared/anchor.ts'
import { recordHash } from '../../../shared/record.ts'
import { standardSuite } from '../../../shared/suite.ts'
import { openSaleHouse, type SaleHouse } from '../../support/sale-house.ts'
import { tempFolder } from '../store/store-kit.ts'
import { found, tamper } from './audit-kit.ts'

/** Six meals of two seniors over three days, one of them voided: records 1 (key), 2 (home grant) and so on. */
async function house(): Promise<SaleHouse> {
  const made = await openSaleHouse()
  onTestFinished(() => made.close())
  for (const day of [0, 1, 2]) for (const who of [0, 1]) await made.eat(who, day)
  await made.takeBack((await made.eat(0, 2, 'dinner')).id)
  return made
}

const verify = async (made: SaleHouse, more: { anchorFile?: string } = {}) =>
  await runVerify({ settings: { dataDir: made.dataDir }, ...more })

const headOf = (made: SaleHouse) => {
  const head = made.ledger.head()
  if (!head) throw new Error('an empty ledger')
  return head
}

function replaceIn(db: Database.Database, seq: number, from: string, to: string, withHash = true): void {
  const row = db.prepare<[number], { bytes: Buffer }>('SELECT bytes FROM record WHERE seq = ?').get(seq)
  const text = row?.bytes.toString('utf8') ?? ''
  const bytes = Buffer.from(text.replace(from, to))
  if (bytes.toString('utf8') === text) throw new Error('the tampering changed nothing')
  db.prepare('UPDATE record SET bytes = ? WHERE seq = ?').run(bytes, seq)
  if (withHash) db.prepare('UPDATE record SET hash = ? WHERE seq = ?').run(recordHash(bytes), seq)
}

/** An anchor at a place of the ledger, as a file. */
function anchorAt(made: SaleHouse, seq = headOf(made).seq, more: object = {}): string {
  const stored = made.ledger.after({ generation: 1, seq: seq - 1 }, 1)[0]
  if (!stored) throw new Error('no such record')
  const file = join(tempFolder(), 'anchor.json')
  const anchor = {
    v: 1,
    source: 'province',
    terminal: 'till-1',
    generation: 1,
    seq,
    hash: recordHash(Buffer.from(stored.text)),
  }
  writeFileSync(file, JSON.stringify({ ...anchor, ...more }))
  return file
}

describe('an honest ledger', () => {
  test('has no finding, every quote comes out the same, and its tail is unproven', async () => {
    const made = await house()
    made.stop()
    const { lines, exitCode } = await verify(made)
    expect(exitCode).toBe(0)
    expect(lines.slice(0, 3)).toEqual([
      expect.stringMatching(/\/ \d+ records, 0 findings$/),
      expect.stringMatching(/\/ 7 quotes came out the same; 0 without inputs, 0 without their pack$/),
      expect.stringMatching(/tail unproven since seq \d+ \(generation 1\)$/),
    ])
  })

  test('is read while its terminal runs and holds its lock', async () => {
    const made = await house()
    const sizes = () => ['terminal.db', 'terminal.db-wal'].map(name => readFileSync(join(made.dataDir, name)).length)
    const before = sizes()
    expect(found(await verify(made))).toEqual([0, []])
    expect(sizes()).toEqual(before)
    await made.eat(0, 3)
    expect(found(await verify(made))).toEqual([0, []])
  })

  test('fits its own last line as an anchor, which proves the tail', async () => {
    const made = await house()
    const last = (await verify(made)).lines.at(-1) ?? ''
    expect(anchorForm.parse(JSON.parse(last))).toMatchObject({ terminal: 'till-1', ...{ seq: headOf(made).seq } })
    const anchorFile = join(tempFolder(), 'anchor.json')
    writeFileSync(anchorFile, last)
    const { lines, exitCode } = await verify(made, { anchorFile })
    expect(exitCode).toBe(0)
    expect(lines.join('\n')).toMatch(/tail proven up to seq/)
  })

  test('fits an older anchor', async () => {
    const made = await house()
    const { lines, exitCode } = await verify(made, { anchorFile: anchorAt(made, 4) })
    expect(exitCode).toBe(0)
    expect(lines.join('\n')).toMatch(/the anchor fits: seq 4\n.*tail unproven since seq/)
  })

  test('of an erased person counts as without inputs', async () => {
    const made = await house()
    made.db.exec('DELETE FROM senior_key WHERE senior_ref = (SELECT senior_ref FROM senior_key LIMIT 1)')
    const { lines, exitCode } = await verify(made)
    expect(exitCode).toBe(0)
    expect(lines.join('\n')).toMatch(/[34] without inputs/)
  })
})

describe('tampering has a finding of its own:', () => {
  test('one byte changed', async () => {
    const made = await house()
    await tamper(made, db => replaceIn(db, 4, '"ownPayFen":', '"ownPayFen":1'))
    expect(found(await verify(made))).toEqual([1, ['BYTES_CHANGED 1/4', 'QUOTE_DIFFERS 1/4']])
  })

  test('one byte of the bytes alone, so that they are no record any more', async () => {
    const made = await house()
    await tamper(made, db => replaceIn(db, 4, '{', '[', false))
    expect(found(await verify(made))).toEqual([1, ['BYTES_CHANGED 1/4']])
  })

  test('a row removed from the middle', async () => {
    const made = await house()
    await tamper(made, db => db.exec('DELETE FROM record WHERE seq = 4'))
    expect(found(await verify(made))).toEqual([1, ['RECORD_MISSING 1/5']])
  })

  test('two rows swapped', async () => {
    const made = await house()
    await tamper(made, db =>
      db.exec(`
        UPDATE record SET seq = 99 WHERE seq = 4;
        UPDATE record SET seq = 4 WHERE seq = 5;
        UPDATE record SET seq = 5 WHERE seq = 99;
      `),
    )
    expect(found(await verify(made))).toEqual([1, ['RECORD_MISPLACED 1/4', 'RECORD_MISPLACED 1/5']])
  })

  test('a row signed again with another key', async () => {
    const made = await house()
    const stranger = await standardSuite.signer(await standardSuite.generateSigningKey())
    await tamper(made, async db => {
      const row = db.prepare<[], { bytes: Buffer }>('SELECT bytes FROM record WHERE seq = 4').get()
      const signature = Buffer.from(await stranger.sign(row?.bytes ?? Buffer.alloc(0)))
      db.prepare('UPDATE record SET signature = ? WHERE seq = 4').run(signature)
    })
    expect(found(await verify(made))).toEqual([1, ['SIGNED_BY_ANOTHER 1/4']])
  })

  test('a column by which records are looked up', async () => {
    const made = await house()
    await tamper(made, db => db.exec("UPDATE record SET business_date = '2026-11-01' WHERE seq = 4"))
    expect(found(await verify(made))).toEqual([1, ['COLUMNS_DIFFER 1/4']])
  })

  test('the mark of a void taken away, so that the sale could be voided twice', async () => {
    const made = await house()
    await tamper(made, db => db.exec('DELETE FROM reversal'))
    expect(found(await verify(made))).toEqual([1, [`REVERSALS_DIFFER 1/${headOfStopped(made)}`]])
  })

  test('the triggers taken away', async () => {
    const made = await house()
    made.db.exec('DROP TRIGGER record_no_delete')
    expect(found(await verify(made))).toEqual([1, ['GUARD_REMOVED']])
  })

  test('inputs that were changed', async () => {
    const made = await house()
    made.db.exec(
      'UPDATE sealed_inputs SET body = zeroblob(300) WHERE record_id = (SELECT id FROM record WHERE seq = 4)',
    )
    expect(found(await verify(made))).toEqual([1, ['INPUTS_DAMAGED 1/4']])
  })

  test('a page overwritten', async () => {
    const made = await house()
    made.stop()
    const path = join(made.dataDir, 'terminal.db')
    const db = new Database(path)
    db.pragma('wal_checkpoint(TRUNCATE)')
    const [page] = db
      .prepare<[], { pageno: number }>("SELECT pageno FROM dbstat WHERE name = 'record' AND pagetype = 'leaf'")
      .all()
    db.close()
    const bytes = readFileSync(path)
    bytes.fill(0xa5, ((page?.pageno ?? 1) - 1) * 4096, (page?.pageno ?? 1) * 4096)
    writeFileSync(path, bytes)
    expect(found(await verify(made))).toEqual([1, ['UNREADABLE']])
  })
})

const headOfStopped = ({ dataDir }: SaleHouse) => {
  const db = new Database(join(dataDir, 'terminal.db'), { readonly: true })
  const row = db.prepare<[], { seq: number }>('SELECT max(seq) AS seq FROM record').get()
  db.close()
  return row?.seq
}

describe('what only an anchor shows:', () => {
  test('a removed tail is unproven without one, and found with one', async () => {
    const made = await house()
    const { seq } = headOf(made)
    const anchorFile = anchorAt(made)
    const cut = `DELETE FROM record WHERE seq > ${seq - 2}; DELETE FROM reversal`
    const inputs = 'DELETE FROM sealed_inputs WHERE record_id NOT IN (SELECT id FROM record)'
    await tamper(made, db => db.exec(`${cut}; ${inputs}`))
    const without = await verify(made)
    expect(without.exitCode).toBe(0)
    expect(without.lines.join('\n')).toMatch(`tail unproven since seq ${seq - 2} `)
    expect(found(await verify(made, { anchorFile }))).toEqual([1, [`OLDER_COPY 1/${seq}`]])
  })

  test('a removed tail whose inputs were left is found without one, and an anchor says how far it went', async () => {
    const made = await house()
    const { seq } = headOf(made)
    const anchorFile = anchorAt(made)
    await tamper(made, db => db.exec(`DELETE FROM record WHERE seq > ${seq - 2}; DELETE FROM reversal`))
    expect(found(await verify(made))).toEqual([1, ['INPUTS_LEFT']])
    expect(found(await verify(made, { anchorFile }))).toEqual([1, [`TAIL_MISSING 1/${seq}`]])
  })

  test('an older copy that was put back', async () => {
    const made = await house()
    const copy = join(tempFolder(), 'old.db')
    await made.db.backup(copy)
    await made.eat(1, 3)
    const anchorFile = anchorAt(made)
    made.stop()
    writeFileSync(join(made.dataDir, 'terminal.db'), readFileSync(copy))
    expect(found(await verify(made, { anchorFile }))[1]).toEqual([expect.stringMatching(/^OLDER_COPY 1\//)])
  })

  test('an older copy that went on by itself', async () => {
    const made = await house()
    const copy = join(tempFolder(), 'old.db')
    await made.db.backup(copy)
    await made.eat(1, 3)
    const anchorFile = anchorAt(made)
    const db = new Database(copy)
    // Another sale at the place of the one that the anchor knows, signed and linked as it should be.
    const older = await openSaleHouse(db.serialize())
    onTestFinished(() => older.close())
    db.close()
    await older.eat(0, 3)
    expect(found(await verify(older, { anchorFile }))[1]).toEqual([expect.stringMatching(/^ANCHOR_DIFFERS 1\//)])
  })

  test('an anchor of another terminal', async () => {
    const made = await house()
    const anchorFile = anchorAt(made, 4, { terminal: 'till-2' })
    expect(found(await verify(made, { anchorFile }))).toEqual([1, ['ANCHOR_FOREIGN']])
  })
})

describe('a file', () => {
  test('that is a backup is checked whole where its key lies beside, and its chain where not', async () => {
    const made = await house()
    const beside = join(made.dataDir, 'copy.db')
    await made.db.backup(beside)
    expect((await runVerify({ file: beside })).lines.join('\n')).toMatch(/7 quotes came out the same/)
    const away = join(tempFolder(), 'copy.db')
    await made.db.backup(away)
    const { lines, exitCode } = await runVerify({ file: away })
    expect(exitCode).toBe(0)
    expect(lines.join('\n')).toMatch(/no data key at hand/)
  })

  test('of the evidence format is computed again with the packs at hand', async () => {
    const made = await house()
    made.stop()
    const file = join(tempFolder(), 'evidence.jsonl')
    runEvidence({ settings: { dataDir: made.dataDir }, outFile: file })
    expect((await runVerify({ file })).lines.join('\n')).toMatch(
      /0 quotes came out the same; 0 without inputs, 7 without/,
    )
    const packsDir = tempFolder()
    writeFileSync(join(packsDir, 'pack.json'), JSON.stringify(made.pack))
    const { lines, exitCode } = await runVerify({ file, packsDir })
    expect(exitCode).toBe(0)
    expect(lines.join('\n')).toMatch(/7 quotes came out the same/)
    const altered = readFileSync(file, 'utf8').replace(/(ownPayFen\\":)(\d)/, '$19$2')
    writeFileSync(file, altered)
    expect(found(await runVerify({ file, packsDir }))).toEqual([
      1,
      [expect.stringMatching(/^QUOTE_DIFFERS 1\//), expect.stringMatching(/^LINK_BROKEN 1\//)],
    ])
  })

  test('that is none, or no anchor, is said, with exit code 2', async () => {
    const made = await house()
    expect((await runVerify({ file: join(made.dataDir, 'nothing') })).exitCode).toBe(2)
    const anchorFile = join(tempFolder(), 'anchor.json')
    writeFileSync(anchorFile, '{}')
    expect((await verify(made, { anchorFile })).lines.join('\n')).toMatch(/is no anchor/)
    expect((await runVerify({ settings: { dataDir: tempFolder() } })).exitCode).toBe(2)
  })

  test('of a folder whose key is another one is KEY_WRONG', async () => {
    const made = await house()
    writeFileSync(join(made.dataDir, 'vault.key'), new Uint8Array(32))
    const { lines, exitCode } = await verify(made)
    expect([exitCode, lines.join('\n')]).toEqual([2, expect.stringMatching(/KEY_WRONG/)])
  })
})
