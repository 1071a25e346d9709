import { type ParseArgsConfig, parseArgs } from 'node:util'

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
