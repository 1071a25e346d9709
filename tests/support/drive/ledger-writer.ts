import { systemClock as clock } from '../../../electron/core/clock.ts'
import { createDocuments } from '../../../electron/core/store/documents.ts'
import { createLedger } from '../../../electron/core/store/ledger.ts'
import { openDatabase } from '../../../electron/core/store/open-database.ts'
import { createVault } from '../../../electron/core/store/vault.ts'
import { ownKeys } from '../../../electron/core/sync/enrol.ts'
import { businessDateOf } from '../../../shared/business-day.ts'
import { toBase64Url } from '../../../shared/bytes.ts'
import { operatorId, recordId, terminalId } from '../../../shared/ids.ts'
import { standardSuite } from '../../../shared/suite.ts'

/**
 * Entry of a process: appends record after record to the real ledger of a folder, and writes the seq of each once it is stored. With
 * `unsynced` its commits are not brought to the disk, as SQLite's own default in WAL mode has it.
 */
const [dataDir = '', how] = process.argv.slice(2)
const opened = openDatabase(dataDir)
if (!opened.ok) throw new Error(`the store does not open: ${opened.notice.code}`)
if (how === 'unsynced') opened.db.pragma('synchronous = NORMAL')
const documents = createDocuments(opened.db, createVault(new Uint8Array(32)))
const keys = await ownKeys(documents, standardSuite)
const terminal = terminalId.parse('till-1')
const signer = await standardSuite.signer(keys.ledger)
const ledger = createLedger(opened.db, { terminal, signer, bootId: clock.mint(), clockDate: businessDateOf })
const mint = () => ({ id: recordId.parse(clock.mint()), at: clock.now() })
if (ledger.head() === null) {
  const payload = { reason: 'enrolled' as const, ledgerKey: toBase64Url(keys.ledger.publicKey), lastHead: null }
  await ledger.append({ kind: 'key-change', ...mint(), payload })
}
const operator = operatorId.parse('op-1')
for (;;) {
  const confirmedDate = businessDateOf(clock.now())
  const payload = { event: 'open' as const, shift: null, operator, confirmedDate, countedFen: null }
  const record = await ledger.append({ kind: 'shift', ...mint(), payload })
  if (record === null) throw new Error('nobody else writes here')
  process.stdout.write(`${record.seq}\n`)
}
