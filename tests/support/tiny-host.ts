import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { RouterClient } from '@orpc/server'
import { WebSocket } from 'ws'
import { type BrowserHost, type BrowserHostOptions, startBrowserHost } from '../../electron/browser-host.ts'
import type { TinyRouter } from './tiny-core.ts'

export interface TinyHost extends BrowserHost {
  log: { level: string; event: string }[]
  stop(): Promise<void>
}

/** The real browser host with the tiny core and a folder of two small pages. */
export async function startTinyHost(options: Partial<BrowserHostOptions> = {}): Promise<TinyHost> {
  const folder = mkdtempSync(join(tmpdir(), 'aixin-pages-'))
  for (const page of ['cashier.html', 'customer.html'])
    writeFileSync(join(folder, page), `<!doctype html><title>${page}</title>`)
  writeFileSync(join(folder, 'decoder.wasm'), new Uint8Array([0, 97, 115, 109]))
  const log: TinyHost['log'] = []
  try {
    const host = await startBrowserHost({
      config: {},
      rendererDir: folder,
      coreEntry: join(import.meta.dirname, 'tiny-core.ts'),
      log: (level, event) => log.push({ level, event }),
      ...options,
    })
    return {
      ...host,
      log,
      stop: async () => {
        await host.stop()
        rmSync(folder, { recursive: true })
      },
    }
  } catch (error) {
    rmSync(folder, { recursive: true })
    throw error
  }
}

export interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: string
}

/** A plain request, with a path exactly as given: a browser's client would tidy it up first. */
export async function get(
  origin: string,
  path: string,
  { method = 'GET', ...headers }: Record<string, string> = {},
): Promise<Answer> {
  const { hostname, port } = new URL(origin)
  const sent = request({ hostname, port, path, method, headers })
  sent.end()
  const [response] = await once(sent, 'response')
  let body = ''
  for await (const chunk of response) body += String(chunk)
  return { status: response.statusCode, headers: response.headers, body }
}

/** Opens the launch address and returns the cookie as a request carries it. */
export async function logIn(url: string): Promise<string> {
  const { origin, pathname, search } = new URL(url)
  const { headers } = await get(origin, pathname + search)
  return String(headers['set-cookie']).split(';')[0] ?? ''
}

/** The status that refuses a WebSocket, or 101 where it opens. */
export async function upgradeStatus(origin: string, path: string, headers: Record<string, string>): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>()
  const socket = new WebSocket(origin.replace('http', 'ws') + path, { headers })
  socket.on('error', () => undefined)
  socket.on('open', () => {
    socket.terminate()
    resolve(101)
  })
  socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0))
  return promise
}

export interface TinyPage {
  client: RouterClient<TinyRouter>
  socket: WebSocket
  /** The close code, once closed. */
  closed: Promise<number>
}

/** A page's line to the tiny core. */
export async function openTinyPage(host: BrowserHost, cookie: string, role = 'staff'): Promise<TinyPage> {
  const socket = new WebSocket(`${host.origin.replace('http', 'ws')}/rpc?role=${role}`, {
    headers: { Cookie: cookie, Origin: host.origin },
  })
  const closed = once(socket, 'close').then(([code]) => Number(code))
  await once(socket, 'open')
  const client: RouterClient<TinyRouter> = createORPCClient(new RPCLink({ port: portOf(socket) }))
  return { client, socket, closed }
}

/** A socket in the shape that oRPC's message-port adapter takes: the types of ws and of the DOM differ. */
function portOf(socket: WebSocket) {
  return {
    onMessage: {
      addListener: (hear: (data: unknown) => void) =>
        void socket.on('message', (data, binary) => hear(binary ? data : String(data))),
    },
    onDisconnect: { addListener: (hear: () => void) => void socket.on('close', hear) },
    postMessage: (data: string) => socket.send(data),
  }
}
