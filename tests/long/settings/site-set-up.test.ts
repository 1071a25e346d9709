import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startBrowserHost } from '../../../electron/browser-host.ts'
import { buildPages, type KioskBrowser, openKioskBrowser } from '../../support/kiosk-browser.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'
import { handOver, logInTo, openTill, type Till } from '../../support/till.ts'

const pin = '840215'
const opened: (() => unknown)[] = []
let province: ProvinceHouse
let browser: KioskBrowser
let page: Page
let till: Till
const stick = mkdtempSync(join(tmpdir(), 'aixin-stick-'))
const dataDir = mkdtempSync(join(tmpdir(), 'aixin-terminal-'))

beforeAll(async () => {
  const pages = await buildPages()
  province = await openProvinceHouse({ lunchAllDay: true })
  const host = await startBrowserHost({
    config: {
      dataDir,
      devices: [{ id: 'simulated-reader', driver: 'card-reader-simulated' }],
      simulator: { address: province.province.address },
      usbFolders: [stick],
      syncSeconds: 0.5,
    },
    rendererDir: pages.folder,
    log: () => undefined,
  })
  till = await openTill(host.origin, await logInTo(host.url))
  browser = await openKioskBrowser(host)
  page = browser.cashier.page
  opened.push(
    pages.remove,
    () => province.close(),
    () => host.stop(),
    () => till.close(),
    () => browser.close(),
  )
})
afterAll(async () => {
  for (const end of opened.reverse()) await end()
  for (const folder of [stick, dataDir]) rmSync(folder, { recursive: true, force: true })
})

/** Presses keys at the pace of a finger. */
async function press(...keys: string[]): Promise<void> {
  for (const key of keys) {
    await page.keyboard.press(key)
    await page.waitForTimeout(70)
  }
}
const stands = (what: string) => page.locator(what).first().waitFor()

/** Presses the digit that stands on a device’s card; the tenth has 0. */
async function tryOut(test: string): Promise<void> {
  const shown = await page
    .locator('[data-test]')
    .evaluateAll(cards => cards.map(card => card.getAttribute('data-test')))
  await press(`Digit${(shown.indexOf(test) + 1) % 10}`)
}

async function sellToGuest(): Promise<number> {
  await press('F2')
  await stands('[data-own-pay]')
  const view = till.cashier()
  await press('Enter')
  await page.getByText('已入账').first().waitFor()
  await page.getByText('请下一位').first().waitFor()
  return view.state === 'priced' ? view.listFen : 0
}

test('from nothing to the first sale, with the code on a stick', async () => {
  await stands('[data-screen="setup"]')
  await press('KeyU')
  await stands('[data-answer="ENROLMENT_NO_FILE"]')
  const code = await province.code()
  writeFileSync(
    join(stick, 'aixin-enrolment.json'),
    `${JSON.stringify({ ...code, secret: 'A'.repeat(22) }, null, 2)}\n`,
  )
  await press('KeyU')
  await stands('[data-site]')
  await press('Enter')
  await stands('[data-answer="ENROLMENT_REFUSED"]')
  await press('Escape')

  writeFileSync(join(stick, 'aixin-enrolment.json'), `${JSON.stringify(code, null, 2)}\n`)
  await press('KeyU')
  await page.locator('[data-site]', { hasText: '槐树里长者食堂' }).waitFor()
  await press('Enter')
  await stands('[data-screen="setup-devices"]')
  await till.untilTerminal(({ menu, roster }) => menu.length > 0 && roster.members > 0 && !roster.stale)
  for (const test of ['customer-screen', 'network', 'storage', 'key']) await tryOut(test)
  await stands('[data-test="customer-screen"][data-health="good"]')
  await stands('[data-test="network"][data-health="good"]')
  await stands('[data-fix="key"]')
  await tryOut('camera')
  await stands('[data-fix="camera"]')

  await press('Enter')
  await stands('[data-middle="shift"]')
  await press('Enter')
  await stands('[data-pin-pad="set-own"]')
  for (let time = 0; time < 2; time += 1) {
    await page.keyboard.type(pin, { delay: 60 })
    await page.waitForTimeout(400)
  }
  await page.locator('[data-pin-pad]').waitFor({ state: 'detached' })
  await page.getByText('请下一位').first().waitFor()
  expect(till.terminal().operator?.name).toBe('孙敏')
  expect(await sellToGuest()).toBe(1500)
  const [{ terminal } = {}] = await vi.waitFor(async () => {
    const rows = await province.rows(
      "select terminal_id as terminal from ledger where kind = 'sale' and verdict = 'accepted'",
    )
    expect(rows).toHaveLength(1)
    return rows
  }, 60_000)
  expect(terminal).toBe(code.terminal)
})

