import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** The network between terminal and province, as a TCP line that can be cut. */
export interface ProvinceLine {
  /** What the terminal takes for the province's address. */
  readonly address: string
  /** Breaks what is under way and resets every new connection. */
  cut(): void
  mend(): void
  close(): Promise<void>
}

export async function openProvinceLine(province: string): Promise<ProvinceLine> {
  const { hostname, port } = new URL(province)
  const open = new Set<Socket>()
  let whole = true
  const server = createServer(near => {
    // The port stays ours while the line is cut, so that no other program can take it meanwhile.
    if (!whole) {
      near.resetAndDestroy()
      return
    }
    const far = connect(Number(port), hostname)
    for (const [end, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(end)
      end.pipe(other)
      // A broken connection is what a line is for: either end's break ends the other.
      end.on('error', () => other.destroy())
      end.on('close', () => {
        open.delete(end)
        other.destroy()
      })
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const place = server.address()
  if (place === null || typeof place === 'string') throw new Error('the line to the province has no port')

  function breakAll(): void {
    for (const socket of open) socket.resetAndDestroy()
  }

  return {
    address: `http://127.0.0.1:${place.port}`,
    cut() {
      whole = false
      breakAll()
    },
    mend() {
      whole = true
    },
    async close() {
      const closed = once(server, 'close')
      server.close()
      breakAll()
      await closed
    },
  }
}
