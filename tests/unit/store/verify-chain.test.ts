import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Db } from '../../../electron/core/store/open-database.ts'
import { verifyChain } from '../../../electron/core/store/verify-chain.ts'
import { toBase64Url } from '../../../shared/bytes.ts'
import { recordHash } from '../../../shared/record.ts'
import { standardSuite } from '../../../shared/suite.ts'
import { type Chain, chainOver, enrolledChain, openStore, tempFolder } from './store-kit.ts'

/** The path of a copy of the database. */
function copyOf(db: Db): string {
  const path = join(tempFolder(), 'copy.db')
  db.prepare('VACUUM INTO ?').run(path)
  return path
}

/** A copy of the database whose triggers are gone, as somebody with a disk editor has it. */
function unguarded(db: Db): Db {
  const copy = new Database(copyOf(db))
  onTestFinished(() => void copy.close())
  copy.exec('DROP TRIGGER record_no_update; DROP TRIGGER record_no_delete')
  return copy
}

async function tampered(change: (copy: Db, chain: Chain) => unknown, last?: number): Promise<string[]> {
  const chain = await enrolledChain(openStore(tempFolder()).db, 5)
  const copy = unguarded(chain.db)
  await change(copy, chain)
  const { findings } = await verifyChain(copy, standardSuite, last)
  return findings.map(({ generation, seq, finding }) => `${generation}/${seq} ${finding}`)
}

const replaceText = (copy: Db, seq: number, from: string | RegExp, to: string) => {
  const row = copy.prepare<[number], { bytes: Buffer }>('SELECT bytes FROM record WHERE seq = ?').get(seq)
  const text = row?.bytes.toString('utf8') ?? ''
  const changed = text.replace(from, to)
  if (changed === text) throw new Error('the tampering changed nothing')
  copy
    .prepare('UPDATE record SET bytes = ?, hash = ? WHERE seq = ?')
    .run(Buffer.from(changed), recordHash(Buffer.from(changed)), seq)
}

test('an honest chain has no finding', async () => {
  expect(await tampered(() => undefined)).toEqual([])
})

test('an empty ledger has no finding', async () => {
  expect(await verifyChain(openStore(tempFolder()).db, standardSuite)).toEqual({ checked: 0, findings: [] })
})

