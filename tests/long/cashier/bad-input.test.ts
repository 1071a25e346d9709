import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { DemoSenior } from '../../../province/demo-people.ts'
import type { PricedView } from '../../../shared/terminal-api.ts'
import { clean, handsOn, presentCard } from '../../e2e/cashier/hands.ts'
import {
  type Counter,
  members,
  openCounter,
  ownPayOf,
  salesAtTerminal,
  untilPrice,
  untilSeen,
} from '../../e2e/check-in/counter.ts'

/** What staff, machines and chance do wrong at a till: it says so in plain words, there is a way on, nothing is lost and nothing doubled. */

let counter: Counter
let page: Page
/** Sales until now. */
let sold = 0
const nextMember = members()

beforeAll(async () => {
  counter = await openCounter({ touch: true })
  page = counter.cashier.page
})
afterAll(() => counter?.close())
beforeEach(() => clean(counter))

const keys = () => handsOn(page, 'keyboard')
const pad = (name: string) => page.locator(`[data-amount-pad="${name}"]`)
const padSays = (name: string) => pad(name).locator('[role="status"]')
const noSale = async () => expect(await salesAtTerminal(counter)).toHaveLength(sold)

async function price(): Promise<DemoSenior> {
  const senior = nextMember()
  await presentCard(counter, senior)
  await untilPrice(page, ownPayOf(senior))
  return senior
}

/** One more sale than before, and it is of this amount. */
async function oneSale(ownPay: string, since: number): Promise<void> {
  await untilSeen(counter.cashier, `${ownPay}`, since)
  sold += 1
  await expect.poll(async () => (await salesAtTerminal(counter)).length).toBe(sold)
  // Whatever else would record it again has had its time.
  await page.waitForTimeout(400)
  await noSale()
}

/** The word of the core on the last key, in both languages of the screen. */
async function answerIs(code: string, zh: RegExp, en: RegExp): Promise<void> {
  const answer = page.locator(`[data-answer="${code}"]`)
  await answer.waitFor()
  expect(await answer.textContent()).toMatch(zh)
  await keys().press('L', '')
  await expect.poll(() => answer.textContent(), { timeout: 10_000 }).toMatch(en)
  await keys().press('L', '')
}

test('a double tap on the entry records once', async () => {
  const senior = await price()
  const since = (await counter.cashier.history()).length
  await page.locator('[data-entry]').dblclick()
  await oneSale(ownPayOf(senior), since)
})

test('a double tap on guest is one guest, and one on undo undoes once', async () => {
  const since = (await counter.cashier.history()).length
  await page.getByRole('button', { name: /^访客/ }).dblclick()
  await untilPrice(page, '15.00')
  await keys().press('W', '')
  await page.getByText('收现金 15.00 元').waitFor()
  await keys().press('回车', '')
  await oneSale('已入账¥15.00', since)
  await page.getByRole('button', { name: /^撤销 ?F9/ }).dblclick()
  await counter.till.untilTerminal(({ lastSales }) => lastSales[0]?.voided === true)
  await page.waitForTimeout(1000)
  await noSale()
  expect(counter.till.terminal().lastSales[0]?.voided).toBe(true)
})

test('a key that is held down acts once', async () => {
  const senior = await price()
  await keys().press('W', '')
  await page.getByText(`收现金 ${ownPayOf(senior)} 元`).waitFor()
  const since = (await counter.cashier.history()).length
  for (let time = 0; time < 12; time += 1) {
    await page.keyboard.down('Enter')
    await page.waitForTimeout(40)
  }
  await page.keyboard.up('Enter')
  await oneSale(`已入账¥${ownPayOf(senior)}`, since)
})

