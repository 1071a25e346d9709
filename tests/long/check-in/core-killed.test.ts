import { afterAll, beforeAll, expect, test } from 'vitest'
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
  untilSeen,
  untilShown,
} from '../../e2e/check-in/counter.ts'
import { presentWithMouse } from '../../e2e/check-in/simulator-drawer.ts'

const nextMember = members()
let counter: Counter

beforeAll(async () => {
  counter = await openCounter()
})
afterAll(() => counter?.close())

function killCore(): void {
  const core = counter.house.host.coreProcessId()
  if (core === null) throw new Error('no core runs')
  process.kill(core, 'SIGKILL')
}

async function untilNothingWaits(): Promise<void> {
  const pill = counter.cashier.page.locator('[data-pill="unsent"]')
  await expect.poll(() => pill.textContent(), { timeout: 60_000 }).toBe('未上传 0')
}

test('a core killed during the entry bar comes back by itself with the same price held, and one key records it once', async () => {
  const { cashier, customer } = counter
  const senior = nextMember()
  await presentWithMouse(cashier.page, senior, '刷卡')
  await untilSeen(cashier, `实付¥${ownPayOf(senior)}`)
  killCore()

  await untilSeen(cashier, '程序正在重新启动，刚才确认的都已保存')
  await untilShown(cashier.page, '已停住，不会自动入账')
  await cashier.page.locator(`[data-own-pay="${ownPayOf(senior)}"]`).waitFor()
  await cashier.page.keyboard.press('Enter')
  await untilSeen(cashier, `已入账¥${ownPayOf(senior)}`)
  await untilSeen(customer, '好了，请取餐')

  await untilNothingWaits()
  expect(await salesAtTerminal(counter)).toHaveLength(1)
  expect(await salesAtProvince(counter, senior.id)).toHaveLength(1)
  expect(await claimOf(counter, senior.id)).toEqual(expectedClaim(senior))
})

test.each([0, 5, 20])(
  'a core killed %i ms after the key leaves the page asking until the sale is recorded, once',
  async wait => {
    const { cashier } = counter
    const before = await salesAtTerminal(counter)
    const senior = nextMember()
    const since = await nextPlease(cashier)
    await presentWithMouse(cashier.page, senior, '刷卡')
    await untilSeen(cashier, `实付¥${ownPayOf(senior)}`, since)
    await cashier.page.locator('[data-entry]').click()
    await new Promise(resolve => setTimeout(resolve, wait))
    killCore()

    // Nobody presses anything again.
    await untilSeen(cashier, '程序正在重新启动', since)
    await untilShown(cashier.page, '请下一位')
    await untilNothingWaits()
    const after = await salesAtTerminal(counter)
    expect(after).toHaveLength(before.length + 1)
    expect(new Set(after.map(({ id }) => id)).size).toBe(after.length)
    expect(await salesAtProvince(counter, senior.id)).toHaveLength(1)
    expect(await claimOf(counter, senior.id)).toEqual(expectedClaim(senior))
  },
)
