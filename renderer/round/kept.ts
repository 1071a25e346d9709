import type { StopResult } from '../../shared/round/result.ts'
import type { PhoneRound } from '../../shared/round/round.ts'
import { answerOf, endOf } from '../phone/database.ts'

/**
 * A round on this phone with all that was done of it. `handedIn`: results that the province has, by their numbers; `cancelled`: stops whose
 * orders were cancelled, as far as this phone heard; `notedAt`: when one was noted last that was not taken back (ms).
 */
export interface KeptRound {
  readonly round: PhoneRound
  readonly results: readonly StopResult[]
  readonly signatures: readonly { readonly result: string; readonly strokes: string }[]
  readonly handedIn: readonly string[]
  readonly cancelled?: readonly number[]
  readonly notedAt?: number
}

/** What this phone keeps over a closed page, a restart and days without a network: its own name, and rounds. */
export interface Keeper {
  /** Made up once by the phone itself: the province gives a round to one phone. */
  device(fresh: string): Promise<string>
  rounds(): Promise<KeptRound[]>
  /**
   * Changes what is kept of a round, which is `fresh` where nothing is, in one transaction: another window of this phone writes nothing over.
   * Resolves to what is on the disk then.
   */
  change(fresh: KeptRound, next: (kept: KeptRound) => KeptRound): Promise<KeptRound>
  forget(round: string): Promise<void>
}

/** Opens the page's own database. Rejects where the browser keeps none, as in a private window. */
export async function openKeeper(): Promise<Keeper> {
  const opening = indexedDB.open('aixin-rounds', 1)
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore('rounds', { keyPath: 'round.round' })
    opening.result.createObjectStore('device')
  }
  const database = await answerOf(opening)
  const write = async (store: string, work: (place: IDBObjectStore) => void) => {
    const transaction = database.transaction(store, 'readwrite', { durability: 'strict' })
    work(transaction.objectStore(store))
    await endOf(transaction)
  }
  const read = <T>(store: string, ask: (place: IDBObjectStore) => IDBRequest<T>) =>
    answerOf(ask(database.transaction(store).objectStore(store)))
  return {
    async device(fresh) {
      const known = await read<unknown>('device', place => place.get('name'))
      if (typeof known === 'string') return known
      await write('device', place => place.put(fresh, 'name'))
      return fresh
    },
    rounds: () => read<KeptRound[]>('rounds', place => place.getAll()),
    async change(fresh, next) {
      const transaction = database.transaction('rounds', 'readwrite', { durability: 'strict' })
      const end = endOf(transaction)
      const place = transaction.objectStore('rounds')
      const asked: IDBRequest<KeptRound | undefined> = place.get(fresh.round.round)
      const put = new Promise<KeptRound>((resolve, reject) => {
        asked.onerror = () => reject(asked.error)
        asked.onsuccess = () => {
          const changed = next(asked.result ?? fresh)
          place.put(changed)
          resolve(changed)
        }
      })
      const [changed] = await Promise.all([put, end])
      return changed
    },
    forget: round => write('rounds', place => place.delete(round)),
  }
}
