import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import {
  type FromDriver,
  fromDriver,
  type SpawnDriver,
  type ToDriver,
} from '../../electron/core/devices/driver-protocol.ts'

const folder = join(import.meta.dirname, '../../electron/core/devices/card-reader')
export const pcscDriver = join(folder, 'pcsc-driver.ts')
export const vendorDriver = join(folder, 'vendor-driver.ts')
export const simulatedDriver = join(folder, 'simulated-driver.ts')

/** What a driver said, in order, and a way to wait for what it says next. */
export interface Conversation {
  heard: FromDriver[]
  hear(message: FromDriver): void
  /** Forgets what was heard. */
  forget(): void
  /** The first message, heard already or yet to come, that fits. */
  waitFor<Type extends FromDriver['type']>(
    type: Type,
    fits?: (message: Extract<FromDriver, { type: Type }>) => boolean,
  ): Promise<Extract<FromDriver, { type: Type }>>
}

export function conversation(): Conversation {
  const heard: FromDriver[] = []
  let listeners: ((message: FromDriver) => void)[] = []
  return {
    heard,
    hear: message => {
      heard.push(message)
      for (const listener of [...listeners]) listener(message)
    },
    forget: () => {
      heard.length = 0
    },
    waitFor: (type, fits = () => true) =>
      new Promise(resolve => {
        type Wanted = Extract<FromDriver, { type: typeof type }>
        const isWanted = (message: FromDriver): message is Wanted => message.type === type
        const listener = (message: FromDriver) => {
          if (!isWanted(message) || !fits(message)) return
          listeners = listeners.filter(each => each !== listener)
          resolve(message)
        }
        listeners.push(listener)
        for (const message of [...heard]) listener(message)
      }),
  }
}

export interface ForkedDriver extends Conversation {
  child: ChildProcess
  send(message: ToDriver): void
  end(): Promise<void>
}

/** A driver in a process of its own, spoken to without a supervisor. */
export function forkDriver(entry: string): ForkedDriver {
  const child = fork(entry)
  const talk = conversation()
  const exited = new Promise<void>(resolve => child.once('exit', () => resolve()))
  child.on('message', raw => talk.hear(fromDriver.parse(raw)))
  return {
    ...talk,
    child,
    send: message => {
      child.send(message)
    },
    end: async () => {
      child.kill('SIGKILL')
      await exited
    },
  }
}

/** A host's way to start drivers, by fork; `children` are those it started. */
export function forkHost(entry: string): { spawn: SpawnDriver; children: ChildProcess[] } {
  const children: ChildProcess[] = []
  return {
    children,
    spawn: (_, events) => {
      const child = fork(entry)
      children.push(child)
      child.on('message', events.onMessage)
      child.on('exit', events.onExit)
      return {
        post: message => {
          // A channel that breaks is told by the exit that follows.
          child.send(message, () => undefined)
        },
        kill: () => {
          child.kill('SIGKILL')
        },
      }
    },
  }
}
