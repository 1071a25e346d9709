import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startBrowserHost } from './browser-host.ts'
import { type Command, complain, dataFolder } from './command.ts'
import { commands, runCommand } from './command-line.ts'
import { noticeLines } from './core/notice-lines.ts'
import { recordingsFolder } from './core/own-recordings.ts'
import { decode } from './decode-command.ts'
import { devices } from './devices-command.ts'
import { examineMachine } from './doctor.ts'
import { face } from './face-commands.ts'
import { fileLog } from './host-log.ts'
import { HostProblem } from './host-problem.ts'
import { openKiosk } from './kiosk.ts'
import { showRefusal } from './refusal-window.ts'
import { simulation } from './simulate-command.ts'
import { isKiosk, readSettings } from './terminal-settings.ts'
import { untilStopped } from './until-stopped.ts'

/** `aixin ...` from the sources: what every host can do, and the browser host itself. */

const run: Command = {
  help: 'run --data DIR [--port N] [--no-window]   在浏览器里运行终端 / run the terminal in a browser',
  run: async words => {
    const { values } = parseArgs({
      args: words,
      options: {
        data: { type: 'string' },
        port: { type: 'string', default: '0' },
        'no-window': { type: 'boolean', default: false },
      },
    })
    const dataDir = dataFolder(values.data)
    if (dataDir === undefined) return complain('缺 --data DIR', '--data DIR is missing')
    const settings = readSettings(dataDir)
    if (!settings.ok) throw new HostProblem(settings.notice)
    const host = await startBrowserHost({
      config: settings.config,
      rendererDir: join(import.meta.dirname, '..', 'dist', 'renderer'),
      recordingsDir: recordingsFolder(dataDir),
      port: Number(values.port),
      log: fileLog(join(dataDir, 'log', 'terminal.log')),
    }).catch(async error => {
      if (error instanceof HostProblem && !values['no-window']) {
        for (const line of noticeLines(error.notice)) console.error(line)
        await showRefusal(error.notice)
        return null
      }
      throw error
    })
    if (host === null) return 1
    const kiosk = values['no-window'] ? null : openKiosk({ url: host.url, profileDir: join(dataDir, 'browser') })
    const isUnstaffed = isKiosk(settings.config)
    if (kiosk === null) console.log(`${isUnstaffed ? '自助 / kiosk' : '收银 / cashier'}: ${host.url}`)
    if (!isUnstaffed) console.log(`老人 / customer: ${host.launchUrl('customer.html')}`)
    await untilStopped(kiosk)
    await host.stop()
    return 0
  },
}

const doctor: Command = {
  help: 'doctor [--data DIR] [--test-page]   看看本机缺什么，试打一张 / what this machine lacks; prints a test page',
  run: async words => {
    const { values } = parseArgs({
      args: words,
      options: { data: { type: 'string' }, 'test-page': { type: 'boolean', default: false } },
    })
    const findings = await examineMachine(dataFolder(values.data) ?? '.', { printsTest: values['test-page'] })
    for (const { ok, zh, en } of findings) console.log(`${ok ? '✓' : '✗'} ${zh} / ${en}`)
    return findings.every(({ ok }) => ok) ? 0 : 1
  },
}

try {
  process.exitCode = await runCommand(process.argv.slice(2), {
    ...commands,
    run,
    doctor,
    devices,
    decode,
    face,
    simulate: simulation,
  })
} catch (error) {
  if (!(error instanceof HostProblem)) throw error
  for (const line of noticeLines(error.notice)) console.error(line)
  process.exitCode = 1
}
