import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Command, complain, dataFolder } from './command.ts'
import { runExport } from './core/bureau/export-csv.ts'
import { noticeLines } from './core/notice-lines.ts'
import { readSettings } from './terminal-settings.ts'

export const exportTable: Command = {
  help: 'export --data DIR --csv FILE [--from DATE] [--to DATE]   给别的平台的表格 / a table for other platforms',
  run: async words => {
    const { values } = parseArgs({
      args: words,
      options: {
        data: { type: 'string' },
        csv: { type: 'string' },
        from: { type: 'string' },
        to: { type: 'string' },
      },
    })
    if (values.csv === undefined) return complain('缺 --csv FILE', '--csv FILE is missing')
    const dataDir = dataFolder(values.data)
    if (dataDir === undefined) return complain('缺 --data DIR', '--data DIR is missing')
    if (!existsSync(join(dataDir, 'terminal.db')))
      return complain(`${dataDir} 里没有终端数据`, `there are no data of a terminal in ${dataDir}`)
    const settings = readSettings(dataDir)
    const { lines, exitCode } = settings.ok
      ? await runExport({ settings: settings.config, file: values.csv, from: values.from, to: values.to })
      : { lines: noticeLines(settings.notice), exitCode: 2 }
    for (const line of lines) console.log(line)
    return exitCode
  },
}
