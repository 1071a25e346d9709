import Database from 'better-sqlite3'
import type { RecordId } from '../../shared/ids.ts'
import type { Notice } from '../../shared/terminal-api.ts'
import type { Ledger } from './store/ledger.ts'

type Drafts = Parameters<Ledger['appendAll']>[0]
export type Appended = { readonly result: 'recorded' } | { readonly result: 'refused'; readonly notice: Notice }

/** Appends records that stand or fall together, each once: where the first of them is there already, nothing is done. `drafts` may answer why it may not be any more. */
export async function appendOnce(ledger: Ledger, id: RecordId, drafts: () => Drafts | Notice): Promise<Appended> {
  return await ledger.inTurn(async () => {
    for (;;) {
      if (ledger.byId(id)) return { result: 'recorded' }
      const made = drafts()
      if ('code' in made) return { result: 'refused', notice: made }
      try {
        if (await ledger.appendAll(made)) return { result: 'recorded' }
      } catch (error) {
        if (error instanceof Database.SqliteError && error.code === 'SQLITE_FULL')
          return { result: 'refused', notice: { code: 'DISK_FULL', values: {} } }
        throw error
      }
    }
  })
}
