import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { fen, formatYuan } from '../../../shared/money.ts'
import { maskName } from '../../../shared/person-names.ts'
import { bothHands, clean, type Hands, handsOn, presentCard } from '../../e2e/cashier/hands.ts'
import {
  type Counter,
  members,
  openCounter,
  ownPayOf,
  salesAtTerminal,
  untilPrice,
} from '../../e2e/check-in/counter.ts'
import { openSocketPrinter, type SocketPrinter } from '../../support/printer-on-a-socket.ts'
import { readReceipt, readRecorded, readScreen } from '../../support/receipt-and-screen.ts'
import { isPriced } from '../../support/till.ts'

let counter: Counter
let printer: SocketPrinter
const nextMember = members()

beforeAll(async () => {
  printer = await openSocketPrinter()
  const tcp = { host: '127.0.0.1', port: printer.port }
  counter = await openCounter({ touch: true, printer: { tcp, paper: 58, when: 'asked' } })
})
afterAll(async () => {
  await counter?.close()
  await printer.close()
})
beforeEach(() => clean(counter))

type Member = ReturnType<typeof nextMember>

/** Reads a card and puts its senior on the list with one press. */
async function list(hands: Hands, senior: Member, count: number): Promise<void> {
  const { page } = counter.cashier
  await presentCard(counter, senior)
  const { checkIn } = await counter.till.untilCashier(isPriced)
  await counter.till.client.hold({ checkIn })
  await untilPrice(page, ownPayOf(senior))
  await page.waitForTimeout(600)
  await hands.press('回车', /^放到单子上/)
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
    await page.waitForTimeout(600)
    await hands.press('回车', /^扫码付收/)
    await page.getByText(`已记 2 位，一共 ${sumOf(seniors.slice(0, 2))} 元`).waitFor()
    await page.getByText('请下一位').first().waitFor()
    const sales = (await salesAtTerminal(counter)).slice(before)
    expect(sales.map(({ payload }) => payload.tenders.map(({ kind }) => kind))).toEqual([['outside'], ['outside']])
    expect(counter.till.terminal().group).toBeNull()
  })
}

test.each([
  ['a typed sum', 'keyboard', 20_250],
  ['a note', 'touch', 10_000],
] as const)(
  'what was handed over for all of them, %s by %s, leaves its change on the screen until the next person comes',
  async (how, name, givenFen) => {
    const { page } = counter.cashier
    const hands = handsOn(page, name)
    const seniors = [nextMember(), nextMember(), nextMember()] as const
    const before = (await salesAtTerminal(counter)).length
    await hands.press('F5', /^一起付/)
    await page.locator('[data-group="0"]').waitFor()
    expect(await page.getByRole('button', { name: /^100 ?B/ }).count()).toBe(0)
    for (const [at, senior] of seniors.entries()) await list(hands, senior, at + 1)
    const sum = sumOf(seniors)
    await page.locator(`[data-group-sum="${sum}"]`).waitFor()
    await page.waitForTimeout(600)
    if (how === 'a note') await hands.press('B', /^100 ?B/)
    else {
      await hands.press('N', /^其他 ?N/)
      await page.locator('[data-amount-pad="given"]').getByText(`应收 ${sum} 元`).waitFor()
      await hands.type('202.5')
      await page.waitForTimeout(400)
      await hands.press('回车', /^收款入账/)
    }
    const dueFen = Number(sum) * 100
    await page.locator(`[data-change="${formatYuan(fen(givenFen - dueFen))}"]`).waitFor()
    await page.getByText(`已记 3 位，一共 ${sum} 元`).waitFor()
    const sales = (await salesAtTerminal(counter)).slice(before)
    expect(sales.map(({ payload }) => payload.tenders.map(({ kind }) => kind))).toEqual(Array(3).fill(['cash']))
    expect(sales.reduce((all, { payload }) => all + (payload.tenders[0]?.fen ?? 0), 0)).toBe(dueFen)
    const next = nextMember()
    await presentCard(counter, next)
    await untilPrice(page, ownPayOf(next))
    expect(await page.locator('[data-change]').count()).toBe(0)
  },
)

