import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSocketPrinter, type SocketPrinter } from '../../support/printer-on-a-socket.ts'
import { readReceipt, readRecorded } from '../../support/receipt-and-screen.ts'
import { type Counter, members, nextPlease, openCounter, ownPayOf, untilSeen } from './counter.ts'
import { presentWithMouse } from './simulator-drawer.ts'

const nextMember = members()
let printer: SocketPrinter
let counter: Counter

beforeAll(async () => {
  printer = await openSocketPrinter()
  counter = await openCounter({
    printer: { tcp: { host: '127.0.0.1', port: printer.port }, paper: 58, when: 'always' },
  })
})
afterAll(async () => {
  await counter?.close()
  await printer.close()
})

test('the receipt on the socket says what the senior reads on the screen, sale after sale', async () => {
  const { cashier, customer } = counter
  for (const printed of [1, 2]) {
    const senior = nextMember()
    const since = await nextPlease(cashier)
    await presentWithMouse(cashier.page, senior, '刷卡')
    await untilSeen(cashier, `已入账¥${ownPayOf(senior)}`, since)
    const shown = await readRecorded(customer.page)
    expect(shown).toContain(`实付 ${ownPayOf(senior)}`)
    const papers = await printer.untilPapers(printed)
    const last = papers.at(-1)
    if (!last) throw new Error('no paper')
    expect(readReceipt(last)).toEqual(shown)
  }
})

test('a sale without paper goes through as any other, and its receipt is printed by its key once there is paper', async () => {
  const { cashier, till } = counter
  printer.now.paper = 'out'
  await till.untilTerminal(view => view.printer?.state === 'paper-out')
  await cashier.page.getByText('没纸了').first().waitFor()
  const senior = nextMember()
  const since = await nextPlease(cashier)
  await presentWithMouse(cashier.page, senior, '刷卡')
  await untilSeen(cashier, `已入账¥${ownPayOf(senior)}`, since)
  const before = printer.papers().length
  printer.now.paper = 'there'
  await printer.untilPapers(before + 1)
  const newest = cashier.page.locator('[data-receipt]').first()
  await cashier.page.locator('[data-receipt="printed"]').first().waitFor()
  await newest.click()
  const [again] = (await printer.untilPapers(before + 2)).slice(-1)
  expect(again?.lines.map(({ text }) => text.trim())).toContain('补打，第 1 次')
})
