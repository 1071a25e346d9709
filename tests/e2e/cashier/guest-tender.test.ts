import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { root } from '../../support/source-files.ts'
import { type Counter, openCounter, recordsAtTerminal, untilPrice } from '../check-in/counter.ts'
import { bothHands, clean, handsOn } from './hands.ts'

let counter: Counter

beforeAll(async () => {
  mkdirSync(join(root, 'out/screens'), { recursive: true })
  counter = await openCounter({ touch: true })
})
afterAll(() => counter?.close())
beforeEach(() => clean(counter))

const picture = (name: string) => counter.cashier.page.screenshot({ path: join(root, `out/screens/${name}.png`) })
const lastRecord = async () => (await recordsAtTerminal(counter)).at(-1)

for (const name of bothHands) {
  test(`by ${name} a guest pays in cash where the site has accounts, the key for the account rests and says why`, async () => {
    const { page } = counter.cashier
    const hands = handsOn(page, name)
    await hands.press('F2', /^访客/)
    await untilPrice(page, '15.00')
    await page.locator('[data-entry]', { hasText: '收现金 15.00 元' }).waitFor()
    expect(await page.getByRole('button', { name: /^社保卡/ }).isDisabled()).toBe(true)
    await page.getByText('访客没有社保卡账户').waitFor()
    await picture(`guest-tender-${name}`)
    if (name === 'keyboard') {
      await hands.press('Q', '')
      await page.locator('[data-answer="GUEST_ACCOUNT"]').getByText('收现金（W），或扫码付（E）').waitFor()
      await hands.press('L', '')
      await page.locator('[data-answer="GUEST_ACCOUNT"]').getByText('A guest has no card account to pay by').waitFor()
      await picture('guest-tender-english')
      await hands.press('L', '')
    }
    await hands.press('F', /^分开付/)
    const pad = page.locator('[data-amount-pad="part"]')
    await pad.getByRole('button', { name: /^扫码付/ }).waitFor()
    expect(await pad.getByRole('button', { name: /^社保卡/ }).count()).toBe(0)
    await hands.press('Esc', /^取消/)
    await hands.press('回车', /^收现金/)
    await counter.till.untilTerminal(({ lastSales }) => lastSales[0]?.ownPayFen === 1500 && !lastSales[0].voided)
    expect(await lastRecord()).toMatchObject({ kind: 'sale', payload: { means: null, tenders: [{ kind: 'cash' }] } })
  })
}

test('a late entry that was of an account becomes one in cash for a guest, who is not offered the account', async () => {
  const { page } = counter.cashier
  const hands = handsOn(page, 'keyboard')
  await hands.press('F10', '')
  await hands.press('2', '')
  await page.locator('[data-late="open"]').waitFor()
  const account = page.getByRole('button', { name: /^社保卡/ })
  await account.waitFor()
  await page.locator('main h1').first().click()
  await hands.press('Q', '')
  await expect.poll(() => account.getAttribute('aria-pressed')).toBe('true')
  await hands.press('G', '')
  await page.locator('[data-late-pays="1500"]').waitFor()
  await expect.poll(() => account.isDisabled()).toBe(true)
  expect(await account.getAttribute('aria-pressed')).toBe('false')
  await hands.press('Q', '')
  await page.locator('[data-answer="GUEST_ACCOUNT"]').waitFor()
  await picture('guest-tender-late')
  await hands.press('回车', '')
  await page.locator('[data-late="recorded"]').waitFor()
  expect(await lastRecord()).toMatchObject({
    kind: 'late-entry',
    payload: { sale: { means: null, tenders: [{ kind: 'cash', fen: 1500 }] } },
  })
  await hands.press('Esc', '')
  await hands.press('Esc', '')
})
