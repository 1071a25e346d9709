import Database from 'better-sqlite3'
import { type BusinessDate, businessDate } from '../../../shared/business-day.ts'
import { dayTable } from '../../../shared/day-close/table.ts'
import { terminalId } from '../../../shared/ids.ts'
import { site as siteForm } from '../../../shared/site.ts'
import { standardSuite } from '../../../shared/suite.ts'
import { openedBy } from '../audit/copy-vault.ts'
import { parseConfig } from '../config.ts'
import { noticeLines } from '../notice-lines.ts'
import { refused } from '../pack-files.ts'
import { createDays } from '../store/day-records.ts'
import { createDocuments } from '../store/documents.ts'
import { createLedger } from '../store/ledger.ts'
import { copyLedger, type LedgerCopy } from '../store/ledger-copy.ts'
import { createPolicies } from '../store/policies.ts'
import { dataKey } from '../store/vault.ts'
import { verifyChain } from '../store/verify-chain.ts'
import { acknowledged } from '../sync/acknowledged.ts'
import { enrolment } from '../sync/enrol.ts'
import { createDaySheets } from './day-sheet.ts'

type Told = { readonly lines: readonly string[]; readonly exitCode: 0 | 2 }

/**
 * `aixin day`: the table of one business date, the newest with a shift where none is named, as the screen and the slip have it. The terminal may run
 * meanwhile. Exit code 0 with the table's text; 2 there is none, and words say why.
 */
export async function runDay(request: {
  /** What `terminal.json` says, with the data folder (see `readSettings`). */
  readonly settings: Readonly<Record<string, unknown>>
  readonly date: string | undefined
}): Promise<Told | { readonly table: string; readonly exitCode: 0 }> {
  const asked = businessDate.optional().safeParse(request.date)
  if (!asked.success)
    return words(
      `--date ${request.date} 不是日期，请写作 2026-11-01`,
      `--date ${request.date} is no date; write it like 2026-11-01`,
    )
  const parsed = parseConfig(request.settings)
  if (!parsed.ok) return { lines: noticeLines(parsed.notice), exitCode: 2 }
  const { config } = parsed
  try {
    const copy = await copyLedger(config.dataDir)
    try {
      const key = dataKey(config, false)
      const vault = key && openedBy(copy, key)
      if (!vault || vault === 'wrong') return { lines: noticeLines({ code: 'KEY_WRONG', values: {} }), exitCode: 2 }
      const documents = createDocuments(copy.db, vault)
      return await tableOf(copy, documents, asked.data)
    } finally {
      copy.close()
    }
  } catch (error) {
    if (!(error instanceof Database.SqliteError) && !(error instanceof Error && 'syscall' in error)) throw error
    const { lines } = refused(
      `读不了 ${config.dataDir}，请核对路径和权限`,
      `cannot read ${config.dataDir}; check the path and its permissions`,
      error,
    )
    return { lines, exitCode: 2 }
  }
}

function words(zh: string, en: string): Told {
  return { lines: [`${zh} / ${en}`], exitCode: 2 }
}

async function tableOf(
  { db }: LedgerCopy,
  documents: ReturnType<typeof createDocuments>,
  asked: BusinessDate | undefined,
): ReturnType<typeof runDay> {
  const days = createDays(db)
  const date = asked ?? days.newest()
  if (date === null || date === undefined) return words('本机还没有开过班', 'no shift was opened here yet')
  const terminal = documents.read('enrolment', enrolment)?.terminal ?? terminalId.parse('not-enrolled')
  const ledger = createLedger(db, {
    ...{ terminal, bootId: '', clockDate: () => date },
    // A copy is read only.
    signer: { publicKey: new Uint8Array(), sign: () => Promise.reject(new Error('nothing is signed here')) },
  })
  const policies = createPolicies(documents, Date.now)
  const sheets = createDaySheets({
    ...{ terminal, days, head: ledger.head, site: () => documents.read('site', siteForm) },
    fundsOf: hash => policies.byHash(hash)?.funds ?? [],
  })
  if (sheets.shiftsOf(date).length === 0)
    return words(`${date} 在本机没有开过班`, `no shift was opened here on ${date}`)
  const day = sheets.day(date, {
    ...{ throughFirst: 0, open: 0 },
    sound: (await verifyChain(db, standardSuite)).findings.length === 0,
    unsent: ledger.unsent(acknowledged(documents)).count,
  })
  return { table: dayTable(day), exitCode: 0 }
}
