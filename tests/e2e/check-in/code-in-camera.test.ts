import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { stranger } from '../../../province/demo-people.ts'
import {
  type Counter,
  claimOf,
  expectedClaim,
  members,
  mintCode,
  openCounter,
  ownPayOf,
  salesAtProvince,
  untilAllSent,
  untilPrice,
  untilSeen,
  untilShown,
} from './counter.ts'
import { holdBeforeCamera, titleOf } from './film-queue.ts'

const folder = mkdtempSync(join(tmpdir(), 'aixin-film-'))
const nextMember = members()
let counter: Counter

beforeAll(async () => {
  counter = await openCounter()
})
afterAll(async () => {
  await counter?.close()
  rmSync(folder, { recursive: true, force: true })
})

test('a code before the camera is priced on both screens, records itself after the bar, and reaches the province', async () => {
  const senior = nextMember()
  const ownPay = ownPayOf(senior)
  await holdBeforeCamera(counter, folder, [await mintCode(counter.house, senior.id, 'dynamic')])
  const { cashier, customer } = counter

  const steps = [
    '原价.*15.00',
    '本店优惠.*1.50',
    ...senior.expected.subsidies.map(({ fen }) => `补贴.*${fen / 100}.00`),
  ]
  await untilSeen(cashier, new RegExp(`${senior.name}.*${steps.join('.*')}.*实付¥${ownPay}.*社保卡自动入账`))
  await untilSeen(customer, `请看价格${titleOf(senior)}，套餐 A实付¥${ownPay}`)

  // Nobody presses anything.
  await untilSeen(cashier, `已入账¥${ownPay}`)
  await untilSeen(customer, `好了，请取餐${titleOf(senior)}，套餐 A实付¥${ownPay}`)

  await untilAllSent(counter)
  expect(await claimOf(counter, senior.id)).toEqual(expectedClaim(senior))
  const [sale, ...others] = await salesAtProvince(counter, senior.id)
  expect(others).toEqual([])
  expect(sale).toMatchObject({ verdict: 'accepted', code: null })
  expect(sale?.record.payload).toMatchObject({
    means: 'code',
    assurance: 'possessed',
    device: 'camera:camera',
    deviceEvent: expect.stringMatching(/^[0-9a-f-]{36}$/),
  })
})

test('the code of a person on no roster can be sold at the list price by one key, and the province decides', async () => {
  await holdBeforeCamera(counter, folder, [await mintCode(counter.house, stranger.id, 'dynamic')])
  const { cashier, customer } = counter
  await untilShown(cashier.page, '名单里还没有这位')
  await untilShown(cashier.page, '老人照常吃饭')
  await untilSeen(customer, '请稍等，我们来办')

  await cashier.page.keyboard.press('Enter')
  await untilPrice(cashier.page, '15.00')
  await untilShown(cashier.page, '查实后下次补差')
  await untilSeen(customer, '实付¥15.00')
  expect(await cashier.page.locator('[data-entry="running"]').count()).toBe(0)

  await cashier.page.keyboard.press('Enter')
  await untilSeen(cashier, '已入账¥15.00')
  await untilAllSent(counter)
  const sale = (await salesAtProvince(counter)).at(-1)
  expect(sale).toMatchObject({ verdict: 'accepted', code: null })
  expect(sale?.record.payload).toMatchObject({ senior: null, claimPending: true, ownPayFen: 1500, subsidies: [] })
})
