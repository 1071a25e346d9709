import { closeSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs'
import Database from 'better-sqlite3'
import { countableOf } from '../../../shared/countable.ts'
import { type CsvCell, csvText } from '../../../shared/csv.ts'
import { type DateRange, evidenceFilter } from '../../../shared/evidence.ts'
import type { LedgerRecord } from '../../../shared/record.ts'
import { ledgerRecord, recordHash } from '../../../shared/record.ts'
import { parseConfig } from '../config.ts'
import { noticeLines } from '../notice-lines.ts'
import { type Loaded, refused } from '../pack-files.ts'
import { allRecords } from '../store/all-records.ts'
import { copyLedger } from '../store/ledger-copy.ts'
import type { Db } from '../store/open-database.ts'
import { readDateRange } from './date-range.ts'

export type ExportRequest = {
  /** What `terminal.json` says, with the data folder (see `readSettings`). */
  readonly settings: Readonly<Record<string, unknown>>
  readonly file: string
  /** Business dates, inclusive, as they were typed. */
  readonly from: string | undefined
  readonly to: string | undefined
}

/** A column that is left out stays empty. */
type Row = Readonly<Partial<Record<(typeof exportColumns)[number], CsvCell>>>

/** The columns of `aixin export --csv`, in their order (docs/province-link.md). */
export const exportColumns = [
  ...(['record_id', 'terminal', 'generation', 'seq', 'hash', 'kind', 'recorded_at', 'business_date'] as const),
  ...(['site', 'meal', 'channel', 'sets', 'senior_ref', 'means', 'assurance', 'policy', 'policy_version'] as const),
  ...(['list_yuan', 'discount_yuan', 'subsidy_yuan', 'subsidies', 'own_pay_yuan', 'cash_rounding_yuan'] as const),
  ...(['pending_yuan', 'claim_pending', 'held', 'tenders', 'of_record', 'service', 'minutes', 'proxy_ref'] as const),
] as const

const beijingTime = (at: number) => new Date(at).toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' })
const yuan = (fen: number) => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`

/** What a record says of a service: a visit's end names its beginning, which names the service. */
function serviceOf(record: LedgerRecord): Row {
  if (record.kind === 'visit-in') return { service: record.payload.service }
  if (record.kind === 'visit-out') return { of_record: record.payload.of, minutes: record.payload.minutes }
  if (record.kind === 'late-visit') return { service: record.payload.service, minutes: record.payload.visit.minutes }
  if (record.kind === 'follow-up') return { of_record: record.payload.of }
  if (record.kind !== 'attendance') return {}
  const { service, of, minutes } = record.payload
  return { service, of_record: of ?? '', minutes: minutes ?? '' }
}

/** A record as one row; null for a kind that is no business of another platform (shifts, rights, keys, consents). */
export function exportRow(record: LedgerRecord, hash: string): Row | null {
  const { id, terminal, generation, seq, kind, at, businessDate } = record
  const place = {
    record_id: id,
    terminal,
    generation,
    seq,
    hash,
    kind,
    recorded_at: beijingTime(at),
    business_date: businessDate,
  }
  const served = countableOf(record)
  if (served !== null) {
    const subsidy = served.subsidies.reduce((sum, { fen }) => sum + fen, 0)
    return {
      ...{
        ...place,
        business_date: served.date,
        site: served.site,
        meal: served.meal ?? '',
        channel: served.channel ?? '',
      },
      sets: (served.items ?? []).map(({ set, quantity }) => `${set} x ${quantity}`).join('; '),
      ...{ senior_ref: served.senior ?? '', means: served.means ?? '', assurance: served.assurance ?? '' },
      ...{ policy: served.policy.pack, policy_version: served.policy.version ?? '' },
      ...{
        list_yuan: { fen: served.listFen },
        discount_yuan: { fen: served.discountFen },
        subsidy_yuan: { fen: subsidy },
      },
      subsidies: served.subsidies.map(({ fund, fen }) => `${fund}=${yuan(fen)}`).join('; '),
      ...{ own_pay_yuan: { fen: served.ownPayFen }, cash_rounding_yuan: { fen: served.cashRoundingFen } },
      ...{
        pending_yuan: { fen: served.pendingFen },
        claim_pending: String(served.claimPending),
        held: String(served.held),
      },
      ...serviceOf(record),
      tenders: served.tenders.map(({ kind: by, fen, status }) => `${by}=${yuan(fen)} ${status}`).join('; '),
    }
  }
  if (kind === 'void') return { ...place, of_record: record.payload.of }
  if (kind === 'made-good') {
    const { site, senior, of, subsidies } = record.payload
    const paid = subsidies.reduce((sum, { fen }) => sum + fen, 0)
    return {
      ...{ ...place, site, senior_ref: senior, of_record: of },
      // The funds pay it, and the senior gets it back.
      ...{ subsidy_yuan: { fen: paid }, own_pay_yuan: { fen: -paid } },
      subsidies: subsidies.map(({ fund, fen }) => `${fund}=${yuan(fen)}`).join('; '),
    }
  }
  if (kind === 'payment-outcome') {
    const { site, of, fen, outcome } = record.payload
    return { ...place, site, of_record: of, tenders: `outside=${yuan(fen)} ${outcome}` }
  }
  if (kind === 'visit-in' || kind === 'attendance' || kind === 'follow-up') {
    const { site, senior } = record.payload
    return { ...place, ...serviceOf(record), site, senior_ref: senior ?? '' }
  }
  if (kind === 'visit-proxy' || kind === 'proxy-collection') {
    const { site, senior, of, proxy } = record.payload
    return { ...place, site, senior_ref: senior ?? '', of_record: of, proxy_ref: proxy }
  }
  if (kind !== 'refund') return null
  const back = record.payload.subsidies.reduce((sum, { fen }) => sum + fen, 0)
  return {
    ...{ ...place, of_record: record.payload.of, own_pay_yuan: { fen: -record.payload.ownPayFen } },
    subsidy_yuan: { fen: -back },
    subsidies: record.payload.subsidies.map(({ fund, fen }) => `${fund}=-${yuan(fen)}`).join('; '),
  }
}

/**
 * `aixin export --csv`: one row for each sale, late entry, visit, void, refund, payout of a claim, word of what came of a payment and word of a registered proxy of some business dates, for platforms that know only tables.
 * No name, number or birth date is in it. The terminal may run meanwhile. Exit code 0 written; 2 nothing was, and words say why.
 */
export async function runExport(request: ExportRequest): Promise<{ lines: readonly string[]; exitCode: 0 | 2 }> {
  const range = readDateRange(request)
  if (!range.ok) return { lines: range.lines, exitCode: 2 }
  const parsed = parseConfig(request.settings)
  if (!parsed.ok) return { lines: noticeLines(parsed.notice), exitCode: 2 }
  const { dataDir } = parsed.config
  try {
    const copy = await copyLedger(dataDir)
    try {
      const written = write(request.file, rowsIn(copy.db, range.value))
      if (!written.ok) return { lines: written.lines, exitCode: 2 }
      const told = `已导出 ${written.value} 行到 ${request.file}，不含姓名和证件号 / ${written.value} rows were written to ${request.file}, without names or numbers of people`
      return { lines: [told], exitCode: 0 }
    } finally {
      copy.close()
    }
  } catch (error) {
    if (!(error instanceof Database.SqliteError) && !(error instanceof Error && 'syscall' in error)) throw error
    const { lines } = refused(
      `读不了 ${dataDir}，请核对路径和权限`,
      `cannot read ${dataDir}; check the path and its permissions`,
      error,
    )
    return { lines, exitCode: 2 }
  }
}

function* rowsIn(db: Db, range: DateRange): Generator<Row> {
  const isChosen = evidenceFilter(range)
  for (const { bytes } of allRecords(db)) {
    const record = ledgerRecord.parse(JSON.parse(bytes.toString('utf8')))
    const row = isChosen(record) ? exportRow(record, recordHash(bytes)) : null
    if (row !== null) yield row
  }
}

/** Writes to a file that is not there yet; one that could not be finished is taken away again. Gives the number of rows. */
function write(path: string, rows: Iterable<Row>): Loaded<number> {
  let file: number
  try {
    file = openSync(path, 'wx', 0o600)
  } catch (error) {
    return refused(
      `写不了 ${path}，请换一个还没有的文件名并核对文件夹`,
      `cannot write ${path}; name a file that is not there yet, in a folder that is`,
      error,
    )
  }
  let count: number | null = null
  try {
    writeSync(file, csvText([exportColumns]))
    let written = 0
    for (const row of rows) {
      writeSync(file, csvText([exportColumns.map(column => row[column] ?? '')]).slice(1))
      written += 1
    }
    fsyncSync(file)
    count = written
    return { ok: true, value: written }
  } catch (error) {
    return refused(
      `写 ${path} 时中断，请核对磁盘空间后再试`,
      `writing ${path} broke off; check the disk space and try again`,
      error,
    )
  } finally {
    closeSync(file)
    if (count === null) rmSync(path, { force: true })
  }
}
