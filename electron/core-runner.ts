import { z } from 'zod'
import type { Notice } from '../shared/terminal-api.ts'
import type { DriverProcess } from './core/devices/driver-protocol.ts'
import type { CoreHost, PagePort, PageRole } from './core/host.ts'
import { type FromCore, type PageFrame, type ToCore, toCore } from './core-link.ts'
import { type HandedPort, parentLink } from './parent-link.ts'

/** A started core, as far as its process needs to know it. */
export interface RunningCore {
  connect(port: PagePort, role: PageRole): void
  stop(): Promise<void>
}

export type StartCore = (
  config: unknown,
  host: CoreHost,
) => Promise<{ ok: true; terminal: RunningCore } | { ok: false; notice: Notice }>

interface RelayedPage {
  receive(data: PageFrame): void
  closed(): void
}

interface DriverEvents {
  onMessage(message: unknown): void
  onExit(): void
}

/** Runs a core inside of this process and speaks with the host that started it. Ends the process when told to stop or when the host goes. */
export function runCore(start: StartCore): void {
  const link = parentLink()
  const post = (message: FromCore) => link.post(message)
  const pages = new Map<number, RelayedPage>()
  const drivers = new Map<number, DriverEvents>()
  let lastDriver = 0
  let running: RunningCore | undefined
  let stopping = false

  const host: CoreHost = {
    spawnDriver: (name, events) => {
      lastDriver += 1
      const driver = lastDriver
      drivers.set(driver, events)
      post({ type: 'spawn', driver, name })
      const handle: DriverProcess = {
        post: data => post({ type: 'driver-post', driver, data }),
        kill: () => post({ type: 'driver-kill', driver }),
      }
      return handle
    },
    log: (level, event, values = {}) => post({ type: 'log', level, event, values: { ...values } }),
  }

  function relayedPort(connection: number): PagePort {
    const messageHandlers: ((message: unknown) => void)[] = []
    const closeHandlers: (() => void)[] = []
    pages.set(connection, {
      receive: data => {
        for (const handler of messageHandlers) handler(data)
      },
      closed: () => {
        for (const handler of closeHandlers) handler()
      },
    })
    return {
      postMessage: message => {
        if (pages.has(connection)) post({ type: 'page', connection, data: asFrame(message) })
      },
      onMessage: handler => void messageHandlers.push(handler),
      onClose: handler => void closeHandlers.push(handler),
      close: () => {
        if (pages.delete(connection)) post({ type: 'disconnect', connection })
      },
    }
  }

  async function open(config: unknown): Promise<void> {
    if (running !== undefined) return
    const started = await start(config, host)
    if (started.ok) {
      running = started.terminal
      if (stopping) await stop()
      else post({ type: 'ready' })
    } else {
      post({ type: 'failed', notice: started.notice })
    }
  }

  async function stop(): Promise<void> {
    stopping = true
    await running?.stop()
    process.exit(0)
  }

  function receive(message: ToCore, ports: readonly HandedPort[]): void {
    switch (message.type) {
      case 'start':
        void open(message.config)
        return
      case 'connect': {
        const [port] = ports
        running?.connect(port === undefined ? relayedPort(message.connection) : pagePort(port), message.role)
        port?.start()
        return
      }
      case 'page':
        pages.get(message.connection)?.receive(message.data)
        return
      case 'disconnect': {
        const page = pages.get(message.connection)
        pages.delete(message.connection)
        page?.closed()
        return
      }
      case 'driver-message':
        drivers.get(message.driver)?.onMessage(message.data)
        return
      case 'driver-exit': {
        const events = drivers.get(message.driver)
        drivers.delete(message.driver)
        events?.onExit()
        return
      }
      case 'stop':
        void stop()
        return
    }
  }

  link.onGone(() => void stop())
  link.onMessage((raw, ports) => {
    const parsed = toCore.safeParse(raw)
    if (parsed.success) receive(parsed.data, ports)
    else host.log('error', 'host-message-unknown', { problem: z.prettifyError(parsed.error) })
  })
}

function asFrame(message: unknown): PageFrame {
  if (typeof message === 'string' || message instanceof Uint8Array) return message
  if (message instanceof ArrayBuffer) return new Uint8Array(message)
  throw new TypeError('a page takes text or bytes only')
}

function pagePort(port: HandedPort): PagePort {
  return {
    postMessage: message => port.postMessage(message),
    onMessage: handler => port.on('message', event => handler(event.data)),
    onClose: handler => port.on('close', handler),
    close: () => port.close(),
  }
}
