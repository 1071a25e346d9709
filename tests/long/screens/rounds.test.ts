import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readPhonePage } from '../../../province/phone-pages.ts'
import { Refusal } from '../../../province/refusals.ts'
import type { PhoneRound } from '../../../shared/round/round.ts'
import { terminalView } from '../../e2e/screens/fixtures.ts'
import { roundOnPhone, roundStates } from '../../e2e/screens/round-states.ts'
import { buildStage, type Stage } from '../../e2e/screens/stage.ts'
import { axeFindings } from '../../support/axe.ts'
import { root } from '../../support/source-files.ts'
import { buildRoundPage, sign } from '../rounds/phone.ts'

const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
]

describe('rounds at the till', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await buildStage()
  })
  afterAll(() => stage.close())

  for (const state of roundStates) {
    test(`${state.name} is drawn in each size, and sound`, async () => {
      const scene = await stage.open({ terminal: terminalView(), search: state.search ?? '?camera=off' })
      scene.core.rounds.set(state.view)
      // Codes that are shown open the screen by themselves.
      const opening = state.view.scan === null ? ['F10', '7'] : []
      for (const key of [...opening, ...(state.keys ?? [])]) {
        await scene.page.waitForTimeout(400)
        await scene.page.keyboard.press(key)
      }
      if (state.stop !== undefined) await scene.page.locator(`[data-stop="${state.stop}"]`).click()
      for (const size of sizes) {
        await scene.page.setViewportSize(size)
        await scene.page.getByText(state.shows).first().waitFor()
        await scene.picture(state.name)
      }
      expect(await axeFindings(scene.page)).toEqual([])
      expect(scene.blocked).toEqual([])
      expect(scene.outside).toEqual([])
      await scene.close()
    })
  }

  test('nothing of a paper is entered before the day of its round', async () => {
    const tomorrow = roundStates.find(({ name }) => name === 'rounds-tomorrow')
    if (tomorrow === undefined) throw new Error('no such state')
    const scene = await stage.open({ terminal: terminalView(), search: '?camera=off' })
    scene.core.rounds.set(tomorrow.view)
    for (const key of ['F10', '7', 'ArrowDown', '1']) {
      await scene.page.waitForTimeout(400)
      await scene.page.keyboard.press(key)
    }
    await scene.page.getByText(tomorrow.shows).waitFor()
    expect(await scene.page.getByText('送到，安好').count()).toBe(0)
    expect(scene.core.named('round.enter')).toEqual([])
    await scene.close()
  })
})

