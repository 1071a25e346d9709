import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { parseConfig } from '../../electron/core/config.ts'
import { startTerminal } from '../../electron/core/terminal.ts'
import { runCore } from '../../electron/core-runner.ts'
import { uuidV7 } from '../../shared/uuid.ts'
import { clockFile } from './clock-file.ts'

/** The terminal's core as it is, but for the time: what stands in a file of its data folder, so that a test need not wait for a bath to end. */
runCore(async (input, host) => {
  const parsed = parseConfig(input)
  if (!parsed.ok) return parsed
  const file = clockFile(parsed.config.dataDir)
  const now = () => Number(readFileSync(file, 'utf8'))
  return await startTerminal(parsed.config, host, { now, monotonic: now, mint: () => uuidV7(now(), randomBytes(10)) })
})
