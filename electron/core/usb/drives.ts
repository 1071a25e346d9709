import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { isSystemError, roomOn } from './stick.ts'

/** A place that looks like a stick. */
export interface Drive {
  readonly path: string
  readonly name: string
  readonly freeBytes: number
}

const linuxPlaces = /^\/(?:media|mnt|run\/media)\/./

/** Mount points in the text of /proc/mounts that lie where sticks are mounted; `\040` and the like stand for signs of the name. */
export function stickMounts(text: string): string[] {
  const points = text.split('\n').flatMap(line => line.split(' ')[1] ?? [])
  return points
    .map(point =>
      point.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8))),
    )
    .map(point => Buffer.from(point, 'latin1').toString('utf8'))
    .filter(point => linuxPlaces.test(point))
}

/** On Windows every drive but the one that the system runs from: which of them can be pulled out is not told without more. */
function windowsDrives(): string[] {
  const system = (process.env.SystemDrive ?? 'C:').toUpperCase()
  return [...'DEFGHIJKLMNOPQRSTUVWXYZ']
    .map(letter => `${letter}:\\`)
    .filter(root => !root.startsWith(system) && existsSync(root))
}

/** The sticks that are plugged in, as far as this machine shows them. @param folders instead of looking for any; those that are there count */
export function sticks(folders: readonly string[] | null): Drive[] {
  const paths = folders ?? (process.platform === 'win32' ? windowsDrives() : stickMounts(mountTable()))
  return paths.flatMap(path => {
    try {
      return statSync(path).isDirectory() ? [{ path, name: basename(path) || path, freeBytes: roomOn(path) }] : []
    } catch (error) {
      // Pulled out between the table and the look.
      if (isSystemError(error)) return []
      throw error
    }
  })
}

function mountTable(): string {
  return existsSync('/proc/mounts') ? readFileSync('/proc/mounts', 'latin1') : ''
}
