import type { ClientContext, ClientLink } from '@orpc/client'
import { RPCLink as MessagePortLink } from '@orpc/client/message-port'
import { RPCLink as WebSocketLink } from '@orpc/client/websocket'
import { readRefusal, refusalClose } from '../shared/core-refusal.ts'
import type { Notice } from '../shared/terminal-api.ts'

declare global {
  interface Window {
    /** Set by the Electron preload: takes the port that the page posts as `aixin-connect` and hands it to the core. */
    terminalHost?: { connect(): void }
  }
}

export type PageRole = 'staff' | 'customer' | 'kiosk'

/** One line to the core, until it breaks. `closed` settles when it has, with what the host says in the place of a core that does not start. */
export interface Line {
  readonly link: ClientLink<ClientContext>
  readonly closed: Promise<Notice | null>
  close(): void
}

const DEADLINE_MILLISECONDS = 10_000

/** A call over a dead port would hang for ever, so each gets a deadline; streams last as long as the line. */
const deadline: NonNullable<ConstructorParameters<typeof WebSocketLink>[0]['interceptors']>[number] = options => {
  if (options.path.at(-1)?.startsWith('watch')) return options.next()
  const limit = AbortSignal.timeout(DEADLINE_MILLISECONDS)
  const signal = options.signal ? AbortSignal.any([options.signal, limit]) : limit
  return options.next({ ...options, signal })
}

function openPort(host: { connect(): void }): Line {
  const { port1, port2 } = new MessageChannel()
  const closed = new Promise<Notice | null>(resolve => {
    port1.addEventListener('message', event => {
      const refused = readRefusal(event.data)
      if (refused === null) return
      // The link would take it for an answer.
      event.stopImmediatePropagation()
      resolve(refused)
    })
    port1.addEventListener('close', () => resolve(null))
  })
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
  const closed = new Promise<Notice | null>(resolve => {
    socket.addEventListener('close', ({ code, reason }) => resolve(code === refusalClose ? readRefusal(reason) : null))
  })
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
