import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { type RawData, type WebSocket, WebSocketServer } from 'ws'
import { refusalClose, refusalText } from '../shared/core-refusal.ts'
import type { Notice } from '../shared/terminal-api.ts'
import type { PageRole } from './core/host.ts'
import { pageRole } from './core-link.ts'
import { type HostLog, superviseCore } from './core-supervisor.ts'
import { forkProcess } from './fork-process.ts'
import { writeHostLog } from './host-log.ts'
import { HostProblem } from './host-problem.ts'
import { type LaunchGate, launchGate } from './launch-gate.ts'
import { pageHeaders, readServedFile, type ServedFolders } from './page-policy.ts'
import { isKiosk } from './terminal-settings.ts'

/** A request of a page is small; a frame beyond this is not one of ours. */
const maxPayload = 1024 * 1024
/** The close codes of RFC 6455 that a page may see. */
const closeServiceRestart = 1012
const closeGoingAway = 1001

export type PageName = 'cashier.html' | 'customer.html' | 'kiosk.html'

const roleOfPage: Readonly<Record<PageName, PageRole>> = {
  'cashier.html': 'staff',
  'customer.html': 'customer',
  'kiosk.html': 'kiosk',
}
const pageOfRole: Readonly<Record<PageRole, PageName>> = {
  staff: 'cashier.html',
  customer: 'customer.html',
  kiosk: 'kiosk.html',
}

export interface BrowserHostOptions {
  /** The core's configuration, parsed by the core. */
  config: unknown
  /** The built pages. */
  rendererDir: string
  /** The site's own recordings; none where absent. */
  recordingsDir?: string
  /** A free port where absent. */
  port?: number
  /** The first launch token; a random one where absent. */
  launchToken?: string
  /** Another program in the core's place, for tests of the host itself. */
  coreEntry?: string
  log?: HostLog
}

export interface BrowserHost {
  /** The address that opens the first page, the cashier's or a kiosk's, once: it carries a single-use token. */
  url: string
  /** `http://127.0.0.1:PORT` */
  origin: string
  /** Another single-use address, for another browser or after a restart of the browser. */
  launchUrl(page: PageName): string
  /** The core's process at this moment. */
  coreProcessId(): number | null
  stop(): Promise<void>
}

interface Page {
  socket: WebSocket
  role: PageRole
}

/**
 * Runs the core behind HTTP and WebSocket on 127.0.0.1, for one browser of the same machine. Resolves when the core is ready.
 * Rejects with a HostProblem: PORT_IN_USE, or whatever keeps the core from starting.
 */
