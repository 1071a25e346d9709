import { closeSync, writeSync } from 'node:fs'
import koffi from 'koffi'

/** The cable end of a pseudo-terminal: what is written to it arrives at `path`, as from a device on a serial port. */
export interface PseudoTerminal {
  readonly path: string
  /** The descriptor of the cable end. */
  readonly cable: number
  write(bytes: Uint8Array | string): void
  /** Pulls the cable. */
  unplug(): void
}

const readWrite = 0o2
const noControllingTerminal = 0o400
/** A driver that the test starts must not hold the cable too. */
const closeOnExec = 0o2000000

/** Opens a pseudo-terminal of Linux (pts(4)). Throws where the system gives none. */
export function openPseudoTerminal(): PseudoTerminal {
  const libc = koffi.load('libc.so.6')
  const open = libc.func('int posix_openpt(int flags)')
  const grant = libc.func('int grantpt(int fd)')
  const unlock = libc.func('int unlockpt(int fd)')
  const nameOf = libc.func('int ptsname_r(int fd, _Out_ uint8_t *name, size_t length)')
  const master: unknown = open(readWrite | noControllingTerminal | closeOnExec)
  const name = Buffer.alloc(128)
  if (typeof master !== 'number' || master < 0) throw new Error('no pseudo-terminal')
  if (grant(master) !== 0 || unlock(master) !== 0 || nameOf(master, name, name.length) !== 0)
    throw new Error('a pseudo-terminal that cannot be used')
  let plugged = true
  return {
    path: name.toString('utf8', 0, name.indexOf(0)),
    cable: master,
    write: bytes => {
      const all = Buffer.from(bytes)
      for (let at = 0; at < all.length; ) at += writeSync(master, all, at)
    },
    unplug: () => {
      if (plugged) closeSync(master)
      plugged = false
    },
  }
}