describe.each([
  ['zh', /大于 0、小于实付/, /扫码枪打的字/],
  ['en', /More than 0, less than the whole/, /A scanner typed that/],
] as const)('an amount in %s', (language, bounds, scanned) => {
  test('of 0, of 10 million and of a scanner gun is none: the pad says why, and the sale goes on', async () => {
    if (language === 'en') await keys().press('L', '')
    const senior = await price()
    await keys().press('F', '')
    await pad('part').waitFor()
    for (const amount of ['0', '10000000']) {
      await keys().type(amount)
      await keys().press('回车', '')
      await expect.poll(() => padSays('part').textContent()).toMatch(bounds)
      expect(await pad('part').locator('input').inputValue()).toBe('')
    }
    // The Enter of the gun is no second half of the one before.
    await page.waitForTimeout(650)
    await page.evaluate(() => {
      const field = document.querySelector<HTMLInputElement>('[data-amount-input]')
      for (const sign of '5.00') document.execCommand('insertText', false, sign)
      field?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', bubbles: true }))
    })
    await expect.poll(() => padSays('part').textContent()).toMatch(scanned)
    await keys().press('Esc', '')
    await pad('part').waitFor({ state: 'detached' })
    await untilPrice(page, ownPayOf(senior))
    await noSale()
    const since = (await counter.cashier.history()).length
    await keys().press('回车', '')
    await oneSale(ownPayOf(senior), since)
    if (language === 'en') await keys().press('L', '')
  })
})

test('a dish without a price cannot be the meal, and asks for its amount beside one', async () => {
  await keys().press('7', '')
  await page.waitForTimeout(200)
  expect(counter.till.terminal().chosenSet).toBe('A')
  const senior = await price()
  await keys().press('7', '')
  await pad('extra').waitFor()
  await keys().press('回车', '')
  await expect.poll(() => padSays('extra').textContent()).toContain('0.50 到 50.00 元')
  await keys().press('Esc', '')
  await untilPrice(page, ownPayOf(senior))
  await noSale()
})

test('a set that is sold out between price and confirm is not sold: words say so, and another one is', async () => {
  await keys().press('3', '')
  await counter.till.untilTerminal(({ chosenSet }) => chosenSet === 'C')
  await keys().press('F2', '')
  await untilPrice(page, '12.00')
  expect(await counter.till.client.settings.sellOut({ set: 'C', soldOut: true })).toEqual({ result: 'done' })
  await keys().press('回车', '')
  await answerIs('SOLD_OUT', /售完/, /sold out/i)
  await noSale()
  await keys().press('1', '')
  await untilPrice(page, '15.00')
  const since = (await counter.cashier.history()).length
  await keys().press('回车', '')
  await oneSale('已入账¥15.00', since)
  await counter.till.client.settings.sellOut({ set: 'C', soldOut: false })
})

test('a phone payment that nobody hears of waits without a limit, and cash takes its place once', async () => {
  const senior = await price()
  await keys().press('E', '')
  await page.getByText('没输也可入账，记为待确认').waitFor()
  // Longer than any bar.
  await page.waitForTimeout(2500)
  await noSale()
  await counter.customer.page.getByText('请看价格').waitFor()
  await keys().press('W', '')
  await page.getByText(`收现金 ${ownPayOf(senior)} 元`).waitFor()
  const since = (await counter.cashier.history()).length
  await keys().press('回车', '')
  await oneSale(`已入账¥${ownPayOf(senior)}`, since)
  expect((await salesAtTerminal(counter)).at(-1)?.payload.tenders).toMatchObject([{ kind: 'cash', status: 'settled' }])
})

test('a page that is loaded again in the middle of a split payment shows it as it was, held, and records it once', async () => {
  const senior = await price()
  await keys().press('F', '')
  await pad('part').waitFor()
  await keys().type('5')
  await keys().press('回车', '')
  await page.locator('[data-part="cash"]').waitFor()
  await page.reload()
  await page.locator('[data-part="cash"]', { hasText: '5.00' }).waitFor()
  await untilPrice(page, ownPayOf(senior))
  await page.waitForTimeout(2000)
  await noSale()
  await page.keyboard.press('Enter')
  await oneSale(`已入账¥${ownPayOf(senior)}`, 0)
  expect((await salesAtTerminal(counter)).at(-1)?.payload.tenders[0]).toMatchObject({ kind: 'cash', fen: 500 })
})

