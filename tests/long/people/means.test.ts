import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type DemoSenior, demoSeniors, stranger } from '../../../province/demo-people.ts'
import { maskName } from '../../../shared/person-names.ts'
import { type Counter, openCounter, ownPayOf, salesAtTerminal, untilAllSent } from '../../e2e/check-in/counter.ts'

/** Members with one card and all three subsidies; the cast of the simulator stands first. */
const members = demoSeniors()
  .filter(({ homeSite, cards, expected }) => homeSite === 'demo-canteen' && cards.length === 1 && expected.fen === 600)
  .slice(5)
let counter: Counter
let page: Page

beforeAll(async () => {
  counter = await openCounter()
  page = counter.cashier.page
})
afterAll(() => counter?.close())
beforeEach(async () => {
  await counter.till.client.dismiss()
  await page.getByText('请下一位').first().waitFor()
})

function member(place: number): DemoSenior {
  const senior = members[place]
  if (senior === undefined) throw new Error('the demo has too few members')
  return senior
}

/** Presses keys at the pace of a finger. */
async function press(...keys: string[]): Promise<void> {
  for (const key of keys) {
    await page.keyboard.press(key)
    await page.waitForTimeout(70)
  }
}

async function present(senior: { readonly id: DemoSenior['id'] }, what: 'card' | 'paper-code' = 'card'): Promise<void> {
  expect(await counter.till.client.simulate({ senior: senior.id, present: what })).toEqual({ result: 'done' })
}

/** Finds a member at the desk as staff do, by the keyboard alone. */
async function findByName({ name, id, numberTail = '' }: DemoSenior): Promise<void> {
  await page.locator('[data-desk-search]:focus').waitFor()
  await page.keyboard.type(`${name}${numberTail}`, { delay: 60 })
  await page.locator('[data-found] button', { hasText: maskName(name) }).waitFor()
  await press('Enter')
  await page.locator(`[data-desk-person="${id}"]`).waitFor()
}

async function enterPin(pin: string): Promise<void> {
  for (const digit of pin) {
    await page.keyboard.press(digit)
    await page.waitForTimeout(60)
  }
}

async function setPinOf(senior: DemoSenior, pin: string): Promise<void> {
  await press('Slash')
  await findByName(senior)
  await press('KeyP')
  await page.locator('[data-pin-pad="set"]').waitFor()
  await enterPin(pin)
  await page.locator('[data-pin-pad="set"]').getByText('请再输一次').first().waitFor()
  await enterPin(pin)
  await page.locator('[data-pin="set"]').waitFor()
  await press('Escape')
  await page.getByText('请下一位').first().waitFor()
}

const ownPay = (senior: DemoSenior) => page.locator(`[data-own-pay="${ownPayOf(senior)}"]`)

test('an unknown card is bound to a member whom staff find by name, and the meal goes on', async () => {
  const senior = member(0)
  await present(stranger)
  await page.locator('[data-problem="NOT_ON_ROSTER"]').waitFor()
  await press('Slash')
  await page.locator('[data-card-waits]').waitFor()
  await findByName(senior)
  await press('Enter')
  await ownPay(senior).waitFor()
  await press('Enter')
  await page.getByText('已入账').first().waitFor()
  expect((await salesAtTerminal(counter)).at(-1)?.payload).toMatchObject({ means: 'card', assurance: 'verified' })
})

test('a lost card is blocked, its owner eats by a new card, and a person has one limit by card, code and by hand', async () => {
  const senior = member(0)
  await press('F6')
  await findByName(senior)
  // What has just come under the finger rests for a moment.
  await page.waitForTimeout(500)
  await press('Digit1')
  await page.locator('[data-card]').getByText('已挂失').waitFor()
  await press('Escape')
  await page.getByText('请下一位').first().waitFor()

  await present(senior)
  await page.locator('[data-problem="CARD_LOST"]').waitFor()
  await press('Enter')
  await present(stranger)
  await page.getByText('这一餐').first().waitFor()
  expect(counter.till.cashier()).toMatchObject({ person: { name: senior.name }, subsidyFen: 0 })
  await press('Escape')
  await present(senior, 'paper-code')
  await page.getByText('这一餐').first().waitFor()
  expect(counter.till.cashier()).toMatchObject({ means: 'code', subsidyFen: 0 })
  await press('Escape')
  await press('Slash')
  await findByName(senior)
  await press('Enter')
  await page.getByText('这一餐').first().waitFor()
  expect(counter.till.cashier()).toMatchObject({ means: 'manual', subsidyFen: 0 })
  await untilAllSent(counter)
  const [row] = await counter.house.province.rows('select sum(fen) as fen from claim_line where senior_id = $1', [
    senior.id,
  ])
  expect(Number(row?.fen)).toBe(senior.expected.fen)
})

test('where the subsidy needs a verified person, a PIN or one key of staff reaches it, and else the meal goes on without', async () => {
  const [byPin, byStaff, byNobody] = [member(1), member(2), member(3)]
  await setPinOf(byPin, '482915')
  await counter.house.province.rows(
    `update site set body = (body::jsonb || '{"assurance":{"subsidised":"presented","verifiedAboveFen":500}}')::text,
        change = nextval('feed_change') where site_id = 'demo-canteen'`,
  )
  await counter.till.client.syncNow()
  await expect
    .poll(
      async () => {
        await counter.till.client.dismiss()
        await present(byPin)
        const view = await counter.till.untilCashier(
          (now): now is Extract<typeof now, { state: 'priced' }> => now.state === 'priced',
        )
        return view.needs !== null
      },
      { timeout: 15_000 },
    )
    .toBe(true)
  await ownPay(byPin).waitFor()
  await press('KeyP')
  await page.locator('[data-pin-pad="enter"]').waitFor()
  await enterPin('700001')
  await page.locator('[data-pin-pad]').getByText('密码对不上').waitFor()
  await enterPin('482915')
  await page.locator('[data-pin-pad]').waitFor({ state: 'detached' })
  await page.locator('[data-entry="held"]').waitFor()
  await press('Enter')
  await page.getByText('已入账').first().waitFor()
  expect((await salesAtTerminal(counter)).at(-1)?.payload).toMatchObject({ assurance: 'verified', means: 'card' })

  await present(byStaff)
  await page.getByText('核对过，是本人').first().waitFor()
  await press('KeyV')
  await page.locator('[data-entry="held"]').waitFor()
  await press('Enter')
  await expect.poll(async () => (await salesAtTerminal(counter)).length, { timeout: 8000 }).toBe(3)

  await present(byNobody)
  await page.getByText('先按没有补贴的价').waitFor()
  await press('KeyB')
  await page.locator('[data-own-pay="13.50"]').waitFor()
  await press('Enter')
  await expect.poll(async () => (await salesAtTerminal(counter)).length, { timeout: 8000 }).toBe(4)
  const sales = await salesAtTerminal(counter)
  expect(sales.slice(-2).map(({ payload }) => [payload.assurance, payload.claimPending])).toEqual([
    ['verified', false],
    ['presented', true],
  ])
  const seen = (await counter.customer.history()).join('\n')
  expect(seen).not.toMatch(/密码|核对|挂失/)
})
