import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import type { Notice } from '../shared/terminal-api.ts'

const settings = z.record(z.string(), z.unknown())

export type Settings = { ok: true; config: Record<string, unknown> } | { ok: false; notice: Notice }

/** The file of a terminal's settings inside of its data folder. */
export function settingsFile(dataDir: string): string {
  return join(dataDir, 'terminal.json')
}

/**
 * A terminal's configuration for the core: what `terminal.json` in the data folder says, with that folder. No file means the defaults.
 * The core checks the rest. CONFIG_BAD where the file is not a JSON object or names a folder of its own.
 */
export function readSettings(dataDir: string): Settings {
  const file = settingsFile(dataDir)
  const refuse = (detail: string): Settings => ({
    ok: false,
    notice: { code: 'CONFIG_BAD', values: { path: file, detail } },
  })
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      return { ok: true, config: { dataDir: resolve(dataDir) } }
    return refuse(error instanceof Error ? error.message : String(error))
  }
  try {
    const parsed = settings.safeParse(JSON.parse(text))
    if (!parsed.success) return refuse('not a JSON object')
    if ('dataDir' in parsed.data) return refuse('dataDir is given by --data or AIXIN_DATA')
    return { ok: true, config: { ...parsed.data, dataDir: resolve(dataDir) } }
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error))
  }
}

/** Whether these settings make the terminal a kiosk, for a host that opens its first page before the core has checked them. */
export function isKiosk(config: unknown): boolean {
  return z.looseObject({ kiosk: z.literal(true) }).safeParse(config).success
}