test('by phone nobody asks what was handed over, and a note that does not reach pays for nobody', async () => {
  const { page } = counter.cashier
  const hands = handsOn(page, 'keyboard')
  const seniors = [nextMember(), nextMember(), nextMember()] as const
  const before = (await salesAtTerminal(counter)).length
  await hands.press('F5', '')
  await page.locator('[data-group="0"]').waitFor()
  for (const [at, senior] of seniors.entries()) await list(hands, senior, at + 1)
  await page.locator(`[data-group-sum="${sumOf(seniors)}"]`).waitFor()
  expect(await page.getByRole('button', { name: /^10 ?X/ }).isDisabled()).toBe(true)
  await hands.press('X', '')
  await hands.press('E', '')
  await page.getByText(`扫码付收 ${sumOf(seniors)} 元`).waitFor()
  expect(await page.getByRole('button', { name: /^其他 ?N/ }).count()).toBe(0)
  await hands.press('B', '')
  await hands.press('N', '')
  await page.waitForTimeout(600)
  expect(await page.locator('[data-amount-pad]').count()).toBe(0)
  expect(await salesAtTerminal(counter)).toHaveLength(before)
  for (const left of [2, 1, 0]) {
    await hands.press('1', '')
    await page.locator(`[data-group="${left}"]`).waitFor()
  }
  await hands.press('F5', '')
  await page.getByText('请下一位').first().waitFor()
})

test('the payer’s screen shows one sum and no name, before it is paid and once it is, and the paper says the same', async () => {
  const { cashier, customer } = counter
  const hands = handsOn(cashier.page, 'keyboard')
  const seniors = [nextMember(), nextMember()]
  await hands.press('F5', '')
  await cashier.page.locator('[data-group="0"]').waitFor()
  await customer.page.getByText('请选一种方式').waitFor()
  for (const [at, senior] of seniors.entries()) await list(hands, senior, at + 1)
  const sum = sumOf(seniors)
  const lines = [
    ...['您好，套餐', '原价 30.00', `优惠和补贴 ${formatYuan(fen(3000 - Number(sum) * 100))}`, `实付 ${sum}`],
    expect.stringMatching(/^\d+ 月 \d+ 日，周.午餐$/),
  ]
  await customer.page.locator('[data-state="priced"]').getByText(sum).first().waitFor()
  const before = await readScreen(customer.page)
  expect(before.map(line => line.replace(/ (?=午餐$)/, ''))).toEqual([...lines.slice(0, 4), '用现金付', lines[4]])
  const papers = printer.papers().length
  await cashier.page.waitForTimeout(600)
  await hands.press('回车', '')
  const shown = await readRecorded(customer.page)
  await customer.page.getByText('好了，请取餐').first().waitFor()
  expect(shown.map(line => line.replace(/ (?=午餐$)/, ''))).toEqual([...lines.slice(0, 4), '现金已付', lines[4]])
  const whole = await customer.page.textContent('body')
  for (const word of ['一起付', '位', ...seniors.map(({ name }) => name.slice(1))]) expect(whole).not.toContain(word)
  const paper = (await printer.untilPapers(papers + 1)).at(-1)
  if (!paper) throw new Error('no paper')
  expect(readReceipt(paper)).toEqual(shown)
  const listed = paper.lines.slice(-2).map(({ text }) => text.trim().split(/ {2,}/))
  expect(listed).toEqual(seniors.map(senior => [`${maskName(senior.name)} 套餐 A`, ownPayOf(senior)]))
})

test('the seniors’ screen shows each price as always, and greets once the list is empty', async () => {
  const { page } = counter.cashier
  const hands = handsOn(page, 'keyboard')
  const senior = nextMember()
  await hands.press('F5', '')
  await page.locator('[data-group="0"]').waitFor()
  await presentCard(counter, senior)
  await counter.customer.page.getByText(senior.name.slice(0, 1)).first().waitFor()
  await page.waitForTimeout(600)
  await hands.press('回车', '')
  await page.locator('[data-group="1"]').waitFor()
  await hands.press('1', '')
  await page.locator('[data-group="0"]').waitFor()
  await counter.customer.page.getByText('请选一种方式').waitFor()
  await hands.press('F5', '')
  await page.getByText('请下一位').first().waitFor()
})
