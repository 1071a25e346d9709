import { standardSuite } from '../../../shared/suite.ts'
import type { CoreHost } from '../host.ts'
import { missingBeginning } from './chain-beginning.ts'
import type { Documents } from './documents.ts'
import type { Db } from './open-database.ts'
import { foreignPartOf, verifyChain } from './verify-chain.ts'

/** Records at the end of the chain whose signatures are looked at before anybody is served. */
export const checkedAtStart = 1000

/** Whether the stored ledger is damaged: the last records by their chain and signatures, the whole by whose it is. Its pages are looked at once it runs. */
export async function findDamage(
  db: Db,
  host: CoreHost,
  documents: Documents,
  own: { ledgerKey: string; acknowledged: { generation: number; seq: number } },
): Promise<boolean> {
  const chain = await verifyChain(db, standardSuite, checkedAtStart)
  const foreign = chain.findings.length === 0 ? (foreignPartOf(db, own) ?? missingBeginning(db, documents)) : null
  if (chain.findings.length === 0 && foreign === null) return false
  const first = chain.findings[0]
  host.log('error', 'database', {
    ...(foreign ? { foreign } : {}),
    ...(first ? { seq: first.seq, finding: first.finding } : {}),
  })
  return true
}
