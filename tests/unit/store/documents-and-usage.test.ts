import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createDocuments } from '../../../electron/core/store/documents.ts'
import { createUsage } from '../../../electron/core/store/usage.ts'
import { createVault } from '../../../electron/core/store/vault.ts'
import { seniorRef } from '../../../shared/record.ts'
import { openStore, tempFolder } from './store-kit.ts'

const vault = createVault(new Uint8Array(32).fill(4))
const [chen, wang] = ['A', 'E'].map(letter => seniorRef.parse(letter.repeat(43)))

describe('a document', () => {
  test('is read as it was written last, also after a reopen', () => {
    const dataDir = tempFolder()
    const { db, close } = openStore(dataDir)
    createDocuments(db, vault).write('site', { name: '一' })
    createDocuments(db, vault).write('site', { name: '二' })
    close()
    const again = createDocuments(openStore(dataDir).db, vault)
    expect(again.read('site', z.object({ name: z.string() }))).toEqual({ name: '二' })
  })

  test('that was never written is null', () => {
    expect(createDocuments(openStore(tempFolder()).db, vault).read('site', z.string())).toBeNull()
  })

  test('under the name of another does not open', () => {
    const { db } = openStore(tempFolder())
    const documents = createDocuments(db, vault)
    documents.write('a', 'one')
    db.exec("UPDATE document SET name = 'b'")
    expect(() => documents.read('b', z.string())).toThrow()
  })

  test('is listed by the beginning of its name', () => {
    const documents = createDocuments(openStore(tempFolder()).db, vault)
    for (const name of ['policy:B', 'policy:A', 'site']) documents.write(name, 1)
    expect(documents.names('policy:')).toEqual(['policy:A', 'policy:B'])
  })
})

describe('usage', () => {
  test('adds up by person and counter, and is taken back', () => {
    const usage = createUsage(openStore(tempFolder()).db)
    if (!chen || !wang) throw new Error('no references')
    usage.change(chen, 'DEMO', 'week|2026-W47', 1)
    usage.change(chen, 'DEMO', 'week|2026-W47', 1)
    usage.change(wang, 'DEMO', 'week|2026-W47', 1)
    usage.change(chen, 'DEMO', 'week|2026-W47', -1)
    expect([
      usage.of(chen, 'DEMO', ['week|2026-W47', 'week|2026-W48']),
      usage.of(wang, 'DEMO', ['week|2026-W47']),
    ]).toEqual([{ 'week|2026-W47': 1 }, { 'week|2026-W47': 1 }])
  })

  test('is kept by pack: two packs may name a limit alike', () => {
    const usage = createUsage(openStore(tempFolder()).db)
    if (!chen) throw new Error('no reference')
    usage.change(chen, 'DEMO', 'week|2026-W47', 1)
    usage.change(chen, 'SH-LTCI', 'week|2026-W47', 2)
    expect(usage.of(chen, 'DEMO', ['week|2026-W47'])).toEqual({ 'week|2026-W47': 1 })
    expect(usage.of(chen, 'SH-LTCI', ['week|2026-W47'])).toEqual({ 'week|2026-W47': 2 })
  })

  test('never falls below nothing', () => {
    const usage = createUsage(openStore(tempFolder()).db)
    if (!chen) throw new Error('no reference')
    usage.change(chen, 'DEMO', 'week|2026-W47', 1)
    expect(() => usage.change(chen, 'DEMO', 'week|2026-W47', -2)).toThrow(/CHECK/)
    expect(usage.of(chen, 'DEMO', ['week|2026-W47'])).toEqual({ 'week|2026-W47': 1 })
  })
})
