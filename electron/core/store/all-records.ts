import type { Db } from './open-database.ts'

/** A database of an older version of this program has no history. */
export function hasHistory(db: Db): boolean {
  return db.prepare<[], { n: number }>("SELECT count(*) AS n FROM sqlite_schema WHERE name = 'history'").get()?.n === 1
}

/**
 * The bytes of every record of this terminal in the order of its chain, with what came back from the province after a restore or a lost disk, but for
 * what the province rejected as no record.
 */
export function allRecords(db: Db): IterableIterator<{ readonly bytes: Buffer }> {
  const back = hasHistory(db) ? "UNION ALL SELECT generation, seq, bytes FROM history WHERE kind <> ''" : ''
  return db
    .prepare<[], { bytes: Buffer }>(`SELECT generation, seq, bytes FROM record ${back} ORDER BY generation, seq`)
    .iterate()
}
