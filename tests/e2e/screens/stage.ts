import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import { mayPlay } from '../../../electron/kiosk.ts'
import type { KioskView } from '../../../shared/kiosk-api.ts'
import type { CustomerView, TerminalView } from '../../../shared/terminal-api.ts'
import type { StationView } from '../../../shared/visit-api.ts'
import { fakeCameraFlags } from '../../support/fake-camera.ts'
import { meanEachPress } from '../../support/finger.ts'
import { type PaperCore, startPaperCore } from '../../support/paper-core.ts'
import { customerView, noon, terminalView } from './fixtures.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const pictures = join(root, 'out/screens')

/** Built pages and a browser, shared by the tests of one file. */
export interface Stage {
  open(options?: OpenOptions): Promise<Scene>
  close(): Promise<void>
}

export interface OpenOptions {
  page?: 'cashier.html' | 'customer.html' | 'kiosk.html'
  search?: string
  terminal?: TerminalView
  customer?: CustomerView
  kiosk?: KioskView
  station?: StationView
  size?: { width: number; height: number }
  /** Files that the page asks for and does not get, by the ending of their path. */
  missing?: string
  /** The page's clock stands at noon, or at this instant; its timers run. */
  clock?: boolean | number
  /** What is done to the page before it is opened. */
  before?: (page: Page) => Promise<void>
  /** The placeholder clips are also served as a site's own recordings. */
  ownClips?: boolean
}

/** One page before a core of paper. `outside` and `blocked` fill with what the page should never do. */
export interface Scene {
  readonly core: PaperCore
  readonly page: Page
  readonly outside: string[]
  readonly blocked: string[]
  picture(name: string): Promise<void>
  /** Another size of the page; resolves when it stands in it, in its own fonts. */
  sizeTo(size: { width: number; height: number }): Promise<void>
  close(): Promise<void>
}

/** @param film what the camera plays; without one it plays Chromium's own test picture */
export async function buildStage(film?: string): Promise<Stage> {
  // The whole suite builds the pages once and says where; a single file builds its own.
  const built = process.env.AIXIN_BUILT_PAGES
  const folder = built ?? mkdtempSync(join(tmpdir(), 'screens-'))
  if (built === undefined) await buildPages(folder)
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const plain = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']
  const camera = film === undefined ? plain : fakeCameraFlags(film)
  const args = [...sandbox, ...camera, mayPlay]
  const browser: Browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args })
  mkdirSync(pictures, { recursive: true })
  return {
    open: options => openScene(browser, folder, options),
    async close() {
      await browser.close()
      if (built === undefined) rmSync(folder, { recursive: true })
    },
  }
}

async function buildPages(folder: string): Promise<void> {
  const before = process.env.NODE_ENV
  // A build that finds NODE_ENV=test would carry React's development edition.
  process.env.NODE_ENV = 'production'
  await build({
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true },
  })
  process.env.NODE_ENV = before
}

async function openScene(browser: Browser, folder: string, options: OpenOptions = {}): Promise<Scene> {
  const core = await startPaperCore({
    folder,
    terminal: options.terminal ?? terminalView(),
    customer: options.customer ?? customerView(),
    ...(options.kiosk ? { kiosk: options.kiosk } : {}),
    ...(options.station ? { station: options.station } : {}),
  })
  const context: BrowserContext = await browser.newContext({ viewport: options.size ?? { width: 1280, height: 800 } })
  const page = await context.newPage()
  meanEachPress(page)
  const { clock = true } = options
  if (clock !== false) await page.clock.setFixedTime(clock === true ? noon : clock)
  await options.before?.(page)
  if (options.ownClips)
    await context.route('**/voice/own/*', async route =>
      route.fulfill({ response: await route.fetch({ url: route.request().url().replace('/own/', '/placeholder/') }) }),
    )
  if (options.missing) await context.route(`**/*${options.missing}`, route => route.abort())
  const outside: string[] = []
  const blocked: string[] = []
  context.on('request', request => {
    const url = new URL(request.url())
    if (!['blob:', 'data:'].includes(url.protocol) && url.host !== new URL(core.origin).host)
      outside.push(request.url())
  })
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', event => console.error('policy:', event.violatedDirective))
  })
  page.on('console', message => {
    if (message.text().includes('policy:') || message.text().includes('Content Security Policy'))
      blocked.push(message.text())
  })
  page.on('pageerror', error => blocked.push(String(error)))
  await page.goto(`${core.origin}/${options.page ?? 'cashier.html'}${options.search ?? '?camera=off'}`)
  await page.waitForSelector('header')
  return {
    core,
    page,
    outside,
    blocked,
    async picture(name) {
      await page.evaluate(() => document.fonts.ready)
      await page.waitForTimeout(250)
      const { width, height } = page.viewportSize() ?? { width: 0, height: 0 }
      await page.screenshot({ path: join(pictures, `${name}-${width}x${height}.png`) })
    },
    async sizeTo(size) {
      await page.setViewportSize(size)
      await page.evaluate(async () => {
        // Only a page that was laid out asks for the fonts of its characters.
        document.body.getBoundingClientRect()
        await document.fonts.ready
      })
    },
    async close() {
      await context.close()
      await core.close()
    },
  }
}