describe("the courier's page", () => {
  let browser: Browser
  let built: Awaited<ReturnType<typeof buildRoundPage>>
  const pictures = join(root, 'out/screens')
  const origin = 'https://rounds.example'
  const day = (ago: number) => new Date(Date.now() + 4 * 3_600_000 - ago * 86_400_000).toISOString().slice(0, 10)

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true })
    built = await buildRoundPage()
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
    browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      args: [...sandbox, '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
    })
  })
  afterAll(async () => {
    await browser.close()
    built.remove()
  })

  /** The page with this round on it, of which these stops were cancelled; null: the province says no. */
  async function open(
    size: { width: number; height: number },
    round: PhoneRound | null,
    { locale = 'zh-CN', cancelled = [] }: { locale?: string; cancelled?: readonly number[] } = {},
  ) {
    const context = await browser.newContext({ viewport: size, locale, hasTouch: true, serviceWorkers: 'block' })
    const page = await context.newPage()
    await page.route(`${origin}/**`, async route => {
      const { pathname } = new URL(route.request().url())
      if (pathname === '/round/open' && round === null)
        return await route.fulfill({ status: opened.status, json: opened.body })
      if (pathname === '/round/open') return await route.fulfill({ json: round })
      if (pathname === '/round/news') return await route.fulfill({ json: { cancelled } })
      if (route.request().method() === 'POST') return await route.abort()
      const file = await readPhonePage(built.folder, pathname.slice('/round'.length))
      await route.fulfill({ status: file.status, contentType: file.type, body: file.body })
    })
    await page.goto(`${origin}/round/#paper-1/5e0d3c9a71b2f846/${'A'.repeat(22)}`)
    return page
  }

  const opened = new Refusal('ROUND_OPENED')
  const third = roundOnPhone(day(0), { courier: { name: '外卖', kind: 'third-party' } })
  const walks: {
    name: string
    round: PhoneRound | null
    walk(page: Page): Promise<unknown>
    locale?: string
    cancelled?: readonly number[]
  }[] = [
    { name: 'stop', round: roundOnPhone(day(0)), walk: page => page.getByText('另加 套餐 B ×2、送餐费 ×1').waitFor() },
    {
      name: 'stop-english',
      round: roundOnPhone(day(0)),
      walk: page => page.getByText('Also Set B ×2, Delivery ×1').waitFor(),
      locale: 'en-GB',
    },
    {
      name: 'sign',
      round: roundOnPhone(day(0)),
      async walk(page) {
        await page.getByRole('button', { name: '送到了' }).tap()
        await sign(page)
        await page.getByText('老人怎么样').waitFor()
      },
    },
    {
      name: 'card',
      round: roundOnPhone(day(0)),
      async walk(page) {
        await page.getByRole('button', { name: '送到了' }).tap()
        await page.getByRole('tab', { name: '刷卡' }).tap()
      },
    },
    {
      name: 'hand-code',
      round: third,
      async walk(page) {
        await page.getByRole('button', { name: '送到了' }).tap()
        for (const digit of '4071') await page.getByRole('button', { name: digit, exact: true }).tap()
      },
    },
    {
      name: 'no-hand-code',
      round: third,
      async walk(page) {
        await page.getByRole('button', { name: '送到了' }).tap()
        await page.getByRole('button', { name: '没有交接码' }).tap()
        await page.getByText('补贴等平台核对').waitFor()
      },
    },
    {
      name: 'no-hand-code-english',
      ...{ round: third, locale: 'en-GB' },
      async walk(page) {
        await page.getByRole('button', { name: 'Handed over' }).tap()
        await page.getByRole('button', { name: 'No code' }).tap()
        await page.getByText('the province checks the subsidy').waitFor()
      },
    },
    {
      name: 'cancelled',
      ...{ round: roundOnPhone(day(0)), cancelled: [1, 3] },
      walk: page => page.getByText('不用送，餐带回站里').waitFor(),
    },
    {
      name: 'cancelled-english',
      ...{ round: roundOnPhone(day(0)), cancelled: [1, 3], locale: 'en-GB' },
      walk: page => page.getByText('Bring nothing').waitFor(),
    },
    {
      name: 'all-cancelled',
      ...{ round: roundOnPhone(day(0)), cancelled: [1, 3] },
      async walk(page) {
        await page.getByRole('button', { name: '全部' }).tap()
        await page.getByText('已取消').first().waitFor()
      },
    },
    {
      name: 'nobody',
      round: roundOnPhone(day(0)),
      walk: page => page.getByRole('button', { name: '没有人' }).tap(),
    },
    {
      name: 'noted',
      round: roundOnPhone(day(0)),
      async walk(page) {
        await page.getByRole('button', { name: '送到了' }).tap()
        await sign(page)
        await page.getByRole('button', { name: '老人安好' }).tap()
        await page.getByText('第 1 户记好了').waitFor()
      },
    },
    {
      name: 'codes',
      round: roundOnPhone(day(0)),
      async walk(page) {
        await page.getByRole('button', { name: '没有人' }).tap()
        await page.getByRole('button', { name: '是，没见到人' }).tap()
        await page.getByRole('button', { name: '到站里用二维码交' }).tap()
        await page.locator('[data-code]').waitFor()
      },
    },
    { name: 'all', round: roundOnPhone(day(0)), walk: page => page.getByRole('button', { name: '全部' }).tap() },
    { name: 'yesterday', round: roundOnPhone(day(1)), walk: page => page.getByText('不是今天的').waitFor() },
    { name: 'opened-elsewhere', round: null, walk: page => page.getByText('另一部手机').waitFor() },
  ]

  for (const { name, round, walk, ...about } of walks) {
    test.each([
      [390, 844],
      [360, 640],
    ])(`${name} is drawn at %dx%d, with nothing cut off, and sound`, async (width, height) => {
      const page = await open({ width, height }, round, about)
      await walk(page)
      await page.screenshot({ path: join(pictures, `round-${name}-${width}x${height}.png`) })
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(wide).toBeLessThanOrEqual(0)
      expect(await axeFindings(page)).toEqual([])
      await page.context().close()
    })
  }

  test('somebody of another firm notes a meal without the code, or with it, and never with neither', async () => {
    const page = await open({ width: 390, height: 844 }, third)
    const well = page.getByRole('button', { name: '老人安好' })
    await page.getByRole('button', { name: '送到了' }).tap()
    expect(await well.isDisabled()).toBe(true)
    await page.getByRole('button', { name: '没有交接码' }).tap()
    expect(await well.isDisabled()).toBe(false)
    await page.getByRole('button', { name: '4', exact: true }).tap()
    expect(await well.isDisabled()).toBe(true)
    await page.getByRole('button', { name: '没有交接码' }).tap()
    await well.tap()
    await page.getByText('第 1 户记好了').waitFor()
    await page.context().close()
  })

  test('a round of another day says so, and takes nothing new', async () => {
    const page = await open({ width: 390, height: 844 }, roundOnPhone(day(1)))
    await page.getByText('不是今天的').waitFor()
    expect(await page.getByRole('button', { name: '送到了' }).count()).toBe(0)
    await page.context().close()
  })
})
