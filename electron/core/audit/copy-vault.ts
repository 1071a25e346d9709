import Database from 'better-sqlite3'
import { z } from 'zod'
import { createDocuments } from '../store/documents.ts'
import type { LedgerCopy } from '../store/ledger-copy.ts'
import { createVault, type Vault } from '../store/vault.ts'

/** The vault of a copied ledger under a data key; `wrong` where the key does not open these data. */
export function openedBy(copy: LedgerCopy, key: Uint8Array): Vault | 'wrong' {
  const vault = createVault(key)
  try {
    createDocuments(copy.db, vault).read('vault-check', z.literal('aixin'))
    return vault
  } catch (error) {
    if (error instanceof Database.SqliteError) return vault
    // AES-GCM opens with the right key only; any failure here is a wrong one.
    return 'wrong'
  }
}