describe('tampering is found:', () => {
  test('a changed value', async () => {
    const found = await tampered(copy => replaceText(copy, 3, '"op-1"', '"op-2"'))
    expect(found).toEqual(['1/3 BAD_SIGNATURE', '1/4 CHAIN_BROKEN'])
  })

  test('a byte that leaves the meaning and not the form', async () => {
    const found = await tampered(copy => replaceText(copy, 3, '{', '{ '))
    expect(found).toEqual(['1/3 BAD_RECORD', '1/4 CHAIN_BROKEN'])
  })

  test('bytes that are no JSON', async () => {
    const found = await tampered(copy => replaceText(copy, 3, '{', '['))
    expect(found).toEqual(['1/3 BAD_RECORD', '1/4 CHAIN_BROKEN'])
  })

  test('a removed row', async () => {
    const found = await tampered(copy => void copy.prepare('DELETE FROM record WHERE seq = 3').run())
    expect(found).toEqual(['1/4 GAP', '1/4 CHAIN_BROKEN'])
  })

  test('a removed row whose place the next one took', async () => {
    const found = await tampered(copy => {
      copy.exec('DELETE FROM record WHERE seq = 3')
      for (const seq of [4, 5, 6]) copy.prepare('UPDATE record SET seq = ? WHERE seq = ?').run(seq - 1, seq)
    })
    expect(found).toEqual(['1/3 MISPLACED', '1/4 MISPLACED', '1/5 MISPLACED'])
  })

  test('the first row removed', async () => {
    const found = await tampered(copy => void copy.prepare('DELETE FROM record WHERE seq = 1').run())
    expect(found.slice(0, 3)).toEqual(['1/2 GAP', '1/2 CHAIN_BROKEN', '1/2 NO_KEY'])
  })

  test('two rows swapped', async () => {
    const found = await tampered(copy =>
      copy.exec(`
        UPDATE record SET seq = 99 WHERE seq = 3;
        UPDATE record SET seq = 3 WHERE seq = 4;
        UPDATE record SET seq = 4 WHERE seq = 99;
      `),
    )
    expect(found).toEqual(['1/3 MISPLACED', '1/4 MISPLACED', '1/5 CHAIN_BROKEN'])
  })

  test('a record signed by somebody else', async () => {
    const found = await tampered(async copy => {
      const stranger = await standardSuite.signer(await standardSuite.generateSigningKey())
      const row = copy.prepare<[], { bytes: Buffer }>('SELECT bytes FROM record WHERE seq = 3').get()
      const signature = Buffer.from(await stranger.sign(row?.bytes ?? Buffer.alloc(0)))
      copy.prepare('UPDATE record SET signature = ? WHERE seq = 3').run(signature)
    })
    expect(found).toEqual(['1/3 BAD_SIGNATURE'])
  })

  test('records that somebody appended under a key of their own', async () => {
    const found = await tampered(async copy => {
      const stranger = await standardSuite.generateSigningKey()
      const chain = await chainOver(copy, await standardSuite.signer(stranger))
      await chain.keyChange({ reason: 'rotated', ledgerKey: toBase64Url(stranger.publicKey), lastHead: null })
      await chain.shift()
    })
    expect(found).toEqual(['1/7 BAD_SIGNATURE', '1/8 BAD_SIGNATURE'])
  })

  test.each([
    "id = '01a1f70c-07f2-703a-8b8f-b97996492099'",
    "kind = 'sale'",
    'at = at + 1',
    "business_date = '2026-11-19'",
    "meal = 'lunch'",
    "hash = 'x'",
  ])('a column beside the bytes, by which records are looked up: %s', async change => {
    const found = await tampered(copy => copy.exec(`UPDATE record SET ${change} WHERE seq = 3`))
    expect(found).toEqual(['1/3 ROW_DIFFERS'])
  })

  test('a new generation that names another head than the one before it', async () => {
    const found = await tampered(async (copy, { keys }) => {
      const chain = await chainOver(copy, await standardSuite.signer(keys))
      const lastHead = { generation: 1, seq: 5, hash: chain.ledger.head()?.hash ?? '' }
      await chain.keyChange({ reason: 'restored', ledgerKey: toBase64Url(keys.publicKey), lastHead })
    })
    expect(found).toEqual(['2/1 CHAIN_BROKEN'])
  })

  test('a chain that starts without a key', async () => {
    const chain = await chainOver(openStore(tempFolder()).db)
    await chain.shift()
    const { findings } = await verifyChain(chain.db, standardSuite)
    expect(findings.map(({ finding }) => finding)).toEqual(['CHAIN_BROKEN', 'NO_KEY'])
  })

  test('a page of the database that cannot be read', async () => {
    const chain = await enrolledChain(openStore(tempFolder()).db, 40)
    const path = copyOf(chain.db)
    const copy = new Database(path)
    onTestFinished(() => void copy.close())
    const leaf = copy
      .prepare<[], { pageno: number }>("SELECT pageno FROM dbstat WHERE name = 'record' AND pagetype = 'leaf'")
      .all()[2]
    if (!leaf) throw new Error('the table is too small')
    const bytes = readFileSync(path)
    bytes.fill(0xa5, (leaf.pageno - 1) * 4096, leaf.pageno * 4096)
    writeFileSync(path, bytes)
    const damaged = new Database(path)
    onTestFinished(() => void damaged.close())
    const { findings } = await verifyChain(damaged, standardSuite)
    expect(findings).toEqual([{ generation: 0, seq: 0, finding: 'UNREADABLE' }])
  })
})

test('what was cut off at the end is not found here: the province knows the head', async () => {
  expect(await tampered(copy => void copy.prepare('DELETE FROM record WHERE seq > 3').run())).toEqual([])
})

describe('a check of the last records', () => {
  test('sees no further back', async () => {
    const change = (seq: number) => (copy: Db) => replaceText(copy, seq, '"op-1"', '"op-2"')
    expect(await tampered(change(3), 2)).toEqual([])
    expect(await tampered(change(5), 2)).toEqual(['1/5 BAD_SIGNATURE', '1/6 CHAIN_BROKEN'])
  })

  test.each([1, 2, 3, 4, 5, 9])(
    'knows the key where a key-change stands before, in or at the start of the last %i',
    async last => {
      const chain = await enrolledChain(openStore(tempFolder()).db, 1)
      const next = await standardSuite.generateSigningKey()
      await chain.keyChange({ reason: 'rotated', ledgerKey: toBase64Url(next.publicKey), lastHead: null })
      const later = await chainOver(chain.db, await standardSuite.signer(next))
      await later.shift()
      await later.shift()
      expect((await verifyChain(chain.db, standardSuite, last)).findings).toEqual([])
    },
  )
})
