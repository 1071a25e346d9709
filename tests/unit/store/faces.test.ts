import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createFolderSearch } from '../../../electron/core/face/search-folder.ts'
import { createFaces, type FaceConsent, fromNumbers } from '../../../electron/core/store/faces.ts'
import { createVault } from '../../../electron/core/store/vault.ts'
import { businessDate } from '../../../shared/business-day.ts'
import { recordId, seniorId } from '../../../shared/ids.ts'
import { syntheticEngine, syntheticFaces } from '../../support/synthetic-faces.ts'
import { bytesOf, openStore, tempFolder } from './store-kit.ts'

const faces = syntheticFaces(1)
const someone = (place: number) => seniorId.parse(String(place).padStart(32, '0'))
const numbersOf = (place: number) => Float32Array.from(faces.frame(place))

function consent(place: number, what: FaceConsent['what'] = ['face']): FaceConsent {
  const today = businessDate.parse('2026-11-20')
  const record = recordId.parse(`01a1f5ee-4e70-70ec-ad4d-${String(place).padStart(12, '0')}`)
  return { senior: someone(place), what, notice: '3', record, givenOn: today, usedOn: today, deposited: false }
}

function open() {
  const folder = tempFolder()
  const store = openStore(folder)
  const key = randomBytes(32)
  return { folder, ...store, key, kept: createFaces(store.db, createVault(key)) }
}

const template = (place: number) => ({ engine: syntheticEngine, numbers: numbersOf(place) })

describe('a face that is kept', () => {
  test('comes back as it was, by its own network only', () => {
    const { kept } = open()
    kept.keep(consent(1), { template: template(1), portrait: null })
    const back = kept.templateOf(someone(1), syntheticEngine)
    expect(back).toHaveLength(128)
    expect(kept.templateOf(someone(1), { ...syntheticEngine, engine: 'synthetic/2' })).toBe('other-engine')
    expect(kept.templateOf(someone(1), { ...syntheticEngine, modelHash: 'A'.repeat(43) })).toBe('other-engine')
    expect(kept.templateOf(someone(2), syntheticEngine)).toBeNull()
    expect(kept.gallery({ ...syntheticEngine, engine: 'synthetic/2' })).toEqual([])
    expect(kept.gallery(syntheticEngine).map(({ id }) => id)).toEqual([someone(1)])
  })

  test('lies in no file in plain, and neither does whose it is', () => {
    const { kept, folder } = open()
    const [numbers, portrait] = [numbersOf(1), randomBytes(9000)]
    kept.keep(consent(1, ['face', 'portrait']), { template: { engine: syntheticEngine, numbers }, portrait })
    const bytes = bytesOf(folder)
    for (const secret of [fromNumbers(numbers).subarray(0, 16), portrait.subarray(0, 16), Buffer.from(someone(1))])
      expect(bytes.includes(secret)).toBe(false)
    expect(kept.portraitOf(someone(1))).toEqual(portrait)
  })

  test('does not open at another senior’s place, as another kind, or under another network’s name', () => {
    const { kept, db } = open()
    kept.keep(consent(1), { template: template(1), portrait: null })
    kept.keep(consent(2), { template: template(2), portrait: null })
    const rows = db.prepare<[], { senior: Buffer; body: Buffer; wrapped: Buffer }>('SELECT * FROM face_cell').all()
    const [one, two] = rows
    if (!one || !two) throw new Error('two faces were kept')
    const change = db.prepare('UPDATE face_cell SET body = ?, wrapped = ? WHERE senior = ?')
    change.run(one.body, two.wrapped, two.senior)
    expect(() => kept.gallery(syntheticEngine)).toThrow()
    change.run(one.body, one.wrapped, two.senior)
    expect(() => kept.gallery(syntheticEngine)).toThrow()
    change.run(two.body, two.wrapped, two.senior)
    expect(kept.gallery(syntheticEngine)).toHaveLength(2)
    db.prepare("UPDATE face_cell SET engine = 'synthetic/9#x'").run()
    expect(() => kept.templateOf(someone(1), { engine: 'synthetic/9', modelHash: 'x' })).toThrow()
  })

  test('is under a key of its own, like the portrait beside it', () => {
    const { kept, db } = open()
    for (const place of [1, 2])
      kept.keep(consent(place, ['face', 'portrait']), { template: template(place), portrait: randomBytes(200) })
    expect(kept.count()).toEqual({ enrolled: 2, portraits: 2 })
    const traces = db.transaction(() => [1, 2].flatMap(place => kept.drop(someone(place), ['face', 'portrait'])))()
    const keys = traces.filter(trace => trace.length === 32).map(key => Buffer.from(key).toString('hex'))
    expect(new Set(keys).size).toBe(4)
  })
})

