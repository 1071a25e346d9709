import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type Counter,
  members,
  nextPlease,
  openCounter,
  ownPayOf,
  salesAtProvince,
  salesAtTerminal,
  untilAllSent,
  untilPrice,
  untilSeen,
  untilShown,
} from './counter.ts'
import { presentWithMouse } from './simulator-drawer.ts'

const nextMember = members()
let counter: Counter

beforeAll(async () => {
  counter = await openCounter()
})
afterAll(() => counter?.close())

test('a newcomer presents a card and both kinds of code with the mouse alone, and each sale carries its driver’s event', async () => {
  const { cashier } = counter
  for (const what of ['刷卡', '动态码', '纸码'] as const) {
    const senior = nextMember()
    const since = await nextPlease(cashier)
    await presentWithMouse(cashier.page, senior, what)
    await untilSeen(cashier, `已入账¥${ownPayOf(senior)}`, since)
  }
  const sales = await salesAtTerminal(counter)
  expect(sales.map(({ payload }) => [payload.means, payload.assurance, payload.device])).toEqual([
    ['card', 'presented', 'simulated-reader'],
    ['code', 'possessed', 'simulated-scanner'],
    ['code', 'presented', 'simulated-scanner'],
  ])
  const events = sales.map(({ payload }) => payload.deviceEvent)
  expect(events).not.toContain(null)
  expect(new Set(events).size).toBe(3)
  await untilAllSent(counter)
  expect((await salesAtProvince(counter)).map(({ record }) => record)).toEqual(sales)
})

test('what is simulated says so: the site, both devices, the drawer, and each check-in', async () => {
  const { cashier, customer, till } = counter
  await untilShown(cashier.page, '演示数据')
  await untilShown(customer.page, '演示数据')
  for (const device of ['simulated-reader', 'simulated-scanner'])
    await cashier.page.locator(`[data-device="${device}"]`).getByText('模拟就绪').waitFor()
  await untilShown(cashier.page, '走的是设备这条路，人和钱都是虚构的')
  const { id } = nextMember()
  await till.client.simulate({ senior: id, present: 'card' })
  const priced = await till.untilCashier((view): view is never => view.state === 'priced')
  expect(priced).toMatchObject({ device: { id: 'simulated-reader', simulated: true } })
  await till.client.dismiss()
})

test('a person over the limit of the meal reads the shop price and the cashier the reason, whichever means came first', async () => {
  const { cashier } = counter
  const senior = nextMember()
  const since = await nextPlease(cashier)
  await presentWithMouse(cashier.page, senior, '动态码')
  await untilSeen(cashier, `已入账¥${ownPayOf(senior)}`, since)

  await presentWithMouse(cashier.page, senior, '刷卡')
  await untilPrice(cashier.page, '13.50')
  await untilShown(cashier.page, '这一餐的补贴已用过，下一餐恢复')
  await cashier.page.keyboard.press('Escape')
  await untilShown(cashier.page, '请下一位')
  expect((await salesAtTerminal(counter)).filter(({ payload }) => payload.ownPayFen === 1350)).toEqual([])

  const next = nextMember()
  const then = await nextPlease(cashier)
  await presentWithMouse(cashier.page, next, '刷卡')
  await untilSeen(cashier, `已入账¥${ownPayOf(next)}`, then)
})
