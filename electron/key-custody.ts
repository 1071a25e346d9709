import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** The part of Electron's safeStorage that custody uses. */
export interface KeyStore {
  isAsyncEncryptionAvailable(): Promise<boolean>
  encryptStringAsync(text: string): Promise<Buffer>
  decryptStringAsync(sealed: Buffer): Promise<{ result: string }>
  getSelectedStorageBackend?(): string
}

export type KeyConfig = { kind: 'file' } | { kind: 'host'; key: string }

/** A data folder that began with a bare key file keeps it: another key would not open its data. */
const bareKey = 'vault.key'
const sealedKey = 'vault.key.sealed'

/**
 * The data key as the core's configuration takes it: sealed by the system's own key store where there is a real one, else `file`, which
 * the core calls weak. Linux's `basic_text` encrypts under a password that everybody knows, so it counts as none.
 * Null where the data were sealed and the key store does not open them now.
 */
export async function keepKey(dataDir: string, store: KeyStore): Promise<KeyConfig | null> {
  if (existsSync(join(dataDir, bareKey))) return { kind: 'file' }
  const file = join(dataDir, sealedKey)
  const sealed = existsSync(file) ? readFileSync(file) : null
  if (!(await isReal(store))) return sealed === null ? { kind: 'file' } : null
  if (sealed !== null) return open(store, sealed)
  const key = randomBytes(32).toString('base64url')
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  writeDurably(file, await store.encryptStringAsync(key))
  return { kind: 'host', key }
}

async function isReal(store: KeyStore): Promise<boolean> {
  if (!(await store.isAsyncEncryptionAvailable())) return false
  // Only Linux has a choice of back ends.
  return !['basic_text', 'unknown'].includes(store.getSelectedStorageBackend?.() ?? 'system')
}

async function open(store: KeyStore, sealed: Buffer): Promise<KeyConfig | null> {
  try {
    return { kind: 'host', key: (await store.decryptStringAsync(sealed)).result }
  } catch {
    return null
  }
}

/** The key must be on disk before anything is encrypted under it. */
function writeDurably(path: string, bytes: Buffer): void {
  const file = openSync(path, 'wx', 0o600)
  try {
    writeSync(file, bytes)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
