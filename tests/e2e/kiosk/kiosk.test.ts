import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { DemoSenior } from '../../../province/demo-people.ts'
import type { LedgerRecord } from '../../../shared/record.ts'
import type { CashierView } from '../../../shared/terminal-api.ts'
import { type GunKey, gunKey } from '../../support/gun.ts'
import { buildPages } from '../../support/kiosk-browser.ts'
import { type KioskHouse, openKioskHouse, seniorPin, staffPin, subsidised } from '../../support/kiosk-house.ts'
import { readLedger } from '../../support/read-ledger.ts'
import { mintCode } from '../check-in/counter.ts'

const next = subsidised()
const withPin = [next(), next()]

let place: KioskHouse
let browser: Browser
let pages: Awaited<ReturnType<typeof buildPages>>
const closing: (() => unknown)[] = []

const isReady = (view: CashierView): view is Extract<CashierView, { state: 'ready' }> => view.state === 'ready'

beforeAll(async () => {
  pages = await buildPages()
  closing.push(pages.remove)
  place = await openKioskHouse(withPin, { rendererDir: pages.folder })
  closing.push(place.close)
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  })
  closing.push(() => browser.close())
})
afterAll(async () => {
  for (const close of closing.reverse()) await close()
})

async function sales(): Promise<Extract<LedgerRecord, { kind: 'sale' }>[]> {
  const { records } = await readLedger(place.house.dataDir)
  return records.filter((record): record is Extract<LedgerRecord, { kind: 'sale' }> => record.kind === 'sale')
}

async function comes({ id }: DemoSenior, by: 'card' | 'dynamic-code' = 'card'): Promise<void> {
  expect(await place.staff.client.simulate({ senior: id, present: by })).toEqual({ result: 'done' })
}

/** One size in the short suite; both in the long tests and when this file runs alone. */
const sizes = [
  { width: 1280, height: 800 },
  { width: 1024, height: 600 },
].slice(0, Number(process.env.AIXIN_RUNS ?? 2))

describe.each(sizes)('by touch alone at $width × $height', viewport => {
  let context: BrowserContext
  let page: Page

  beforeEach(async () => {
    context = await browser.newContext({ viewport, hasTouch: true })
    page = await context.newPage()
    await page.goto(place.house.host.launchUrl('kiosk.html'))
    await page.locator('[data-state="idle"]').waitFor()
  })
  afterEach(async () => {
    await context.close()
    await place.staff.client.dismiss()
    await place.staff.untilCashier(isReady)
  })

  const key = (name: string) => page.locator(`[data-key="${name}"]`)
  const digits = async (pin: string) => {
    for (const digit of pin) await page.locator('[data-pin-pad] button', { hasText: new RegExp(`^${digit}$`) }).tap()
  }

  test('a card and its PIN have the subsidised meal', async () => {
    const senior = withPin.pop()
    if (!senior) throw new Error('nobody has a PIN')
    await comes(senior)
    await key('pin').tap()
    await digits('111222')
    await page.getByText('密码没对上，请再输一次').waitFor()
    await digits(seniorPin)
    await page.locator('[data-own-pay="7.50"]').waitFor()
    await key('take').tap()
    await page.getByText('好了，请取餐').waitFor()
    expect((await sales()).at(-1)?.payload).toMatchObject({
      assurance: 'verified',
      ownPayFen: 750,
      claimPending: false,
    })
    await key('done').tap()
    await page.getByText('请选一种方式').waitFor()
  })

  test('a fresh code from a scanner that types has the subsidised meal with one touch', async () => {
    const text = await mintCode(place.house, next().id, 'dynamic')
    const keys: GunKey[] = [...text].map(gunKey)
    await page.evaluate(typed => {
      for (const { code, shift } of [...typed, { code: 'Enter', shift: false }])
        window.dispatchEvent(new KeyboardEvent('keydown', { code, shiftKey: shift, bubbles: true, cancelable: true }))
    }, keys)
    await page.locator('[data-own-pay="7.50"]').waitFor()
    await key('take').tap()
    await page.getByText('好了，请取餐').waitFor()
    expect((await sales()).at(-1)?.payload).toMatchObject({ assurance: 'possessed', ownPayFen: 750 })
  })

  test('a card alone pays the list price; taps that come twice record nothing twice', async () => {
    await comes(next())
    const before = (await sales()).length
    await key('list-price').waitFor()
    const where = await key('list-price').boundingBox()
    if (!where) throw new Error('no key')
    await page.waitForFunction(() => document.querySelector('button:disabled') === null)
    const tap = () => page.touchscreen.tap(where.x + where.width / 2, where.y + where.height / 2)
    await tap()
    await tap()
    await key('take').waitFor()
    expect(await sales()).toHaveLength(before)
    await key('take').tap()
    await page.getByText('好了，请取餐').waitFor()
    const after = await sales()
    expect(after).toHaveLength(before + 1)
    expect(after.at(-1)?.payload).toMatchObject({ claimPending: true, subsidies: [] })
    await page.getByText('查实后补给您').waitFor()
  })

  test('who wants to pay cash finds no such key, and help that the staff see and hear of', async () => {
    await page.getByText('这里不收现金').waitFor()
    const staffContext = await browser.newContext()
    try {
      const cashier = await staffContext.newPage()
      await cashier.goto(place.house.host.launchUrl('cashier.html'))
      await key('help').tap()
      await page.getByText('已经叫了，马上来').waitFor()
      await cashier.locator('[data-kiosk-strip="help"]').waitFor()
      await cashier.getByText('我去了').click()
      await cashier.locator('[data-kiosk-strip="kiosk"]').waitFor()
      await key('back').tap()
      await page.getByText('请选一种方式').waitFor()
      await page.getByText('已经叫了工作人员').waitFor({ state: 'detached' })
    } finally {
      await staffContext.close()
    }
  })

  test('a page that is loaded again in the middle shows the same price, and sells it once', async () => {
    await comes(next(), 'dynamic-code')
    await key('take').waitFor()
    await page.reload()
    await page.locator('[data-own-pay="7.50"]').waitFor()
    const before = (await sales()).length
    await key('take').tap()
    await page.getByText('好了，请取餐').waitFor()
    expect(await sales()).toHaveLength(before + 1)
  })

  test('staff leave by their PIN and no other, and the kiosk comes back', async () => {
    await key('staff').tap()
    await key(`staff-${place.operator.id}`).tap()
    await digits('111222')
    await page.getByText('密码对不上，请再输一次').waitFor()
    await digits(staffPin)
    await page.getByText('请下一位').first().waitFor()
    expect(page.url()).toContain('cashier.html')
    await page.getByText('回到自助取餐').tap()
    // The press and the core both bring the page back: the one that comes second ends the first, and waiting for a navigation would fail.
    await page.getByText('请选一种方式').waitFor()
    expect(page.url()).toContain('kiosk.html')
  })

  test("the cashier's page opens for nobody without a PIN", async () => {
    await page.goto(`${place.house.host.origin}/cashier.html?kiosk`)
    await page.getByText('请选一种方式').waitFor()
    expect(page.url()).toContain('kiosk.html')
  })

  test('English on one key is for one person', async () => {
    await key('language').tap()
    await page.getByText('choose a way').waitFor()
    await comes(next())
    await page.getByText('Enter PIN').waitFor()
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('en')
  })
})

