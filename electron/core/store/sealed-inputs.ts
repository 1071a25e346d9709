import { randomBytes } from 'node:crypto'
import { canonicalJson } from '../../../shared/canonical-json.ts'
import {
  type OpenedAgent,
  type OpenedCard,
  type OpenedInputs,
  type OpenedNote,
  type OpenedProxy,
  openedAgent,
  openedCard,
  openedInputs,
  openedNote,
  openedProxy,
} from '../../../shared/record.ts'
import type { Db } from './open-database.ts'
import { storeFault } from './store-fault.ts'
import { createVault, type Vault } from './vault.ts'

/** The inputs of each sale, whose card a change of means was about, whom a change of proxies was about, and who acted in a consent, under a key of their own for each senior. */
export interface SealedInputsStore {
  /** Inside the transaction that appends the record. `owner` is the senior's reference, or `-` for a guest or a stranger. */
  write(
    recordId: string,
    owner: string,
    opened: OpenedInputs | OpenedCard | OpenedAgent | OpenedProxy | OpenedNote,
  ): void
  /** Null where there are none, or the senior's key was deleted. */
  read(recordId: string): OpenedInputs | null
  readCard(recordId: string): OpenedCard | null
  /** Who acted for a senior in a consent. */
  readAgent(recordId: string): OpenedAgent | null
  /** Whom a change of proxies was about. */
  readProxy(recordId: string): OpenedProxy | null
  /** Whom an attendance was about, and what was noted. */
  readNote(recordId: string): OpenedNote | null
  /** Erases a person: their inputs can never be opened again. Call it outside of any transaction. */
  forget(owner: string): void
}

export function createSealedInputs(db: Db, vault: Vault): SealedInputsStore {
  const selectKey = db.prepare<[string], { wrapped: Buffer }>('SELECT wrapped FROM senior_key WHERE senior_ref = ?')
  const insertKey = db.prepare('INSERT INTO senior_key (senior_ref, wrapped) VALUES (?, ?)')
  const deleteKey = db.prepare('DELETE FROM senior_key WHERE senior_ref = ?')
  const deleteInputs = db.prepare('DELETE FROM sealed_inputs WHERE senior_ref = ?')
  const insert = db.prepare('INSERT INTO sealed_inputs (record_id, senior_ref, body) VALUES (?, ?, ?)')
  const select = db.prepare<[string], { senior_ref: string; body: Buffer }>(
    'SELECT senior_ref, body FROM sealed_inputs WHERE record_id = ?',
  )
  const keyPlace = (owner: string) => `senior_key|wrapped|${owner}`
  const bodyPlace = (recordId: string) => `sealed_inputs|body|${recordId}`

  function vaultOf(owner: string): Vault | null {
    const row = selectKey.get(owner)
    return row ? createVault(vault.decrypt(keyPlace(owner), row.wrapped)) : null
  }

  function opened(recordId: string): unknown {
    const row = select.get(recordId)
    const own = row ? vaultOf(row.senior_ref) : null
    return row && own ? JSON.parse(own.decrypt(bodyPlace(recordId), row.body).toString('utf8')) : null
  }

  return {
    write(recordId, owner, inputs) {
      let own = vaultOf(owner)
      if (own === null) {
        const key = randomBytes(32)
        insertKey.run(owner, vault.encrypt(keyPlace(owner), key))
        own = createVault(key)
      }
      insert.run(recordId, owner, own.encrypt(bodyPlace(recordId), Buffer.from(canonicalJson(inputs))))
    },
    read: recordId => openedInputs.nullable().parse(opened(recordId)),
    readCard: recordId => openedCard.nullable().parse(opened(recordId)),
    readAgent: recordId => openedAgent.nullable().parse(opened(recordId)),
    readProxy: recordId => openedProxy.nullable().parse(opened(recordId)),
    readNote: recordId => openedNote.nullable().parse(opened(recordId)),
    forget(owner) {
      db.transaction(() => {
        deleteKey.run(owner)
        deleteInputs.run(owner)
      }).immediate()
      // The log still holds the page with the key, until it is emptied.
      db.pragma('wal_checkpoint(TRUNCATE)')
    },
  }
}

/** What lies sealed, null where it was changed and does not open; throws where the disk is at fault. */
export function ifItOpens<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (storeFault(error)) throw error
    return null
  }
}
