import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Command, complain, dataFolder } from './command.ts'
import { runDay } from './core/close/run-day.ts'
import { noticeLines } from './core/notice-lines.ts'
import { readSettings } from './terminal-settings.ts'

export const day: Command = {
  help: 'day --data DIR [--date D] [--csv FILE]   一天的合计，表格 / the sums of a day as a table',
  run: async words => {
    const { values } = parseArgs({
      args: words,
      options: { data: { type: 'string' }, date: { type: 'string' }, csv: { type: 'string' } },
    })
    const dataDir = dataFolder(values.data)
    if (dataDir === undefined) return complain('缺 --data DIR', '--data DIR is missing')
    if (!existsSync(join(dataDir, 'terminal.db')))
      return complain(`${dataDir} 里没有终端数据`, `there are no data of a terminal in ${dataDir}`)
    if (values.csv !== undefined && existsSync(values.csv))
      return complain(`${values.csv} 已经有了，请换一个文件名`, `${values.csv} is there already; choose another name`)
    const settings = readSettings(dataDir)
    const told = settings.ok
      ? await runDay({ settings: settings.config, date: values.date })
      : ({ lines: noticeLines(settings.notice), exitCode: 2 } as const)
    if ('lines' in told) for (const line of told.lines) console.error(line)
    else if (values.csv === undefined) process.stdout.write(told.table)
    else writeFileSync(values.csv, told.table, { mode: 0o600 })
    return told.exitCode
  },
}
