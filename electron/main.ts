import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import {
  app,
  BrowserWindow,
  dialog,
  type Event,
  ipcMain,
  Menu,
  type MessagePortMain,
  protocol,
  safeStorage,
  screen,
  session,
  utilityProcess,
  type WebContents,
} from 'electron'
import { refusalText } from '../shared/core-refusal.ts'
import type { Notice } from '../shared/terminal-api.ts'
import { runCommand } from './command-line.ts'
import type { PageRole } from './core/host.ts'
import { noticeLines } from './core/notice-lines.ts'
import { recordingsFolder } from './core/own-recordings.ts'
import { type StartProcess, type SupervisedCore, superviseCore } from './core-supervisor.ts'
import { entryFile } from './driver-entries.ts'
import { fileLog } from './host-log.ts'
import { keepKey } from './key-custody.ts'
import { pageHeaders, readServedFile } from './page-policy.ts'
import { isKiosk, readSettings } from './terminal-settings.ts'
import { appOrigin, appScheme, isBlockedKey, isOwnUrl, mayUse } from './window-policy.ts'

/** The Electron host: windows, permissions, key custody, and the processes of the terminal. The business is the core's. */

const rendererDir = join(import.meta.dirname, '..', 'renderer')
const reloadPause = 500
const pageOf: Readonly<Record<PageRole, string>> = {
  staff: 'cashier.html',
  customer: 'customer.html',
  kiosk: 'kiosk.html',
}

const startProcess: StartProcess<MessagePortMain> = (entry, events) => {
  const child = utilityProcess.fork(entryFile(import.meta.dirname, entry, 'built'), [], {
    serviceName: `aixin-${entry}`,
    stdio: 'inherit',
  })
  child.on('message', message => events.onMessage(message))
  child.on('exit', () => events.onExit())
  return {
    post: (message, ports = []) => child.postMessage(message, [...ports]),
    // Electron's own kill asks politely, which a hung driver does not hear.
    kill: () => {
      if (child.pid === undefined) child.kill()
      else process.kill(child.pid, 'SIGKILL')
    },
    processId: () => child.pid ?? null,
  }
}

/** The words after `name` on the command line; Electron's and Chromium's own switches stand among them. */
function option(name: string): string | undefined {
  const at = process.argv.indexOf(name)
  return at < 0 ? undefined : process.argv[at + 1]
}

function refuse(notice: Notice): void {
  const text = noticeLines(notice).join('\n')
  process.stderr.write(`${text}\n`)
  if (app.isPackaged) dialog.showErrorBox('爱心终端 Aixin Terminal', text)
  app.exit(1)
}

function tellRefusal(port: MessagePortMain, notice: Notice): void {
  port.postMessage(refusalText(notice))
  port.close()
}

function serveOwnPages(recordingsDir: string): void {
  protocol.handle(appScheme, async request => {
    const { pathname } = new URL(request.url)
    if (!isOwnUrl(request.url) || request.method !== 'GET')
      return new Response(null, { status: 404, headers: pageHeaders })
    const file = await readServedFile({ rendererDir, recordingsDir }, pathname)
    return new Response(file.body, { status: file.status, headers: { ...pageHeaders, 'Content-Type': file.type } })
  })
}

function limitPermissions(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, permission, callback, details) => {
    const mediaTypes = 'mediaTypes' in details ? (details.mediaTypes ?? []) : []
    callback(mayUse({ permission, url: details.requestingUrl, isMainFrame: details.isMainFrame, mediaTypes }))
  })
  session.defaultSession.setPermissionCheckHandler((_contents, permission, requestingOrigin, details) => {
    const url = details.requestingUrl ?? requestingOrigin
    const mediaTypes = details.mediaType === undefined ? [] : [details.mediaType]
    return mayUse({ permission, url, isMainFrame: details.isMainFrame, mediaTypes })
  })
  session.defaultSession.setDevicePermissionHandler(() => false)
}

/** @param mayTurnTo whether this page may turn itself into another of the terminal's pages */
function confine(contents: WebContents, mayTurnTo: (url: string) => boolean): void {
  const block = (event: Event) => event.preventDefault()
  contents.on('will-navigate', event => {
    if (!mayTurnTo(event.url)) event.preventDefault()
  })
  contents.on('will-redirect', block)
  contents.on('will-frame-navigate', event => {
    if (!event.isMainFrame || !mayTurnTo(event.url)) event.preventDefault()
  })
  contents.on('will-attach-webview', block)
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.on('before-input-event', (event, input) => {
    if (isBlockedKey(input)) event.preventDefault()
  })
  contents.on('did-finish-load', () => void contents.setVisualZoomLevelLimits(1, 1))
}

