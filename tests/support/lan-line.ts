import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'

const applicationData = 23
/** The word that a till is there, which goes over the LAN every few seconds, is shorter (bytes). */
const leastAnswer = 300

/** The LAN between two tills: in good order, cut, or deaf to answers: TLS comes about, the question arrives, and the line breaks before its answer. */
export interface LanLine {
  readonly port: number
  cut(): Promise<void>
  mend(): Promise<void>
  /** Loses the next so many answers about a visit. */
  loseAnswers(count: number): void
  /** Holds the next answer about a visit back, on a line that stays open, and takes no question after it. `atOnce` happens before anything else can. */
  stall(atOnce: () => void): void
  /** Answers lost so far. */
  lost(): number
  /** All that went over the line, as it was on the wire. */
  seen(): Buffer
}

export async function lanLine(farPort: number): Promise<LanLine> {
  const sockets = new Set<Socket>()
  const pieces: Buffer[] = []
  let server: Server | null = null
  let port = 0
  let toLose = 0
  let lost = 0
  let atStall: (() => void) | null = null
  let isDeaf = false

  function track(socket: Socket): Socket {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    // A line that is cut under a question is what this is for.
    socket.on('error', () => socket.destroy())
    socket.on('data', piece => pieces.push(piece))
    return socket
  }

  async function mend(): Promise<void> {
    if (server !== null) return
    const opened = createServer(near => {
      track(near)
      if (isDeaf) {
        near.destroy()
        return
      }
      const far = track(connect(farPort, '127.0.0.1'))
      near.pipe(far)
      far.on('data', (piece: Buffer) => {
        // A record of TLS begins with its type, its version and its length; ours come one by one.
        const isAnswer = piece[0] === applicationData && piece.readUInt16BE(3) > leastAnswer
        if (isAnswer && atStall) {
          lost += 1
          isDeaf = true
          atStall()
          atStall = null
        } else if (isAnswer && toLose > 0) {
          toLose -= 1
          lost += 1
          near.destroy()
        } else if (!isDeaf) near.write(piece)
      })
      far.on('end', () => near.end())
      near.on('close', () => far.destroy())
      far.on('close', () => near.destroy())
    })
    opened.listen(port, '127.0.0.1')
    await once(opened, 'listening')
    const address = opened.address()
    port = typeof address === 'object' && address !== null ? address.port : port
    server = opened
  }

  await mend()
  return {
    get port() {
      return port
    },
    mend,
    async cut() {
      const closing = server
      server = null
      if (closing === null) return
      const closed = once(closing, 'close')
      closing.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
    loseAnswers(count) {
      toLose = count
      atStall = null
      isDeaf = false
    },
    stall(atOnce) {
      atStall = atOnce
    },
    lost: () => lost,
    seen: () => Buffer.concat(pieces),
  }
}

/** A port of the loopback that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const closed = once(server, 'close')
  server.close()
  await closed
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return address.port
}
