import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Counter, openCounter, recordsAtTerminal, untilPrice, untilSeen } from '../check-in/counter.ts'
import { bothHands, clean, handsOn } from './hands.ts'

let counter: Counter

beforeAll(async () => {
  counter = await openCounter({ touch: true })
})
afterAll(() => counter?.close())
beforeEach(() => clean(counter))

test.each([
  ['keyboard', 'settled', '1', '已到账', '778201'],
  ['touch', 'not-paid', '2', '没到账', null],
] as const)(
  'by %s a phone payment that was not confirmed is said to be %s, from the menu of what is not about this meal',
  async (name, outcome, key, word, reference) => {
    const { page } = counter.cashier
    const hands = handsOn(page, name)
    // A guest's meal never records itself, however slow the hands are.
    await hands.press('F2', /^访客/)
    await untilPrice(page, '15.00')
    await hands.press('E', /^扫码付/)
    await page.locator('[data-reference=""]').waitFor()
    const since = (await counter.cashier.history()).length
    await hands.press('回车', /^扫码付入账/)
    await untilSeen(counter.cashier, '已入账¥15.00', since)
    const sale = (await recordsAtTerminal(counter)).findLast(({ kind }) => kind === 'sale')
    const row = page.locator(`[data-sale="${sale?.id}"]`)
    await row.getByText('待确认').waitFor()

    await hands.press('F10', /^更多/)
    await page.locator('[data-screen="more"]').waitFor()
    await hands.press('8', /^扫码付待确认/)
    await page.locator(`[data-waiting="${sale?.id}"]`).waitFor()
    await hands.pick('1', `[data-waiting="${sale?.id}"]`)
    await page.locator('[data-phone="asked"]').waitFor()
    await hands.press(key, new RegExp(`^${word}`))
    if (reference !== null) {
      await hands.press('R', /^付款单号/)
      const pad = page.locator('[data-amount-pad="reference"]')
      await pad.waitFor()
      expect(await pad.getByRole('button', { name: '.', exact: true }).count()).toBe(0)
      await hands.type(reference)
      // Enter right behind fast digits is a scanner's.
      await page.waitForTimeout(400)
      await hands.press('回车', /^记下/)
      await page.getByText('尾号 8201').waitFor()
    }
    await hands.press('回车', new RegExp(`^记下：${word}`))
    await page.locator(`[data-phone="${outcome}"]`).waitFor()
    expect((await recordsAtTerminal(counter)).at(-1)).toMatchObject({
      kind: 'payment-outcome',
      payload: { of: sale?.id, tender: 0, outcome, reference },
    })
    await hands.press('回车', /^再办一笔/)
    await page.getByText('没有等着确认的扫码付').waitFor()
    await hands.press('Esc', '返回')
    await hands.press('Esc', '返回')
    await row.waitFor()
    expect(await row.getByText('待确认').count()).toBe(0)
  },
)

test.each(bothHands)(
  'by %s a phone payment of a group is found as one and said once, for each of its sales',
  async name => {
    const { page } = counter.cashier
    const hands = handsOn(page, name)
    await counter.till.client.group.start()
    for (const count of [1, 2]) {
      await hands.press('F2', /^访客/)
      await untilPrice(page, '15.00')
      // What records rests for a moment after the price came.
      await page.waitForTimeout(600)
      await hands.press('回车', /^放到单子上/)
      await page.locator(`[data-group="${count}"]`).waitFor()
    }
    await hands.press('E', /^改用扫码付/)
    await page.getByText('扫码付收 30.00 元').first().waitFor()
    await page.waitForTimeout(600)
    await hands.press('回车', /^扫码付收 30\.00/)
    await counter.till.untilTerminal(({ group }) => group === null)
    const group = (await recordsAtTerminal(counter)).findLast(record => record.kind === 'group')
    const sales = group?.kind === 'group' ? group.payload.sales : []

    await page.getByText('请下一位').first().waitFor()
    await hands.press('F10', /^更多/)
    await page.locator('[data-screen="more"]').getByText('还有 1 笔').waitFor()
    await hands.press('8', /^扫码付待确认/)
    const row = page.locator('[data-waiting]')
    await row.waitFor()
    expect(await row.locator('xpath=..').innerText()).toMatch(/访客 等 2 位\s+一起付\s+30\.00/)
    await hands.pick('1', '[data-waiting]')
    await page.locator('[data-together]').nth(1).waitFor()
    await hands.press('1', /^已到账/)
    await hands.press('回车', /^记下：已到账/)
    await page.locator('[data-phone="settled"]').waitFor()
    const told = (await recordsAtTerminal(counter)).flatMap(one =>
      one.kind === 'payment-outcome' ? [one.payload] : [],
    )
    expect(told.slice(-2)).toMatchObject(sales.map(of => ({ of, tender: 0, fen: 1500, outcome: 'settled' })))
    await hands.press('回车', /^再办一笔/)
    await page.getByText('没有等着确认的扫码付').waitFor()
    await hands.press('Esc', '返回')
    await hands.press('Esc', '返回')
  },
)
