import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Command, complain, dataFolder } from './command.ts'
import { finishBackup } from './core/backup/check-backup.ts'
import { backupFolder, makeBackup } from './core/backup/make-backup.ts'
import { runRestore } from './core/backup/restore.ts'
import { systemClock } from './core/clock.ts'
import { parseConfig, type TerminalConfig } from './core/config.ts'
import { noticeLines } from './core/notice-lines.ts'
import { copyLedger } from './core/store/ledger-copy.ts'
import { readSettings } from './terminal-settings.ts'

export const backup: Command = {
  help: 'backup --data DIR [--to FOLDER]   现在备份一次 / make a backup now',
  run: async words => {
    const { values } = parseArgs({ args: words, options: { data: { type: 'string' }, to: { type: 'string' } } })
    const dataDir = dataFolder(values.data)
    if (dataDir === undefined) return complain('缺 --data DIR', '--data DIR is missing')
    const settings = readSettings(dataDir)
    const parsed = settings.ok ? parseConfig(settings.config) : settings
    if (!parsed.ok) return say(noticeLines(parsed.notice), 2)
    if (!existsSync(join(dataDir, 'terminal.db')))
      return complain(`${dataDir} 里没有终端数据`, `there are no data of a terminal in ${dataDir}`)
    return await backUp(parsed.config, values.to ?? null)
  },
}

async function backUp({ dataDir, backup: { folder, keep } }: TerminalConfig, to: string | null): Promise<number> {
  const made = await makeBackup({
    ...{ folder: to ?? backupFolder(dataDir, folder), keep, now: Date.now(), finish: finishBackup },
    sourceBytes: statSync(join(dataDir, 'terminal.db')).size,
    async copy(file) {
      const copy = await copyLedger(dataDir)
      try {
        await copy.db.backup(file)
      } finally {
        copy.close()
      }
    },
  })
  if (!made.ok) return say(noticeLines({ code: 'BACKUP_FAILED', values: { detail: made.detail } }), 1)
  const place = made.head ? `${made.head.generation}/${made.head.seq}` : '-'
  return say([`已备份并核对到 ${place}：${made.file} / backed up and checked up to ${place}: ${made.file}`], 0)
}

export const restore: Command = {
  help: 'restore BACKUP --data DIR [--offline]   用备份恢复 / restore a backup',
  run: async words => {
    const { values, positionals } = parseArgs({
      args: words,
      options: { data: { type: 'string' }, offline: { type: 'boolean', default: false } },
      allowPositionals: true,
    })
    const [file, more] = positionals
    if (file === undefined || more !== undefined) return complain('请写一个备份文件', 'name one backup')
    const dataDir = dataFolder(values.data)
    if (dataDir === undefined) return complain('缺 --data DIR', '--data DIR is missing')
    const settings = readSettings(dataDir)
    if (!settings.ok) return say(noticeLines(settings.notice), 2)
    const { lines, exitCode } = await runRestore({
      ...{ settings: settings.config, backup: file, clock: systemClock, offline: values.offline },
    })
    return say(lines, exitCode)
  },
}

function say(lines: readonly string[], exitCode: number): number {
  for (const line of lines) console.log(line)
  return exitCode
}
