import type { SpawnDriver } from './devices/driver-protocol.ts'

/** Which screen a page is: the public one may only watch what is public, a kiosk's may do little more. */
export type PageRole = 'staff' | 'customer' | 'kiosk'

/** One connected page, as a message port: MessagePort in Electron, a socket relayed by the browser host. */
export interface PagePort {
  postMessage(message: unknown): void
  onMessage(handler: (message: unknown) => void): void
  onClose(handler: () => void): void
  close(): void
}

/** What the core asks of whatever runs it. */
export interface CoreHost {
  spawnDriver: SpawnDriver
  /** One line for the log; never a name, a number of a person or a card. */
  log(level: 'info' | 'warn' | 'error', event: string, values?: Readonly<Record<string, string | number>>): void
}
