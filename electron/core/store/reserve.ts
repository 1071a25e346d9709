import { randomBytes } from 'node:crypto'
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Room (bytes) for some hundred voids and shifts: each takes about 30 kB of the journal until it is folded into the database. */
export const reserveBytes = 8 * 1024 * 1024

/** Disk that is held back for what must go through when others have filled it. */
export interface Reserve {
  /** Holds the room back, where there is room. */
  keep(): void
  /** Lets the room go; false where none was held. */
  release(): boolean
}

export function createReserve(dataDir: string): Reserve {
  const path = join(dataDir, 'reserve')
  return {
    keep() {
      if (existsSync(path)) return
      // Zeros would take no room on a disk that stores none of them.
      writeFileSync(`${path}.new`, randomBytes(reserveBytes), { mode: 0o600 })
      renameSync(`${path}.new`, path)
    },
    release() {
      if (!existsSync(path)) return false
      rmSync(path, { force: true })
      return true
    },
  }
}
