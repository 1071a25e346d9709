import { createHash } from 'node:crypto'
import { createReadStream, mkdirSync, readdirSync, readFileSync, rmSync, statfsSync } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type FileLine, linesIn, usbFolder } from '../../../shared/usb.ts'

/** Left free on a stick beside what is written (bytes). */
const spare = 256 * 1024

/** The room for a file on a stick (bytes). Throws where there is no such folder. */
export function roomOn(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return Math.max(0, bavail * bsize - spare)
}

/** The place of a file on a stick. */
export function onStick(folder: string, name: string): string {
  return join(folder, usbFolder, name)
}

/** Names of the files on a stick; none where it has none of ours. */
export function namesOnStick(folder: string): string[] {
  try {
    return readdirSync(join(folder, usbFolder))
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return []
    throw error
  }
}

/**
 * Writes a file line by line so that it is there whole or not at all: under another name, synced, renamed, read back and compared. What
 * was there under this name stays until then. Gives its length (bytes); throws the system's error, or `ReadsOtherwise`.
 */
export async function writeWhole(path: string, lines: AsyncIterable<string>): Promise<number> {
  mkdirSync(dirname(path), { recursive: true })
  const unfinished = `${path}.unfinished`
  const written = createHash('sha256')
  let bytes = 0
  try {
    const file = await open(unfinished, 'w', 0o600)
    try {
      for await (const line of lines) {
        const text = `${line}\n`
        written.update(text)
        bytes += (await file.write(text)).bytesWritten
      }
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(unfinished, path)
  } catch (error) {
    rmSync(unfinished, { force: true })
    throw error
  }
  await syncFolder(dirname(path))
  const back = createHash('sha256').update(readFileSync(path)).digest('hex')
  if (back !== written.digest('hex')) throw new ReadsOtherwise()
  return bytes
}

/** A file that was written and does not read so. */
export class ReadsOtherwise extends Error {}

/** Windows syncs no folders, and some file systems of sticks neither. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  } catch (error) {
    if (!isSystemError(error)) throw error
  }
}

/** The lines of a file as they stand. */
export function linesOn(path: string): AsyncGenerator<FileLine> {
  return linesIn(createReadStream(path, { encoding: 'utf8' }))
}

export function isSystemError(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'code' in error && 'syscall' in error
}
