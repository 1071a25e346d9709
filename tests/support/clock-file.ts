import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where a core under a test's clock reads the time (Unix ms). */
export const clockFile = (dataDir: string) => join(dataDir, 'clock')

/** Sets it at once: a reader sees the old time or the new one. */
export function setClock(dataDir: string, at: number): void {
  const next = `${clockFile(dataDir)}.next`
  writeFileSync(next, String(at))
  renameSync(next, clockFile(dataDir))
}
