import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'

/** A TCP line in between, in good order, cut, or deaf: what goes in arrives at the other end and no answer comes back. */
export interface CuttableLine {
  /** Opens the line towards `address` and gives the address of its near end. */
  open(address: string): Promise<string>
  cut(): Promise<void>
  goDeaf(): Promise<void>
  mend(): Promise<void>
}

export function cuttableLine(): CuttableLine {
  const sockets = new Set<Socket>()
  let server: Server | undefined
  let far = new URL('http://127.0.0.1')
  let port = 0
  let deaf = false

  function track(socket: Socket): Socket {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    // A line that is cut under a request is what this is for.
    socket.on('error', () => socket.destroy())
    return socket
  }

  async function listen(): Promise<void> {
    const opened = createServer(near => {
      track(near)
      const away = track(connect(Number(far.port), far.hostname))
      near.pipe(away)
      if (deaf) away.once('data', () => near.destroy())
      else away.pipe(near)
      near.on('close', () => away.destroy())
      away.on('close', () => near.destroy())
    })
    opened.listen(port, '127.0.0.1')
    await once(opened, 'listening')
    const address = opened.address()
    port = typeof address === 'object' && address !== null ? address.port : port
    server = opened
  }

  async function cut(): Promise<void> {
    const closing = server
    server = undefined
    if (closing === undefined) return
    const closed = once(closing, 'close')
    closing.close()
    for (const socket of sockets) socket.destroy()
    await closed
  }

  async function again(asDeaf: boolean): Promise<void> {
    await cut()
    deaf = asDeaf
    await listen()
  }

  return {
    async open(address) {
      far = new URL(address)
      await listen()
      return `http://127.0.0.1:${port}`
    },
    cut,
    goDeaf: () => again(true),
    mend: () => again(false),
  }
}
