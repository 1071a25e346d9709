import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import type { BrowserHost, PageName } from '../../electron/browser-host.ts'
import { mayPlay } from '../../electron/kiosk.ts'
import { fakeCameraFlags } from './fake-camera.ts'
import { meanEachPress } from './finger.ts'
import { root } from './source-files.ts'

/** What stands before the cashier: a film, no camera at all, or one that the browser does not allow. */
export type KioskCamera = { readonly film: string } | 'none' | 'refused'

/** One page of the terminal, and all that ever stood on it. */
export interface Screen {
  readonly page: Page
  /** All words of the page, oldest first, one entry for each change: what stood there only for a moment is not missed. */
  history(): Promise<string[]>
}

export interface KioskBrowser {
  readonly cashier: Screen
  readonly customer: Screen
  close(): Promise<void>
}

/** The pages as they are shipped: built once for the whole suite, which says where, else into a temporary folder. */
export async function buildPages(): Promise<{ folder: string; remove(): void }> {
  const built = process.env.AIXIN_BUILT_PAGES
  if (built) return { folder: built, remove: () => undefined }
  const folder = mkdtempSync(join(tmpdir(), 'aixin-pages-'))
  const before = process.env.NODE_ENV
  // A build that finds NODE_ENV=test would carry React's development edition.
  process.env.NODE_ENV = 'production'
  try {
    await build({
      configFile: join(root, 'vite.config.ts'),
      logLevel: 'error',
      build: { outDir: folder, emptyOutDir: true },
    })
  } finally {
    process.env.NODE_ENV = before
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/**
 * The cashier's and the seniors' page in headless Chromium, each in a window of its own.
 * With `profileDir` both share one profile that is kept there, as a kiosk keeps it.
 */
export async function openKioskBrowser(
  host: BrowserHost,
  options: { camera?: KioskCamera; profileDir?: string; touch?: boolean; before?: (page: Page) => Promise<void> } = {},
): Promise<KioskBrowser> {
  const camera = options.camera ?? 'none'
  const args = [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), ...cameraFlags(camera), mayPlay]
  const launch = { executablePath: '/usr/bin/chromium', args }
  const cashierSize = { width: 1280, height: 800 }
  const customerSize = { width: 1024, height: 600 }
  if (options.profileDir !== undefined) {
    const context = await chromium.launchPersistentContext(options.profileDir, { ...launch, viewport: cashierSize })
    const customer = await openScreen(context, host, 'customer.html', options.before)
    const cashier = await openScreen(context, host, 'cashier.html', options.before)
    return { cashier, customer, close: () => context.close() }
  }
  const browser = await chromium.launch(launch)
  return {
    customer: await openScreen(
      await browser.newContext({ viewport: customerSize }),
      host,
      'customer.html',
      options.before,
    ),
    cashier: await openScreen(
      await browser.newContext({ viewport: cashierSize, hasTouch: options.touch ?? false }),
      host,
      'cashier.html',
      options.before,
    ),
    close: () => browser.close(),
  }
}

function cameraFlags(camera: KioskCamera): string[] {
  if (camera === 'none') return ['--use-fake-device-for-media-stream=device-count=0', '--use-fake-ui-for-media-stream']
  if (camera === 'refused') return ['--use-fake-device-for-media-stream']
  return fakeCameraFlags(camera.film)
}

declare global {
  interface Window {
    /** Filled by the tests' own script in the page. */
    wordsSeen?: string[]
  }
}

async function openScreen(
  context: BrowserContext,
  host: BrowserHost,
  name: PageName,
  before?: (page: Page) => Promise<void>,
): Promise<Screen> {
  const page = await context.newPage()
  meanEachPress(page)
  await before?.(page)
  await page.addInitScript(() => {
    const seen: string[] = []
    window.wordsSeen = seen
    const look = () => {
      const words = document.getElementById('page')?.textContent ?? ''
      if (words !== '' && words !== seen.at(-1)) seen.push(words)
    }
    new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true })
  })
  await page.goto(host.launchUrl(name))
  await page.locator('header').first().waitFor()
  return { page, history: () => page.evaluate(() => [...(window.wordsSeen ?? [])]) }
}
