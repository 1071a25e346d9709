import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DemoSenior } from '../../../province/demo-people.ts'
import { addDays } from '../../../shared/business-day.ts'
import { parseRecord } from '../../../shared/countable.ts'
import { maskName } from '../../../shared/person-names.ts'
import { canteenMembers } from '../../support/afterwards-house.ts'
import { root } from '../../support/source-files.ts'
import { handOver } from '../../support/till.ts'
import { type Counter, openCounter, untilAllSent } from '../check-in/counter.ts'

const pin = '482915'
let counter: Counter
let page: Page

function member(place: number): DemoSenior {
  const senior = canteenMembers[place + 12]
  if (senior === undefined) throw new Error('the demo has too few members')
  return senior
}

async function press(...keys: string[]): Promise<void> {
  for (const key of keys) {
    await page.keyboard.press(key)
    await page.waitForTimeout(70)
  }
}

async function enterPin(digits: string): Promise<void> {
  for (const digit of digits) {
    await page.keyboard.press(digit)
    await page.waitForTimeout(60)
  }
}

const picture = (name: string) => page.screenshot({ path: join(root, `out/screens/${name}.png`) })

async function findByName(senior: DemoSenior): Promise<void> {
  await page.locator('[data-sale-search]:focus').waitFor()
  await page.keyboard.type(`${senior.name}${senior.numberTail ?? ''}`, { delay: 60 })
  await page
    .locator('[data-sale-found] button', { hasText: maskName(senior.name) })
    .first()
    .waitFor()
  // Enter right behind fast letters is a scanner's.
  await page.waitForTimeout(400)
  await press('Enter')
  await page.locator('[data-late-pays]').waitFor()
}

beforeAll(async () => {
  counter = await openCounter()
  page = counter.cashier.page
  await page.getByText('请下一位').first().waitFor()
})
afterAll(() => counter?.close())

/** What the province holds of this person's late entries. */
async function heard(senior: DemoSenior) {
  await untilAllSent(counter)
  const rows = await counter.house.province.rows(
    "select record from ledger where kind = 'late-entry' and senior_id = $1",
    [senior.id],
  )
  return rows.map(({ record }) => parseRecord(String(record)))
}

test('an operator sets their PIN in their own shift', async () => {
  await press('F10', 'Digit3')
  await page.locator('[data-pin-pad="set-own"]').waitFor()
  await enterPin(pin)
  await page.locator('[data-pin-pad="set-own"]').getByText('请再输一次').first().waitFor()
  await enterPin(pin)
  await page.getByText('密码设好了，记进账本').waitFor()
  await picture('afterwards-menu-pin')
  await press('Escape')
})

test('by the keyboard alone a meal of the day before is entered, and a colleague approves it by their PIN', async () => {
  const { till } = counter
  const [, colleague] = till.terminal().operators
  if (colleague === undefined) throw new Error('the site has one operator')
  const { businessDate } = till.terminal()
  await handOver(till)
  expect(await till.client.openShift({ operator: colleague.id, date: businessDate })).toEqual({ result: 'done' })
  await press('F10', 'Digit2')
  await page.locator('[data-screen="late"]').waitFor()
  await findByName(member(0))
  await press('KeyA')
  await page.locator('[data-late-pays="750"]').waitFor()
  await picture('late-priced')
  await page.setViewportSize({ width: 1920, height: 1080 })
  await picture('late-priced-1920x1080')
  await page.setViewportSize({ width: 1280, height: 800 })
  await press('Enter')
  await page.locator('[data-pin-pad="approve"]').waitFor()
  await enterPin('482916')
  await page.locator('[data-pin-pad="approve"]').getByText('密码对不上').waitFor()
  await enterPin(pin)
  await page.locator('[data-late="recorded"] [data-held="false"]').waitFor()
  await picture('late-recorded')
  expect(await heard(member(0))).toMatchObject([
    {
      businessDate,
      payload: {
        servedOn: addDays(businessDate, -1),
        held: false,
        approver: till.terminal().operators[0]?.id,
        sale: { operator: colleague.id, ownPayFen: 750 },
      },
    },
  ])
})

test('by touch alone, without a second person, a meal is entered and held', async () => {
  await page.getByRole('button', { name: /下一位/ }).click()
  await findByName(member(1))
  await page.getByRole('button', { name: /机器坏了/ }).click()
  await page.getByRole('button', { name: '就我一人' }).click()
  await page.getByRole('button', { name: /记下，先待核/ }).click()
  await page.locator('[data-late="recorded"] [data-held="true"]').waitFor()
  expect(await heard(member(1))).toMatchObject([
    { payload: { held: true, approver: null, reason: 'machine out of order' } },
  ])
  expect(
    await counter.house.province.rows(
      'select sum(fen)::int as fen, held from claim_line where senior_id = $1 group by held',
      [member(1).id],
    ),
  ).toEqual([{ fen: 600, held: true }])
})
