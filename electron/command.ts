/** A subcommand of `aixin`: its line of help, and what it does with the words after its name. Resolves to the exit code. */
export interface Command {
  help: string
  run(words: string[]): Promise<number>
}

/** Exit code of a command that is used wrongly. */
export const wrongUse = 2

export function dataFolder(given: string | undefined): string | undefined {
  return given ?? process.env.AIXIN_DATA
}

/** Says what is wrong with a command's words; gives the exit code for that. */
export function complain(zh: string, en: string): number {
  console.error(`${zh} / ${en}`)
  return wrongUse
}
