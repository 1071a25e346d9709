import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { fen, formatYuan } from '../../../shared/money.ts'
import { isPriced } from '../../support/till.ts'
import { type Counter, members, openCounter, ownPayOf, salesAtTerminal, untilPrice } from '../check-in/counter.ts'
import { bothHands, clean, type Hands, handsOn, presentCard } from './hands.ts'

let counter: Counter
const nextMember = members()

beforeAll(async () => {
  counter = await openCounter({ touch: true })
})
afterAll(() => counter?.close())
beforeEach(() => clean(counter))

type Member = ReturnType<typeof nextMember>

/** Reads a card and puts its senior on the list with one press. */
async function list(hands: Hands, senior: Member, count: number): Promise<void> {
  const { page } = counter.cashier
  await presentCard(counter, senior)
  const { checkIn } = await counter.till.untilCashier(isPriced)
  await counter.till.client.hold({ checkIn })
  await untilPrice(page, ownPayOf(senior))
  await page.waitForTimeout(400)
  await hands.press('回车', /已停住/)
  await page.locator(`[data-group="${count}"]`).waitFor()
}

const sumOf = (seniors: readonly Member[]) =>
  formatYuan(fen(seniors.reduce((sum, { expected }) => sum + 1350 - expected.fen, 0)))

for (const name of bothHands) {
  test(`three people are paid for at once by ${name} alone, one of whom is taken off again`, async () => {
    const { page } = counter.cashier
    const hands = handsOn(page, name)
    const seniors = [nextMember(), nextMember(), nextMember()] as const
    const before = (await salesAtTerminal(counter)).length
    await hands.press('F5', /^一起付/)
    await page.locator('[data-group="0"]').waitFor()
    for (const [at, senior] of seniors.entries()) await list(hands, senior, at + 1)
    await page.locator(`[data-group-sum="${sumOf(seniors)}"]`).waitFor()
    await hands.press('3', /^拿下来 ?3/)
    await page.locator('[data-group="2"]').waitFor()
    await page.locator(`[data-group-sum="${sumOf(seniors.slice(0, 2))}"]`).waitFor()
    expect(await salesAtTerminal(counter)).toHaveLength(before)
    await hands.press('E', /^改扫码付|扫码付/)
    await page.getByText(`扫码付收 ${sumOf(seniors.slice(0, 2))} 元`).waitFor()
    await page.waitForTimeout(400)
    await hands.press('回车', /^扫码付收/)
    await page.getByText(`已记 2 位，一共 ${sumOf(seniors.slice(0, 2))} 元`).waitFor()
    await page.getByText('请下一位').first().waitFor()
    const sales = (await salesAtTerminal(counter)).slice(before)
    expect(sales.map(({ payload }) => payload.tenders.map(({ kind }) => kind))).toEqual([['outside'], ['outside']])
    expect(counter.till.terminal().group).toBeNull()
  })
}

test('the seniors’ screen shows each price as always, and nothing of the list', async () => {
  const { page } = counter.cashier
  const hands = handsOn(page, 'keyboard')
  await hands.press('F5', '')
  await page.locator('[data-group="0"]').waitFor()
  await list(hands, nextMember(), 1)
  await counter.customer.page.getByText('请选一种方式').waitFor()
  expect(await counter.customer.page.textContent('body')).not.toContain('一起付')
  await hands.press('1', '')
  await page.locator('[data-group="0"]').waitFor()
  await hands.press('F5', '')
  await page.getByText('请下一位').first().waitFor()
})
