import { afterAll, beforeAll, expect, test } from 'vitest'
import { businessDate } from '../../../shared/business-day.ts'
import { tightened } from '../../../shared/face/calibration.ts'
import { comparisonsNeeded, looksNeeded, reportOnCounts } from '../../../shared/face/measured.ts'
import { defaultThresholds } from '../../../shared/face/thresholds.ts'
import type { FaceReport } from '../../../shared/face-api.ts'
import { syntheticEngine } from '../../support/synthetic-faces.ts'
import { facePages } from './face-page.ts'
import { buildStage, type Scene, type Stage } from './stage.ts'

let stage: Stage
const pages = facePages(() => stage)

beforeAll(async () => {
  stage = await buildStage()
})
afterAll(async () => {
  await pages.close()
  await stage.close()
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

/** The screen of faces with this report on it. */
async function show(report: FaceReport): Promise<Scene> {
  const scene = await pages.show({ report })
  await scene.page.locator('[data-device="face"] button').click()
  await scene.page.keyboard.press('2')
  await scene.page.locator('[data-suggestion]').waitFor()
  return scene
}

test.each(['enough', 'few', 'none'] as const)('the report with %s is drawn in each size and language', async name => {
  const { page, sizeTo, blocked } = await show(reports[name])
  for (const language of ['zh', 'en']) {
    for (const size of [
      { width: 1280, height: 800 },
      { width: 1920, height: 1080 },
    ]) {
      await sizeTo(size)
      const spills = await page
        .locator('[data-calibration-report]')
        .evaluate(box => box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight)
      expect(spills).toBe(false)
    }
    await page.keyboard.press('KeyL')
    await page.locator(`html[lang="${language === 'zh' ? 'en' : 'zh-CN'}"]`).waitFor()
  }
  expect(blocked).toEqual([])
})

test('Esc goes back to the screen of faces, and from there to the till', async () => {
  const { page } = await show(reports.few)
  await page.keyboard.press('Escape')
  await page.locator('[data-card="calibration"]').waitFor()
  // Sooner it would be one press.
  await page.waitForTimeout(650)
  await page.keyboard.press('Escape')
  await page.getByText('请下一位').waitFor()
})

test('what is enough is taken over by the key, once', async () => {
  const { core, page } = await show(reports.enough)
  const adopt = page.getByRole('button', { name: /^采用/ })
  await adopt.click()
  await page.getByText('已采用').waitFor()
  const { engine, modelHash, adopt: calibration } = reports.enough
  expect(core.named('face.adoptCalibration').map(({ input }) => input)).toEqual([{ engine, modelHash, calibration }])
  expect(await adopt.isDisabled()).toBe(true)
})

test('what is too little is not taken over, and says so', async () => {
  const { page } = await show(reports.few)
  await page.getByText('还太少').waitFor()
  expect(await page.getByRole('button', { name: /^采用/ }).isDisabled()).toBe(true)
})
