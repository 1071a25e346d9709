import { createHash } from 'node:crypto'
import { createServer } from 'node:net'

/** Gives a claimed device back. */
export type ReleaseClaim = () => Promise<void>

/**
 * Claims a device for this process, so that two drivers of this machine never read the same card: undefined where another process holds it.
 * The claim is a listening socket in a name space that the system clears when a process ends, however it ends (abstract socket, named pipe).
 * Rejects where the system refuses for another reason.
 */
export function claimDevice(device: string): Promise<ReleaseClaim | undefined> {
  const name = `aixin-device-${createHash('sha256').update(device).digest('hex').slice(0, 32)}`
  const server = createServer(visitor => visitor.destroy())
  server.unref()
  return new Promise((resolve, reject) => {
    server.once('error', error => {
      if ('code' in error && error.code === 'EADDRINUSE') resolve(undefined)
      else reject(error)
    })
    server.listen(process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : `\0${name}`, () =>
      resolve(() => new Promise(closed => server.close(() => closed()))),
    )
  })
}
