import { createReadStream, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { evidenceText } from '../../../shared/evidence.ts'
import type { PolicyPack, PolicyVersion } from '../../../shared/policy/language.ts'
import { gather } from '../../../shared/policy/replay/gather.ts'
import { type ReadLine, readEvidenceLine } from '../../../shared/policy/replay/read-line.ts'
import { replay } from '../../../shared/policy/replay/replay.ts'
import { sumUp } from '../../../shared/policy/replay/sums.ts'
import { type Loaded, loadPack, refused } from '../pack-files.ts'
import { readDateRange } from './date-range.ts'
import { replayCsv } from './replay-csv.ts'
import type { ReplayResult } from './replay-result.ts'
import { replayTable } from './replay-table.ts'
import { damageLines, openTerminalEvidence } from './terminal-evidence.ts'

export type ReplayRequest = {
  /** The draft: the path of a pack's file, or the id of a shipped one. */
  readonly pack: string
  /** An evidence file; else `settings` names a terminal's data folder. */
  readonly evidenceFile?: string | undefined
  /** What `terminal.json` says, with the data folder (see `readSettings`), and the data key where the host keeps it. */
  readonly settings?: Readonly<Record<string, unknown>> | undefined
  /** Business dates, inclusive, as they were typed. */
  readonly from?: string | undefined
  readonly to?: string | undefined
  /** Folder for funds.csv, totals.csv, seniors.csv and records.csv; made where it is missing. */
  readonly csvDir?: string | undefined
  /** Id of the version of the draft that prices every day. */
  readonly asOfVersion?: string | undefined
}

/**
 * `aixin policy replay`: prices the records of an evidence file or of a stopped terminal again under a draft, and tells what it would have
 * cost by fund, and who gains and loses. Exit code 0 replayed; 2 nothing was, and words in Chinese and English say why.
 */
export async function runPolicyReplay(
  request: ReplayRequest,
): Promise<{ readonly lines: readonly string[]; readonly exitCode: number }> {
  const result = await replayOf(request)
  if (!result.ok) return { lines: result.lines, exitCode: 2 }
  const saved = saveCsv(result.value, request.csvDir)
  if (!saved.ok) return { lines: saved.lines, exitCode: 2 }
  return { lines: [...replayTable(result.value), ...saved.value], exitCode: 0 }
}

async function replayOf(request: ReplayRequest): Promise<Loaded<ReplayResult>> {
  const range = readDateRange(request)
  if (!range.ok) return range
  const pack = loadPack(request.pack)
  if (!pack.ok) return pack
  const draft = pack.value.pack
  const asOf = chooseVersion(draft, request.asOfVersion)
  if (!asOf.ok) return asOf
  const lines = await readEvidence(request)
  if (!lines.ok) return lines
  const gathered = gather(lines.value)
  const replayed = replay(draft, gathered, { range: range.value, asOf: asOf.value })
  if (replayed.repriced.length === 0) {
    const [left, faulty] = [replayed.leftOut.length, gathered.faults.length]
    return refused(
      `没有可以重新核算的记录：读了 ${gathered.lines} 行，${left} 笔未计入，${faulty} 行不能用。请核对日期和文件`,
      `there is no record to price again: ${gathered.lines} lines read, ${left} records left out, ${faulty} lines of no use; check the dates and the file`,
    )
  }
  const sums = sumUp(draft, replayed.repriced)
  return { ok: true, value: { draft, range: range.value, gathered, replay: replayed, sums } }
}

function chooseVersion(draft: PolicyPack, id: string | undefined): Loaded<PolicyVersion | undefined> {
  if (id === undefined) return { ok: true, value: undefined }
  const version = draft.versions.find(item => item.id === id)
  if (version !== undefined) return { ok: true, value: version }
  const ids = draft.versions.map(item => item.id)
  return refused(
    `${draft.id} 没有版本 ${id}。现有：${ids.join('、')}`,
    `${draft.id} has no version ${id}. There are: ${ids.join(', ')}`,
  )
}

async function readEvidence({ evidenceFile, settings }: ReplayRequest): Promise<Loaded<ReadLine[]>> {
  if ((evidenceFile === undefined) === (settings === undefined))
    return refused(
      '请用 --evidence FILE 或 --data DIR 之一指明记录',
      'say where the records are, with --evidence FILE or --data DIR, one of them',
    )
  return evidenceFile === undefined ? readFolder(settings) : await readFile(evidenceFile)
}

function readFolder(settings: unknown): Loaded<ReadLine[]> {
  const evidence = openTerminalEvidence(settings)
  if (!evidence.ok) return evidence
  try {
    const lines: ReadLine[] = []
    for (const line of evidence.value.lines({})) lines.push(readEvidenceLine(evidenceText(line), lines.length + 1))
    return { ok: true, value: lines }
  } catch (error) {
    const damage = damageLines(error)
    if (damage === null) throw error
    return { ok: false, lines: damage }
  } finally {
    evidence.value.close()
  }
}

async function readFile(file: string): Promise<Loaded<ReadLine[]>> {
  const lines: ReadLine[] = []
  let number = 0
  try {
    for await (const text of linesOf(file)) {
      number += 1
      if (text.trim() !== '') lines.push(readEvidenceLine(text, number))
    }
    return { ok: true, value: lines }
  } catch (error) {
    return refused(`读不了文件 ${file}，请核对路径`, `cannot read the file ${file}; check the path`, error)
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

function saveCsv(result: ReplayResult, folder: string | undefined): Loaded<string[]> {
  if (folder === undefined) return { ok: true, value: [] }
  const files = replayCsv(result)
  try {
    mkdirSync(folder, { recursive: true })
    for (const [name, text] of files) writeFileSync(join(folder, name), text, { mode: 0o600 })
  } catch (error) {
    return refused(
      `写不了 ${folder}，请核对路径，并关掉打开着这些表的程序`,
      `cannot write to ${folder}; check the path, and close the program that has these tables open`,
      error,
    )
  }
  const names = [...files.keys()].join(', ')
  return { ok: true, value: ['', `表格已存到 ${folder}：${names}`, `tables were saved to ${folder}: ${names}`] }
}
