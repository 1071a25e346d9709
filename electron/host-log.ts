import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { HostLog } from './core-supervisor.ts'

/** A log file is put aside at this size; one old file is kept. */
const maxBytes = 5 * 1024 * 1024

/** Writes the host's log to the standard error stream, a line an event. */
export const writeHostLog: HostLog = (level, event, values) => {
  process.stderr.write(`${logLine(level, event, values)}\n`)
}

/** Writes the host's log to a file of which at most two generations are kept; to the standard error stream where the disk takes no more. */
export function fileLog(file: string): HostLog {
  return (level, event, values) => {
    try {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
      const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
      if (size > maxBytes) renameSync(file, `${file}.old`)
      appendFileSync(file, `${logLine(level, event, values)}\n`, { mode: 0o600 })
    } catch {
      // A full or read-only disk is said by the core, in words; the host must live to show them.
      writeHostLog(level, event, values)
    }
  }
}

function logLine(level: string, event: string, values: Readonly<Record<string, string | number>>): string {
  const pairs = Object.entries(values).map(([name, value]) => `${name}=${JSON.stringify(value)}`)
  return [new Date().toISOString(), level, event, ...pairs].join(' ')
}
