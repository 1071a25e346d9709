import { afterAll, beforeAll, expect, it } from 'vitest'
import { type DemoHouse, openDemoHouse } from '../support/demo-house.ts'
import { readLedger } from '../support/read-ledger.ts'
import { rushUnderKills } from '../support/rush-under-kills.ts'

let house: DemoHouse

beforeAll(async () => {
  house = await openDemoHouse()
  const till = await house.openTill()
  await till.client.simulatedPeople()
  till.close()
})
afterAll(() => house?.close())

it('keeps every confirmed meal exactly once while the core is killed 200 times in the middle of a rush', async () => {
  const confirmed = await rushUnderKills(house, 200)
  await house.host.stop()

  const { records, findings, pages } = await readLedger(house.dataDir)
  const sales = records.filter(record => record.kind === 'sale').map(record => record.id)
  expect(pages).toBe('ok')
  expect(findings).toEqual([])
  expect(new Set(sales).size).toBe(sales.length)
  expect(sales).toEqual(expect.arrayContaining(confirmed.map(String)))
  expect(confirmed.length).toBeGreaterThanOrEqual(10)
  expect(await house.province.number("select count(*) from ledger where kind = 'sale'")).toBe(sales.length)
}, 3600000)
