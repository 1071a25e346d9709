import { closeSync, fsyncSync, openSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path'
import { type EvidenceLine, evidenceText } from '../../../shared/evidence.ts'
import { type Loaded, refused } from '../pack-files.ts'
import { readDateRange } from './date-range.ts'
import { damageLines, openTerminalEvidence } from './terminal-evidence.ts'

export type EvidenceRequest = {
  /** What `terminal.json` says, with the data folder (see `readSettings`), and the data key where the host keeps it. */
  readonly settings: Readonly<Record<string, unknown>>
  readonly outFile: string
  /** Business dates, inclusive, as they were typed. */
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/**
 * `aixin evidence`: writes the records of a stopped terminal with their opened inputs to a new file (docs/evidence-format.md). The data
 * folder stays as it is. Exit code 0 written; 2 nothing was written, and words in Chinese and English say why.
 */
export function runEvidence(request: EvidenceRequest): {
  readonly lines: readonly string[]
  readonly exitCode: number
} {
  const range = readDateRange(request)
  if (!range.ok) return { lines: range.lines, exitCode: 2 }
  const evidence = openTerminalEvidence(request.settings)
  if (!evidence.ok) return { lines: evidence.lines, exitCode: 2 }
  try {
    const written = writeEvidence(request, evidence.value.lines(range.value))
    if (!written.ok) return { lines: written.lines, exitCode: 2 }
    const { records, withInputs } = written.value
    return {
      lines: [
        `已导出 ${records} 条记录，其中 ${withInputs} 条附有核算依据：${request.outFile}。内有出生日期等个人信息，请妥善保管，用完即删。`,
        `${records} records, ${withInputs} of them with inputs, were written to ${request.outFile}. It holds personal facts such as birth dates: keep it safe, and delete it after use.`,
      ],
      exitCode: 0,
    }
  } finally {
    evidence.value.close()
  }
}

/** How many lines were written, and how many of them carry opened inputs. */
type Written = { readonly records: number; readonly withInputs: number }

/** Writes to a file that is not there yet and does not lie in the data folder; a file that could not be finished is taken away again. */
function writeEvidence({ settings, outFile }: EvidenceRequest, lines: Iterable<EvidenceLine>): Loaded<Written> {
  let file: number
  let path: string
  try {
    path = join(realpathSync(dirname(resolve(outFile))), basename(outFile))
    if (liesIn(realpathSync(String(settings.dataDir)), path))
      return refused(
        `${outFile} 在终端的数据文件夹里，请写到别处`,
        `${outFile} lies in the data folder of the terminal; write it elsewhere`,
      )
    file = openSync(path, 'wx', 0o600)
  } catch (error) {
    return refused(
      `写不了 ${outFile}，请换一个还没有的文件名并核对文件夹`,
      `cannot write ${outFile}; name a file that is not there yet, in a folder that is`,
      error,
    )
  }
  let written: Written | null = null
  try {
    written = writeLines(file, lines)
    fsyncSync(file)
  } catch (error) {
    written = null
    const damage = damageLines(error)
    if (damage !== null) return { ok: false, lines: damage }
    return refused(
      `写 ${outFile} 时中断，请核对磁盘空间后再试`,
      `writing ${outFile} broke off; check the disk space and try again`,
      error,
    )
  } finally {
    closeSync(file)
    if (written === null || written.records === 0) rmSync(path, { force: true })
  }
  if (written.records > 0) return { ok: true, value: written }
  return refused('这段日期里没有记录，请核对 --from 和 --to', 'there is no record in that range; check --from and --to')
}

function liesIn(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return !way.startsWith('..') && !isAbsolute(way)
}

function writeLines(file: number, lines: Iterable<EvidenceLine>): Written {
  let [records, withInputs] = [0, 0]
  for (const line of lines) {
    writeFileSync(file, `${evidenceText(line)}\n`)
    records += 1
    if (line.opened !== null) withInputs += 1
  }
  return { records, withInputs }
}
