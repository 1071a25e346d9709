import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { type Browser, chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { businessDate } from '../../../shared/business-day.ts'
import { tightened } from '../../../shared/face/calibration.ts'
import { comparisonsNeeded, looksNeeded, reportOnCounts } from '../../../shared/face/measured.ts'
import { defaultThresholds } from '../../../shared/face/thresholds.ts'
import type { FaceReport } from '../../../shared/face-api.ts'
import { type PaperCore, startPaperCore } from '../../support/paper-core.ts'
import { syntheticEngine } from '../../support/synthetic-faces.ts'
import { customerView, terminalView } from './fixtures.ts'

const pictures = fileURLToPath(new URL('../../../out/screens', import.meta.url))
const root = fileURLToPath(new URL('./calibration', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'calibration-'))
const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
let browser: Browser
let core: PaperCore
let page: Page
const blocked: string[] = []

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true })
  const before = process.env.NODE_ENV
  process.env.NODE_ENV = 'production'
  await build({
    configFile: false,
    root,
    base: './',
    logLevel: 'error',
    plugins: [react()],
    build: {
      outDir: folder,
      emptyOutDir: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      target: 'chrome130',
      rolldownOptions: { input: join(root, 'calibration.html') },
    },
    worker: { format: 'es' },
  })
  process.env.NODE_ENV = before
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: sandbox })
})
afterAll(async () => {
  await browser.close()
  rmSync(folder, { recursive: true })
})
afterEach(async () => {
  await page.close()
  await core.close()
})

/** SYNTHETIC counts: a hill of distances around a middle, in bins. */
function hill(count: number, middle: number, spread: number): Map<number, number> {
  const bins = new Map<number, number>()
  for (let bin = Math.max(0, middle - 3 * spread); bin <= middle + 3 * spread; bin += 1) {
    const part = Math.round((count / (spread * 2.507)) * Math.exp(-(((bin - middle) / spread) ** 2) / 2))
    if (part > 0) bins.set(bin, part)
  }
  return bins
}

function reportOf(genuine: Map<number, number>, impostor: Map<number, number>): FaceReport {
  const report = reportOnCounts({ genuine, impostor }, defaultThresholds, 60)
  const suggested = report.measured?.suggested
  const listed = (bins: Map<number, number>) => [...bins].map(([bin, count]) => ({ bin, count }))
  const adopt =
    report.enough && suggested
      ? {
          on: businessDate.parse('2026-11-20'),
          pairs: report.comparisons,
          far: suggested.falseAcceptance.atMost,
          thresholds: tightened(defaultThresholds, suggested.distance),
        }
      : null
  const bins = { genuine: listed(genuine), impostor: listed(impostor) }
  return { ...syntheticEngine, ...report, looksNeeded, comparisonsNeeded, ...bins, adopt }
}

const reports = {
  enough: reportOf(hill(180, 29, 6), hill(260_000, 82, 8)),
  few: reportOf(hill(12, 30, 3), hill(900, 80, 9)),
  none: reportOf(new Map(), new Map()),
} as const

async function show(report: FaceReport | null, language: 'zh' | 'en', size = { width: 1280, height: 800 }) {
  core = await startPaperCore({ folder, terminal: terminalView(), customer: customerView() })
  core.faceReport = report
  page = await browser.newPage({ viewport: size })
  blocked.length = 0
  page.on('console', message => message.text().includes('Content Security Policy') && blocked.push(message.text()))
  page.on('pageerror', error => blocked.push(String(error)))
  await page.goto(`${core.origin}/calibration.html?lang=${language}&camera=off`)
  await page.waitForSelector('[data-calibration-report]')
}

const adoptKey = (name: RegExp) => page.getByRole('button', { name })

for (const language of ['zh', 'en'] as const)
  test.each(['enough', 'few', 'none'] as const)(
    `the report with %s is drawn in each size in ${language}`,
    async name => {
      await show(reports[name], language)
      await page.locator('[data-suggestion]').waitFor()
      for (const size of [
        { width: 1280, height: 800 },
        { width: 1920, height: 1080 },
      ]) {
        await page.setViewportSize(size)
        await page.evaluate(() => document.fonts.ready)
        await page.waitForTimeout(200)
        await page.screenshot({ path: join(pictures, `calibration-${name}-${language}-${size.width}.png`) })
        const spills = await page
          .locator('[data-calibration-report]')
          .evaluate(box => box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight)
        expect(spills).toBe(false)
      }
      expect(blocked).toEqual([])
    },
  )

test('what is enough is taken over by the key, once', async () => {
  await show(reports.enough, 'zh')
  await adoptKey(/^采用/).click()
  await page.getByText('已采用').waitFor()
  const { engine, modelHash, adopt } = reports.enough
  expect(core.named('face.adoptCalibration').map(({ input }) => input)).toEqual([
    { engine, modelHash, calibration: adopt },
  ])
  expect(await adoptKey(/^采用/).isDisabled()).toBe(true)
})

test('what is too little is not taken over, and says so', async () => {
  await show(reports.few, 'zh')
  await page.getByText('还太少').waitFor()
  expect(await adoptKey(/^采用/).isDisabled()).toBe(true)
})
