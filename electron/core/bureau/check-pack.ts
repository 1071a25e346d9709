import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkPackText } from '../../../shared/policy/check/check-pack.ts'
import type { Finding } from '../../../shared/policy/check/finding.ts'
import { refused, shippedPacks } from '../pack-files.ts'

export type PolicyCheckRequest = {
  /** A file, or the id of a shipped pack. */
  readonly pack: string
  /** Each finding as a line of JSON instead of words. */
  readonly json: boolean
}

/**
 * `aixin policy check`: the findings in a pack, each in Chinese and English with its line and place, then their number. Exit code 0 no
 * finding, 1 findings, 2 the file could not be read.
 */
export function runPolicyCheck({ pack, json }: PolicyCheckRequest): {
  readonly lines: readonly string[]
  readonly exitCode: number
} {
  const shipped = join(shippedPacks, `${pack}.json`)
  const file = !existsSync(pack) && /^[\w.+-]+$/.test(pack) && existsSync(shipped) ? shipped : pack
  let bytes: Buffer
  try {
    bytes = readFileSync(file)
  } catch (error) {
    const { lines } = refused(
      `读不了政策文件 ${file}，请核对路径，或写出随附政策的编号`,
      `cannot read the pack ${file}; check the path, or give the id of a shipped pack`,
      error,
    )
    return { lines, exitCode: 2 }
  }
  const findings = findingsIn(bytes)
  const errors = findings.filter(({ severity }) => severity === 'error').length
  const warnings = findings.length - errors
  const exitCode = findings.length === 0 ? 0 : 1
  if (json)
    return {
      lines: [...findings.map(item => JSON.stringify(item)), JSON.stringify({ file, errors, warnings })],
      exitCode,
    }
  const summary =
    findings.length === 0
      ? [`${file}：没有发现问题`, `${file}: nothing found`]
      : [
          `${file}：${errors} 个错误，${warnings} 个提醒`,
          `${file}: ${counted(errors, 'error')}, ${counted(warnings, 'warning')}`,
        ]
  return { lines: [...findings.flatMap(linesOf), ...summary], exitCode }
}

/** Editors that are not set to UTF-8 save Chinese in another encoding, which would read as damaged text. */
function findingsIn(bytes: Buffer): Finding[] {
  try {
    return checkPackText(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    const words = {
      zh: '文件不是 UTF-8 编码（可能是 GBK），请在编辑器里另存为 UTF-8',
      en: 'the file is not UTF-8 (perhaps GBK); save it as UTF-8 in the editor',
    }
    return [{ severity: 'error', code: 'not-utf8', path: '', ...words }]
  }
}

function linesOf({ severity, code, path, line, zh, en }: Finding): string[] {
  const zhPlace = [line === undefined ? '' : `第 ${line} 行`, path].filter(part => part !== '').join(' ')
  const enPlace = [line === undefined ? '' : `line ${line}`, path].filter(part => part !== '').join(' ')
  return [
    `${severity === 'error' ? '错误' : '提醒'} [${code}] ${zhPlace}：${zh}`,
    `${severity} [${code}] ${enPlace}: ${en}`,
  ]
}

function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