describe('a face that is dropped', () => {
  test('leaves neither numbers, cell nor key in any file, while others stay', async () => {
    const { kept, folder, db } = open()
    for (const place of [1, 2, 3])
      kept.keep(consent(place, ['face', 'portrait']), { template: template(place), portrait: randomBytes(18_000) })
    const traces = db.transaction(() => kept.drop(someone(2), ['face', 'portrait']))()
    kept.settle()
    expect(traces.length).toBe(8)
    expect(await createFolderSearch(folder).search(traces)).toMatchObject({ found: 0 })
    expect(kept.consentOf(someone(2))).toBeNull()
    expect(kept.gallery(syntheticEngine)).toHaveLength(2)
    expect(kept.portraitOf(someone(3))).toHaveLength(18_000)
  })

  test('is found by the same search before the log is emptied: the search can see', async () => {
    const { kept, folder, db } = open()
    kept.keep(consent(1), { template: template(1), portrait: null })
    const traces = db.transaction(() => kept.drop(someone(1), ['face']))()
    expect((await createFolderSearch(folder).search(traces)).found).toBeGreaterThan(0)
    kept.settle()
    expect((await createFolderSearch(folder).search(traces)).found).toBe(0)
  })

  test('takes nothing else along: a portrait goes alone, and away only forgets that it was sent', () => {
    const { kept } = open()
    kept.keep(consent(1, ['face', 'away', 'portrait']), { template: template(1), portrait: randomBytes(200) })
    kept.note({ ...consent(1, ['face', 'away', 'portrait']), deposited: true })
    kept.drop(someone(1), ['portrait'])
    expect(kept.consentOf(someone(1))).toMatchObject({ what: ['face', 'away'], deposited: true })
    kept.drop(someone(1), ['away'])
    expect(kept.consentOf(someone(1))).toMatchObject({ what: ['face'], deposited: false })
    expect(kept.count()).toEqual({ enrolled: 1, portraits: 0 })
  })
})

describe('the search through a folder', () => {
  test('finds bytes across the edge of its blocks, and tells how much it looked at', async () => {
    const folder = tempFolder()
    const secret = randomBytes(20)
    writeFileSync(join(folder, 'large'), Buffer.concat([Buffer.alloc((1 << 20) - 7), secret, Buffer.alloc(5000)]))
    writeFileSync(join(folder, 'small'), 'nothing')
    const seen = await createFolderSearch(folder).search([secret])
    expect(seen).toMatchObject({ files: 2, bytes: (1 << 20) - 7 + 20 + 5000 + 7 })
    expect(seen.found).toBeGreaterThan(0)
    expect((await createFolderSearch(folder).search([randomBytes(64)])).found).toBe(0)
  })

  test('finds one page of a long cell that is left over', async () => {
    const folder = tempFolder()
    const cell = randomBytes(18_000)
    writeFileSync(join(folder, 'page'), cell.subarray(8192, 12_288))
    expect((await createFolderSearch(folder).search([cell])).found).toBeGreaterThan(0)
  })

  test('gives up no lock of the open database: a second program still finds it in use', async () => {
    const { folder, kept } = open()
    kept.keep(consent(1), { template: template(1), portrait: null })
    await createFolderSearch(folder).search([randomBytes(32)])
    const script = `
      import { openDatabase } from ${JSON.stringify(new URL('../../../electron/core/store/open-database.ts', import.meta.url).href)}
      const opened = openDatabase(${JSON.stringify(folder)})
      console.log(opened.ok ? 'open' : opened.notice.code)`
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
    expect(stdout.trim()).toBe('DATABASE_IN_USE')
  })
})
