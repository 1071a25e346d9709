import { z } from 'zod'
import type { TerminalConfig } from '../config.ts'
import { createDocuments } from './documents.ts'
import type { Db } from './open-database.ts'
import { createVault, dataKey, type Vault } from './vault.ts'

/** The vault of this data folder; null where the key is missing or does not open what is there. */
export function openVault(db: Db, config: TerminalConfig): Vault | null {
  const mark = db.prepare<[], { body: Buffer }>("SELECT body FROM document WHERE name = 'vault-check'").get()
  const key = dataKey(config, mark === undefined)
  if (!key) return null
  const vault = createVault(key)
  const documents = createDocuments(db, vault)
  if (mark === undefined) documents.write('vault-check', 'aixin')
  try {
    return documents.read('vault-check', z.literal('aixin')) === 'aixin' ? vault : null
  } catch {
    // AES-GCM opens with the right key only; any failure here is a wrong one.
    return null
  }
}
