import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { fen, formatYuan } from '../../../shared/money.ts'
import {
  type Counter,
  members,
  openCounter,
  ownPayOf,
  salesAtTerminal,
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

for (const name of bothHands) {
  test(`a note is taken by ${name} in two presses, and what goes back stands there until the next person comes`, async () => {
    const { page } = counter.cashier
    const hands = handsOn(page, name)
    const senior = nextMember()
    const due = 1350 - senior.expected.fen
    await presentCard(counter, senior)
    await untilPrice(page, ownPayOf(senior))
    await hands.press('W', /^现金/)
    await page.getByText(`收现金 ${ownPayOf(senior)} 元`).waitFor()
    await hands.press('C', /^20 ?C/)
    await page.locator(`[data-change="${formatYuan(fen(2000 - due))}"]`).waitFor()
    expect(hands.count()).toBe(2)
    await page.waitForTimeout(1500)
    expect(await page.locator('[data-change]').count()).toBe(1)
    expect((await salesAtTerminal(counter)).at(-1)?.payload).toMatchObject({
      tenders: [{ kind: 'cash', fen: due, status: 'settled', reference: null }],
      cashRoundingFen: 0,
    })
    const next = nextMember()
    await presentCard(counter, next)
    await untilPrice(page, ownPayOf(next))
    expect(await page.locator('[data-change]').count()).toBe(0)
  })

  test(`the exact amount needs one press more than the tender by ${name}, and nothing goes back`, async () => {
    const { page } = counter.cashier
    const hands = handsOn(page, name)
    const senior = nextMember()
    await presentCard(counter, senior)
    await untilPrice(page, ownPayOf(senior))
    await hands.press('W', /^现金/)
    const since = (await counter.cashier.history()).length
    await hands.press('回车', /^收现金/)
    await untilSeen(counter.cashier, `已入账¥${ownPayOf(senior)}`, since)
    expect(hands.count()).toBe(2)
    expect(await page.locator('[data-change]').count()).toBe(0)
  })
}

for (const name of bothHands) {
  test(`any other sum is typed by ${name}, the change stands above the keys before it is recorded, and on the screen after`, async () => {
    const { page } = counter.cashier
    const hands = handsOn(page, name)
    const senior = nextMember()
    const due = 1350 - senior.expected.fen
    await presentCard(counter, senior)
    await untilPrice(page, ownPayOf(senior))
    await hands.press('W', /^现金/)
    await page.getByText(`收现金 ${ownPayOf(senior)} 元`).waitFor()
    await hands.press('N', /^其他 ?N/)
    const pad = page.locator('[data-amount-pad="given"]')
    await pad.getByText(`应收 ${ownPayOf(senior)} 元`).waitFor()
    await hands.type('113.5')
    const change = formatYuan(fen(11_350 - due))
    await pad.getByText(`找零 ${change} 元`).waitFor()
    await page.waitForTimeout(400)
    await hands.press('回车', /^收款入账/)
    await page.locator(`[data-change="${change}"]`).waitFor()
    expect((await salesAtTerminal(counter)).at(-1)?.payload).toMatchObject({
      tenders: [{ kind: 'cash', fen: due, status: 'settled', reference: null }],
    })
  })
}

for (const name of bothHands) {
  test(`a cash sale undone by ${name} no longer says that it is recorded: what goes back is said until the next person comes, and the senior's screen greets again`, async () => {
    const { page } = counter.cashier
    const hands = handsOn(page, name)
    await hands.press('F2', /^访客/)
    await untilPrice(page, '15.00')
    await hands.press('W', /^现金/)
    await page.getByText('收现金 15.00 元').waitFor()
    await hands.press('B', /^100 ?B/)
    await page.locator('[data-change="85.00"]').waitFor()
    await hands.press('F9', /^撤销/)
    const word = page.locator('[data-taken-back]')
    await word.getByText('从钱箱拿 15.00 元现金，交给本人').waitFor()
    expect(await word.innerText()).toContain('连找零一共还 100.00 元')
    await page.locator('[data-change]').waitFor({ state: 'detached' })
    expect(await page.getByText('已入账').count()).toBe(0)
    await counter.customer.page.getByText('请取餐').waitFor({ state: 'detached' })
    const next = nextMember()
    await presentCard(counter, next)
    await untilPrice(page, ownPayOf(next))
    expect(await word.count()).toBe(0)
  })
}

test('what was paid in cash and by phone goes back each by its own way, by phone only if it came, and an undo that is undone takes the word away', async () => {
  const { page } = counter.cashier
  const hands = handsOn(page, 'keyboard')
  await hands.press('F2', '')
  await untilPrice(page, '15.00')
  await hands.press('E', '')
  await page.locator('[data-entry]', { hasText: '扫码付入账' }).waitFor()
  await hands.press('F', '')
  await hands.press('X', '')
  await page.locator('[data-entry]', { hasText: '收现金 10.00 元' }).waitFor()
  await hands.press('回车', '')
  await counter.till.untilTerminal(({ lastSales }) => lastSales[0]?.ownPayFen === 1500 && !lastSales[0].voided)
  await page.waitForTimeout(1500)
  await hands.press('F9', '')
  const word = page.locator('[data-taken-back]')
  await word.getByText('从钱箱拿 10.00 元现金，交给本人').waitFor()
  await word.getByText('扫码付 5.00 元还没确认：收款设备上有这一笔，才原路退').waitFor()
  await page.waitForTimeout(700)
  await hands.press('F9', '')
  await word.waitFor({ state: 'detached' })
  await counter.till.untilTerminal(({ lastSales }) => lastSales[0]?.voided === false)
})

for (const name of bothHands) {
  test(`where cash is the first part of two, a note is taken for it by ${name}, and its change is of that part alone`, async () => {
    const { page } = counter.cashier
    const hands = handsOn(page, name)
    await hands.press('F2', /^访客/)
    await untilPrice(page, '15.00')
    await hands.press('E', /^扫码付/)
    await page.locator('[data-entry]', { hasText: '扫码付入账' }).waitFor()
    await hands.press('F', /^分开付/)
    await hands.press('Z', /^5 ?Z/)
    await page.locator('[data-entry]', { hasText: '收现金 5.00 元' }).waitFor()
    await hands.press('X', /^10 ?X/)
    await page.locator('[data-change="5.00"]').waitFor()
    expect((await salesAtTerminal(counter)).at(-1)?.payload).toMatchObject({
      tenders: [
        { kind: 'cash', fen: 500, status: 'settled' },
        { kind: 'outside', fen: 1000, reference: null },
      ],
      cashRoundingFen: 0,
    })
  })
}

test.each([
  ['less than is due', '14.9'],
  ['with fen coins', '20.05'],
  ['a slip of the finger', '15000'],
  ['nothing', ''],
  ['ten million', '10000000'],
])('a typed sum that cannot be, %s, records nothing and says what can', async (_why, typed) => {
  const { page } = counter.cashier
  const hands = handsOn(page, 'keyboard')
  const before = await salesAtTerminal(counter)
  await hands.press('F2', '')
  await untilPrice(page, '15.00')
  await hands.press('W', '')
  await page.getByText('收现金 15.00 元').waitFor()
  await hands.press('N', '')
  const pad = page.locator('[data-amount-pad="given"]')
  await pad.waitFor()
  await hands.type(typed)
  await page.waitForTimeout(400)
  await hands.press('回车', '')
  await pad.getByText('15.00 到 1015.00 元，按 0.10 元一档').waitFor()
  await hands.press('Esc', '')
  expect(await pad.count()).toBe(0)
  expect(await salesAtTerminal(counter)).toHaveLength(before.length)
})

test('a note that does not reach records nothing', async () => {
  const { page } = counter.cashier
  const hands = handsOn(page, 'keyboard')
  const before = await salesAtTerminal(counter)
  await hands.press('F2', '')
  await untilPrice(page, '15.00')
  await hands.press('W', '')
  await hands.press('X', '')
  await page.waitForTimeout(500)
  expect(await page.getByRole('button', { name: /^5 ?Z/ }).isDisabled()).toBe(true)
  expect(await page.getByRole('button', { name: /^10 ?X/ }).isDisabled()).toBe(true)
  expect(await salesAtTerminal(counter)).toHaveLength(before.length)
  await hands.press('V', '')
  await page.locator('[data-change="35.00"]').waitFor()
})
