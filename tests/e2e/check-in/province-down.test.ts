import { afterAll, beforeAll, expect, test } from 'vitest'
import { cuttableLine } from '../../support/cuttable-line.ts'
import { eat } from '../../support/people.ts'
import {
  type Counter,
  claimOf,
  expectedClaim,
  members,
  openCounter,
  ownPayOf,
  salesAtProvince,
  salesAtTerminal,
  untilAllSent,
  untilSeen,
  untilShown,
} from './counter.ts'
import { presentWithMouse } from './simulator-drawer.ts'

const line = cuttableLine()
const eaters = Array.from({ length: 10 }, members())
let counter: Counter

const pill = (name: string) => counter.cashier.page.locator(`[data-pill="${name}"]`)
const tryNow = () => counter.cashier.page.getByRole('button', { name: '现在试一次' }).click()
const untilUnsent = (count: number) => untilShown(counter.cashier.page, `未上传 ${count}`)

beforeAll(async () => {
  counter = await openCounter({ reachableAt: line.open })
  await untilAllSent(counter)
})
afterAll(async () => {
  await counter?.close()
  await line.cut()
})

test('with the province out of reach ten more people eat, and the status bar says that ten wait', async () => {
  await line.cut()
  const [byMouse, byScanner, ...others] = eaters
  if (!byMouse || !byScanner) throw new Error('nobody is hungry')
  await presentWithMouse(counter.cashier.page, byMouse, '刷卡')
  await untilSeen(counter.cashier, `已入账¥${ownPayOf(byMouse)}`)
  await eat(counter.till, byScanner.id, 'dynamic-code')
  for (const senior of others) await eat(counter.till, senior.id)
  await untilUnsent(10)
  await counter.till.untilTerminal(view => view.network.state === 'offline')
  await expect.poll(() => pill('network').textContent()).toBe('离线可用')
  await untilShown(counter.cashier.page, '平台连不上，离线可用')
  expect(await salesAtProvince(counter)).toEqual([])
})

test('an answer that is lost on the way back leaves them waiting here, though the province has them', async () => {
  await line.goDeaf()
  await pill('unsent').click()
  await tryNow()
  await expect.poll(async () => (await salesAtProvince(counter)).length, { timeout: 60_000 }).toBe(10)
  await untilUnsent(10)
})

test('with the line mended nothing waits, and each meal is at the province once with every fen of it', async () => {
  await line.mend()
  await expect
    .poll(
      async () => {
        await tryNow()
        return await pill('unsent').textContent()
      },
      { timeout: 60_000, interval: 500 },
    )
    .toBe('未上传 0')
  await expect.poll(() => pill('network').textContent()).toBe('在线')

  const here = await salesAtTerminal(counter)
  const there = await salesAtProvince(counter)
  expect(here).toHaveLength(10)
  expect(there.map(({ record }) => record)).toEqual(here)
  expect(new Set(here.map(({ id }) => id)).size).toBe(10)
  expect(there.map(({ verdict }) => verdict)).toEqual(here.map(() => 'accepted'))
  for (const senior of eaters) expect(await claimOf(counter, senior.id)).toEqual(expectedClaim(senior))
})
