import { join } from 'node:path'
import Database from 'better-sqlite3'
import { verifyChain } from '../../electron/core/store/verify-chain.ts'
import { type LedgerRecord, ledgerRecord } from '../../shared/record.ts'
import { standardSuite } from '../../shared/suite.ts'

/** Reads the ledger of a data folder from outside of the terminal, and checks its chain whole. */
export async function readLedger(
  dataDir: string,
): Promise<{ records: LedgerRecord[]; findings: unknown[]; pages: unknown }> {
  const db = new Database(join(dataDir, 'terminal.db'), { readonly: true })
  try {
    const rows = db.prepare<[], { bytes: Buffer }>('SELECT bytes FROM record ORDER BY generation, seq').all()
    const chain = await verifyChain(db, standardSuite)
    return {
      records: rows.map(row => ledgerRecord.parse(JSON.parse(row.bytes.toString('utf8')))),
      findings: chain.findings,
      pages: db.pragma('integrity_check', { simple: true }),
    }
  } finally {
    db.close()
  }
}
