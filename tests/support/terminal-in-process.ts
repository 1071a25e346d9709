import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { systemClock } from '../../electron/core/clock.ts'
import { terminalConfig } from '../../electron/core/config.ts'
import type { SpawnDriver } from '../../electron/core/devices/driver-protocol.ts'
import { startTerminal } from '../../electron/core/terminal.ts'
import type { EnrolmentCode } from '../../shared/province-api.ts'
import { type Till, tillOn } from './till.ts'

/**
 * The whole core inside the test's own process, without devices but a printer, so that the clock that a test sets is its clock too. Staff find people at the
 * desk.
 * @param clockOff how far (ms) its clock is ahead of the test's
 * @param watchClock a date that the test sets is a jump of the clock; else the days in between went by
 */
export async function openTerminalInProcess({
  watchClock = false,
  clockOff = 0,
  printer = null,
  ...options
}: {
  dataDir: string
  enrolmentCode: EnrolmentCode
  /** The LAN to another till of the site. */
  lanes?: unknown
  /** Folders that are its sticks. */
  usbFolders?: readonly string[]
  /** The one device that it may have. */
  printer?: { setting: unknown; spawn: SpawnDriver } | null
  watchClock?: boolean
  clockOff?: number
}): Promise<{ till: Till; stop(): Promise<void> }> {
  const config = terminalConfig.parse({ ...options, printer: printer?.setting ?? null, devices: [], syncSeconds: 0.5 })
  const started = await startTerminal(
    config,
    {
      spawnDriver(name, events) {
        if (printer === null) throw new Error('a terminal without devices starts no driver')
        return printer.spawn(name, events)
      },
      log: () => undefined,
    },
    {
      ...(watchClock ? systemClock : { ...systemClock, monotonic: () => Date.now() }),
      now: () => systemClock.now() + clockOff,
    },
  )
  if (!started.ok) throw new Error(`the terminal does not start: ${started.notice.code}`)
  const toCore: { hear(message: unknown): void } = { hear: () => undefined }
  const toPage: { hear(message: string): void } = { hear: () => undefined }
  const closers: (() => void)[] = []
  const end = Promise.withResolvers<void>()
  const close = () => {
    for (const closed of closers.splice(0)) closed()
    end.resolve()
  }
  started.terminal.connect(
    {
      postMessage: message => queueMicrotask(() => toPage.hear(String(message))),
      onMessage(handler) {
        toCore.hear = handler
      },
      onClose: handler => void closers.push(handler),
      close,
    },
    'staff',
  )
  const link = new RPCLink({
    port: {
      onMessage: {
        addListener(hear) {
          toPage.hear = hear
        },
      },
      onDisconnect: { addListener: hear => void closers.push(hear) },
      postMessage: (message: string) => queueMicrotask(() => toCore.hear(message)),
    },
  })
  const till = await tillOn(createORPCClient(link), end.promise, close)
  return {
    till,
    async stop() {
      close()
      await started.terminal.stop()
    },
  }
}
