import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type DemoSenior, demoSeniors, lostCard, stranger } from '../../province/demo-people.ts'
import {
  type Counter,
  claimOf,
  expectedClaim,
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
} from '../e2e/check-in/counter.ts'
import { presentWithMouse } from '../e2e/check-in/simulator-drawer.ts'
import { type Pcscd, startPcscd } from '../support/pcscd.ts'
import type { CardFault, VirtualCardProfile } from '../support/virtual-card.ts'
import { virtualReader } from '../support/virtual-reader.ts'

const nextMember = members()
const reader = virtualReader(0)
let service: Pcscd
let counter: Counter

/** The third-generation card of a person, which keeps name and citizen number to itself. */
function cardOf(cardId: string | undefined, fault?: CardFault): VirtualCardProfile {
  return {
    cardId: cardId ?? '',
    cardNumber: 'X10000000',
    citizenNumber: '990101194001010010',
    name: '某某某',
    version: '3.00',
    validUntil: '2031-06-01',
    ...(fault === undefined ? {} : { fault }),
  }
}

/** Lays the card down, waits until it is recorded, and takes it away. */
async function eatByCard(senior: DemoSenior): Promise<void> {
  const since = await nextPlease(counter.cashier)
  await reader.insert(cardOf(senior.cards.at(-1)))
  await untilSeen(counter.cashier, `实付¥${ownPayOf(senior)}`, since)
  await untilSeen(counter.cashier, `已入账¥${ownPayOf(senior)}`, since)
  await reader.remove()
}

beforeAll(async () => {
  service = await startPcscd()
  counter = await openCounter({
    devices: [
      { id: 'card-reader', driver: 'card-reader-pcsc', config: { reader: '00 00' } },
      { id: 'simulated-scanner', driver: 'code-scanner-simulated' },
    ],
  })
  await counter.cashier.page.locator('[data-device="card-reader"]').getByText('就绪').waitFor()
})
afterAll(async () => {
  await reader.remove()
  await counter?.close()
  await service?.stop()
})

test('a card in the reader is priced on both screens, records itself after the bar, and reaches the province', async () => {
  const senior = nextMember()
  const ownPay = ownPayOf(senior)
  const { cashier, customer } = counter
  await reader.insert(cardOf(senior.cards.at(-1)))

  await untilSeen(cashier, new RegExp(`${senior.name}.*社保卡 · 尾号 0000.*实付¥${ownPay}.*社保卡自动入账`))
  await untilSeen(customer, new RegExp(`请看价格.*，套餐 A实付¥${ownPay}`))

  await untilSeen(cashier, `已入账¥${ownPay}`)
  await untilSeen(customer, '好了，请取餐')
  await reader.remove()

  await untilAllSent(counter)
  expect(await claimOf(counter, senior.id)).toEqual(expectedClaim(senior))
  const [sale, ...others] = await salesAtProvince(counter, senior.id)
  expect(others).toEqual([])
  expect(sale).toMatchObject({ verdict: 'accepted', code: null })
  expect(sale?.record.payload).toMatchObject({
    means: 'card',
    assurance: 'presented',
    device: 'card-reader',
    deviceEvent: expect.stringMatching(/^[0-9a-f-]{36}$/),
  })
})

test('the same person by code in the same meal period is priced without subsidy, and the cashier reads why', async () => {
  const senior = nextMember()
  const { cashier, customer } = counter
  await eatByCard(senior)

  await presentWithMouse(cashier.page, senior, '动态码')
  await untilPrice(cashier.page, '13.50')
  const band = cashier.page.getByRole('status')
  expect(await band.textContent()).toMatch(
    /这一餐 \d\d:\d\d 已登记.*可按这个价再记一份.*这一餐的补贴已用过，下一餐恢复/s,
  )
  expect(await cashier.page.locator('[data-step="none"]').textContent()).toContain('政府补贴这一餐没有0.00')
  expect(await cashier.page.locator('[data-entry="running"]').count()).toBe(0)
  // The public screen says the price and keeps the reason to itself.
  await untilSeen(customer, '实付¥13.50')
  expect((await customer.history()).join()).not.toMatch(/已用|下一餐恢复|已登记/)

  await cashier.page.keyboard.press('Enter')
  await untilSeen(cashier, '已入账¥13.50')
  await untilAllSent(counter)
  expect(await claimOf(counter, senior.id)).toEqual(expectedClaim(senior))
  const sales = await salesAtProvince(counter, senior.id)
  expect(sales.map(({ record, verdict }) => [record.payload.means, record.payload.ownPayFen, verdict])).toEqual([
    ['card', 1350 - senior.expected.fen, 'accepted'],
    ['code', 1350, 'accepted'],
  ])
})

describe('after', () => {
  test.each<[string, CardFault, string, string]>([
    ['a card that was pulled while it was read', { kind: 'removed', atCommand: 3 }, '卡拿早了，请再放两秒', '再放一次'],
    ['a card full of garbage', { kind: 'garbage', seed: 7 }, '卡里的数据读不懂，请换一种方式', '扫长者码；请社区换卡'],
    ['another kind of card', { kind: 'not-social-security' }, '这不是社会保障卡', '换社会保障卡，或扫长者码'],
  ])('%s the cashier reads what is so and what to do, and the next card serves', async (_, fault, what, next) => {
    const { cashier } = counter
    const before = (await salesAtTerminal(counter)).length
    await reader.insert(cardOf(nextMember().cards.at(-1), fault))
    await untilShown(cashier.page, what)
    await untilShown(cashier.page, next)
    await reader.remove()
    const senior = nextMember()
    await eatByCard(senior)
    expect(await salesAtTerminal(counter)).toHaveLength(before + 1)
  })
})

test('the card of a person on no roster can be sold at the list price by one key, and the province decides', async () => {
  const { cashier, customer } = counter
  await reader.insert(cardOf(stranger.card))
  await untilShown(cashier.page, '名单里还没有这位')
  await untilShown(cashier.page, '按原价记、查实后补差')
  await cashier.page.keyboard.press('Enter')
  await untilPrice(cashier.page, '15.00')
  await untilShown(cashier.page, '暂时核不到额度')
  await untilSeen(customer, '查实后补给您')
  await cashier.page.keyboard.press('Enter')
  await untilSeen(cashier, '已入账¥15.00')
  await reader.remove()

  await untilAllSent(counter)
  const sale = (await salesAtProvince(counter)).at(-1)
  expect(sale).toMatchObject({ verdict: 'accepted', code: null })
  expect(sale?.record.payload).toMatchObject({ senior: null, claimPending: true, ownPayFen: 1500, subsidies: [] })
  await eatByCard(nextMember())
})

test('a lost card is not taken, and its owner is served by code', async () => {
  const { cashier } = counter
  const card = lostCard(demoSeniors())
  const owner = demoSeniors().find(({ cards }) => card !== null && cards.includes(card))
  if (card === null || owner === undefined) throw new Error('the demo has no lost card')
  await reader.insert(cardOf(card))
  await untilShown(cashier.page, '这张卡已挂失，请核对本人')
  await untilShown(cashier.page, '用姓名办，或扫长者码')
  await reader.remove()
  const since = await nextPlease(cashier)
  await presentWithMouse(cashier.page, owner, '纸码')
  await untilSeen(cashier, `已入账¥${ownPayOf(owner)}`, since)
})
