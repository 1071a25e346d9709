import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoSeniors } from '../../../province/demo-people.ts'
import { type FaultProxy, faults, openFaultProxy } from '../../support/fault-proxy.ts'
import { openOfflineTill } from '../../support/offline-till.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'

const sales = 10_000
/** So often in between a round with the province is tried. */
const salesARound = 50
let house: ProvinceHouse
let proxy: FaultProxy
let till: Awaited<ReturnType<typeof openOfflineTill>>

beforeAll(async () => {
  house = await openProvinceHouse({ lunchAllDay: true })
  proxy = await openFaultProxy(house.province.address, 20_261_122)
  till = await openOfflineTill({ ...(await house.code()), address: proxy.address })
  await till.sync.round()
}, 120_000)
afterAll(async () => {
  await till?.close()
  await proxy?.close()
  await house?.close()
})

test(`over a network that cuts, doubles, delays and garbles, ${sales} sales are acknowledged exactly once`, async () => {
  const members = demoSeniors().filter(({ homeSite }) => homeSite === 'demo-canteen')
  const sold: string[] = []
  let [rounds, before] = [0, 0]
  async function tryRound(): Promise<void> {
    await till.sync.round()
    rounds += 1
    expect(till.acknowledged()).toBeGreaterThanOrEqual(before)
    before = till.acknowledged()
  }
  proxy.disturb(0.6)
  for (let at = 0; at < sales; at += 1) {
    sold.push(await till.sell(members[at]?.id ?? null))
    if (at % salesARound === 0) await tryRound()
  }
  while (till.acknowledged() < till.head()) await tryRound()
  console.log(JSON.stringify({ sales, rounds, ...proxy.done }))
  expect(faults.filter(fault => proxy.done[fault] === 0)).toEqual([])
  const held = await house.rows("select record_id, verdict, code from ledger where kind = 'sale' order by seq")
  expect(held.map(row => row.record_id)).toEqual(sold)
  expect(held.filter(row => row.verdict !== 'accepted')).toEqual([])
  expect(await house.number('select count(*) from forked_record')).toBe(0)
  const subsidies = till
    .records()
    .flatMap(({ record }) => (record.kind === 'sale' ? record.payload.subsidies : []))
    .reduce((sum, { fen }) => sum + fen, 0)
  expect(subsidies).toBeGreaterThan(10_000)
  expect(await house.number('select sum(fen) from claim_line')).toBe(subsidies)
})
