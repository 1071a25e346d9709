import { execFileSync } from 'node:child_process'
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  statfsSync,
  truncateSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { shutDown, writeBack } from './libc.ts'

/** Loop devices and mounts need root; without them the tests of disks are skipped and say so. */
export const canMountDrives =
  process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/dev/loop-control')

const megabyte = 1024 * 1024
const writeBackBytes = 64 * 1024

const run = (command: string, ...words: string[]) => void execFileSync(command, words, { stdio: 'pipe' })

function makeImage(file: string, megabytes: number, whole: boolean): void {
  const fd = openSync(file, 'w')
  try {
    const zeros = Buffer.alloc(megabyte)
    if (whole) for (let at = 0; at < megabytes; at += 1) writeSync(fd, zeros)
  } finally {
    closeSync(fd)
  }
  truncateSync(file, megabytes * megabyte)
  run('mkfs.ext4', '-q', '-F', '-m', '0', '-E', 'nodiscard', file)
  run('sync', file)
}

function someOffsets(size: number): number[] {
  return Array.from({ length: size / writeBackBytes }, (_, at) => at * writeBackBytes).filter(() => Math.random() < 0.3)
}

/** A small ext4 in a file, mounted through a loop device. */
export interface Drive {
  /** A folder on it. */
  readonly folder: string
  /** Free bytes, as the till sees them. */
  free(): number
  /** Fills it with something that is not the till's until so many bytes are left. */
  fillUntil(bytes: number): void
  /** Takes away what filled it. */
  empty(): void
  /** The kernel finds an error and lets nobody write any more, as with a dying memory card. */
  turnReadOnly(): void
  /**
   * The power goes: from now on nothing reaches the image. With a cache, what the drive had taken but not been told to flush is lost too,
   * apart from ranges that it happened to write before, in an order of its own.
   */
  cut(): void
  /** The power is back: mounts what the image holds, by ext4's own recovery. Nobody may hold a file on it. */
  powerUp(): void
  close(): void
}

/**
 * @param cache the image lies on a second ext4 whose page cache stands for the drive's volatile cache: a flush of the inner file system is an
 *   fsync there, and the cut is made there
 */
export function openDrive({ megabytes, cache = false }: { megabytes: number; cache?: boolean }): Drive {
  const base = mkdtempSync(join(tmpdir(), 'aixin-drive-'))
  const [outer, inner] = [join(base, 'outer'), join(base, 'inner')]
  for (const folder of [outer, inner]) mkdirSync(folder)
  const outerImage = join(base, 'outer.img')
  const image = join(cache ? outer : base, 'inner.img')
  if (cache) {
    makeImage(outerImage, megabytes + 64, false)
    run('mount', '-o', 'loop', outerImage, outer)
  }
  // With all blocks written, an fsync of the image depends on no other write of the file system that it lies on.
  makeImage(image, megabytes, cache)
  run('mount', '-o', 'loop,errors=remount-ro', image, inner)
  const folder = join(inner, 'data')
  const ballast = join(inner, 'ballast')

  function unmount(): void {
    run('umount', inner)
    if (cache) run('umount', outer)
  }
  const free = () => {
    const { bavail, bsize } = statfsSync(inner)
    return bavail * bsize
  }

  return {
    folder,
    free,
    fillUntil(bytes) {
      const size = free() - Math.max(bytes, 4 * megabyte)
      if (size > 0) run('fallocate', '-l', String(size), ballast)
      if (bytes > 0) return
      const fd = openSync(ballast, 'a')
      try {
        for (const block = Buffer.alloc(4096); ; ) writeSync(fd, block)
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
      } finally {
        closeSync(fd)
      }
    },
    empty: () => rmSync(ballast, { force: true }),
    turnReadOnly() {
      const device = execFileSync('findmnt', ['-no', 'SOURCE', inner], { encoding: 'utf8' }).trim()
      const fd = openSync(join('/sys/fs/ext4', device.replace('/dev/', ''), 'trigger_fs_error'), 'w')
      writeSync(fd, 'a test')
      closeSync(fd)
    },
    cut() {
      if (cache) writeBack(image, someOffsets(megabytes * megabyte), writeBackBytes)
      shutDown(cache ? outer : inner)
    },
    powerUp() {
      unmount()
      if (cache) run('mount', '-o', 'loop', outerImage, outer)
      run('mount', '-o', 'loop,errors=remount-ro', image, inner)
    },
    close() {
      unmount()
      rmSync(base, { recursive: true, force: true })
    },
  }
}
