import { closeSync, createReadStream, existsSync, openSync, readdirSync, readSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { type Anchor, anchor as anchorForm, readSlipAnchor } from '../../../shared/anchor.ts'
import { canonicalJson } from '../../../shared/canonical-json.ts'
import { findingLines } from '../../../shared/findings.ts'
import { packHash, parsePack } from '../../../shared/policy/parse-pack.ts'
import { standardSuite } from '../../../shared/suite.ts'
import { parseConfig } from '../config.ts'
import { noticeLines } from '../notice-lines.ts'
import { type Loaded, readJson, refused, shippedPacks } from '../pack-files.ts'
import { copyDatabaseFile, copyLedger, type LedgerCopy } from '../store/ledger-copy.ts'
import { dataKey, type Vault } from '../store/vault.ts'
import { auditEvidence } from './audit-evidence.ts'
import { type Audit, auditLedger, type PackSource } from './audit-ledger.ts'
import { openedBy } from './copy-vault.ts'

export type VerifyRequest = {
  /** An evidence file, a backup, or a ledger's database file; else `settings` names a terminal's data folder. */
  readonly file?: string | undefined
  /** What `terminal.json` says, with the data folder (see `readSettings`), and the data key where the host keeps it. */
  readonly settings?: Readonly<Record<string, unknown>> | undefined
  /** A file with an anchor, or the text of a day slip's code itself. */
  readonly anchorFile?: string | undefined
  /** A folder with packs beside those that the terminal keeps and those that are shipped. */
  readonly packsDir?: string | undefined
}

type Told = { readonly lines: readonly string[]; readonly exitCode: 0 | 1 | 2 }

/** Findings of one kind that are told one by one; the rest is counted. */
const mostOfOneKind = 20

/**
 * `aixin verify`: checks a ledger from outside of the terminal that writes it, which may run meanwhile; nothing is written but a copy in the
 * temporary folder. Exit code 0 sound; 1 findings; 2 it could not be read, and words in Chinese and English say why.
 */
export async function runVerify(request: VerifyRequest): Promise<Told> {
  const anchor = readAnchor(request.anchorFile)
  if (!anchor.ok) return { lines: anchor.lines, exitCode: 2 }
  const packs = packsOf(request.packsDir)
  if (!packs.ok) return { lines: packs.lines, exitCode: 2 }
  const { file } = request
  try {
    if (file !== undefined && !isDatabase(file))
      return report(
        await auditEvidence(linesOf(file), { anchor: anchor.value, packs: packs.value }),
        'evidence',
        anchor.value,
      )
    const subject = file === undefined ? folderOf(request.settings) : { ok: true as const, value: fileOf(file) }
    if (!subject.ok) return { lines: subject.lines, exitCode: 2 }
    const copy = await subject.value.copy()
    try {
      const vault = subject.value.vault(copy)
      if (vault === 'wrong') return { lines: noticeLines({ code: 'KEY_WRONG', values: {} }), exitCode: 2 }
      return report(
        await auditLedger(copy.db, standardSuite, { vault, anchor: anchor.value, packs: packs.value }),
        vault === null ? 'chain' : 'ledger',
        anchor.value,
      )
    } finally {
      copy.close()
    }
  } catch (error) {
    if (!isOfReading(error)) throw error
    const { lines } = refused(
      `读不了${file === undefined ? '这个数据文件夹' : ` ${file}`}，请核对路径和权限`,
      `cannot read ${file ?? 'this data folder'}; check the path and its permissions`,
      error,
    )
    return { lines, exitCode: 2 }
  }
}

function isOfReading(error: unknown): boolean {
  return error instanceof Database.SqliteError || (error instanceof Error && 'code' in error && 'syscall' in error)
}

interface Subject {
  copy(): Promise<LedgerCopy>
  /** Null where no key is at hand; `wrong` where the key does not open these data. */
  vault(copy: LedgerCopy): Vault | null | 'wrong'
}

function folderOf(settings: unknown): Loaded<Subject> {
  const parsed = parseConfig(settings)
  if (!parsed.ok) return { ok: false, lines: noticeLines(parsed.notice) }
  const { config } = parsed
  if (!existsSync(join(config.dataDir, 'terminal.db')))
    return refused(
      `${config.dataDir} 里没有终端数据，请核对路径`,
      `there are no data of a terminal in ${config.dataDir}; check the path`,
    )
  return {
    ok: true,
    value: {
      copy: () => copyLedger(config.dataDir),
      vault(copy) {
        const key = dataKey(config, false)
        return key === null ? null : openedBy(copy, key)
      },
    },
  }
}

/** A database by itself. The data key of its terminal opens its inputs where it lies beside, or one folder up, as with backups. */
function fileOf(file: string): Subject {
  return {
    copy: () => copyDatabaseFile(file),
    vault(copy) {
      for (const dataDir of [dirname(file), dirname(dirname(file))]) {
        const config = parseConfig({ dataDir })
        const key = config.ok ? dataKey(config.config, false) : null
        const vault = key && openedBy(copy, key)
        if (vault && vault !== 'wrong') return vault
      }
      return null
    },
  }
}

function readAnchor(file: string | undefined): Loaded<Anchor | null> {
  if (file === undefined) return { ok: true, value: null }
  const fromSlip = readSlipAnchor(file)
  if (fromSlip !== null) return { ok: true, value: fromSlip }
  const json = readJson(file)
  if (!json.ok) return json
  const parsed = anchorForm.safeParse(json.value)
  if (parsed.success) return { ok: true, value: parsed.data }
  return refused(
    `${file} 不是账本凭据，格式见 docs/record-format.md`,
    `${file} is no anchor; its form is in docs/record-format.md`,
  )
}

function packsOf(folder: string | undefined): Loaded<PackSource> {
  const files = [shippedPacks, ...(folder === undefined ? [] : [folder])].flatMap(dir =>
    existsSync(dir) ? readdirSync(dir).map(name => join(dir, name)) : [],
  )
  if (folder !== undefined && !existsSync(folder))
    return refused(`没有政策文件夹 ${folder}，请核对路径`, `there is no folder of packs ${folder}; check the path`)
  const byHash = new Map(
    files
      .filter(name => name.endsWith('.json'))
      .flatMap(name => {
        const json = readJson(name)
        const parsed = json.ok ? parsePack(json.value) : null
        return parsed?.ok ? [[packHash(parsed.pack), parsed.pack] as const] : []
      }),
  )
  return { ok: true, value: hash => byHash.get(hash) ?? null }
}

function isDatabase(file: string): boolean {
  const handle = openSync(file, 'r')
  try {
    const start = Buffer.alloc(16)
    readSync(handle, start)
    return start.toString('latin1') === 'SQLite format 3\0'
  } finally {
    closeSync(handle)
  }
}

/** The lines of a text file, ended by line feeds alone: a record may hold what other readers take for the end of a line. */
async function* linesOf(file: string): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of createReadStream(file, { encoding: 'utf8' })) {
    const parts = (rest + String(chunk)).split('\n')
    rest = parts.pop() ?? ''
    yield* parts
  }
  yield rest
}

