import Database from 'better-sqlite3'
import { standardSuite } from '../../../shared/suite.ts'
import { isTorn } from '../store/store-fault.ts'
import { verifyChain } from '../store/verify-chain.ts'

/** Records at the end of the chain whose signatures are checked again in every backup. */
const tail = 1000

export type CheckedBackup =
  | { readonly ok: true; readonly head: { readonly generation: number; readonly seq: number } | null }
  | { readonly ok: false; readonly detail: string }

/**
 * Makes a fresh copy of the database into a backup, and checks it: no faces in it, one file by itself, pages whole, the end of the chain sound.
 * Takes seconds with a ledger of years: call it apart from the core's own thread.
 */
export async function finishBackup(file: string): Promise<CheckedBackup> {
  let db: Database.Database | null = null
  try {
    db = new Database(file, { fileMustExist: true })
    db.pragma('journal_mode = DELETE')
    db.pragma('synchronous = FULL')
    db.pragma('secure_delete = ON')
    // A face that was withdrawn must not come back out of an old copy.
    db.exec('DELETE FROM face_cell')
    return await checkOpen(db)
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error
    return { ok: false, detail: isTorn(error) ? 'damaged page' : error.code }
  } finally {
    db?.close()
  }
}

async function checkOpen(db: Database.Database): Promise<CheckedBackup> {
  const pages = db.pragma('quick_check(1)', { simple: true })
  if (pages !== 'ok') return { ok: false, detail: 'damaged page' }
  const { findings } = await verifyChain(db, standardSuite, tail)
  const [first] = findings
  if (first) return { ok: false, detail: `${first.finding} ${first.generation}/${first.seq}` }
  return { ok: true, head: newestPlace(db) }
}

/** Where the ledger in a database ends; null where it is empty. */
export function newestPlace(db: Database.Database): { generation: number; seq: number } | null {
  const head = db
    .prepare<[], { generation: number; seq: number }>(
      'SELECT generation, seq FROM record ORDER BY generation DESC, seq DESC LIMIT 1',
    )
    .get()
  return head ?? null
}
