import { closeSync, openSync } from 'node:fs'
import koffi from 'koffi'

/** `EXT4_IOC_SHUTDOWN`, `_IOR('X', 125, __u32)`: the file system takes and writes nothing more, and its journal is not flushed. */
const shutdownRequest = 0x8004587d
const noLogFlush = 2
const waitBefore = 1
const write = 2
const waitAfter = 4

function libc() {
  const library = koffi.load('libc.so.6')
  return {
    ioctl: library.func('int ioctl(int fd, unsigned long request, ...)'),
    syncFileRange: library.func('int sync_file_range(int fd, int64_t offset, int64_t length, unsigned int flags)'),
  }
}

function onFile(path: string, flags: string, work: (fd: number) => number, what: string): void {
  const fd = openSync(path, flags)
  try {
    if (work(fd) !== 0) throw new Error(`${what} of ${path}: errno ${koffi.errno()}`)
  } finally {
    closeSync(fd)
  }
}

/** Stops a mounted ext4 in the middle of whatever it does, as file system tests do: what it had not written yet is lost. */
export function shutDown(mountPoint: string): void {
  const flags = Buffer.alloc(4)
  flags.writeUInt32LE(noLogFlush)
  onFile(mountPoint, 'r', fd => libc().ioctl(fd, shutdownRequest, 'void *', flags), 'shutdown')
}

/** Brings ranges of a file to its disk, whatever lies before them, as a drive's cache does in an order of its own. */
export function writeBack(file: string, offsets: readonly number[], length: number): void {
  const { syncFileRange } = libc()
  const flags = waitBefore | write | waitAfter
  const all = (fd: number) => Math.min(0, ...offsets.map(offset => Number(syncFileRange(fd, offset, length, flags))))
  onFile(file, 'r+', all, 'write-back')
}
