import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { CardRead, CodeRead } from '../../../shared/credential.ts'
import { deviceEventId } from '../../../shared/ids.ts'
import { uuidV7 } from '../../../shared/uuid.ts'
import {
  type DriverName,
  type DriverProcess,
  type FaultCode,
  type FromDriver,
  fromDriver,
  type SpawnDriver,
  type ToDriver,
} from './driver-protocol.ts'

const healthPeriod = 5_000
const firstBackoff = 250
const lastBackoff = 5_000
/** A driver that ran this long (ms) before it crashed is started again at once. */
const steadyRun = 30_000
const closePatience = 700

export interface DriverSupervision {
  name: DriverName
  spawn: SpawnDriver
  /** Goes to the driver with `open`. */
  config: Extract<ToDriver, { type: 'open' }>['config']
  onEvent(event: FromDriver): void
  /** Unix time in ms; the machine's clock where absent. */
  now?: () => number
  /** A driver that answers no `health` for so long (ms) is killed and started again; 10 s where absent. */
  deadlineMs?: number
}

export interface SupervisedDriver {
  /** Opens the data gate: the next credential, and only that, comes as `data`. */
  enable(): void
  disable(): void
  /** Hands a simulated credential to the driver; false where no driver runs at the moment, and it is lost. */
  simulate(data: CardRead | CodeRead): boolean
  /** Hands a job to a printer's driver; false where no driver runs at the moment, and it is not printed. */
  print(job: Omit<Extract<ToDriver, { type: 'print' }>, 'type'>): boolean
  /** Closes the driver and ends its process; no event comes after it. */
  stop(): Promise<void>
}

/**
 * Keeps one driver process running: opens, claims and enables it, parses what it says, asks for its health every 5 s, and starts it again after an
 * exit or a silence, with a growing pause (250 ms to 5 s). Each crash is told as the fault DRIVER_CRASHED and the state `error`.
 */
export function superviseDriver(options: DriverSupervision): SupervisedDriver {
  const { name, spawn, config, onEvent, now = Date.now, deadlineMs = 10_000 } = options
  let driver: DriverProcess | undefined
  let generation = 0
  let startedAt = 0
  let armed = true
  let stopped = false
  let backoff = firstBackoff
  let restartTimer: NodeJS.Timeout | undefined
  let silenceTimer: NodeJS.Timeout | undefined
  let ended: (() => void) | undefined

  function fault(code: FaultCode, detail: string): void {
    const at = now()
    onEvent({ type: 'fault', eventId: deviceEventId.parse(uuidV7(at, randomBytes(10))), at, code, detail })
  }

  function start(): void {
    generation += 1
    const mine = generation
    const alive = () => mine === generation
    startedAt = performance.now()
    try {
      const started = spawn(name, {
        onMessage: raw => {
          if (alive()) receive(raw)
        },
        onExit: () => {
          if (alive()) lost('its process ended')
        },
      })
      if (!alive()) return
      driver = started
      post({ type: 'open', config })
      post({ type: 'claim' })
      if (armed) post({ type: 'enable' })
      // Asked at once, so that a driver which hangs while it starts is noticed too.
      askHealth()
    } catch (error) {
      if (alive()) lost(`it could not be started: ${error instanceof Error ? error.message : String(error)}`)
    }
  }

  /** A host whose channel to the driver broke may throw; its exit is told apart from that. */
  function post(message: ToDriver): boolean {
    if (driver === undefined) return false
    try {
      driver.post(message)
      return true
    } catch (error) {
      lost(`it took no message: ${error instanceof Error ? error.message : String(error)}`)
      return false
    }
  }

  function receive(raw: unknown): void {
    clearTimeout(silenceTimer)
    silenceTimer = undefined
    const parsed = fromDriver.safeParse(raw)
    if (stopped) {
      if (parsed.success && parsed.data.type === 'state' && parsed.data.state === 'closed') ended?.()
      return
    }
    if (!parsed.success) {
      fault('IO', `the driver ${name} said something that is not in the protocol: ${z.prettifyError(parsed.error)}`)
      return
    }
    if (parsed.data.type === 'data') armed = false
    onEvent(parsed.data)
  }

  function lost(reason: string): void {
    const dead = driver
    driver = undefined
    generation += 1
    clearTimeout(silenceTimer)
    silenceTimer = undefined
    dead?.kill()
    ended?.()
    if (stopped) return
    if (performance.now() - startedAt >= steadyRun) backoff = firstBackoff
    fault('DRIVER_CRASHED', `the driver ${name} is started again: ${reason}`)
    onEvent({ type: 'state', state: 'error', media: 'unknown', detail: reason })
    if (stopped) return
    restartTimer = setTimeout(start, backoff)
    backoff = Math.min(backoff * 2, lastBackoff)
  }

  function askHealth(): void {
    if (driver === undefined) return
    silenceTimer ??= setTimeout(() => lost(`no answer for ${deadlineMs} ms`), deadlineMs)
    post({ type: 'health' })
  }

  const healthTimer = setInterval(askHealth, healthPeriod)
  start()

  return {
    enable: () => {
      armed = true
      post({ type: 'enable' })
    },
    disable: () => {
      armed = false
      post({ type: 'disable' })
    },
    simulate: data => post({ type: 'simulate', data }),
    print: job => post({ type: 'print', ...job }),
    stop: async () => {
      if (stopped) return
      stopped = true
      clearInterval(healthTimer)
      clearTimeout(restartTimer)
      clearTimeout(silenceTimer)
      if (driver === undefined) return
      let patience: NodeJS.Timeout | undefined
      await new Promise<void>(resolve => {
        ended = resolve
        patience = setTimeout(resolve, closePatience)
        post({ type: 'disable' })
        post({ type: 'release' })
        post({ type: 'close' })
      })
      clearTimeout(patience)
      generation += 1
      driver?.kill()
      driver = undefined
    },
  }
}