test('without the second display sales go on, staff read what to do, and it is quiet once it is back', async () => {
  const { customer } = counter
  const address = customer.page.url()
  const senior = await price()
  await customer.page.goto('about:blank')
  await keys().press('W', '')
  await page.getByText(`收现金 ${ownPayOf(senior)} 元`).waitFor()
  await keys().press('回车', '')
  await page.getByText('已入账').first().waitFor()
  sold += 1
  await noSale()
  const notice = page.locator('[data-notice="PUBLIC_SCREEN_GONE"]')
  await notice.waitFor()
  expect(await notice.textContent()).toMatch(/顾客屏没有连上，入账照常.*念给老人听/)
  await keys().press('L', '')
  await expect.poll(() => notice.textContent()).toMatch(/customer screen is not connected.*read the amount out/)
  await keys().press('L', '')
  await customer.page.goto(address)
  await notice.waitFor({ state: 'detached' })
})

test('a wrong PIN says so, one guessed often rests, and staff who compare the person go on', async () => {
  const senior = nextMember()
  const { client } = counter.till
  await client.openDesk()
  await client.chooseSenior({ senior: senior.id })
  await client.setPin({ pin: '482915' })
  await client.dismiss()
  await counter.house.province.rows(
    `update site set body = (body::jsonb || '{"assurance":{"subsidised":"presented","verifiedAboveFen":100}}')::text,
        change = nextval('feed_change') where site_id = 'demo-canteen'`,
  )
  await client.syncNow()
  await expect
    .poll(
      async () => {
        await client.dismiss()
        await presentCard(counter, senior)
        const view = await counter.till.untilCashier(
          (now): now is Extract<typeof now, { state: 'priced' }> => now.state === 'priced',
        )
        return view.needs?.ways
      },
      { timeout: 20_000 },
    )
    .toEqual(['staff', 'pin'])
  await keys().press('P', '')
  const pinPad = page.locator('[data-pin-pad="enter"]')
  await pinPad.waitFor()
  for (let time = 1; time <= 5; time += 1) {
    await page.keyboard.type('700001', { delay: 60 })
    if (time === 5) break
    // The word of the try before stands until the answer: an empty pad that waits for nothing takes the next.
    await pinPad.getByText('○'.repeat(6)).waitFor()
    await page.locator('[data-pin-pad="enter"][aria-busy="false"]').waitFor()
    await pinPad.getByText('密码对不上').first().waitFor()
    await page.waitForTimeout(300)
  }
  await answerIs('PIN_LOCKED', /密码先停用了，请核对本人/, /The PIN rests now: please compare the person/)
  await noSale()
  await keys().press('V', '')
  await page.locator('[data-entry="held"]').waitFor()
  await keys().press('回车', '')
  await page.getByText('已入账').first().waitFor()
  sold += 1
  await noSale()
})

test('a page that crashes in the middle of a sale finds the same price when it is opened again, and records it once', async () => {
  await keys().press('F2', '')
  await untilPrice(page, '15.00')
  await keys().press('Space', '')
  const held = await counter.till.untilCashier(
    (view): view is PricedView => view.state === 'priced' && view.entry.held && view.tender === 'cash',
  )
  const address = page.url()
  const crashed = page.waitForEvent('crash')
  void page.goto('chrome://crash').catch(() => undefined)
  await crashed
  const anew = await page.context().newPage()
  await page.close()
  await anew.goto(address)
  page = anew
  await untilPrice(page, '15.00')
  await page.locator('[data-entry]', { hasText: '收现金 15.00 元' }).waitFor()
  expect(counter.till.cashier()).toEqual(held)
  await noSale()
  await page.keyboard.press('Enter')
  await page.getByText('已入账').first().waitFor()
  sold += 1
  await noSale()
})
