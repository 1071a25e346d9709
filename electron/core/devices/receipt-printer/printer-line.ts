import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

/** An open way to a printer. Every call rejects once the way is broken. */
export interface PrinterLine {
  /** Resolves when the bytes have left this program. Rejects where the printer takes none of them for `patience` ms. */
  write(bytes: Uint8Array, patience: number): Promise<void>
  /** The next byte that the printer says; null where it says none for `patience` ms. */
  read(patience: number): Promise<number | null>
  /** Rejects where the way broke before. */
  close(): Promise<void>
}

const chunk = 4096

/** A raw connection (port 9100). Rejects where nobody answers within `patience` ms. */
export async function openTcpLine(host: string, port: number, patience: number): Promise<PrinterLine> {
  const socket = connect({ host, port, noDelay: true })
  const heard: number[] = []
  let broken: Error | null = null
  let wake: () => void = () => undefined
  socket.on('data', data => {
    heard.push(...data)
    wake()
  })
  const closed = new Promise<void>(resolve => socket.once('close', () => resolve()))
  socket.on('error', error => {
    broken = error
  })
  void closed.then(() => {
    broken ??= new Error('the printer closed the connection')
    wake()
  })
  const within = async <T>(ms: number, work: Promise<T>, late: string): Promise<T> => {
    const ended = new AbortController()
    try {
      return await Promise.race([
        work,
        closed.then(() => Promise.reject(broken ?? new Error('closed'))),
        pause(ms, undefined, { signal: ended.signal }).then(() => Promise.reject(new Error(late))),
      ])
    } finally {
      ended.abort()
    }
  }
  try {
    await within(patience, new Promise<void>(resolve => socket.once('connect', () => resolve())), 'nobody answers')
  } catch (error) {
    socket.destroy()
    throw error
  }
  return {
    async write(bytes, stall) {
      for (let at = 0; at < bytes.length; at += chunk) {
        const part = bytes.subarray(at, at + chunk)
        const sent = new Promise<void>((resolve, reject) =>
          socket.write(part, error => (error ? reject(error) : resolve())),
        )
        await within(stall, sent, 'the printer takes no more')
      }
    },
    async read(ms) {
      if (heard.length === 0 && broken === null)
        await within(ms, new Promise<void>(resolve => (wake = () => resolve())), 'silent').catch(() => undefined)
      const byte = heard.shift()
      if (byte === undefined && broken !== null) throw broken
      return byte ?? null
    },
    async close() {
      // That the printer hung up politely is no fault once everything was written.
      const before = socket.errored
      socket.end()
      await Promise.race([closed, pause(1000, undefined, { ref: false })])
      socket.destroy()
      if (before !== null) throw before
    },
  }
}

/** A device file of a printer, such as `/dev/usb/lp0`. It never waits in the system, so that a hung printer hangs nobody. Rejects where there is none. */
export async function openDeviceLine(path: string): Promise<PrinterLine> {
  const file = await open(path, constants.O_RDWR | constants.O_NONBLOCK | constants.O_NOCTTY)
  const isCode = (error: unknown, code: string) => error instanceof Error && 'code' in error && error.code === code
  return {
    async write(bytes, stall) {
      let until = performance.now() + stall
      for (let at = 0; at < bytes.length; ) {
        try {
          const { bytesWritten } = await file.write(bytes, at, Math.min(chunk, bytes.length - at))
          at += bytesWritten
          if (bytesWritten > 0) until = performance.now() + stall
        } catch (error) {
          if (!isCode(error, 'EAGAIN')) throw error
        }
        if (at < bytes.length && performance.now() > until) throw new Error('the printer takes no more')
        if (at < bytes.length) await pause(10)
      }
    },
    async read(ms) {
      const until = performance.now() + ms
      const one = new Uint8Array(1)
      for (;;) {
        try {
          const { bytesRead } = await file.read(one, 0, 1, null)
          if (bytesRead > 0) return one[0] ?? null
        } catch (error) {
          // Linux calls it an invalid argument to listen to a printer that cannot speak.
          if (isCode(error, 'EINVAL')) return null
          if (!isCode(error, 'EAGAIN')) throw error
        }
        if (performance.now() > until) return null
        await pause(20)
      }
    },
    close: () => file.close(),
  }
}