test('a lead changes a price, both screens show it, and the next meal is sold at it', async () => {
  await press('F10', 'Digit6')
  await stands('[data-pin-pad="lead"]')
  await page.keyboard.type('111112', { delay: 60 })
  await page.getByText('密码对不上').first().waitFor()
  await page.keyboard.type(pin, { delay: 60 })
  await stands('[data-screen="settings"]')
  await press('Digit1', 'Digit1')
  await page.locator('[data-field="price"]').fill('17.5')
  await page.locator('[data-before-after]', { hasText: '17.50' }).waitFor()
  await page.locator('[data-field="price"]').press('Enter')
  await stands('[data-kept="true"]')
  await browser.customer.page.getByText('17.5').first().waitFor()
  await press('Escape', 'Escape', 'Escape')
  await page.locator('main', { hasText: '17.50' }).first().waitFor()
  expect(await sellToGuest()).toBe(1750)
  await vi.waitFor(
    async () =>
      expect(await province.rows("select verdict, code from ledger where kind in ('sale', 'setting-change')")).toEqual(
        Array.from({ length: 3 }, () => ({ verdict: 'accepted', code: null })),
      ),
    60_000,
  )
})

test('a new operator opens a shift, and sets a PIN of their own', async () => {
  await press('F10', 'Digit6')
  await stands('[data-pin-pad="lead"]')
  await page.keyboard.type(pin, { delay: 60 })
  await stands('[data-screen="settings"]')
  await press('Digit2', 'KeyN')
  await page.locator('[data-field="staff-name"]').fill('何平')
  await page.locator('[data-field="staff-name"]').press('Enter')
  await stands('[data-answer="OPERATOR_SAME_NAME"]')
  await page.locator('[data-field="staff-name"]').fill('周兰')
  await page.waitForTimeout(650)
  await page.locator('[data-field="staff-name"]').press('Enter')
  await stands('[data-kept="true"]')
  await press('Escape', 'Escape', 'Escape')
  const added = till.terminal().operators.find(({ name }) => name === '周兰')
  if (!added) throw new Error('nobody was added')
  await handOver(till)
  expect(await till.client.openShift({ operator: added.id, date: till.terminal().businessDate })).toEqual({
    result: 'done',
  })
  await till.untilTerminal(({ operator }) => operator?.id === added.id)
  expect(await till.client.afterwards.setPin({ pin: '937402' })).toEqual({ result: 'done' })
  expect(await till.client.settings.unlock({ operator: added.id, pin: '937402' })).toMatchObject({
    notice: { code: 'LEAD_ONLY' },
  })
})

test('the customer screen speaks and looks as it was set', async () => {
  const customer = browser.customer.page
  await till.client.settings.unlock({ operator: till.terminal().operators[0]?.id ?? fail(), pin })
  await till.client.settings.change({ what: 'customer-language', language: 'en' })
  await customer.locator('html[lang="en"]').waitFor()
  await till.client.settings.change({ what: 'contrast', contrast: 'high' })
  await customer.locator('html[data-contrast="high"]').waitFor()
  await page.locator('html[data-contrast="high"]').waitFor()
})

function fail(): never {
  throw new Error('the site has no operator')
}
