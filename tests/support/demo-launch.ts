import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { root } from './source-files.ts'

export interface DemoLaunch {
  /** Address that opens the cashier's page, once. */
  url: string
  origin: string
  output(): string
  /** Ctrl-C; the exit code. */
  interrupt(): Promise<number | null>
}

/** What `npm start` runs, without its window. Resolves when it says that it is ready; rejects with its words where it ends before. */
export async function launchDemo(dataDir: string, options: readonly string[] = []): Promise<DemoLaunch> {
  const child = spawn(
    process.execPath,
    [join(root, 'electron', 'launch.ts'), '--no-window', '--data', dataDir, ...options],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let output = ''
  const ended = once(child, 'exit')
  const ready = new Promise<string>((resolve, reject) => {
    const collect = (chunk: unknown) => {
      output += String(chunk)
      const [url] = /http:\S+page=cashier\.html/.exec(output) ?? []
      if (url !== undefined && output.includes('Ctrl-C')) resolve(url)
    }
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.on('exit', code => reject(new Error(`ended with ${code}: ${output}`)))
  })
  const url = await ready
  return {
    url,
    origin: new URL(url).origin,
    output: () => output,
    interrupt: async () => {
      child.kill('SIGINT')
      const [code] = await ended
      return typeof code === 'number' ? code : null
    },
  }
}

/** Process ids whose command line names a folder. */
export function processesNaming(folder: string): string[] {
  return execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter(line => line.includes(folder) && !line.includes('ps -eo'))
}