function report(audit: Audit, what: 'ledger' | 'chain' | 'evidence', given: Anchor | null): Told {
  const { records, findings, quotes } = audit
  const lines: string[] = []
  const told = new Map<string, number>()
  for (const finding of findings) {
    const count = (told.get(finding.code) ?? 0) + 1
    told.set(finding.code, count)
    if (count <= mostOfOneKind) lines.push(...findingLines(finding))
  }
  for (const [code, count] of told)
    if (count > mostOfOneKind)
      lines.push(`${code} 另有 ${count - mostOfOneKind} 处 / ${count - mostOfOneKind} more of these`)
  lines.push(`核对 ${records} 条记录，发现 ${findings.length} 处问题 / ${records} records, ${findings.length} findings`)
  if (quotes !== null)
    lines.push(
      `重新核算一致 ${quotes.same} 笔；无核算依据 ${quotes.withoutInputs} 笔；缺政策包 ${quotes.withoutPack} 笔 / ` +
        `${quotes.same} quotes came out the same; ${quotes.withoutInputs} without inputs, ${quotes.withoutPack} without their pack`,
    )
  if (what === 'chain') lines.push('没有数据密钥，未重新核算 / no data key at hand: no quote was computed again')
  if (what === 'evidence')
    lines.push('导出文件不含签名，未核对签名 / signatures are not part of an export and were not checked')
  return { lines: [...lines, ...tailLines(audit, what, given)], exitCode: findings.length === 0 ? 0 : 1 }
}

/** How far it is shown that nothing was cut off; of a ledger, the last line is an anchor of its own for the next time. */
function tailLines({ head, anchor }: Audit, what: 'ledger' | 'chain' | 'evidence', given: Anchor | null): string[] {
  if (head === null)
    return what === 'evidence'
      ? []
      : ['账本里一条记录也没有，末尾无凭据 / there is not one record in the ledger: tail unproven since seq 0']
  const lines: string[] = []
  if (anchor === 'fits') lines.push(`凭据相符：第 ${given?.seq} 条 / the anchor fits: seq ${given?.seq}`)
  if (given !== null && anchor === null)
    lines.push('凭据所指的记录不在文件里 / the record of the anchor is not in this file')
  const isProven = anchor === 'fits' && given?.generation === head.generation && given.seq === head.seq
  const place = `seq ${head.seq} (generation ${head.generation})`
  lines.push(
    isProven
      ? `末尾有凭据：第 ${head.seq} 条 / tail proven up to ${place}`
      : `末尾自第 ${head.seq} 条起无凭据 / tail unproven since ${place}`,
  )
  return what === 'evidence' ? lines : [...lines, canonicalJson({ v: 1, source: 'verify', ...head })]
}
