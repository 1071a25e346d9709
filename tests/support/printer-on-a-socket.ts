import { createServer, type Socket } from 'node:net'
import { type PaperRead, readEscpos } from './escpos-reader.ts'

/** A printer on port 9100 of its own: what it was sent, and how it stands. Change `now` at any time. */
export interface SocketPrinter {
  readonly port: number
  now: {
    paper: 'there' | 'low' | 'out'
    coverOpen: boolean
    /** Some printers answer no question at all. */
    answers: boolean
    /** Some know no GS r, which is answered after the last line. */
    knowsReport: boolean
    /** Resets the connection when so many bytes of a job have come. */
    resetAfter: number | null
    /** The paper ends when so many bytes of a job have come. */
    paperEndsAfter: number | null
    /** Answers nothing any more when so many bytes of a job have come. */
    hangsAfter: number | null
    /** Hangs up politely when so many bytes of a job have come. */
    hangsUpAfter: number | null
    /** Takes a job's bytes only so many at a time (ms between). */
    slowness: number | null
  }
  /** The bytes of each job, without questions about the printer's state, in order of their connections. */
  jobs(): Uint8Array[]
  /** Every whole job as it stands on paper. */
  papers(): PaperRead[]
  /** Resolves when so many whole jobs have come. */
  untilPapers(count: number): Promise<PaperRead[]>
  /** Pulls the plug: nobody listens any more. */
  unplug(): Promise<void>
  plugIn(): Promise<void>
  close(): Promise<void>
}

const reset = [0x1b, 0x40]

export async function openSocketPrinter(): Promise<SocketPrinter> {
  const now: SocketPrinter['now'] = {
    paper: 'there',
    coverOpen: false,
    answers: true,
    knowsReport: true,
    resetAfter: null,
    paperEndsAfter: null,
    hangsAfter: null,
    hangsUpAfter: null,
    slowness: null,
  }
  const jobs: number[][] = []
  const sockets = new Set<Socket>()
  const waiting = new Set<() => void>()
  let port = 0
  const tell = () => {
    for (const wake of [...waiting]) wake()
  }

  function visit(socket: Socket): void {
    sockets.add(socket)
    const job: number[] = []
    jobs.push(job)
    let held: number[] = []
    socket.on('error', () => undefined)
    socket.on('close', () => {
      sockets.delete(socket)
      tell()
    })
    const stopped = () => now.paper === 'out' || now.coverOpen
    const say = (byte: number) => now.answers && socket.write(Uint8Array.of(byte))

    function take(byte: number): void {
      held.push(byte)
      const [first, second, third] = held
      // Real-time questions and the report are told apart from a job; a picture holds neither, see `qrBytes`.
      if (first === 0x10 || (first === 0x1d && (second === undefined || second === 0x72))) {
        if (held.length < 3) return
        if (first === 0x10 && second === 0x04) {
          if (third === 2) say(0x12 | (now.coverOpen ? 0x04 : 0) | (now.paper === 'out' ? 0x20 : 0))
          if (third === 4) say(0x12 | (now.paper === 'out' ? 0x60 : 0) | (now.paper === 'there' ? 0 : 0x0c))
        } else if (first === 0x1d && now.knowsReport && !stopped()) say(0)
        held = []
        return
      }
      for (const one of held) {
        if (socket.destroyed) return
        job.push(one)
        if (job.length === now.hangsAfter) now.answers = false
        if (job.length === now.hangsUpAfter) socket.end()
        if (job.length === now.paperEndsAfter) now.paper = 'out'
        if (job.length === now.resetAfter) socket.resetAndDestroy()
      }
      held = []
    }
    socket.on('data', data => {
      for (const byte of data) take(byte)
      if (now.slowness !== null) {
        socket.pause()
        setTimeout(() => socket.resume(), now.slowness)
      }
      tell()
    })
  }

  let server = createServer(visit)
  const listen = () =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', () => {
        const address = server.address()
        port = typeof address === 'object' && address !== null ? address.port : 0
        resolve()
      })
    })
  const stop = () =>
    new Promise<void>(resolve => {
      server.close(() => resolve())
      for (const socket of sockets) socket.resetAndDestroy()
    })
  await listen()
  const isWhole = (job: readonly number[]) =>
    job.length > 2 * reset.length && job.at(-2) === reset[0] && job.at(-1) === reset[1]
  const papers = () => jobs.filter(isWhole).map(job => readEscpos(Uint8Array.from(job)))
  return {
    get port() {
      return port
    },
    now,
    jobs: () => jobs.filter(job => job.length > 0).map(job => Uint8Array.from(job)),
    papers,
    async untilPapers(count) {
      while (papers().length < count)
        await new Promise<void>(resolve => {
          const wake = () => {
            waiting.delete(wake)
            resolve()
          }
          waiting.add(wake)
        })
      return papers()
    },
    unplug: stop,
    async plugIn() {
      server = createServer(visit)
      await listen()
    },
    close: () => (server.listening ? stop() : Promise.resolve()),
  }
}
