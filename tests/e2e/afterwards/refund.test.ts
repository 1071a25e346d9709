import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { maskName } from '../../../shared/person-names.ts'
import { canteenMembers } from '../../support/afterwards-house.ts'
import { root } from '../../support/source-files.ts'
import { type Counter, openCounter, salesAtTerminal, untilAllSent } from '../check-in/counter.ts'

const [cook, other] = canteenMembers.slice(8)
let counter: Counter
let page: Page

beforeAll(async () => {
  counter = await openCounter()
  page = counter.cashier.page
})
afterAll(() => counter?.close())

async function press(...keys: string[]): Promise<void> {
  for (const key of keys) {
    await page.keyboard.press(key)
    await page.waitForTimeout(70)
  }
}

async function eat(senior: typeof cook): Promise<void> {
  if (senior === undefined) throw new Error('the demo has too few members')
  await counter.till.client.simulate({ senior: senior.id, present: 'card' })
  await page.locator('[data-own-pay]').first().waitFor()
  await press('KeyW', 'Enter')
  await page.getByText('已入账').first().waitFor()
  await page.getByText('请下一位').first().waitFor()
}

const picture = (name: string) => page.screenshot({ path: join(root, `out/screens/${name}.png`) })

test('by the keyboard alone a sale is found by its senior, its money goes back, and the claim is lower by it', async () => {
  if (cook === undefined || other === undefined) throw new Error('the demo has too few members')
  await eat(cook)
  await eat(other)
  await press('F10', 'Digit1')
  await page.locator('[data-screen="refund"]').waitFor()
  await page.locator('[data-earlier]').nth(1).waitFor()
  await press('Slash')
  await page.keyboard.type(cook.name, { delay: 60 })
  await page
    .locator('[data-sale-found] button', { hasText: maskName(cook.name) })
    .first()
    .waitFor()
  await press('Enter')
  await page.getByText('最近三个月').waitFor()
  await press('Digit1')
  await page.locator('[data-refund="open"]').waitFor()
  expect(await page.getByRole('button', { name: /退 7\.50 元/ }).isDisabled()).toBe(true)
  await press('Digit1')
  await picture('refund-chosen')
  await page.setViewportSize({ width: 1920, height: 1080 })
  await picture('refund-chosen-1920x1080')
  await page.setViewportSize({ width: 1280, height: 800 })
  await press('Enter')
  await page.getByText('已退款，记进账本').waitFor()
  expect(await page.getByText('从钱箱拿 7.50 元现金，交给本人').isVisible()).toBe(true)
  await picture('refund-given')
  await press('Enter', 'Escape', 'Escape')
  await page.getByText('请下一位').first().waitFor()

  await untilAllSent(counter)
  const sales = await salesAtTerminal(counter)
  expect(sales).toHaveLength(2)
  expect(
    await counter.house.province.rows(
      'select kind, sum(fen)::int as fen from claim_line where senior_id = $1 group by kind order by kind',
      [cook.id],
    ),
  ).toEqual([
    { kind: 'refund', fen: -600 },
    { kind: 'sale', fen: 600 },
  ])
})

test('by touch alone: the day, the sale, the reason and the money', async () => {
  await page.getByRole('button', { name: /更多/ }).click()
  await picture('afterwards-menu')
  await page.getByRole('button', { name: /退款/ }).click()
  await page.locator('[data-earlier]').first().waitFor()
  await page.getByRole('button', { name: /前一天/ }).click()
  await page.getByText('这一天没有记录').waitFor()
  await page.getByRole('button', { name: /后一天/ }).click()
  await page.locator('[data-earlier]').first().click()
  await page.getByRole('button', { name: /没有取到餐/ }).click()
  await page.getByRole('button', { name: /^退 7\.50 元/ }).click()
  await page.getByText('已退款，记进账本').waitFor()
  await page.locator('[data-earlier]', { hasText: '已退款' }).first().waitFor()
})

test('a person who comes has the screen to themselves', async () => {
  const [, , next] = canteenMembers.slice(8)
  if (next === undefined) throw new Error('the demo has too few members')
  await counter.till.client.simulate({ senior: next.id, present: 'card' })
  await page.locator('[data-own-pay]').first().waitFor()
  expect(await page.locator('[data-screen="refund"]').count()).toBe(0)
})
