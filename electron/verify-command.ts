import { parseArgs } from 'node:util'
import { type Command, complain, dataFolder } from './command.ts'
import { runVerify, type VerifyRequest } from './core/audit/verify.ts'
import { noticeLines } from './core/notice-lines.ts'
import { readSettings } from './terminal-settings.ts'

export const verify: Command = {
  help: 'verify FILE|--data DIR [--anchor FILE|CODE] [--packs DIR]   核对账本 / check a ledger',
  run: async words => {
    const { values, positionals } = parseArgs({
      args: words,
      options: { data: { type: 'string' }, anchor: { type: 'string' }, packs: { type: 'string' } },
      allowPositionals: true,
    })
    const [file, more] = positionals
    if (more !== undefined || (file !== undefined && values.data !== undefined))
      return complain('请只写一个文件，或 --data DIR', 'give one file, or --data DIR')
    const common = { anchorFile: values.anchor, packsDir: values.packs }
    if (file !== undefined) return await tell({ ...common, file })
    const dataDir = dataFolder(values.data)
    if (dataDir === undefined) return complain('缺 FILE 或 --data DIR', 'FILE or --data DIR is missing')
    const settings = readSettings(dataDir)
    if (settings.ok) return await tell({ ...common, settings: settings.config })
    for (const line of noticeLines(settings.notice)) console.log(line)
    return 2
  },
}

async function tell(request: VerifyRequest): Promise<number> {
  const { lines, exitCode } = await runVerify(request)
  for (const line of lines) console.log(line)
  return exitCode
}
