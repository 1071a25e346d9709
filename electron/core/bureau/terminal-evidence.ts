import { constants, copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { z } from 'zod'
import { countableOf, parseRecord } from '../../../shared/countable.ts'
import { type DateRange, type EvidenceLine, evidenceFilter } from '../../../shared/evidence.ts'
import type { OpenedInputs } from '../../../shared/record.ts'
import { parseConfig, type TerminalConfig } from '../config.ts'
import { noticeLines } from '../notice-lines.ts'
import { type Loaded, refused } from '../pack-files.ts'
import { allRecords } from '../store/all-records.ts'
import { createDocuments } from '../store/documents.ts'
import { type Db, openDatabase } from '../store/open-database.ts'
import { createSealedInputs, type SealedInputsStore } from '../store/sealed-inputs.ts'
import { createVault, dataKey, type Vault } from '../store/vault.ts'

/** The evidence that lies in a terminal's data folder. Call `close` when done. */
export interface TerminalEvidence {
  /** The lines of an evidence file, in the order of the ledger. Throws an SqliteError where a page is damaged: see `damageLines`. */
  lines(range: DateRange): Iterable<EvidenceLine>
  close(): void
}

/**
 * Opens the evidence of a terminal that is not running. The folder is only read: the ledger is copied to a private temporary folder, since
 * SQLite would write beside a database that it opens, even to read it; personal columns stay encrypted in the copy.
 * @param settings what `terminal.json` says, with the data folder, and the data key where the host keeps it
 */
export function openTerminalEvidence(settings: unknown): Loaded<TerminalEvidence> {
  const parsed = parseConfig(settings)
  if (!parsed.ok) return { ok: false, lines: noticeLines(parsed.notice) }
  const { config } = parsed
  const { dataDir } = config
  if (!existsSync(join(dataDir, 'terminal.db')))
    return refused(
      `${dataDir} 里没有终端数据，请核对路径`,
      `there are no data of a terminal in ${dataDir}; check the path`,
    )
  const vault = vaultFor(config)
  if (!vault.ok) return vault
  const copyDir = mkdtempSync(join(tmpdir(), 'aixin-evidence-'))
  const remove = () => rmSync(copyDir, { recursive: true, force: true })
  try {
    const copied = copyLedger(dataDir, copyDir)
    const opened = copied.ok ? openCopy(copyDir, vault.value) : copied
    if (!opened.ok) {
      remove()
      return opened
    }
    const { db, close } = opened.value
    const sealed = createSealedInputs(db, vault.value)
    return {
      ok: true,
      value: {
        lines: range => linesIn(db, sealed, range),
        close() {
          close()
          remove()
        },
      },
    }
  } catch (error) {
    remove()
    throw error
  }
}

function vaultFor(config: TerminalConfig): Loaded<Vault> {
  const key = dataKey(config, false)
  if (key !== null) return { ok: true, value: createVault(key) }
  if (existsSync(join(config.dataDir, 'vault.key.sealed')))
    return refused(
      '数据密钥由本机系统保管，请用安装好的终端程序运行这条命令',
      "the data key is kept by this machine's own key store; run this command with the installed terminal program",
    )
  return { ok: false, lines: noticeLines({ code: 'KEY_WRONG', values: {} }) }
}

/** Copies the database while the folder's lock is held for reading: a running terminal holds it alone, and none can start meanwhile. */
function copyLedger(dataDir: string, copyDir: string): Loaded<null> {
  const lockFile = join(dataDir, 'terminal.lock')
  let lock: Database.Database | null = null
  try {
    if (existsSync(lockFile)) {
      lock = new Database(lockFile, { readonly: true, fileMustExist: true, timeout: 0 })
      lock.exec('BEGIN')
      lock.prepare('SELECT count(*) FROM sqlite_schema').get()
    }
    for (const name of ['terminal.db', 'terminal.db-wal'].filter(each => existsSync(join(dataDir, each))))
      copyFileSync(join(dataDir, name), join(copyDir, name), constants.COPYFILE_FICLONE)
    return { ok: true, value: null }
  } catch (error) {
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY'))
      return { ok: false, lines: noticeLines({ code: 'DATABASE_IN_USE', values: {} }) }
    return refused(
      `读不了 ${dataDir}，或临时文件夹放不下账本，请核对权限和磁盘空间`,
      `cannot read ${dataDir}, or the temporary folder has no room for the ledger; check permissions and disk space`,
      error,
    )
  } finally {
    lock?.close()
  }
}

function openCopy(copyDir: string, vault: Vault): Loaded<{ db: Db; close(): void }> {
  const opened = openDatabase(copyDir)
  if (!opened.ok) return { ok: false, lines: noticeLines(opened.notice) }
  try {
    createDocuments(opened.db, vault).read('vault-check', z.literal('aixin'))
    return { ok: true, value: opened }
  } catch {
    // AES-GCM opens with the right key only; any failure here is a wrong one.
    opened.close()
    return { ok: false, lines: noticeLines({ code: 'KEY_WRONG', values: {} }) }
  }
}

function* linesIn(db: Db, sealed: SealedInputsStore, range: DateRange): Generator<EvidenceLine> {
  const isChosen = evidenceFilter(range)
  for (const { bytes } of allRecords(db)) {
    const text = bytes.toString('utf8')
    const record = parseRecord(text)
    if (!isChosen(record)) continue
    const hasInputs = record !== null && countableOf(record) !== null
    yield { record: text, opened: hasInputs ? inputsOf(sealed, record.id) : null }
  }
}

/** Words for a ledger that turned out damaged while it was read; null for any other error. */
export function damageLines(error: unknown): string[] | null {
  const isDamage = error instanceof Database.SqliteError && error.code.startsWith('SQLITE_CORRUPT')
  return isDamage ? noticeLines({ code: 'DATABASE_DAMAGED', values: {} }) : null
}

function inputsOf(sealed: SealedInputsStore, recordId: string): OpenedInputs | null {
  try {
    return sealed.read(recordId)
  } catch {
    // A cell that was damaged is the same to its reader as one that is gone: the record stands without inputs.
    return null
  }
}
