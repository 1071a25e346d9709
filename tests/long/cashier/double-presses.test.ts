import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { stranger } from '../../../province/demo-people.ts'
import type { RecordKind } from '../../../shared/record.ts'
import { bothHands, clean, handsOn, presentCard } from '../../e2e/cashier/hands.ts'
import { type Counter, members, openCounter, ownPayOf, untilPrice, untilSeen } from '../../e2e/check-in/counter.ts'
import { hitKey } from '../../support/finger.ts'
import { readLedger } from '../../support/read-ledger.ts'

let counter: Counter
const nextMember = members()

beforeAll(async () => {
  counter = await openCounter({ touch: true })
})
afterAll(() => counter?.close())
beforeEach(() => clean(counter))

const recorded = async (kind: RecordKind) =>
  (await readLedger(counter.house.dataDir)).records.filter(record => record.kind === kind).length

/** Longer than a double press, and than what comes of it. */
const rest = () => counter.cashier.page.waitForTimeout(1200)

async function eat(): Promise<void> {
  const senior = nextMember()
  const since = (await counter.cashier.history()).length
  await presentCard(counter, senior)
  await untilSeen(counter.cashier, `已入账¥${ownPayOf(senior)}`, since)
  await counter.cashier.page.getByText('请下一位').first().waitFor()
}

/** Presses twice at the same place, as a nervous finger does. */
async function twice(how: (typeof bothHands)[number], code: string, place: Locator, gap = 200): Promise<void> {
  const { page } = counter.cashier
  const box = await place.boundingBox()
  if (!box) throw new Error('nothing stands there')
  const press = () =>
    how === 'keyboard' ? hitKey(page, code) : page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2)
  await press()
  await page.waitForTimeout(gap)
  await press()
  await rest()
}

for (const how of bothHands) {
  test(`a sale that is restored by a double press is restored, and none is undone, by ${how}`, async () => {
    const { page } = counter.cashier
    await eat()
    await eat()
    const before = await recorded('void')
    await page.keyboard.press('F9')
    const back = page.getByRole('button', { name: /^恢复 ?F9/ })
    await back.waitFor()
    await page.waitForTimeout(900)
    await twice(how, 'F9', back)
    expect((await recorded('void')) - before).toBe(1)
    expect(counter.till.terminal().lastSales[0]?.voided).toBe(false)
  })

  test(`a double press on the entry puts a person on the list of a group, and does not pay it, by ${how}`, async () => {
    const { page } = counter.cashier
    await page.keyboard.press('F5')
    await page.locator('[data-group="0"]').waitFor()
    const before = await recorded('sale')
    const senior = nextMember()
    await presentCard(counter, senior)
    await untilPrice(page, ownPayOf(senior))
    await page.keyboard.press('Space')
    await page.waitForTimeout(400)
    await twice(how, 'Enter', page.locator('[data-entry]'))
    expect((await recorded('sale')) - before).toBe(0)
    expect(counter.till.terminal().group?.members).toHaveLength(1)
    await page.keyboard.press('Digit1')
    await page.locator('[data-group="0"]').waitFor()
    await page.keyboard.press('F5')
    await page.getByText('请下一位').first().waitFor()
  })

  test(`a double press on “at list price” shows the price of an unknown card, and records nothing, by ${how}`, async () => {
    const { page } = counter.cashier
    const before = await recorded('sale')
    await counter.till.client.simulate({ senior: stranger.id, present: how === 'touch' ? 'dynamic-code' : 'card' })
    const key = page.getByRole('button', { name: /^按原价记/ })
    await key.waitFor()
    await page.waitForTimeout(400)
    await twice(how, 'Enter', key)
    expect((await recorded('sale')) - before).toBe(0)
    expect(counter.till.cashier().state).toBe('priced')
  })

  test(`a double press on a person who was found opens them, and does nothing about them, by ${how}`, async () => {
    const { page } = counter.cashier
    const before = (await readLedger(counter.house.dataDir)).records.length
    const senior = nextMember()
    const hands = handsOn(page, 'keyboard')
    await page.keyboard.press('Slash')
    await page.locator('[data-desk-search]').waitFor()
    await page.waitForTimeout(200)
    await hands.type(`${senior.numberTail}`)
    const found = page.locator('[data-found] button').first()
    await found.waitFor()
    await page.waitForTimeout(500)
    await twice(how, 'Enter', found)
    expect(counter.till.cashier()).toMatchObject({ state: 'desk', person: expect.anything() })
    const after = (await readLedger(counter.house.dataDir)).records.slice(before)
    expect(after.map(({ kind }) => kind)).toEqual([])
  })
}

