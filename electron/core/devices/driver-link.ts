import { isMainThread, parentPort as workerParent } from 'node:worker_threads'
import type { z } from 'zod'
import { type FromDriver, type ToDriver, toDriver } from './driver-protocol.ts'

/** A driver process's line to the core. */
export interface DriverLink {
  /** Sends a message to the core. */
  post(message: FromDriver): void
  /** Messages of the core that fit the protocol; any other is handed to `onBad` as a text that says what was wrong. */
  onMessage(handler: (message: ToDriver) => void, onBad: (problem: string) => void): void
}

interface ElectronParentPort {
  postMessage(message: unknown): void
  on(event: 'message', handler: (event: { data: unknown }) => void): void
}

function isElectronParentPort(value: unknown): value is ElectronParentPort {
  return typeof value === 'object' && value !== null && 'postMessage' in value && 'on' in value
}

// SIGKILL, not exit(): Node's exit waits for its thread pool, and a vendor call may hang there for ever.
function endProcess(): void {
  if (isMainThread) process.kill(process.pid, 'SIGKILL')
  else process.exit()
}

/**
 * The link to whoever started this driver: Electron's `process.parentPort`, else the channel of `child_process.fork`, else the port of a
 * worker thread. The process ends by itself when the parent goes. Throws where there is no parent at all.
 */
export function driverLink(): DriverLink {
  const electronParent: unknown = Reflect.get(process, 'parentPort')
  if (isElectronParentPort(electronParent))
    return {
      post: message => electronParent.postMessage(message),
      onMessage: (handler, onBad) => electronParent.on('message', event => receive(event.data, handler, onBad)),
    }
  // A worker thread of a forked process inherits `process.send`; its own parent is the thread that made it.
  if (isMainThread && process.send !== undefined) {
    process.on('disconnect', endProcess)
    return {
      post: message => {
        process.send?.(message, undefined, undefined, error => {
          if (error !== null) endProcess()
        })
      },
      onMessage: (handler, onBad) => {
        process.on('message', message => receive(message, handler, onBad))
      },
    }
  }
  if (workerParent !== null) {
    const port = workerParent
    port.on('close', endProcess)
    return {
      post: message => port.postMessage(message),
      onMessage: (handler, onBad) => {
        port.on('message', message => receive(message, handler, onBad))
      },
    }
  }
  throw new Error('a driver needs a parent: start it by fork, as an Electron utility process or as a worker thread')
}

function receive(raw: unknown, handler: (message: ToDriver) => void, onBad: (problem: string) => void): void {
  const parsed: z.ZodSafeParseResult<ToDriver> = toDriver.safeParse(raw)
  if (parsed.success) handler(parsed.data)
  else onBad(`not a message of the driver protocol: ${parsed.error.issues.map(issue => issue.message).join('; ')}`)
}
