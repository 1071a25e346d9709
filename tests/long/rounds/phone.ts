import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import type { Front } from '../../support/https-front.ts'
import { root } from '../../support/source-files.ts'

export const buildRoundPage = () => buildPhonePage('round')

/** A page for phones as it is shipped, in a folder of its own. */
export async function buildPhonePage(page: 'round' | 'carer'): Promise<{ folder: string; remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), `aixin-${page}-page-`))
  const before = process.env.NODE_ENV
  // A build that finds NODE_ENV=test would carry React's development edition.
  process.env.NODE_ENV = 'production'
  try {
    const outDir = { outDir: folder, emptyOutDir: true }
    await build({ configFile: join(root, 'vite.phones.config.ts'), mode: page, logLevel: 'error', build: outDir })
  } finally {
    process.env.NODE_ENV = before
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

export interface Phone {
  page(): Page
  /** The page is closed, and its browser with it. */
  close(): Promise<void>
  /** The courier opens the page again by its icon. */
  open(address?: string): Promise<Page>
  remove(): Promise<void>
}

/** A phone of a courier or a carer: one profile, which stays over closed pages and restarts. */
export async function openPhone(
  front: Front,
  size = { width: 390, height: 844 },
  flags: string[] = [],
  name: 'round' | 'carer' = 'round',
): Promise<Phone> {
  const profile = mkdtempSync(join(tmpdir(), 'aixin-phone-'))
  const args = [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), ...front.flags, ...flags]
  let context: BrowserContext | null = null
  let page: Page | null = null
  async function close() {
    await context?.close()
    context = null
  }
  return {
    page() {
      if (page === null) throw new Error('the page is closed')
      return page
    },
    close,
    async open(address = `${front.address}${name}/`) {
      context ??= await chromium.launchPersistentContext(profile, {
        ...{ executablePath: '/usr/bin/chromium', args, viewport: size, hasTouch: true, locale: 'zh-CN' },
      })
      page = context.pages()[0] ?? (await context.newPage())
      await page.goto(address)
      return page
    },
    async remove() {
      await close()
      rmSync(profile, { recursive: true, force: true })
    },
  }
}

/** Signs on the field: a wave, as a finger draws it. */
export async function sign(page: Page): Promise<void> {
  const box = await page.locator('.pad').boundingBox()
  if (!box) throw new Error('there is nothing to sign on')
  await page.mouse.move(box.x + 30, box.y + 60)
  await page.mouse.down()
  for (const step of [1, 2, 3, 4, 5, 6]) await page.mouse.move(box.x + 30 + step * 40, box.y + 60 + (step % 2) * 40)
  await page.mouse.up()
}

/** Waits for a stop and hands its meal over. */
export async function handOver(page: Page, stop: number, seen = '老人安好'): Promise<void> {
  await page.locator(`[data-stop="${stop}"]`).waitFor()
  await page.getByRole('button', { name: '送到了' }).tap()
  await sign(page)
  await page.getByRole('button', { name: seen }).tap()
}

export async function nobodyAt(page: Page, stop: number): Promise<void> {
  await page.locator(`[data-stop="${stop}"]`).waitFor()
  await page.getByRole('button', { name: '没有人' }).tap()
  await page.getByRole('button', { name: '是，没见到人' }).tap()
}
