import type { AddressInfo } from 'node:net'
import { connect, createServer, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

export interface SlowLine {
  readonly address: string
  /** Bytes that went each way. */
  readonly bytes: { up: number; down: number }
  close(): Promise<void>
}

/** A line of so many bits a second each way, shared by all that goes over it. @param bitsPerSecond null: as fast as it goes */
export async function openSlowLine(target: string, bitsPerSecond: number | null): Promise<SlowLine> {
  const { hostname, port } = new URL(target)
  const bytes = { up: 0, down: 0 }
  const free = { up: 0, down: 0 }
  const sockets = new Set<Socket>()

  async function carry(from: Socket, to: Socket, way: 'up' | 'down'): Promise<void> {
    for await (const chunk of from) {
      for (let at = 0; at < chunk.length; at += 1400) {
        const part = chunk.subarray(at, at + 1400)
        bytes[way] += part.length
        if (bitsPerSecond !== null) {
          const now = performance.now()
          free[way] = Math.max(free[way], now) + (part.length * 8000) / bitsPerSecond
          if (free[way] > now) await pause(free[way] - now)
        }
        if (!to.write(part)) await new Promise<void>(resolve => to.once('drain', resolve).once('close', resolve))
      }
    }
    to.end()
  }

  const server = createServer(near => {
    const far = connect(Number(port), hostname)
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
      socket.on('error', () => socket.destroy())
    }
    carry(near, far, 'up').catch(() => far.destroy())
    carry(far, near, 'down').catch(() => near.destroy())
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port: own } = server.address() as AddressInfo
  return {
    address: `http://127.0.0.1:${own}`,
    bytes,
    close: () =>
      new Promise(resolve => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}
