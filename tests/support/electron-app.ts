import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { _electron, type Browser, chromium, type Page } from 'playwright-core'

/** The built Electron host, running: on the double of Electron's API, or on the real binary. */
export interface ElectronApp {
  page(name: 'cashier.html' | 'customer.html'): Promise<Page>
  pages(): Page[]
  /** Ends the app in good order; the exit code. */
  close(): Promise<number | null>
}

export type ElectronVariant = 'double' | 'binary'

const root = join(import.meta.dirname, '..', '..')
const main = join(root, 'dist', 'electron', 'main.js')

/** Where the real Electron is; null where it is not on this machine. */
export function electronBinary(): string | null {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(root, 'node_modules', 'electron', 'dist')
  const path = join(folder, process.platform === 'win32' ? 'electron.exe' : 'electron')
  return existsSync(path) ? path : null
}

/** Starts the built host on a data folder whose `terminal.json` holds its settings. `npm test` builds before. */
export async function launchElectronApp(variant: ElectronVariant, dataDir: string): Promise<ElectronApp> {
  if (!existsSync(main)) throw new Error('dist/electron/main.js is not built: npm run build')
  return variant === 'double' ? launchDouble(dataDir) : launchBinary(dataDir)
}

async function launchDouble(dataDir: string): Promise<ElectronApp> {
  const register = new URL('electron-double/register.ts', import.meta.url).href
  const child = spawn(process.execPath, ['--import', register, main, '--data', dataDir], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  const output = collectOutput(child)
  const ended = once(child, 'exit')
  const activePort = join(dataDir, 'browser', 'DevToolsActivePort')
  const port = await poll(() => {
    if (child.exitCode !== null) throw new Error(`the host ended:\n${output()}`)
    return existsSync(activePort) ? readFileSync(activePort, 'utf8').split('\n')[0] : undefined
  })
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`)
  const pages = () => browser.contexts().flatMap(context => context.pages())
  return {
    pages,
    page: name => findPage(pages, name, output),
    close: async () => {
      await closeQuietly(browser)
      child.kill('SIGTERM')
      const [code] = await ended
      return typeof code === 'number' ? code : null
    },
  }
}

async function launchBinary(dataDir: string): Promise<ElectronApp> {
  const executablePath = electronBinary()
  if (executablePath === null) throw new Error('no Electron binary')
  const app = await _electron.launch({
    executablePath,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      root,
      '--data',
      dataDir,
      '--use-fake-device-for-media-stream',
    ],
  })
  const output = collectOutput(app.process())
  const pages = () => app.windows()
  return {
    pages,
    page: name => findPage(pages, name, output),
    close: async () => {
      await app.close()
      return app.process().exitCode
    },
  }
}

function collectOutput(child: ChildProcess): () => string {
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', chunk => {
      text += String(chunk)
    })
  return () => text
}

async function findPage(pages: () => Page[], name: string, output: () => string): Promise<Page> {
  const page = await poll(
    () => pages().find(found => found.url().endsWith(`/${name}`)),
    () => output(),
  )
  await page.waitForLoadState('load')
  return page
}

/** Waits until something is there, at most half a minute. */
async function poll<T>(look: () => T | undefined, explain: () => string = () => ''): Promise<T> {
  for (let tries = 0; tries < 300; tries += 1) {
    const found = look()
    if (found !== undefined) return found
    await new Promise(resolve => setTimeout(resolve, 100))
  }
  throw new Error(`nothing came within 30 s\n${explain()}`)
}

async function closeQuietly(browser: Browser): Promise<void> {
  // Only this test's line to the browser; the host owns the browser.
  await browser.close().catch(() => undefined)
}
