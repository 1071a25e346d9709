import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { runVerify } from '../../../electron/core/audit/verify.ts'
import type { SaleHouse } from '../../support/sale-house.ts'

/** Changes the ledger as somebody with a disk editor does: the triggers gone meanwhile, and put back. */
export async function tamper(made: SaleHouse, change: (db: Database.Database) => unknown): Promise<void> {
  made.stop()
  const db = new Database(join(made.dataDir, 'terminal.db'))
  const triggers = db
    .prepare<[], { name: string; sql: string }>("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
    .all()
  for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`)
  await change(db)
  for (const { sql } of triggers) db.exec(sql)
  db.close()
}

/** Codes and places of what was found, and the exit code. */
export const found = ({ lines, exitCode }: Awaited<ReturnType<typeof runVerify>>) => [
  exitCode,
  lines.flatMap(line => line.match(/^[A-Z_]{6,}(?: \d+\/\d+)?/)?.[0] ?? []),
]
