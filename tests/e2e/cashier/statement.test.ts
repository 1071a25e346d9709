import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { TerminalView } from '../../../shared/terminal-api.ts'
import { isPriced } from '../../support/till.ts'
import {
  type Counter,
  members,
  openCounter,
  ownPayOf,
  untilAllSent,
  untilPrice,
  untilSeen,
} from '../check-in/counter.ts'
import { bothHands, clean, handsOn, presentCard } from './hands.ts'

let counter: Counter
const nextMember = members()

beforeAll(async () => {
  counter = await openCounter({ touch: true, printer: { simulated: true, paper: 58, when: 'asked' } })
})
afterAll(() => counter?.close())
beforeEach(() => clean(counter))

/** The address on the paper that was printed last; null where it has none. */
const codeOn = ({ printer }: TerminalView) =>
  printer?.lastSlip?.find(line => line.startsWith('[QR] '))?.slice(5) ?? null

for (const name of bothHands) {
  test(`a senior's month is looked at, printed and read behind its code by ${name} alone, and revoked`, async () => {
    const { page } = counter.cashier
    const { client } = counter.till
    const hands = handsOn(page, name)
    const senior = nextMember()
    const since = (await counter.cashier.history()).length
    await presentCard(counter, senior)
    const { checkIn, digest } = await counter.till.untilCashier(isPriced)
    await client.hold({ checkIn })
    await untilPrice(page, ownPayOf(senior))
    expect(await client.confirm({ checkIn, digest })).toMatchObject({ result: 'recorded' })
    await untilSeen(counter.cashier, `已入账¥${ownPayOf(senior)}`, since)
    await page.locator('[data-middle="confirmed"]').waitFor({ state: 'detached' })

    await hands.press('/', /^找人/)
    await page.locator('[data-desk]').waitFor()
    await presentCard(counter, senior)
    await page.locator('[data-desk-person]').waitFor()
    await hands.press('M', /^本月明细/)
    await page.locator('[data-screen="statement"][data-coverage="here"]').waitFor()
    expect(await page.locator('[data-sum="paid"]').textContent()).toBe(ownPayOf(senior))
    expect(await page.locator('[data-statement-entry]').count()).toBe(1)
    // The seniors' screen only asks for patience: what staff look at together with one person is nobody else's.
    expect(await counter.customer.page.textContent('body')).not.toContain('明细')

    await untilAllSent(counter)
    await hands.press('N', /^问平台/)
    await page.locator('[data-screen="statement"][data-coverage="all"]').waitFor()
    expect(await page.locator('[data-sum="paid"]').textContent()).toBe(ownPayOf(senior))
    const before = codeOn(counter.till.terminal())
    await hands.press('T', /^打印/)
    await page.locator('[data-statement-done="printed"]').waitFor()
    const { printer } = await counter.till.untilTerminal(view => ![before, null].includes(codeOn(view)))
    expect(printer?.lastSlip?.join('\n')).toContain('我的用餐和服务明细')
    const code = codeOn(counter.till.terminal()) ?? ''
    const behind = await fetch(code)
    expect(behind.status).toBe(200)
    const text = await behind.text()
    expect(text).toContain(`实付 ${ownPayOf(senior)}`)
    expect(text).not.toContain(senior.name)

    await hands.press('X', /^作废以前的单子/)
    await page.locator('[data-statement-revoke]').waitFor()
    await hands.press('回车', /^作废/)
    await page.locator('[data-statement-done="revoked"]').waitFor()
    expect((await fetch(code)).status).toBe(404)
    await hands.press('Esc', /^返回/)
    await page.locator('[data-desk-person]').waitFor()
  })

  test(`months before and after are looked through by ${name}, and none that has not begun`, async () => {
    const { page } = counter.cashier
    const hands = handsOn(page, name)
    const senior = nextMember()
    await hands.press('/', /^找人/)
    await page.locator('[data-desk]').waitFor()
    await presentCard(counter, senior)
    await page.locator('[data-desk-person]').waitFor()
    await hands.press('M', /^本月明细/)
    const title = page.locator('[data-screen="statement"] h1')
    await page.locator('[data-screen="statement"][data-coverage="here"]').waitFor()
    const now = await title.textContent()
    await hands.press('A', /^上个月/)
    await expect.poll(() => title.textContent()).not.toBe(now)
    await page.getByText('这个月还没有记录').waitFor()
    await hands.press('D', /^下个月/)
    await expect.poll(() => title.textContent()).toBe(now)
    expect(await page.getByRole('button', { name: /^下个月/ }).isDisabled()).toBe(true)
    await hands.press('Esc', /^返回/)
    await page.locator('[data-desk-person]').waitFor()
  })
}
