import { z } from 'zod'
import type { Notice } from '../shared/terminal-api.ts'
import type { DriverName } from './core/devices/driver-protocol.ts'
import type { PageRole } from './core/host.ts'
import { type FromCore, fromCore, type PageFrame, type ToCore } from './core-link.ts'

/** A process that the host started. `kill` ends it at once. */
export interface HostedProcess<Port> {
  post(message: unknown, ports?: readonly Port[]): void
  kill(): void
  processId(): number | null
}

/** Starts a process of the terminal: a forked child in the browser host, a utility process in Electron. */
export type StartProcess<Port> = (
  entry: 'core' | DriverName,
  events: { onMessage(message: unknown): void; onExit(): void },
) => HostedProcess<Port>

export type HostLog = (
  level: 'info' | 'warn' | 'error',
  event: string,
  values: Readonly<Record<string, string | number>>,
) => void

export interface CoreSupervision<Port> {
  startProcess: StartProcess<Port>
  /** The core's configuration, asked for at each start of it; the core itself parses it. */
  config: () => unknown
  /** The core takes pages now: at the first start and after each restart. */
  onReady(): void
  /** The core died: its pages are without a partner until the next `onReady`. */
  onLost(): void
  /** A core that ran before says why it cannot start again; it is tried further all the same. */
  onRefused(notice: Notice): void
  /** A frame for a relayed page. */
  onPage(connection: number, data: PageFrame): void
  /** The core closed a relayed page. */
  onDisconnect(connection: number): void
  log: HostLog
}

export type FirstStart = { ok: true } | { ok: false; notice: Notice }

export interface SupervisedCore<Port> {
  /** Settles once: the core runs, or why it cannot. After a refusal nothing is tried again. */
  firstStart: Promise<FirstStart>
  isReady(): boolean
  connect(connection: number, role: PageRole, port?: Port): void
  page(connection: number, data: PageFrame): void
  disconnect(connection: number): void
  processId(): number | null
  /** Ends the core in good order, and what is left of its drivers. */
  stop(): Promise<void>
}

const firstBackoff = 250
const lastBackoff = 5_000
const firstStartTries = 3
const stopPatience = 10_000

/**
 * Keeps the core running and starts drivers for it. A core that dies is started again with a growing pause (250 ms to 5 s) and its drivers
 * are killed, since nobody listens to them any more.
 */
export function superviseCore<Port>(options: CoreSupervision<Port>): SupervisedCore<Port> {
  const { startProcess, config, onReady, onLost, onRefused, onPage, onDisconnect, log } = options
  const firstStart = Promise.withResolvers<FirstStart>()
  const drivers = new Map<number, HostedProcess<Port>>()
  let core: HostedProcess<Port> | undefined
  let ready = false
  let everReady = false
  let refused = false
  let stopping = false
  let tries = 0
  let backoff = firstBackoff
  let restartTimer: NodeJS.Timeout | undefined
  let ended: (() => void) | undefined

  function post(message: ToCore, ports?: readonly Port[]): void {
    core?.post(message, ports)
  }

  function start(): void {
    tries += 1
    const started = startProcess('core', {
      onMessage: raw => {
        if (core === started) receive(raw)
      },
      onExit: () => {
        if (core === started) lost()
      },
    })
    core = started
    post({ type: 'start', config: config() })
  }

  function receive(raw: unknown): void {
    const parsed = fromCore.safeParse(raw)
    if (parsed.success) act(parsed.data)
    else log('error', 'core-message-unknown', { problem: z.prettifyError(parsed.error) })
  }

  function act(message: FromCore): void {
    switch (message.type) {
      case 'ready':
        ready = true
        everReady = true
        firstStart.resolve({ ok: true })
        onReady()
        return
      case 'failed':
        log('error', 'core-not-started', { code: message.notice.code, ...message.notice.values })
        if (!everReady) {
          refused = true
          firstStart.resolve({ ok: false, notice: message.notice })
        } else onRefused(message.notice)
        core?.kill()
        return
      case 'page':
        onPage(message.connection, message.data)
        return
      case 'disconnect':
        onDisconnect(message.connection)
        return
      case 'spawn':
        spawn(message.driver, message.name)
        return
      case 'driver-post':
        drivers.get(message.driver)?.post(message.data)
        return
      case 'driver-kill':
        drivers.get(message.driver)?.kill()
        return
      case 'log':
        log(message.level, message.event, message.values)
        return
    }
  }

  function spawn(driver: number, name: DriverName): void {
    const owner = core
    const started = startProcess(name, {
      onMessage: data => {
        if (core === owner) post({ type: 'driver-message', driver, data })
      },
      onExit: () => {
        drivers.delete(driver)
        if (core === owner) post({ type: 'driver-exit', driver })
      },
    })
    drivers.set(driver, started)
  }

  function killDrivers(): void {
    for (const driver of drivers.values()) driver.kill()
    drivers.clear()
  }

  function lost(): void {
    core = undefined
    // A core that had got as far as serving is wanted back at once; only one that cannot start has to wait longer each time.
    if (ready) backoff = firstBackoff
    ready = false
    killDrivers()
    ended?.()
    onLost()
    if (stopping || refused) return
    if (!everReady && tries >= firstStartTries) {
      refused = true
      firstStart.resolve({ ok: false, notice: { code: 'UNEXPECTED', values: {} } })
      return
    }
    log('error', 'core-lost', { restartInMs: backoff })
    restartTimer = setTimeout(start, backoff)
    backoff = Math.min(backoff * 2, lastBackoff)
  }

  async function stop(): Promise<void> {
    stopping = true
    clearTimeout(restartTimer)
    const dying = core
    if (dying !== undefined) {
      const exit = new Promise<void>(resolve => {
        ended = resolve
      })
      post({ type: 'stop' })
      const patience = setTimeout(() => dying.kill(), stopPatience)
      await exit
      clearTimeout(patience)
    }
    killDrivers()
    firstStart.resolve({ ok: false, notice: { code: 'CORE_LOST', values: {} } })
  }

  start()

  return {
    firstStart: firstStart.promise,
    isReady: () => ready,
    connect: (connection, role, port) =>
      post({ type: 'connect', connection, role }, port === undefined ? undefined : [port]),
    page: (connection, data) => post({ type: 'page', connection, data }),
    disconnect: connection => post({ type: 'disconnect', connection }),
    processId: () => core?.processId() ?? null,
    stop,
  }
}
