import { parseConfig } from './core/config.ts'
import { startTerminal } from './core/terminal.ts'
import { runCore } from './core-runner.ts'

/** Process entry of the terminal's core. */
runCore(async (input, host) => {
  const parsed = parseConfig(input)
  return parsed.ok ? await startTerminal(parsed.config, host) : parsed
})
