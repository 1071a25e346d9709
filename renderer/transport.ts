import type { ClientContext, ClientLink } from '@orpc/client'
import { RPCLink as MessagePortLink } from '@orpc/client/message-port'
import { RPCLink as WebSocketLink } from '@orpc/client/websocket'

declare global {
  interface Window {
    /** Set by the Electron preload: takes the port that the page posts as `aixin-connect` and hands it to the core. */
    terminalHost?: { connect(): void }
  }
}

export type PageRole = 'staff' | 'customer'

/** One line to the core, until it breaks. `closed` settles when it has. */
export interface Line {
  readonly link: ClientLink<ClientContext>
  readonly closed: Promise<void>
  close(): void
}

const DEADLINE_MILLISECONDS = 10_000

/** A call over a dead port would hang for ever, so each gets a deadline; streams last as long as the line. */
const deadline: NonNullable<ConstructorParameters<typeof WebSocketLink>[0]['interceptors']>[number] = options => {
  if (options.path[0]?.startsWith('watch')) return options.next()
  const limit = AbortSignal.timeout(DEADLINE_MILLISECONDS)
  const signal = options.signal ? AbortSignal.any([options.signal, limit]) : limit
  return options.next({ ...options, signal })
}

function openPort(host: { connect(): void }): Line {
  const { port1, port2 } = new MessageChannel()
  const closed = new Promise<void>(resolve => port1.addEventListener('close', () => resolve()))
  const link = new MessagePortLink({ port: port1, interceptors: [deadline] })
  port1.start()
  host.connect()
  window.postMessage('aixin-connect', location.origin, [port2])
  return { link, closed, close: () => port1.close() }
}

function openSocket(role: PageRole): Line {
  const address = new URL(`/rpc?role=${role}`, location.href)
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:'
  const socket = new WebSocket(address)
  const closed = new Promise<void>(resolve => socket.addEventListener('close', () => resolve()))
  return {
    link: new WebSocketLink({ websocket: socket, interceptors: [deadline] }),
    closed,
    close: () => socket.close(),
  }
}

/** Opens a line to the core: Electron's port where the page runs inside it, else a WebSocket to the page's own host. */
export function openLine(role: PageRole): Line {
  return window.terminalHost ? openPort(window.terminalHost) : openSocket(role)
}
