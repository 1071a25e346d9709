import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { type BrowserContext, chromium, type Route } from 'playwright-core'
import type { WorldNames } from './preload-world.ts'

/** The Chromium that plays Electron's windows. `app://HOST/` is played by an https origin, which is a secure context like it. */

export const standIn = 'https://terminal.app.test'
const appOrigin = 'app://terminal'

export const toApp = (url: string) => (url.startsWith(`${standIn}/`) ? appOrigin + url.slice(standIn.length) : url)
export const toStandIn = (url: string) =>
  url.startsWith(`${appOrigin}/`) ? standIn + url.slice(appOrigin.length) : url

export const worldNames: WorldNames = {
  world: `world-${randomUUID()}`,
  binding: `binding${randomUUID().replaceAll('-', '')}`,
  exposed: `exposed-${randomUUID()}`,
  opened: `opened-${randomUUID()}`,
}

let context: BrowserContext | undefined

export function browserContext(): BrowserContext {
  if (context === undefined) throw new Error('Electron double: this needs the app to be ready')
  return context
}

/** Starts Chromium with its profile in userData, and a port for the test's own line to it (DevToolsActivePort tells it). */
export async function startBrowser(userData: string, onRoute: (route: Route) => Promise<void>): Promise<void> {
  const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)
  if (executablePath === undefined)
    throw new Error('Electron double: no Chromium, run: sudo apt-get install -y chromium')
  context = await chromium.launchPersistentContext(userData, {
    executablePath,
    headless: true,
    viewport: { width: 1280, height: 800 },
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [
      '--remote-debugging-port=0',
      '--use-fake-device-for-media-stream',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...(process.env.AIXIN_DOUBLE_CHROMIUM_ARGS?.split('\n') ?? []),
    ],
  })
  await context.route('**/*', onRoute)
}

export async function stopBrowser(): Promise<void> {
  await context?.close()
  context = undefined
}