describe('who goes away', () => {
  let context: BrowserContext
  let page: Page
  const seconds = () => page.locator('[data-key="more-time"]')

  beforeEach(async () => {
    context = await browser.newContext({ viewport: { width: 1280, height: 800 }, hasTouch: true })
    page = await context.newPage()
    await page.clock.install()
    await page.goto(place.house.host.launchUrl('kiosk.html'))
    await page.locator('[data-state="idle"]').waitFor()
    await comes(next())
    await page.locator('[data-state="choosing"]').waitFor()
  })
  afterEach(async () => {
    await context.close()
    await place.staff.client.dismiss()
    await place.staff.untilCashier(isReady)
  })

  test('has ten seconds in peace, then sees thirty count down, and any touch ends that', async () => {
    await page.clock.fastForward(9_000)
    expect(await seconds().count()).toBe(0)
    await page.clock.fastForward(2_000)
    await seconds().waitFor()
    expect(Number((await seconds().innerText()).match(/\d+/)?.[0])).toBeGreaterThanOrEqual(28)
    await page.clock.fastForward(20_000)
    await page.touchscreen.tap(300, 150)
    await seconds().waitFor({ state: 'detached' })
    await page.clock.fastForward(9_000)
    expect(await page.locator('[data-state="choosing"]').count()).toBe(1)
  })

  test('finds the start again once the time is out, in Chinese, with nothing recorded', async () => {
    const before = (await sales()).length
    await page.locator('[data-key="language"]').tap()
    await page.clock.fastForward(41_000)
    await page.getByText('请选一种方式').waitFor()
    await place.staff.untilCashier(isReady)
    expect(await sales()).toHaveLength(before)
  })

  test('leaves help called where they called it', async () => {
    await page.locator('[data-key="help"]').tap()
    await place.staff.untilTerminal(view => view.kiosk?.helpSince != null)
    await page.clock.fastForward(41_000)
    await page.getByText('已经叫了工作人员').waitFor()
    await place.staff.client.answerHelp()
  })
})
