import { findingLines } from '../shared/findings.ts'
import { complain, readWords } from './command-words.ts'
import { openDatabase } from './database.ts'
import { findingsIn } from './ledger-doubts.ts'

export const findingsUsage = `node province/main.ts findings --database-url URL [--terminal TERMINAL]
  prints what was done to the ledgers that terminals send: changed, missing, moved or foreign records, missing ends, older copies
  打印各终端上送的账本里发现的问题：改动、缺失、错位、他人签名、末尾缺失、旧副本`

/** The words after `findings`. Resolves to the exit code: 0 nothing was found, 1 something was, 2 it could not be looked at. */
export async function findingsCommand(words: readonly string[]): Promise<number> {
  const read = readWords(words, { 'database-url': { type: 'string' }, terminal: { type: 'string' } })
  if (typeof read === 'string') return complain('参数不对', `${read}\n${findingsUsage}`, 2)
  const url = read.values['database-url'] ?? process.env.AIXIN_DATABASE_URL
  if (url === undefined) return complain('缺 --database-url URL', `--database-url is missing\n${findingsUsage}`, 2)
  try {
    const database = await openDatabase(url)
    try {
      const findings = await findingsIn(database.pool, read.values.terminal ?? null)
      for (const finding of findings)
        for (const line of findingLines({ ...finding, detail: finding.terminal })) console.log(line)
      console.log(`发现 ${findings.length} 处问题 / ${findings.length} findings`)
      return findings.length === 0 ? 0 : 1
    } finally {
      await database.close()
    }
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    return complain(`没有查成：${detail}`, `nothing was looked at: ${detail}`, 2)
  }
}
