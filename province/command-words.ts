import { type ParseArgsConfig, parseArgs } from 'node:util'
import { type Database, openDatabase } from './database.ts'

/** The words of a command by their options, or what is wrong with them. */
export function readWords<T extends NonNullable<ParseArgsConfig['options']>>(words: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true })
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))
      return error.message
    throw error
  }
}

/** Says why a command did nothing, in both languages, and gives its exit code. */
export function complain(zh: string, en: string, exitCode: 1 | 2): number {
  console.error(`${zh}\n${en}`)
  return exitCode
}

/** Runs a command's work on the province's database, and says in words what kept it from being done. @param url the word of `--database-url` */
export async function onDatabase(
  url: string | undefined,
  usage: string,
  work: (database: Database) => Promise<number>,
): Promise<number> {
  const databaseUrl = url ?? process.env.AIXIN_DATABASE_URL
  if (databaseUrl === undefined) return complain('缺 --database-url URL', `--database-url URL is missing\n${usage}`, 2)
  try {
    const database = await openDatabase(databaseUrl)
    try {
      return await work(database)
    } finally {
      await database.close()
    }
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    return complain(
      `没有做成：${detail}。请核对数据库地址后再试。`,
      `nothing was done: ${detail}. Check the database URL, and try again.`,
      2,
    )
  }
}

/** Says that records were taken, and that claims which wait for money were not decided with them. */
export function sayUndecided(fault: unknown): void {
  const detail = fault instanceof Error ? fault.message : String(fault)
  console.error(`有补差没能决定（${detail}），平台下次收记录时再试`)
  console.error(`claims could not be decided (${detail}): the province tries again with the next records`)
}
