import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { fromBase64Url } from '../../../shared/bytes.ts'
import type { TerminalConfig } from '../config.ts'

/** Encrypts columns and makes blind indexes under the terminal's data key. */
export interface Vault {
  /** AES-256-GCM; `place` (table|column|row) is bound in, so that a cell moved elsewhere does not open. */
  encrypt(place: string, plain: Uint8Array): Buffer
  /** Throws where the key is not the one, or the cell was changed or moved. */
  decrypt(place: string, cell: Uint8Array): Buffer
  /** HMAC-SHA-256 of a value under a key of its own, for looking up what is stored encrypted. */
  index(kind: string, value: string): Buffer
}

/** A vault over a 256-bit key. */
export function createVault(key: Uint8Array): Vault {
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', key, 'aixin-vault-v1', purpose, 32))
  const [cellKey, indexKey] = [derive('cell'), derive('index')]
  return {
    encrypt(place, plain) {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', cellKey, iv)
      cipher.setAAD(Buffer.from(place))
      const body = Buffer.concat([cipher.update(plain), cipher.final()])
      return Buffer.concat([Buffer.of(1), iv, cipher.getAuthTag(), body])
    },
    decrypt(place, cell) {
      const bytes = Buffer.from(cell)
      if (bytes.length < 29 || bytes[0] !== 1) throw new Error('not a cell of this vault')
      const decipher = createDecipheriv('aes-256-gcm', cellKey, bytes.subarray(1, 13))
      decipher.setAAD(Buffer.from(place))
      decipher.setAuthTag(bytes.subarray(13, 29))
      return Buffer.concat([decipher.update(bytes.subarray(29)), decipher.final()])
    },
    index: (kind, value) => createHmac('sha256', indexKey).update(`${kind}|${value}`).digest(),
  }
}

/**
 * The data key: from the host, or from `vault.key` in the data folder, made at first start. Null where the database is there
 * and its key file is not: a new key would not open it.
 */
export function dataKey(config: TerminalConfig, databaseIsNew: boolean): Uint8Array | null {
  if (config.key.kind === 'host') return fromBase64Url(config.key.key)
  const path = join(config.dataDir, 'vault.key')
  if (existsSync(path)) {
    const key = readFileSync(path)
    return key.length === 32 ? key : null
  }
  if (!databaseIsNew) return null
  const key = randomBytes(32)
  const draft = `${path}.new`
  writeDurably(draft, key)
  renameSync(draft, path)
  if (process.platform !== 'win32') syncFolder(config.dataDir)
  return key
}

function writeDurably(path: string, bytes: Uint8Array): void {
  const file = openSync(path, 'w', 0o600)
  try {
    writeSync(file, bytes)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** The name must outlive a power cut as surely as what is encrypted under the key. Windows cannot open a folder, and needs no such call. */
function syncFolder(path: string): void {
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