export async function startBrowserHost(options: BrowserHostOptions): Promise<BrowserHost> {
  const { config, rendererDir, recordingsDir = null, log = writeHostLog } = options
  const server = createServer()
  const port = await listen(server, options.port ?? 0)
  const authority = `127.0.0.1:${port}`
  const origin = `http://${authority}`
  const firstPage: PageName = isKiosk(config) ? 'kiosk.html' : 'cashier.html'
  const gate = launchGate(port, options.launchToken, roleOfPage[firstPage])
  const sockets = new WebSocketServer({ noServer: true, maxPayload, perMessageDeflate: false })
  const pages = new Map<number, Page>()
  let lastConnection = 0
  /** Why the core does not start again. */
  let refusal: Notice | null = null

  const core = superviseCore<never>({
    startProcess: forkProcess(options.coreEntry),
    config: () => config,
    onReady: () => {
      refusal = null
      for (const [connection, page] of pages) open(connection, page)
    },
    onLost: () => closePages(closeServiceRestart, 'core lost'),
    onRefused(notice) {
      refusal = notice
      closePages(refusalClose, refusalText(notice))
    },
    onPage: (connection, data) => pages.get(connection)?.socket.send(data),
    onDisconnect: connection => {
      pages.get(connection)?.socket.close()
      pages.delete(connection)
    },
    log,
  })

  function closePages(code: number, reason: string): void {
    for (const { socket } of pages.values()) {
      // A paused socket would not hear the page's own close for half a minute.
      socket.resume()
      socket.close(code, reason)
    }
    pages.clear()
  }

  function open(connection: number, { socket, role }: Page): void {
    core.connect(connection, role)
    socket.resume()
  }

  function adopt(socket: WebSocket, role: PageRole): void {
    lastConnection += 1
    const connection = lastConnection
    const page = { socket, role }
    pages.set(connection, page)
    socket.on('message', (data, isBinary) => {
      if (pages.has(connection)) core.page(connection, isBinary ? bytesOf(data) : bytesOf(data).toString())
    })
    socket.on('close', () => {
      if (pages.delete(connection)) core.disconnect(connection)
    })
    // Torn and oversized frames; ws closes the socket itself after this.
    socket.on('error', error => log('warn', 'page-socket-error', { detail: error.message }))
    if (core.isReady()) open(connection, page)
    else if (refusal !== null) socket.close(refusalClose, refusalText(refusal))
    else socket.pause()
  }

  server.on('request', (request, response) => {
    answer(request, response, { authority, gate, rendererDir, recordingsDir }).catch((error: unknown) => {
      log('error', 'page-request-failed', { detail: String(error) })
      if (response.headersSent) response.destroy()
      else reply(response, 500, '页面读取出错 / the page could not be read\n')
    })
  })
  server.on('upgrade', (request, socket, head) => {
    const refusal = refuseUpgrade(request, { authority, origin, gate })
    if (typeof refusal === 'number') refuseSocket(socket, refusal)
    else sockets.handleUpgrade(request, socket, head, opened => adopt(opened, refusal))
  })

  async function stop(): Promise<void> {
    const closed = new Promise<void>(resolve => server.close(() => resolve()))
    for (const { socket } of pages.values()) socket.close(closeGoingAway, 'host stops')
    await core.stop()
    for (const { socket } of pages.values()) socket.terminate()
    sockets.close()
    server.closeAllConnections()
    await closed
  }

  const started = await core.firstStart
  if (!started.ok) {
    await stop()
    throw new HostProblem(started.notice)
  }
  const launchUrl = (page: PageName, token = gate.newToken(roleOfPage[page])) =>
    `${origin}/launch?token=${token}&page=${page}`
  return {
    url: launchUrl(firstPage, options.launchToken),
    origin,
    launchUrl: page => launchUrl(page),
    coreProcessId: () => core.processId(),
    stop,
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', error => {
      if ('code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES'))
        reject(new HostProblem({ code: 'PORT_IN_USE', values: { port } }))
      else reject(error)
    })
    server.listen(port, '127.0.0.1', () => {
      const address: AddressInfo | string | null = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}

interface Door {
  authority: string
  gate: LaunchGate
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { authority, gate, ...folders }: Door & ServedFolders,
): Promise<void> {
  // A name that an attacker points at 127.0.0.1 arrives here with a Host of its own.
  if (request.headers.host !== authority) return reply(response, 421, '地址不对 / wrong address\n')
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return reply(response, 405, '只能读取 / read only\n', { Allow: 'GET, HEAD' })
  const url = URL.parse(request.url ?? '', `http://${authority}`)
  if (url === null) return reply(response, 400, '地址不对 / not an address\n')
  if (url.pathname === '/launch') return launch(url, request.method, response, gate)
  const role = gate.roleOf(request)
  if (role === null || (role === 'customer' && url.pathname === '/cashier.html'))
    return reply(response, 403, '请从终端程序打开本页 / open this page from the terminal program\n')
  if (url.pathname === '/') return reply(response, 303, '', { Location: `/${pageOfRole[role]}` })
  const file = await readServedFile(folders, url.pathname)
  response.writeHead(file.status, { ...pageHeaders, 'Content-Type': file.type, 'Content-Length': file.body.length })
  response.end(request.method === 'HEAD' ? undefined : file.body)
}

function launch(url: URL, method: string | undefined, response: ServerResponse, gate: LaunchGate): void {
  // Only a GET opens the page: whoever merely looks at the address must not use it up.
  const opened = method === 'GET' ? gate.spend(url.searchParams.get('token') ?? '') : null
  if (opened === null)
    reply(
      response,
      403,
      '这个地址只能打开一次，请重新启动终端程序 / this address opens once: start the program again\n',
    )
  else {
    const page = pageOfRole[opened.role]
    reply(response, 303, '', { Location: `/${page}`, 'Set-Cookie': opened.cookie, 'Cache-Control': 'no-store' })
  }
}

function reply(response: ServerResponse, status: number, text: string, headers: Record<string, string> = {}): void {
  response.writeHead(status, { ...pageHeaders, 'Content-Type': 'text/plain; charset=utf-8', ...headers })
  response.end(text)
}

/** The role of an allowed page, else the status that refuses it. */
function refuseUpgrade(
  request: IncomingMessage,
  { authority, origin, gate }: Door & { origin: string },
): PageRole | number {
  if (request.headers.host !== authority) return 421
  const allowed = gate.roleOf(request)
  if (request.headers.origin !== origin || allowed === null) return 403
  const url = URL.parse(request.url ?? '', origin)
  if (url?.pathname !== '/rpc') return 404
  const role = pageRole.safeParse(url.searchParams.get('role'))
  if (!role.success) return 400
  return role.data === allowed || allowed === 'staff' || role.data === 'customer' ? role.data : 403
}

const refusals: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  421: 'Misdirected Request',
}

function refuseSocket(socket: Duplex, status: number): void {
  const headers = Object.entries({ ...pageHeaders, Connection: 'close', 'Content-Length': '0' })
  socket.end(
    [
      `HTTP/1.1 ${status} ${refusals[status] ?? ''}`,
      ...headers.map(([name, value]) => `${name}: ${value}`),
      '',
      '',
    ].join('\r\n'),
  )
}

function bytesOf(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data)
  return data instanceof ArrayBuffer ? Buffer.from(data) : data
}
