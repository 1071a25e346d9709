import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type KeyStore, keepKey } from '../../../electron/key-custody.ts'

let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'aixin-key-'))
})
afterEach(() => rmSync(dataDir, { recursive: true }))

/** A system key store that turns the text around. */
function store({ backend = 'gnome_libsecret', available = true, opens = true } = {}): KeyStore {
  const turn = (text: string) => [...text].reverse().join('')
  return {
    isAsyncEncryptionAvailable: async () => available,
    getSelectedStorageBackend: () => backend,
    encryptStringAsync: async text => Buffer.from(turn(text)),
    decryptStringAsync: async sealed => {
      if (!opens) throw new Error('another user')
      return { result: turn(sealed.toString()) }
    },
  }
}

describe('the data key', () => {
  test('is made once, sealed by the system, and never lies open in the folder', async () => {
    const first = await keepKey(dataDir, store())
    expect(first).toEqual({ kind: 'host', key: expect.stringMatching(/^[\w-]{43}$/) })
    const sealed = readFileSync(join(dataDir, 'vault.key.sealed'), 'utf8')
    expect(sealed).not.toContain(first?.kind === 'host' ? first.key : 'no key')
    expect(statSync(join(dataDir, 'vault.key.sealed')).mode & 0o077).toBe(0)
    expect(await keepKey(dataDir, store())).toEqual(first)
  })

  test.each(['basic_text', 'unknown'])(
    'is left to a key file where the store is %s, which protects nothing',
    async backend => {
      expect(await keepKey(dataDir, store({ backend }))).toEqual({ kind: 'file' })
      expect(existsSync(join(dataDir, 'vault.key.sealed'))).toBe(false)
    },
  )

  test('is left to a key file where the system has no store', async () => {
    expect(await keepKey(dataDir, store({ available: false }))).toEqual({ kind: 'file' })
  })

  test('stays in the key file that the data began with', async () => {
    writeFileSync(join(dataDir, 'vault.key'), new Uint8Array(32))
    expect(await keepKey(dataDir, store())).toEqual({ kind: 'file' })
  })

  test('that the store does not open now is not replaced by a new one', async () => {
    await keepKey(dataDir, store())
    expect(await keepKey(dataDir, store({ opens: false }))).toBeNull()
    expect(await keepKey(dataDir, store({ backend: 'basic_text' }))).toBeNull()
  })
})
