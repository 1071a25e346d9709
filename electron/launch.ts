import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type BrowserHost, startBrowserHost } from './browser-host.ts'
import { noticeLines } from './core/notice-lines.ts'
import { recordingsFolder } from './core/own-recordings.ts'
import { type DemoSite, type Step, startDemoSite } from './demo-site.ts'
import { fileLog } from './host-log.ts'
import { HostProblem } from './host-problem.ts'
import { hasDisplay, type Kiosk, openKiosk } from './kiosk.ts'
import { readSettings } from './terminal-settings.ts'
import { untilStopped } from './until-stopped.ts'

/** `npm start`: a demo site with everything embedded, in Electron, else in a Chromium kiosk, else at an address that it prints. */

const root = join(import.meta.dirname, '..')
const usage = `npm start [-- OPTIONS]
  --fresh       重新开始，删除演示数据 / begin anew, without the demo's data
  --port N      终端的端口 / port of the terminal (browser only)
  --no-window   不开窗口，只给地址 / open no window, print the address
  --data DIR    演示数据的文件夹 / folder of the demo's data (.demo)`

/** A step that is over within this (ms) needs no word. */
const silentFor = 700

const step: Step = async (zh, en, work) => {
  const startedAt = performance.now()
  let said = false
  const timer = setTimeout(() => {
    said = true
    console.log(`${zh}… / ${en} …`)
  }, silentFor)
  try {
    return await work()
  } finally {
    clearTimeout(timer)
    if (said) {
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
      console.log(`  ${seconds} 秒 / ${seconds} s`)
    }
  }
}

/** Electron's binary, which its npm package does not hold: there after `npx install-electron`, or where the variable says. */
function electronBinary(): string | null {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(root, 'node_modules', 'electron', 'dist')
  const path = join(folder, process.platform === 'win32' ? 'electron.exe' : 'electron')
  return existsSync(path) ? path : null
}

function openElectron(binary: string, dataDir: string): Kiosk {
  const asRoot = process.getuid?.() === 0 && process.platform === 'linux'
  const child = spawn(binary, [...(asRoot ? ['--no-sandbox'] : []), root, '--data', dataDir], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const closed = new Promise<void>(end => {
    child.on('exit', () => end())
    child.on('error', () => end())
  })
  return {
    closed,
    close: async () => {
      child.kill('SIGTERM')
      await closed
    },
  }
}

async function openBrowser(
  site: DemoSite,
  port: number,
  window: boolean,
): Promise<{ host: BrowserHost; kiosk: Kiosk | null }> {
  const settings = readSettings(site.terminalDir)
  if (!settings.ok) throw new HostProblem(settings.notice)
  const host = await step('正在启动终端', 'Starting the terminal', () =>
    startBrowserHost({
      config: settings.config,
      rendererDir: join(root, 'dist', 'renderer'),
      recordingsDir: recordingsFolder(site.terminalDir),
      port,
      log: fileLog(join(site.terminalDir, 'log', 'terminal.log')),
    }),
  )
  const kiosk = window ? openKiosk({ url: host.url, profileDir: join(site.terminalDir, 'browser') }) : null
  return { host, kiosk }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      fresh: { type: 'boolean', default: false },
      port: { type: 'string', default: '0' },
      'no-window': { type: 'boolean', default: false },
      data: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  const port = Number(values.port)
  if (values.help || !Number.isInteger(port) || port < 0 || port > 65_535) {
    console.log(usage)
    process.exitCode = values.help ? 0 : 2
    return
  }
  const folder = resolve(values.data ?? join(root, '.demo'))
  const site = await startDemoSite(folder, { fresh: values.fresh, step })
  try {
    const electron = values['no-window'] || !hasDisplay() ? null : electronBinary()
    if (electron !== null) {
      sayReady(folder, site, ['终端在 Electron 窗口里 / the terminal is in the Electron window'])
      await untilStopped(openElectron(electron, site.terminalDir))
      return
    }
    const { host, kiosk } = await openBrowser(site, port, !values['no-window'])
    try {
      sayReady(
        folder,
        site,
        kiosk === null ? addresses(host) : ['终端在浏览器窗口里 / the terminal is in the browser window'],
      )
      await untilStopped(kiosk)
    } finally {
      await step('正在结束', 'Stopping', () => host.stop())
    }
  } finally {
    await site.stop()
  }
}

function addresses(host: BrowserHost): string[] {
  return [
    `请用本机的浏览器打开，每个地址只能用一次 / open in a browser of this machine; each address works once`,
    `收银 / cashier:  ${host.url}`,
    `老人 / customer: ${host.launchUrl('customer.html')}`,
  ]
}

function sayReady(folder: string, site: DemoSite, lines: string[]): void {
  console.log('')
  console.log(
    '爱心终端已就绪（演示：人和城市都是虚构的） / Aixin Terminal is ready (demo: people and city are fictional)',
  )
  for (const line of lines) console.log(line)
  console.log(`省平台 / province: ${site.provinceAddress}   数据 / data: ${folder}`)
  console.log('按 Ctrl-C 结束 / Ctrl-C stops it')
}

main().catch((error: unknown) => {
  const lines =
    error instanceof HostProblem ? noticeLines(error.notice) : [error instanceof Error ? error.message : String(error)]
  for (const line of lines) console.error(line)
  process.exitCode = 1
})
