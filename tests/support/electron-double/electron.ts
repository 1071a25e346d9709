import { EventEmitter } from 'node:events'
import { existsSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CDPSession, Page, Route } from 'playwright-core'
import { browserContext, standIn, startBrowser, stopBrowser, toApp } from './browser.ts'
import { UtilityProcess } from './utility-process.ts'
import { allContents, WebContents } from './web-contents.ts'

export { MessageChannelMain } from './message-port-main.ts'

/** A double of the part of Electron's main API that the host uses. It throws on what Electron forbids. */

let ready = false
const readiness = Promise.withResolvers<void>()

function needReady(what: string): void {
  if (!ready) throw new Error(`Electron double: ${what} needs the app to be ready`)
}

function needUnready(what: string): void {
  if (ready) throw new Error(`Electron double: ${what} must come before the app is ready`)
}

const paths = new Map<string, string>([['appData', join(tmpdir(), 'aixin-electron-double')]])

class App extends EventEmitter {
  readonly isPackaged = false
  #quitting = false

  whenReady(): Promise<void> {
    return readiness.promise
  }

  isReady(): boolean {
    return ready
  }

  getPath(name: string): string {
    const path = paths.get(name)
    if (path === undefined) throw new Error(`Electron double: no path ${name}`)
    return path
  }

  setPath(name: string, path: string): void {
    needUnready('app.setPath')
    if (!existsSync(path))
      throw new Error(`Electron double: app.setPath takes only a folder that is there, not ${path}`)
    paths.set(name, path)
  }

  enableSandbox(): void {
    needUnready('app.enableSandbox')
  }

  requestSingleInstanceLock(): boolean {
    return true
  }

  quit(): void {
    if (this.#quitting) return
    const event = { defaultPrevented: false, preventDefault: () => Object.assign(event, { defaultPrevented: true }) }
    this.emit('before-quit', event)
    if (!event.defaultPrevented) this.exit(0)
  }

  exit(code = 0): void {
    this.#quitting = true
    void stopBrowser().finally(() => process.exit(code))
  }
}

export const app = new App()

type Decide = (contents: WebContents | null, permission: string, ...rest: never[]) => unknown
type RequestHandler = (
  contents: WebContents,
  permission: string,
  callback: (granted: boolean) => void,
  details: object,
) => void
type CheckHandler = (contents: WebContents, permission: string, origin: string, details: object) => boolean

// Electron allows everything where the app sets no handler.
let requestHandler: RequestHandler = (_contents, _permission, callback) => callback(true)
let checkHandler: CheckHandler = () => true

class Session {
  setPermissionRequestHandler(handler: RequestHandler): void {
    requestHandler = handler
  }

  setPermissionCheckHandler(handler: CheckHandler): void {
    checkHandler = handler
  }

  setDevicePermissionHandler(_handler: Decide): void {
    needReady('session')
  }
}

const defaultSession = new Session()
export const session = {
  get defaultSession(): Session {
    needReady('session.defaultSession')
    return defaultSession
  },
}

const askable = [
  { chromium: 'camera', permission: 'media', mediaType: 'video' },
  { chromium: 'microphone', permission: 'media', mediaType: 'audio' },
  { chromium: 'geolocation', permission: 'geolocation' },
  { chromium: 'notifications', permission: 'notifications' },
  { chromium: 'clipboard-read', permission: 'clipboard-read' },
] as const

let permissionSession: Promise<CDPSession> | undefined

/** Sets Chromium's permissions to what the app's own handlers answer for this page. Both handlers must agree. */
async function applyPermissions(contents: WebContents, url: string, isMainFrame: boolean): Promise<void> {
  // Chromium forgets these when the session that set them ends, so it stays.
  permissionSession ??= browserContext().newCDPSession(await anyPage())
  const cdp = await permissionSession
  for (const entry of askable) {
    const media = 'mediaType' in entry
    const shared = { requestingUrl: url, isMainFrame, securityOrigin: new URL(url).origin }
    const granted = await new Promise<boolean>(resolve =>
      requestHandler(contents, entry.permission, resolve, {
        ...shared,
        ...(media ? { mediaTypes: [entry.mediaType] } : {}),
      }),
    )
    const checked = checkHandler(contents, entry.permission, `${new URL(url).origin}/`, {
      ...shared,
      ...(media ? { mediaType: entry.mediaType } : {}),
    })
    await cdp.send('Browser.setPermission', {
      permission: { name: entry.chromium },
      setting: granted && checked ? 'granted' : 'denied',
      origin: standIn,
    })
  }
}

async function anyPage() {
  return browserContext().pages()[0] ?? (await browserContext().newPage())
}

type Handler = (request: Request) => Promise<Response> | Response
const schemes = new Set<string>()
const handlers = new Map<string, Handler>()

export const protocol = {
  registerSchemesAsPrivileged(list: { scheme: string; privileges: Record<string, boolean> }[]): void {
    needUnready('protocol.registerSchemesAsPrivileged')
    for (const { scheme, privileges } of list) {
      if (privileges.bypassCSP) throw new Error('Electron double: no scheme may bypass the page policy')
      if (privileges.standard && privileges.secure) schemes.add(scheme)
    }
  },
  handle(scheme: string, handler: Handler): void {
    needReady('protocol.handle')
    if (!schemes.has(scheme)) throw new Error(`Electron double: ${scheme} is not registered as standard and secure`)
    handlers.set(scheme, handler)
  },
}

/** A navigation of a page that is not there yet is that of a new window. */
function mayNavigate(route: Route): boolean {
  const request = route.request()
  const page = pageOf(route)
  if (page === undefined) return [...allContents].some(contents => contents.mayOpen(request.url()))
  const owner = [...allContents].find(contents => contents.owns(page))
  return owner?.mayNavigate(route) ?? false
}

function pageOf(route: Route): Page | undefined {
  try {
    return route.request().frame().page()
  } catch {
    return undefined
  }
}

/** Every request of every page comes through here: the app's own handler answers for app://, the network for the rest. */
async function onRoute(route: Route): Promise<void> {
  const request = route.request()
  if (request.isNavigationRequest() && !mayNavigate(route)) return route.abort('aborted')
  const url = toApp(request.url())
  const handler = handlers.get(new URL(url).protocol.replace(':', ''))
  if (handler === undefined) return route.continue()
  const response = await handler(new Request(url, { method: request.method(), headers: request.headers() }))
  await route.fulfill({
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(await response.arrayBuffer()),
  })
}

export const ipcMain = new EventEmitter()

interface WindowOptions {
  webPreferences?: Record<string, unknown>
}

const refusedPreferences: Readonly<Record<string, (value: unknown) => boolean>> = {
  contextIsolation: value => value !== true,
  sandbox: value => value !== true,
  nodeIntegration: value => value === true,
  nodeIntegrationInWorker: value => value === true,
  nodeIntegrationInSubFrames: value => value === true,
  webviewTag: value => value === true,
  webSecurity: value => value === false,
  allowRunningInsecureContent: value => value === true,
  experimentalFeatures: value => value === true,
  enableBlinkFeatures: value => value !== undefined,
  preload: value => typeof value !== 'string' || !value.endsWith('.cjs'),
}

const windows = new Set<BrowserWindow>()

export class BrowserWindow extends EventEmitter {
  readonly webContents: WebContents
  readonly #attached: Promise<void>

