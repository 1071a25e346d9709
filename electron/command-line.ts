import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { backup, restore } from './backup-commands.ts'
import { evidence, policy, quote } from './bureau-commands.ts'
import { cardSetting } from './card-setting-command.ts'
import { type Command, complain, dataFolder, wrongUse } from './command.ts'
import { parseConfig } from './core/config.ts'
import { noticeLines } from './core/notice-lines.ts'
import { day } from './day-command.ts'
import { exportTable } from './export-command.ts'
import { readSettings } from './terminal-settings.ts'
import { usb } from './usb-commands.ts'
import { verify } from './verify-command.ts'

/** The commands that run in every host, the packaged app included. */
export const commands: Readonly<Record<string, Command>> = {
  quote,
  policy,
  evidence,
  verify,
  backup,
  restore,
  usb,
  export: exportTable,
  day,
  'card-setting': cardSetting,
  'check-settings': {
    help: 'check-settings --data DIR   检查终端的设置 / check the settings of a terminal',
    run: async words => {
      const dataDir = dataFolder(parseArgs({ args: words, options: { data: { type: 'string' } } }).values.data)
      if (dataDir === undefined) return complain('缺 --data DIR', '--data DIR is missing')
      if (!existsSync(dataDir)) return complain(`没有这个文件夹：${dataDir}`, `there is no such folder: ${dataDir}`)
      const settings = readSettings(dataDir)
      const checked = settings.ok ? parseConfig(settings.config) : settings
      for (const line of checked.ok ? ['设置没有问题 / the settings are fine'] : noticeLines(checked.notice))
        console.log(line)
      return checked.ok ? 0 : 1
    },
  },
}

/**
 * Runs `aixin WORDS`. Exit code 0 on success, 1 where the command found a fault, 2 for a command that is not one or is used wrongly.
 */
export async function runCommand(words: readonly string[], known = commands): Promise<number> {
  const [name = 'help', ...rest] = words
  const command = Object.hasOwn(known, name) ? known[name] : undefined
  if (command === undefined) {
    const asked = ['help', '--help', '-h'].includes(name)
    const lines = Object.values(known).map(({ help }) => `  aixin ${help}`)
    const text = ['用法 / usage:', ...lines].join('\n')
    if (asked) console.log(text)
    else console.error(`没有 ${name} 这个命令 / no such command: ${name}\n${text}`)
    return asked ? 0 : wrongUse
  }
  // `decode` says more of itself than its line here.
  if (name !== 'decode' && (rest.includes('--help') || rest.includes('-h'))) {
    console.log(`用法 / usage:\n  aixin ${command.help}`)
    return 0
  }
  try {
    return await command.run(rest)
  } catch (error) {
    if (isWrongArgument(error)) return complain(`用法不对：aixin ${command.help}`, error.message)
    throw error
  }
}

function isWrongArgument(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
}
