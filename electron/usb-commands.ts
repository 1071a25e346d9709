import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { canonicalJson } from '../shared/canonical-json.ts'
import { type Command, complain, dataFolder } from './command.ts'
import { systemClock } from './core/clock.ts'
import { parseConfig } from './core/config.ts'
import { noticeLines } from './core/notice-lines.ts'
import { startTerminal } from './core/terminal.ts'
import { carry } from './core/usb/carry.ts'
import type { UsbDesk } from './core/usb/usb-desk.ts'
import { readSettings } from './terminal-settings.ts'

const help =
  'usb out --data DIR --to FOLDER | usb in --data DIR --from FOLDER | usb carry --from FOLDER --province URL   ' +
  '没有网络时用优盘 / exchange by a USB stick'

/** `aixin usb`: the exchange by a stick from the command line, for a terminal that is not running; a running one does it on its screen. */
export const usb: Command = {
  help,
  run: async ([verb, ...words]) => {
    const { values } = parseArgs({
      args: words,
      options: {
        data: { type: 'string' },
        to: { type: 'string' },
        from: { type: 'string' },
        province: { type: 'string' },
      },
    })
    if (verb === 'carry') return await carryAll(values.from, values.province)
    const folder = verb === 'out' ? values.to : verb === 'in' ? values.from : undefined
    if (folder === undefined)
      return complain(`用法：aixin ${help}`, 'say out with --to FOLDER, or in with --from FOLDER')
    const dataDir = dataFolder(values.data)
    if (dataDir === undefined) return complain('缺 --data DIR', '--data DIR is missing')
    return await withDesk(dataDir, async desk =>
      verb === 'out' ? await writeOut(desk, folder) : await readBack(desk, folder),
    )
  },
}

async function withDesk(dataDir: string, work: (desk: UsbDesk) => Promise<number>): Promise<number> {
  const settings = readSettings(dataDir)
  const parsed = settings.ok ? parseConfig(settings.config) : settings
  if (!parsed.ok) return say(noticeLines(parsed.notice), 2)
  if (!existsSync(join(dataDir, 'terminal.db')))
    return complain(`${dataDir} 里没有终端数据`, `there are no data of a terminal in ${dataDir}`)
  const started = await startTerminal(
    { ...parsed.config, devices: [], simulator: null },
    {
      log: () => undefined,
      spawnDriver() {
        throw new Error('no devices are used here')
      },
    },
    systemClock,
  )
  if (!started.ok) {
    const inUse = started.notice.code === 'DATABASE_IN_USE'
    const hint = inUse ? ['也可以在终端上按“未上传”，再按“优盘” / or press 未上传 on the terminal, then 优盘'] : []
    return say([...noticeLines(started.notice), ...hint], 1)
  }
  try {
    return await work(started.terminal.usb)
  } finally {
    await started.terminal.stop()
  }
}

async function writeOut(desk: UsbDesk, folder: string): Promise<number> {
  const result = await desk.out(folder)
  if (!result.ok) return say(noticeLines(result.notice), 1)
  const { records, left } = result
  const rest = left > 0 ? [`还有 ${left} 笔放不下，下次再带 / ${left} more found no room and go with the next one`] : []
  return say(
    [
      `已写到优盘：${records} 笔。请送到平台或有网的站点，处理后带回来 / ` +
        `${records} records are on the stick. Take it to the province or to a station with a network, and bring it back`,
      ...rest,
    ],
    0,
  )
}

async function readBack(desk: UsbDesk, folder: string): Promise<number> {
  const result = await desk.back(folder)
  if (!result.ok) return say(noticeLines(result.notice), 1)
  const { acknowledged, items, upToDate } = result.brought
  const more = upToDate ? [] : ['还有没带完的，请再走一趟 / there is more: one more round, please']
  const told = [
    `平台已收到 ${acknowledged} 条记录，取到 ${items} 条名单、规则和额度 / ` +
      `the province holds ${acknowledged} records more; ${items} entries of roster, rules and rights came`,
  ]
  return say([...told, ...more, ...(result.anchor ? [canonicalJson(result.anchor)] : [])], 0)
}

async function carryAll(folder: string | undefined, province: string | undefined): Promise<number> {
  const address = z.url().safeParse(province)
  if (folder === undefined || !address.success)
    return complain(`用法：aixin ${help}`, '--from FOLDER or --province URL is missing')
  const { lines, exitCode } = await carry(folder, address.data)
  return say(lines, exitCode)
}

function say(lines: readonly string[], exitCode: number): number {
  for (const line of lines) console.log(line)
  return exitCode
}
