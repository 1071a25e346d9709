import { setTimeout as pause } from 'node:timers/promises'
import type { CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type Counter,
  members,
  mintCode,
  nextPlease,
  openCounter,
  ownPayOf,
  salesAtTerminal,
  untilSeen,
} from '../../e2e/check-in/counter.ts'
import { type Gun, gunKey, shoot } from '../../support/gun.ts'

const nextMember = members()
let counter: Counter
let keyboard: CDPSession

beforeAll(async () => {
  counter = await openCounter({
    devices: [
      { id: 'canteen-cards', driver: 'card-reader-wedge', config: { format: 'decimal-10', order: 'reversed' } },
    ],
  })
  keyboard = await counter.cashier.page.context().newCDPSession(counter.cashier.page)
})
afterAll(async () => {
  await counter?.close()
})

const scan = (text: string, gun: Gun) => shoot(keyboard, text, gun)

/** The set that the keys of the till have chosen: a scan must never change it. */
const chosenSet = () => counter.till.terminal().chosenSet

describe.each<[string, Gun]>([
  ['at 10 ms a key', { pace: 10 }],
  ['at 2 ms a key', { pace: 2 }],
  ['with CapsLock on', { pace: 5, capsLock: true }],
  ['through an input method', { pace: 5, inputMethod: true }],
  ['ended by Tab', { pace: 5, end: 'Tab' }],
  ['without an end', { pace: 5, end: null }],
])('an elder code from a gun %s', (_, gun) => {
  test('is priced and records itself, and presses no key of the till', async () => {
    const senior = nextMember()
    const before = (await salesAtTerminal(counter)).length
    const set = chosenSet()
    const since = await nextPlease(counter.cashier)
    await scan(await mintCode(counter.house, senior.id, 'dynamic'), gun)
    await untilSeen(counter.cashier, `已入账¥${ownPayOf(senior)}`, since)
    const sales = await salesAtTerminal(counter)
    expect(sales).toHaveLength(before + 1)
    expect(sales.at(-1)?.payload).toMatchObject({
      means: 'code',
      assurance: 'possessed',
      device: 'keyboard-scanner',
      deviceEvent: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
    expect(chosenSet()).toBe(set)
  })
})

test('the same code in a text field leaves the field as it was', async () => {
  const { page } = counter.cashier
  await nextPlease(counter.cashier)
  await page.getByText('模拟器 · 演示用').click()
  const field = page.getByLabel('找人')
  await field.fill('刘')
  await field.focus()
  const senior = nextMember()
  const since = (await counter.cashier.history()).length
  await typeIntoField(page, await mintCode(counter.house, senior.id, 'paper'))
  await untilSeen(counter.cashier, senior.name, since)
  expect(await field.inputValue()).toBe('刘')
})

test('a canteen card from a reader that types is a card, by its number in air order', async () => {
  const since = await nextPlease(counter.cashier)
  await scan('0305791098', { pace: 8 })
  // Nobody was bound to it, so it is a stranger's card.
  await untilSeen(counter.cashier, '名单里还没有这位', since)
  const view = await counter.till.untilCashier(now => now.state === 'problem')
  expect(view).toMatchObject({ means: 'card' })
})

/** Characters go in as well, as from a real keyboard. */
async function typeIntoField(page: Page, text: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const sent: Promise<unknown>[] = []
  const clock = Date.now() / 1000
  for (const [at, sign] of [...text].entries()) {
    const { code, shift } = gunKey(sign)
    const event = { code, key: sign, text: sign, modifiers: shift ? 8 : 0, timestamp: clock + at * 0.005 }
    sent.push(session.send('Input.dispatchKeyEvent', { type: 'keyDown', ...event }))
    sent.push(session.send('Input.dispatchKeyEvent', { ...event, type: 'keyUp', text: '' }))
    await pause(5)
  }
  await Promise.all(sent)
}
