import { cpSync, existsSync, mkdtempSync, readdirSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import type { BrowserHost } from '../../electron/browser-host.ts'
import { root } from '../support/source-files.ts'

export const browserProgram = '/usr/bin/chromium'

/** The pages as the terminal shows them, built first where a source is newer; a copy, so that a build meanwhile changes nothing. */
export async function freshPages(): Promise<string> {
  const built = join(root, 'dist', 'renderer')
  const sources = ['renderer', 'shared', 'vite.config.ts', 'package-lock.json'].map(name => newest(join(root, name)))
  const pages = ['cashier.html', 'customer.html'].map(name => newest(join(built, name)))
  if (Math.min(...pages) <= Math.max(...sources)) {
    console.log('正在构建页面… / Building the pages …')
    // Anything else would carry React's development edition.
    process.env.NODE_ENV = 'production'
    await build({ configFile: join(root, 'vite.config.ts'), logLevel: 'error' })
  }
  const copy = mkdtempSync(join(tmpdir(), 'aixin-rush-pages-'))
  cpSync(built, copy, { recursive: true })
  return copy
}

/** Time (ms) of the newest file under a path; 0 where there is none. */
function newest(path: string): number {
  if (!existsSync(path)) return 0
  const found = statSync(path)
  if (!found.isDirectory()) return found.mtimeMs
  return Math.max(0, ...readdirSync(path).map(name => newest(join(path, name))))
}

declare global {
  interface Window {
    /** When the page's camera began to play, in Unix milliseconds: the fake camera begins its film then. */
    rushFilmBegan?: number
  }
}

export interface OpenPages {
  readonly cashier: Page
  /** Cashier's and customer's screen at this moment. */
  picture(folder: string, name: string): Promise<void>
  /** When the film began, or null before that. */
  filmBegan(): Promise<number | null>
  decodedFrames(): Promise<number>
  close(): Promise<void>
}

/** A headless Chromium with the cashier's page in front of the camera and the customer's page in a second tab. */
export async function openPages(host: BrowserHost, cameraFlags: readonly string[] | null): Promise<OpenPages> {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const browser = await chromium.launch({
    executablePath: browserProgram,
    args: [...sandbox, ...(cameraFlags ?? [])],
    // The rush itself ends what it started, in order.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  })
  try {
    return await openBoth(browser, host, cameraFlags !== null)
  } catch (error) {
    await browser.close()
    throw error
  }
}

async function openBoth(browser: Browser, host: BrowserHost, camera: boolean): Promise<OpenPages> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const customer = await context.newPage()
  await customer.goto(host.launchUrl('customer.html'))
  await customer.waitForSelector('header')
  const cashier = await context.newPage()
  await cashier.addInitScript(() => {
    const { mediaDevices } = navigator
    const ask = mediaDevices.getUserMedia.bind(mediaDevices)
    mediaDevices.getUserMedia = async wanted => {
      const stream = await ask(wanted)
      window.rushFilmBegan = Date.now()
      return stream
    }
  })
  // The launch address gives the staff's cookie; the customer's opens no cashier's page.
  await cashier.goto(host.launchUrl('cashier.html'))
  if (!camera) await cashier.goto(`${host.origin}/cashier.html?camera=off`)
  await cashier.waitForSelector('header')
  return {
    cashier,
    async picture(folder, name) {
      const shown = { cashier, customer }
      for (const [page, screen] of Object.entries(shown))
        await screen.screenshot({ path: join(folder, `${name}-${page}.png`) })
    },
    filmBegan: () => cashier.evaluate(() => window.rushFilmBegan ?? null),
    decodedFrames: () => cashier.evaluate(() => window.aixinCounts?.().framesDecoded ?? 0),
    close: () => browser.close(),
  }
}
