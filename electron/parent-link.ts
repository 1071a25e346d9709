import { isMainThread, parentPort as workerParent } from 'node:worker_threads'

/** A port that was handed over with a message, as Electron's utility processes get it (MessagePortMain). */
export interface HandedPort {
  postMessage(message: unknown): void
  on(event: 'message', handler: (event: { data: unknown }) => void): void
  on(event: 'close', handler: () => void): void
  start(): void
  close(): void
}

/** The core's line to the host that started it. */
export interface ParentLink {
  post(message: unknown): void
  onMessage(handler: (message: unknown, ports: readonly HandedPort[]) => void): void
  /** The host is gone: nobody will ever read what is posted. */
  onGone(handler: () => void): void
}

interface ElectronParentPort {
  postMessage(message: unknown): void
  on(event: 'message', handler: (event: { data: unknown; ports?: readonly HandedPort[] }) => void): void
}

function isElectronParentPort(value: unknown): value is ElectronParentPort {
  return typeof value === 'object' && value !== null && 'postMessage' in value && 'on' in value
}

/**
 * The link to whoever started this process: Electron's `process.parentPort`, else the channel of `child_process.fork`, else the port of a
 * worker thread. Throws where there is no parent at all.
 */
export function parentLink(): ParentLink {
  const electronParent: unknown = Reflect.get(process, 'parentPort')
  if (isElectronParentPort(electronParent))
    return {
      post: message => electronParent.postMessage(message),
      onMessage: handler => electronParent.on('message', event => handler(event.data, event.ports ?? [])),
      // Electron ends its utility processes itself when it goes.
      onGone: () => undefined,
    }
  // A worker thread of a forked process inherits `process.send`; its own parent is the thread that made it.
  if (isMainThread && process.send !== undefined)
    return {
      // A message that cannot be delivered means that the host is gone, which `disconnect` tells as well.
      post: message => void process.send?.(message, undefined, undefined, () => undefined),
      onMessage: handler => void process.on('message', message => handler(message, [])),
      onGone: handler => void process.on('disconnect', handler),
    }
  if (workerParent !== null) {
    const port = workerParent
    return {
      post: message => port.postMessage(message),
      onMessage: handler => void port.on('message', message => handler(message, [])),
      onGone: handler => void port.on('close', handler),
    }
  }
  throw new Error('the core needs a host: start it by fork, as an Electron utility process or as a worker thread')
}
