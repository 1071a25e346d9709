import { os } from '@orpc/server'
import { RPCHandler } from '@orpc/server/message-port'
import { z } from 'zod'
import type { DriverProcess } from '../../electron/core/devices/driver-protocol.ts'
import type { PagePort, PageRole } from '../../electron/core/host.ts'
import { runCore } from '../../electron/core-runner.ts'
import { problemCode } from '../../shared/problems.ts'

/** A core of a few lines, so that tests of the hosts need no terminal. Entry of a process, like core-process.ts. */

const config = z.object({ refuse: problemCode.nullish(), driver: z.boolean().default(false) })

const context = os.$context<{ role: PageRole; driverMessages: unknown[] }>()

const router = {
  whoAmI: context.handler(({ context: { role } }) => ({ role, process: process.pid })),
  repeat: context.input(z.object({ text: z.string() })).handler(({ input }) => input.text),
  count: context.input(z.object({ to: z.int() })).handler(async function* ({ input }) {
    for (let number = 1; number <= input.to; number += 1) yield number
  }),
  driverSaid: context.handler(({ context: { driverMessages } }) => driverMessages),
}
export type TinyRouter = typeof router

const handler = new RPCHandler(router)

/** A page's port in the shape that oRPC's message-port adapter takes. */
function asMessagePort(port: PagePort) {
  return {
    postMessage: (message: unknown) => port.postMessage(message),
    on: (event: string, callback: (event?: { data: unknown }) => void) => {
      if (event === 'message') port.onMessage(data => callback({ data }))
      else if (event === 'close') port.onClose(() => callback())
    },
  }
}

runCore(async (input, host) => {
  const { refuse, driver } = config.parse(input)
  if (refuse) return { ok: false, notice: { code: refuse, values: {} } }
  const driverMessages: unknown[] = []
  let running: DriverProcess | undefined
  if (driver) {
    running = host.spawnDriver('card-reader-simulated', {
      onMessage: message => driverMessages.push(message),
      onExit: () => driverMessages.push('exit'),
    })
    running.post({ type: 'open', config: {} })
  }
  host.log('info', 'tiny-core-started')
  return {
    ok: true,
    terminal: {
      connect: (port, role) => handler.upgrade(asMessagePort(port), { context: { role, driverMessages } }),
      stop: async () => running?.kill(),
    },
  }
})