function runTerminal(dataDir: string): void {
  const log = fileLog(join(dataDir, 'log', 'terminal.log'))
  const roles = new Map<number, PageRole>()
  const waiting: { connection: number; role: PageRole; port: MessagePortMain }[] = []
  let core: SupervisedCore<MessagePortMain> | undefined
  let lastConnection = 0
  /** Why the core does not start again. */
  let refusal: Notice | null = null
  let stopped = false

  function openWindow(role: PageRole, { x, y, width, height }: Electron.Rectangle): BrowserWindow {
    const windowed = process.argv.includes('--windowed')
    const window = new BrowserWindow({
      ...{ x, y, width, height },
      kiosk: !windowed,
      fullscreen: !windowed,
      autoHideMenuBar: true,
      backgroundColor: '#ffffff',
      webPreferences: {
        preload: join(import.meta.dirname, 'preload.cjs'),
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        webviewTag: false,
        spellcheck: false,
        // The till speaks before anybody has touched it.
        autoplayPolicy: 'no-user-gesture-required',
        devTools: !app.isPackaged,
      },
    })
    const { webContents } = window
    roles.set(webContents.id, role)
    webContents.on('render-process-gone', (_event, { reason }) => {
      log('error', 'page-gone', { role, reason })
      setTimeout(() => {
        if (!stopped && !webContents.isDestroyed()) webContents.reload()
      }, reloadPause)
    })
    webContents.on('unresponsive', () => {
      log('error', 'page-hangs', { role })
      webContents.forcefullyCrashRenderer()
    })
    window.on('closed', () => roles.delete(webContents.id))
    void window.loadURL(`${appOrigin}/${pageOf[role]}`)
    return window
  }

  function openWindows(kiosk: boolean): void {
    const primary = screen.getPrimaryDisplay()
    const first = openWindow(kiosk ? 'kiosk' : 'staff', primary.bounds)
    first.on('closed', () => app.quit())
    if (kiosk) return
    let customer: BrowserWindow | undefined
    // The public screen opens on the second display, also when that is plugged in later.
    const openCustomer = () => {
      const second = screen.getAllDisplays().find(display => display.id !== primary.id)
      if (second === undefined || customer !== undefined) return
      customer = openWindow('customer', second.bounds)
      customer.on('closed', () => {
        customer = undefined
      })
    }
    openCustomer()
    screen.on('display-added', openCustomer)
    screen.on('display-removed', () => {
      if (screen.getAllDisplays().length < 2) customer?.close()
    })
  }

  ipcMain.on('page-port', event => {
    const [port] = event.ports
    if (port === undefined) return
    const { sender, senderFrame } = event
    // The role is that of the window; a page does not choose it.
    const role = roles.get(sender.id)
    if (role === undefined || senderFrame === null || senderFrame !== sender.mainFrame || !isOwnUrl(senderFrame.url)) {
      log('warn', 'page-port-refused', { url: senderFrame?.url ?? '' })
      port.close()
      return
    }
    lastConnection += 1
    if (core?.isReady()) core.connect(lastConnection, role, port)
    else if (refusal !== null) tellRefusal(port, refusal)
    else waiting.push({ connection: lastConnection, role, port })
  })

  app.on('web-contents-created', (_event, contents) =>
    // Staff turn a kiosk's page into the cashier's and back; what either may ask, the core decides.
    confine(contents, url => roles.get(contents.id) === 'kiosk' && isOwnUrl(url)),
  )
  app.on('second-instance', () => BrowserWindow.getAllWindows()[0]?.focus())
  app.on('before-quit', event => {
    if (stopped) return
    event.preventDefault()
    stopped = true
    void (core?.stop() ?? Promise.resolve()).finally(() => app.quit())
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit())

  async function start(): Promise<void> {
    Menu.setApplicationMenu(null)
    serveOwnPages(recordingsFolder(dataDir))
    limitPermissions()
    const settings = readSettings(dataDir)
    if (!settings.ok) return refuse(settings.notice)
    const key = await keepKey(dataDir, safeStorage)
    if (key === null) return refuse({ code: 'KEY_WRONG', values: {} })
    core = superviseCore<MessagePortMain>({
      startProcess,
      config: () => ({ ...settings.config, key }),
      onReady: () => {
        refusal = null
        for (const { connection, role, port } of waiting.splice(0)) core?.connect(connection, role, port)
      },
      // The ports that the dead core held close by themselves, and their pages come back.
      onLost: () => undefined,
      onRefused(notice) {
        refusal = notice
        for (const { port } of waiting.splice(0)) tellRefusal(port, notice)
      },
      onPage: () => undefined,
      onDisconnect: () => undefined,
      log,
    })
    openWindows(isKiosk(settings.config))
    const started = await core.firstStart
    if (!started.ok && !stopped) refuse(started.notice)
  }

  app
    .whenReady()
    .then(start)
    .catch((error: unknown) => {
      log('error', 'host-failed', { detail: String(error) })
      refuse({ code: 'UNEXPECTED', values: {} })
    })
}

const commandAt = process.argv.indexOf('--cli')
if (commandAt >= 0) {
  runCommand(process.argv.slice(commandAt + 1)).then(
    code => app.exit(code),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`)
      app.exit(1)
    },
  )
} else {
  const dataDir = resolve(option('--data') ?? process.env.AIXIN_DATA ?? join(app.getPath('appData'), 'aixin-terminal'))
  // Electron takes only a folder that is there.
  mkdirSync(join(dataDir, 'browser'), { recursive: true, mode: 0o700 })
  app.setPath('userData', join(dataDir, 'browser'))
  app.enableSandbox()
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
  // One program a data folder: the lock lies in userData.
  if (app.requestSingleInstanceLock()) runTerminal(dataDir)
  else app.quit()
}
