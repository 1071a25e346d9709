import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { DemoSenior } from '../../../province/demo-people.ts'
import { fen, formatYuan } from '../../../shared/money.ts'
import {
  type Counter,
  members,
  openCounter,
  ownPayOf,
  salesAtProvince,
  untilAllSent,
  untilPrice,
  untilSeen,
} from '../check-in/counter.ts'
import { bothHands, clean, handsOn, presentCard } from './hands.ts'

let counter: Counter
const nextMember = members()

beforeAll(async () => {
  counter = await openCounter({ touch: true })
})
afterAll(() => counter?.close())
beforeEach(() => clean(counter))

/** The default set and so much beside it, less a tenth, less the subsidies of one visit. */
const withBeside = (senior: DemoSenior, besideFen: number) =>
  formatYuan(fen((1500 + besideFen) * 0.9 - senior.expected.fen))

for (const name of bothHands) {
  test(`soup and a dish by its amount are added by ${name}, priced as one visit, and the province knows every price`, async () => {
    const { page } = counter.cashier
    const hands = handsOn(page, name)
    const senior = nextMember()
    await presentCard(counter, senior)
    await untilPrice(page, ownPayOf(senior))
    await hands.press('+', /^加\s*\+$/)
    await hands.press('9', /^汤品\s*莲藕/)
    await untilPrice(page, withBeside(senior, 300))
    await hands.press('7', /^加菜/)
    const pad = page.locator('[data-amount-pad]')
    await pad.waitFor()
    await hands.press('6', /^6$/)
    await hands.press('回车', '加上')
    await pad.waitFor({ state: 'detached' })
    await untilPrice(page, withBeside(senior, 900))
    await hands.press('回车', /已停住/)
    await untilSeen(counter.cashier, `已入账¥${withBeside(senior, 900)}`)
    await untilAllSent(counter)
    const [sale] = await salesAtProvince(counter, senior.id)
    expect(sale?.code).toBeNull()
    expect(sale?.record.payload).toMatchObject({
      listFen: 2400,
      items: [
        { set: 'A', quantity: 1, fen: 1500 },
        { set: 'soup', quantity: 1, fen: 300 },
        { set: 'extra', quantity: 1, fen: 600 },
      ],
    })
  })

  test(`what was added by ${name} is taken off again`, async () => {
    const { page } = counter.cashier
    const hands = handsOn(page, name)
    const senior = nextMember()
    await presentCard(counter, senior)
    await untilPrice(page, ownPayOf(senior))
    for (let time = 0; time < 2; time++) {
      await hands.press('+', /^加\s*\+$/)
      await hands.press('9', /^汤品\s*莲藕/)
      await page.locator('[data-beside="0"]').waitFor()
    }
    await untilPrice(page, withBeside(senior, 600))
    await hands.press('NumpadSubtract', /^汤品( ×\d)? \d/)
    await untilPrice(page, withBeside(senior, 300))
    await hands.press('NumpadSubtract', /^汤品( ×\d)? \d/)
    await untilPrice(page, ownPayOf(senior))
  })
}

test('nothing, too much and what a scanner types are no amounts', async () => {
  const { page } = counter.cashier
  const hands = handsOn(page, 'keyboard')
  const senior = nextMember()
  await presentCard(counter, senior)
  await untilPrice(page, ownPayOf(senior))
  await hands.press('7', '')
  const pad = page.locator('[data-amount-pad]')
  await pad.waitFor()
  for (const amount of ['0', '999']) {
    await page.keyboard.type(amount, { delay: 80 })
    await hands.press('回车', '')
    await expect.poll(() => pad.locator('[role="status"]').textContent()).toContain('0.50 到 50.00 元')
    expect(await pad.locator('input').inputValue()).toBe('')
  }
  await page.keyboard.type('6.66', { delay: 80 })
  await page.waitForTimeout(400)
  await hands.press('回车', '')
  await pad.getByText('6.66 元没有加上：要 0.50 到 50.00 元，按 0.50 元一档').waitFor()
  await page.keyboard.type('10000000', { delay: 60 })
  await page.waitForTimeout(650)
  await hands.press('回车', '')
  await expect.poll(() => pad.locator('input').inputValue()).toBe('')
  await page.keyboard.press('Escape')
  await pad.waitFor({ state: 'detached' })
  await hands.press('7', '')
  await pad.waitFor()
  await page.evaluate(() => {
    const field = document.querySelector<HTMLInputElement>('[data-amount-input]')
    for (const sign of '25') {
      if (field) document.execCommand('insertText', false, sign)
    }
    field?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', bubbles: true }))
  })
  await expect.poll(() => pad.locator('[role="status"]').textContent()).toContain('扫码枪')
  await page.keyboard.press('Escape')
  await untilPrice(page, ownPayOf(senior))
})