test('a group is not paid by an Enter that comes as its bar ends', async () => {
  const { page } = counter.cashier
  await page.keyboard.press('F5')
  await page.locator('[data-group="0"]').waitFor()
  const before = await recorded('sale')
  const senior = nextMember()
  await presentCard(counter, senior)
  await untilPrice(page, ownPayOf(senior))
  // The finger is on its way already.
  await page.evaluate(
    () =>
      new Promise<void>(done => {
        const look = () => {
          if (!document.querySelector('[data-group="1"]')) return void requestAnimationFrame(look)
          document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', bubbles: true }))
          done()
        }
        look()
      }),
  )
  await rest()
  expect((await recorded('sale')) - before).toBe(0)
  await page.keyboard.press('Digit1')
  await page.locator('[data-group="0"]').waitFor()
  await page.keyboard.press('F5')
  await page.getByText('请下一位').first().waitFor()
})

test.each(['Tab', 'ShiftLeft', 'ControlLeft', 'Alt+KeyX'])('any key stops the bar: %s', async key => {
  const { page } = counter.cashier
  const before = await recorded('sale')
  const senior = nextMember()
  await presentCard(counter, senior)
  await untilPrice(page, ownPayOf(senior))
  await page.keyboard.press(key)
  await page.locator('[data-entry="held"]').waitFor()
  await page.waitForTimeout(3500)
  expect((await recorded('sale')) - before).toBe(0)
})

test('F9 at the price of the next person waits for them, and undoes nobody else', async () => {
  const { page } = counter.cashier
  await eat()
  await eat()
  const before = await recorded('void')
  await page.keyboard.press('F9')
  await page.getByRole('button', { name: /^恢复 ?F9/ }).waitFor()
  await page.waitForTimeout(700)
  const senior = nextMember()
  await presentCard(counter, senior)
  await untilPrice(page, ownPayOf(senior))
  await page.keyboard.press('F9')
  await page.locator('[data-answer="ONE_AT_A_TIME"]').waitFor()
  await page.waitForTimeout(700)
  await page.keyboard.press('F9')
  await rest()
  expect((await recorded('void')) - before).toBe(1)
  await counter.till.client.dismiss()
  await page.getByText('请下一位').first().waitFor()
  const sales = await recorded('sale')
  await page.keyboard.press('F9')
  await expect.poll(() => recorded('sale')).toBe(sales + 1)
})

test('F9 is about the newest sale only, and says once it is undone for good', async () => {
  const { page } = counter.cashier
  await eat()
  await eat()
  const before = await recorded('void')
  await page.keyboard.press('F9')
  await page.getByRole('button', { name: /^恢复 ?F9/ }).waitFor()
  await page.getByRole('button', { name: /^撤销 ?F9/ }).waitFor()
  await page.keyboard.press('F9')
  await page.locator('[data-answer="NEWEST_IS_UNDONE"]').waitFor()
  expect((await recorded('void')) - before).toBe(1)
})

for (const how of bothHands) {
  test(`a double press at the check of the drawer closes the shift, and not the day, by ${how}`, async () => {
    const { page } = counter.cashier
    await page.keyboard.press('F12')
    await page.locator('[data-step="count"]').waitFor()
    await page.keyboard.press('Digit0')
    await page.waitForTimeout(100)
    await page.keyboard.press('Enter')
    await page.locator('[data-step="check"]').waitFor()
    await page.waitForTimeout(300)
    if ((await page.locator('[data-asks-reason]').count()) > 0) await page.keyboard.press('Digit1')
    await page.waitForTimeout(300)
    const before = await recorded('shift')
    await twice(how, 'F12', page.locator('main button:has(kbd:text-is("F12"))'))
    await page.locator('[data-step="day"]').waitFor()
    expect(await page.locator('[data-day-closed]').count()).toBe(0)
    expect((await recorded('shift')) - before).toBe(1)
    await page.keyboard.press('Escape')
    await page.locator('[data-screen="close"]').waitFor({ state: 'detached' })
    await page.keyboard.press('Enter')
    await counter.till.untilTerminal(({ shift }) => shift !== null)
  })
}
