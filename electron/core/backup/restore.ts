import { closeSync, copyFileSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { z } from 'zod'
import { businessDateOf } from '../../../shared/business-day.ts'
import { toBase64Url } from '../../../shared/bytes.ts'
import { findingLines } from '../../../shared/findings.ts'
import { recordId } from '../../../shared/ids.ts'
import { type HistoryReply, historyReply } from '../../../shared/province-api.ts'
import { standardSuite } from '../../../shared/suite.ts'
import { nameChainFindings } from '../audit/findings.ts'
import type { Clock } from '../clock.ts'
import { parseConfig, type TerminalConfig } from '../config.ts'
import { noticeLines } from '../notice-lines.ts'
import { refused } from '../pack-files.ts'
import { missingBeginning } from '../store/chain-beginning.ts'
import { createDocuments, type Documents } from '../store/documents.ts'
import { createHistory } from '../store/history.ts'
import { createLedger, type Ledger } from '../store/ledger.ts'
import { copyDatabaseFile } from '../store/ledger-copy.ts'
import { type Db, lockDataFolder, openDatabase } from '../store/open-database.ts'
import { presentLedger, setAside } from '../store/set-aside.ts'
import { createUsage } from '../store/usage.ts'
import { createVault, dataKey, type Vault } from '../store/vault.ts'
import { verifyChain } from '../store/verify-chain.ts'
import { enrolment as enrolmentForm, ownKeys } from '../sync/enrol.ts'
import { exchange } from '../sync/exchange.ts'
import { createHttpLink } from '../sync/http-link.ts'
import { refill } from '../sync/refill.ts'

type Told = { readonly lines: readonly string[]; readonly exitCode: 0 | 1 | 2 }

export type RestoreRequest = {
  /** What `terminal.json` says, with the data folder (see `readSettings`), and the data key where the host keeps it. */
  readonly settings: Readonly<Record<string, unknown>>
  readonly backup: string
  readonly clock: Clock
  /** Does not ask the province; the terminal does it later by itself. */
  readonly offline?: boolean
}

/** A refusal, in words; nothing was changed then. */
class Refused extends Error {
  readonly lines: readonly string[]
  readonly exitCode: 1 | 2
  constructor(lines: readonly string[], exitCode: 1 | 2) {
    super(lines[0])
    this.lines = lines
    this.exitCode = exitCode
  }
}

/**
 * `aixin restore`: puts a checked backup in the place of a stopped terminal's ledger, which is kept aside; opens a new generation after the
 * backup's head, and gets back from the province what came after it. Exit code 0 restored; 1 the backup is not sound; 2 nothing could be
 * done. Until the exchange of the files at the very end the data folder stays as it was.
 */
export async function runRestore(request: RestoreRequest): Promise<Told> {
  const parsed = parseConfig(request.settings)
  if (!parsed.ok) return { lines: noticeLines(parsed.notice), exitCode: 2 }
  const { config } = parsed
  try {
    mkdirSync(config.dataDir, { recursive: true, mode: 0o700 })
    const lock = lockDataFolder(config.dataDir)
    try {
      return await restoreUnderLock(request, config)
    } finally {
      lock.close()
    }
  } catch (error) {
    if (error instanceof Refused) return error
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY'))
      return { lines: noticeLines({ code: 'DATABASE_IN_USE', values: {} }), exitCode: 2 }
    if (!(error instanceof Database.SqliteError) && !(error instanceof Error && 'syscall' in error)) throw error
    const { lines } = refused(
      '没有恢复，原来的数据没有动。请核对文件、权限和磁盘空间',
      'nothing was restored, and the data are as they were; check the file, permissions and disk space',
      error,
    )
    return { lines, exitCode: 2 }
  }
}

async function restoreUnderLock({ backup, clock, offline }: RestoreRequest, config: TerminalConfig): Promise<Told> {
  const { dataDir } = config
  const vault = await checkedVault(backup, config)
  const present = await readPresent(dataDir, vault)
  const staging = join(dataDir, 'restore.new')
  rmSync(staging, { recursive: true, force: true })
  mkdirSync(staging, { mode: 0o700 })
  try {
    copyFileSync(backup, join(staging, 'terminal.db'))
    const opened = openDatabase(staging)
    if (!opened.ok) throw new Refused(noticeLines(opened.notice), 2)
    let result: Resumed
    try {
      result = await resume(opened.db, { vault, clock, present, offline: offline === true })
    } finally {
      opened.close()
    }
    const aside = setAside(dataDir, clock.now())
    renameSync(join(staging, 'terminal.db'), join(dataDir, 'terminal.db'))
    syncFolder(dataDir)
    return { lines: [...tellResumed(result, present), ...tellAside(aside)], exitCode: 0 }
  } finally {
    rmSync(staging, { recursive: true, force: true })
  }
}

/** The vault that opens the backup, once its pages and its whole chain were found sound. */
async function checkedVault(backup: string, config: TerminalConfig): Promise<Vault> {
  if (!existsSync(backup)) throw new Refused([`没有这个文件：${backup}`, `there is no such file: ${backup}`], 2)
  const copy = await copyDatabaseFile(backup)
  try {
    const key = dataKey(config, false)
    const vault = key && createVault(key)
    const { findings } = await verifyChain(copy.db, standardSuite)
    const pages = copy.db.pragma('quick_check(1)', { simple: true })
    if (pages !== 'ok' || findings.length > 0)
      throw new Refused(
        [
          '这份备份没有通过核对，请换一份更早的',
          'this backup does not check out; take an older one',
          ...nameChainFindings(findings).flatMap(findingLines),
        ],
        1,
      )
    if (vault === null || !opens(copy.db, vault)) throw new Refused(noticeLines({ code: 'KEY_WRONG', values: {} }), 2)
    if (missingBeginning(copy.db, createDocuments(copy.db, vault)) !== null)
      throw new Refused(findingLines({ code: 'BEGINNING_MISSING', place: null }), 1)
    return vault
  } catch (error) {
    if (error instanceof Database.SqliteError)
      throw new Refused(
        ['这个文件不是备份，或已损坏，请换一份', 'this file is no backup, or it is damaged; take another one'],
        1,
      )
    throw error
  } finally {
    copy.close()
  }
}

function opens(db: Db, vault: Vault): boolean {
  try {
    return createDocuments(db, vault).read('vault-check', z.literal('aixin')) !== null
  } catch (error) {
    if (error instanceof Database.SqliteError) throw error
    // AES-GCM opens with the right key only; any failure here is a wrong one.
    return false
  }
}

/** What the present ledger still tells, if it can be read at all. */
interface Present {
  readonly head: { readonly generation: number; readonly seq: number } | null
  readonly counter: number
}

async function readPresent(dataDir: string, vault: Vault): Promise<Present> {
  const nothing = { head: null, counter: 0 }
  const file = presentLedger(dataDir)
  if (file === null) return nothing
  try {
    const copy = await copyDatabaseFile(file)
    try {
      const head = copy.db
        .prepare<[], { generation: number; seq: number }>(
          'SELECT generation, seq FROM record ORDER BY generation DESC, seq DESC LIMIT 1',
        )
        .get()
      return { head: head ?? null, counter: counterOf(createDocuments(copy.db, vault)) }
    } finally {
      copy.close()
    }
  } catch {
    // It is being replaced because it cannot be relied on: whatever it does not tell, the province does.
    return nothing
  }
}

function counterOf(documents: Documents): number {
  return documents.read('envelope-counter', z.int()) ?? 0
}

interface Resumed {
  readonly restored: { readonly generation: number; readonly seq: number; readonly on: string }
  readonly generation: number
  /** How many records came back; null where the province was not reached. */
  readonly refilled: number | null
  readonly isWhole: boolean
}

/** Opens the new generation in the restored ledger, above every one that anybody knows of, and refills it where the province answers. */
async function resume(
  db: Db,
  { vault, clock, present, offline }: { vault: Vault; clock: Clock; present: Present; offline: boolean },
): Promise<Resumed> {
  const documents = createDocuments(db, vault)
  const keys = await ownKeys(documents, standardSuite)
  const held = documents.read('enrolment', enrolmentForm)
  if (held === null)
    throw new Refused(['备份里的终端还没有登记', 'the terminal of this backup was not enrolled yet'], 2)
  const ledger = createLedger(db, {
    terminal: held.terminal,
    signer: await standardSuite.signer(keys.ledger),
    bootId: clock.mint(),
    clockDate: businessDateOf,
  })
  const head = ledger.head()
  if (head === null) throw new Refused(['备份里没有记录', 'there is no record in this backup'], 2)
  // The province takes counters in rising order only, and heard some after this backup was made.
  documents.write('envelope-counter', Math.max(counterOf(documents), present.counter, clock.now()))
  const transport = await standardSuite.signer(keys.transport)
  const link = createHttpLink(held.address)
  const send = (body: unknown) =>
    exchange({ suite: standardSuite, documents, link, keys, signer: transport, enrolment: held }, 'history', body)
  const after = { generation: head.generation, seq: head.seq }
  const reply = offline ? null : await send({ after, before: null, limit: 1 })
  const page = reply?.ok ? historyReply.safeParse(reply.body) : null
  const heads: HistoryReply['heads'] = page?.success ? page.data.heads : []
  const newest = Math.max(present.head?.generation ?? 0, ...heads.map(({ generation }) => generation))
  await beginGeneration(ledger, clock, toBase64Url(keys.ledger.publicKey), newest + 1)
  const usage = createUsage(db)
  const history = createHistory({ db, documents, ledger, usage, terminal: held.terminal })
  const refilled = page?.success ? await refill(history, send) : null
  return {
    restored: { ...after, on: head.businessDate },
    generation: ledger.head()?.generation ?? 0,
    refilled: refilled?.ok ? history.refilled() : null,
    isWhole: history.due() === null,
  }
}

async function beginGeneration(ledger: Ledger, clock: Clock, ledgerKey: string, generation: number): Promise<void> {
  const head = ledger.head()
  if (head === null) throw new Error('a ledger without a record cannot be resumed')
  const lastHead = { generation: head.generation, seq: head.seq, hash: head.hash }
  const payload = { reason: 'restored' as const, ledgerKey, lastHead }
  const id = recordId.parse(clock.mint())
  await ledger.append({ kind: 'key-change', id, at: clock.now(), payload }, { begin: lastHead, generation })
}

function syncFolder(path: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function tellResumed({ restored, generation, refilled, isWhole }: Resumed, present: Present): string[] {
  const place = `${restored.generation}/${restored.seq}`
  const lines = [
    `已恢复到 ${restored.on} 的 ${place}，从第 ${generation} 代继续 / restored up to ${place} of ${restored.on}; goes on in generation ${generation}`,
  ]
  const { head } = present
  const isNewer =
    head !== null &&
    (head.generation > restored.generation || (head.generation === restored.generation && head.seq > restored.seq))
  if (isNewer)
    lines.push(
      `原来的账本到 ${head.generation}/${head.seq}：没有上传过的记录只在那里，请留好 / the ledger that was here reaches ${head.generation}/${head.seq}: what was never sent is only there; keep it`,
    )
  if (refilled !== null && isWhole)
    return [
      ...lines,
      `平台比备份多 ${refilled} 条，已全部补回 / the province held ${refilled} records more, and all of them are back`,
    ]
  return [
    ...lines,
    '没有连上平台：缺多少还不知道，补回之前本期补贴先记为待补差 / the province was not reached: what is missing is not known yet, and subsidies are pending claims until it has come back',
  ]
}

function tellAside(folder: string | null): string[] {
  return folder === null ? [] : [`原来的数据在 ${folder} / the data that were here are in ${folder}`]
}
