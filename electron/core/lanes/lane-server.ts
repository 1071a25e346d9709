import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import type { TerminalId } from '../../../shared/ids.ts'
import type { SiteTills } from '../../../shared/province-api.ts'
import type { KeyPair } from '../../../shared/suite.ts'
import type { CoreHost } from '../host.ts'
import { laneKey, laneTls } from './lane-key.ts'
import { type LaneKind, laneKinds, laneMessages, longestMessage } from './lane-messages.ts'

/** Between two tries to listen where the port is taken (ms). */
const again = 10_000

export interface LaneServer {
  /** True while the port that was asked for cannot be listened on. */
  isDeaf(): boolean
  /** The port that it listens on; null while it does not. */
  port(): number | null
  stop(): Promise<void>
}

/** Thrown by who answers: not now, ask again later. */
export class NotNow extends Error {}

/**
 * Listens for the other tills of the site. Who is not on the province's newest list of them gets no further than the handshake; every question
 * is a handshake of its own, so that a till that is struck off is out with the news of it.
 */
export function startLaneServer(parts: {
  readonly listen: { readonly host: string; readonly port: number }
  readonly terminal: TerminalId
  readonly sealing: KeyPair
  tills(): SiteTills | null
  answer(lane: TerminalId, kind: LaneKind, question: unknown): Promise<unknown>
  readonly log: CoreHost['log']
  onChange(): void
}): LaneServer {
  const lanes = new WeakMap<Socket, TerminalId>()
  let deaf = false
  let timer: NodeJS.Timeout | null = null

  /** The sealing key of another till of the site, as the newest list has it; null while this one is not on it. */
  function keyOf(identity: string): { terminal: TerminalId; key: SiteTills['tills'][number]['key'] } | null {
    const tills = parts.tills()?.tills ?? []
    const isListed = tills.some(one => one.terminal === parts.terminal)
    const till = isListed ? tills.find(one => one.terminal === identity) : undefined
    return till === undefined || till.terminal === parts.terminal ? null : till
  }

  function keyFor(socket: TLSSocket, identity: string): Buffer | null {
    const till = keyOf(identity)
    if (till === null) return null
    lanes.set(socket, till.terminal)
    return laneKey(parts.sealing, till.key, { first: parts.terminal, second: till.terminal })
  }

  const server: Server = createServer(
    { ...laneTls, pskCallback: keyFor, handshakeTimeout: 3000, requestTimeout: 5000, headersTimeout: 3000 },
    (request, response) => {
      serve(request, response).catch(error => {
        if (!(error instanceof NotNow))
          parts.log('error', 'lane', { detail: error instanceof Error ? error.message : 'unknown' })
        if (!response.headersSent) response.writeHead(503).end()
      })
    },
  )
  server.maxConnections = 32
  server.maxRequestsPerSocket = 1

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const lane = lanes.get(request.socket)
    const kind = laneKinds.find(name => request.url === `/lane/${name}`)
    const text = request.method === 'POST' && lane && kind ? await bodyOf(request) : null
    if (lane === undefined || kind === undefined || text === null) {
      response.writeHead(404).end()
      return
    }
    const question = laneMessages[kind].question.safeParse(json(text))
    if (!question.success) {
      response.writeHead(400).end()
      return
    }
    // The list may have changed since the handshake, however long that is ago.
    if (keyOf(lane) === null) {
      response.writeHead(404, { connection: 'close' }).end()
      return
    }
    const answer = await parts.answer(lane, kind, question.data)
    response.writeHead(200, { 'content-type': 'application/json', connection: 'close' }).end(JSON.stringify(answer))
  }

  function listen(): void {
    timer = null
    server.listen(parts.listen.port, parts.listen.host)
  }
  server.on('listening', () => is(false))
  server.on('error', error => {
    parts.log('warn', 'lane-port', { detail: error.message })
    is(true)
    timer = setTimeout(listen, again)
    timer.unref()
  })
  // A stranger at the door is no fault of this till.
  server.on('tlsClientError', () => parts.log('warn', 'lane-refused'))

  function is(now: boolean): void {
    if (deaf !== now) parts.onChange()
    deaf = now
  }

  listen()
  return {
    isDeaf: () => deaf,
    port() {
      const address = server.listening ? server.address() : null
      return typeof address === 'object' && address !== null ? address.port : null
    },
    async stop() {
      if (timer) clearTimeout(timer)
      if (!server.listening) return
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const pieces: Buffer[] = []
  let length = 0
  for await (const piece of request) {
    const bytes = Buffer.from(piece)
    length += bytes.length
    if (length > longestMessage) return null
    pieces.push(bytes)
  }
  return Buffer.concat(pieces).toString('utf8')
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
