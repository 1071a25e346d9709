import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type Counter,
  members,
  nextPlease,
  openCounter,
  ownPayOf,
  salesAtTerminal,
  untilSeen,
  untilShown,
} from '../e2e/check-in/counter.ts'
import { presentWithMouse } from '../e2e/check-in/simulator-drawer.ts'

const nextMember = members()
const socketName = process.env.PCSCLITE_CSOCK_NAME
let counter: Counter

const cameraTile = () => counter.cashier.page.locator('[data-device="camera"]')

async function eatByMouse(what: '刷卡' | '动态码'): Promise<void> {
  const before = (await salesAtTerminal(counter)).length
  const senior = nextMember()
  const since = await nextPlease(counter.cashier)
  await presentWithMouse(counter.cashier.page, senior, what)
  await untilSeen(counter.cashier, `已入账¥${ownPayOf(senior)}`, since)
  expect(await salesAtTerminal(counter)).toHaveLength(before + 1)
}

beforeAll(async () => {
  // A service that runs on this machine must not be found by the driver.
  process.env.PCSCLITE_CSOCK_NAME = '/nowhere/pcscd.comm'
  counter = await openCounter({
    devices: [
      { id: 'card-reader', driver: 'card-reader-pcsc' },
      { id: 'simulated-reader', driver: 'card-reader-simulated' },
      { id: 'simulated-scanner', driver: 'code-scanner-simulated' },
    ],
  })
})
afterAll(async () => {
  if (socketName === undefined) delete process.env.PCSCLITE_CSOCK_NAME
  else process.env.PCSCLITE_CSOCK_NAME = socketName
  await counter?.close()
})

test('without the card service the cashier reads so and what to do, and codes are served', async () => {
  await untilShown(counter.cashier.page, '读卡服务没有运行，扫码照常')
  await untilShown(counter.cashier.page, '请装并启动 pcscd')
  await eatByMouse('动态码')
})

test('without a camera the cashier reads so and what to do, and cards are served', async () => {
  await cameraTile().getByText('没接上').waitFor()
  await untilShown(counter.cashier.page, '没有找到摄像头，刷卡照常')
  await untilShown(counter.cashier.page, '插上摄像头')
  await eatByMouse('刷卡')
})

test('a camera that is not allowed is told apart from a missing one, and cards are served', async () => {
  await counter.standBefore('refused')
  await cameraTile().getByText('没有获准').waitFor()
  await untilShown(counter.cashier.page, '摄像头没有获准，刷卡照常')
  await untilShown(counter.cashier.page, '在设置里允许摄像头')
  await eatByMouse('刷卡')
})
