import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseConfig } from '../../../electron/core/config.ts'
import { createVault, dataKey } from '../../../electron/core/store/vault.ts'
import { toBase64Url } from '../../../shared/bytes.ts'
import { tempFolder } from './store-kit.ts'

const key = new Uint8Array(32).fill(7)
const vault = createVault(key)
const plain = Buffer.from('陈建国')

describe('a cell', () => {
  test('opens in its place', () => {
    expect(vault.decrypt('roster|body|1', vault.encrypt('roster|body|1', plain))).toEqual(plain)
  })

  test('does not open in the place of another row, column or table', () => {
    const cell = vault.encrypt('roster|body|1', plain)
    for (const place of ['roster|body|2', 'roster|name|1', 'document|body|1'])
      expect(() => vault.decrypt(place, cell)).toThrow()
  })

  test('does not open under another key', () => {
    const other = createVault(new Uint8Array(32).fill(8))
    expect(() => other.decrypt('a', vault.encrypt('a', plain))).toThrow()
  })

  test('does not open with any of its parts changed or cut', () => {
    const cell = vault.encrypt('a', plain)
    const changed = [0, 1, 13, 29].map(at => cell.map((byte, index) => (index === at ? byte ^ 1 : byte)))
    for (const bytes of [...changed, cell.subarray(0, 28), cell.subarray(0, -1), Buffer.alloc(0)])
      expect(() => vault.decrypt('a', bytes)).toThrow()
  })

  test('looks different each time and shows nothing of what it holds', () => {
    const cells = [vault.encrypt('a', plain), vault.encrypt('a', plain)]
    expect(cells[0]).not.toEqual(cells[1])
    expect(cells.some(cell => cell.includes(plain))).toBe(false)
  })
})

test('a blind index is the same for the same value, and differs by kind, value and key', () => {
  const same = vault.index('card', 'A')
  expect(vault.index('card', 'A')).toEqual(same)
  const others = [
    vault.index('senior', 'A'),
    vault.index('card', 'B'),
    createVault(new Uint8Array(32)).index('card', 'A'),
  ]
  expect(others.filter(other => other.equals(same))).toEqual([])
})

function configFor(dataDir: string, custody: object = { kind: 'file' }) {
  const parsed = parseConfig({ dataDir, key: custody })
  if (!parsed.ok) throw new Error('the configuration is not sound')
  return parsed.config
}

describe('the data key', () => {
  test('in a file is made at the first start, for its owner only, and stays', () => {
    const dataDir = tempFolder()
    const first = dataKey(configFor(dataDir), true)
    const path = join(dataDir, 'vault.key')
    expect([first?.length, statSync(path).mode & 0o777]).toEqual([32, 0o600])
    expect(dataKey(configFor(dataDir), false)).toEqual(readFileSync(path))
    expect(dataKey(configFor(dataDir), false)).toEqual(Buffer.from(first ?? []))
  })

  test('is never made anew where the data are there and the file is not', () => {
    const dataDir = tempFolder()
    expect(dataKey(configFor(dataDir), false)).toBeNull()
    dataKey(configFor(dataDir), true)
    rmSync(join(dataDir, 'vault.key'))
    expect(dataKey(configFor(dataDir), false)).toBeNull()
  })

  test('of another length is none', () => {
    const dataDir = tempFolder()
    writeFileSync(join(dataDir, 'vault.key'), new Uint8Array(31))
    expect(dataKey(configFor(dataDir), true)).toBeNull()
  })

  test('that a power cut left half written is made again', () => {
    const dataDir = tempFolder()
    writeFileSync(join(dataDir, 'vault.key.new'), new Uint8Array(5))
    expect(dataKey(configFor(dataDir), true)).toHaveLength(32)
  })

  test('from the host leaves no file', () => {
    const dataDir = tempFolder()
    const given = configFor(dataDir, { kind: 'host', key: toBase64Url(key) })
    expect(dataKey(given, true)).toEqual(key)
    expect(() => statSync(join(dataDir, 'vault.key'))).toThrow(/ENOENT/)
  })
})
