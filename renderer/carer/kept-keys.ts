import type { CarerKey } from '../../shared/visit/carer-link.ts'
import { answerOf, endOf } from '../phone/database.ts'

/** The keys that this phone keeps, one a terminal, over a closed page and a restart. */
export interface KeptKeys {
  all(): Promise<CarerKey[]>
  /** Takes the place of the one that was kept for this terminal. Resolves once it is on the disk. */
  keep(key: CarerKey): Promise<void>
}

/** Opens the page's own database. Rejects where the browser keeps none, as in a private window. */
export async function openKeptKeys(): Promise<KeptKeys> {
  const opening = indexedDB.open('aixin-carer', 1)
  opening.onupgradeneeded = () => opening.result.createObjectStore('keys', { keyPath: 'terminal' })
  const database = await answerOf(opening)
  return {
    all() {
      const asked: IDBRequest<CarerKey[]> = database.transaction('keys').objectStore('keys').getAll()
      return answerOf(asked)
    },
    async keep(key) {
      const transaction = database.transaction('keys', 'readwrite', { durability: 'strict' })
      transaction.objectStore('keys').put(key)
      await endOf(transaction)
    },
  }
}