  static getAllWindows(): BrowserWindow[] {
    return [...windows]
  }

  constructor({ webPreferences = {} }: WindowOptions) {
    needReady('BrowserWindow')
    super()
    for (const [name, refused] of Object.entries(refusedPreferences))
      if (refused(webPreferences[name])) throw new Error(`Electron double: insecure webPreferences.${name}`)
    const page = pagesInReserve.pop()
    if (page === undefined) throw new Error('Electron double: only three windows can be opened')
    this.webContents = new WebContents(
      page,
      (channel, event, message) => ipcMain.emit(channel, event, message),
      applyPermissions,
    )
    this.#attached = this.webContents.attach(String(webPreferences.preload))
    windows.add(this)
    this.webContents.on('destroyed', () => {
      windows.delete(this)
      this.emit('closed')
      if (windows.size === 0) app.emit('window-all-closed')
    })
    app.emit('web-contents-created', {}, this.webContents)
  }

  async loadURL(url: string): Promise<void> {
    await this.#attached
    await this.webContents.loadURL(url)
  }

  close(): void {
    void this.webContents.close()
  }

  focus(): void {
    this.emit('focus')
  }
}

// A window is made at once, a page of Chromium is not: some wait in reserve.
const pagesInReserve: Awaited<ReturnType<typeof anyPage>>[] = []

class Screen extends EventEmitter {
  readonly #displays = [
    { id: 1, bounds: { x: 0, y: 0, width: 1280, height: 800 } },
    { id: 2, bounds: { x: 1280, y: 0, width: 1024, height: 600 } },
  ]

  getPrimaryDisplay() {
    needReady('screen')
    return this.#displays[0]
  }

  getAllDisplays() {
    needReady('screen')
    return this.#displays
  }
}
export const screen = new Screen()

export const Menu = {
  setApplicationMenu(menu: unknown): void {
    if (menu !== null) throw new Error('Electron double: the kiosk has no menu')
  },
}

export const dialog = {
  showErrorBox(title: string, text: string): void {
    process.stderr.write(`${title}: ${text}\n`)
  },
}

/** Like a desktop without a key store: what is "sealed" here is not secret. */
export const safeStorage = {
  isAsyncEncryptionAvailable: async () => true,
  getSelectedStorageBackend: () => 'basic_text',
  encryptStringAsync: async (text: string) => Buffer.from(text),
  decryptStringAsync: async (sealed: Buffer) => ({ result: sealed.toString(), shouldReEncrypt: false }),
}

export const utilityProcess = {
  fork(modulePath: string, args: string[] = []): UtilityProcess {
    needReady('utilityProcess.fork')
    return new UtilityProcess(modulePath, args)
  },
}

async function start(): Promise<void> {
  const userData = paths.get('userData') ?? join(app.getPath('appData'), 'profile')
  mkdirSync(userData, { recursive: true })
  await startBrowser(userData, onRoute)
  pagesInReserve.push(...browserContext().pages())
  while (pagesInReserve.length < 3) pagesInReserve.push(await browserContext().newPage())
  ready = true
  app.emit('ready')
  readiness.resolve()
}

// After the module that imports this has run to its end, as Electron does it.
setImmediate(() => {
  start().catch((error: unknown) => {
    process.stderr.write(`Electron double: ${String(error)}\n`)
    process.exit(1)
  })
})
