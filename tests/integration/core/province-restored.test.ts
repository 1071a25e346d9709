import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { demoSeniors } from '../../../province/demo-people.ts'
import { usbCommand } from '../../../province/usb-command.ts'
import { cuttableLine } from '../../support/cuttable-line.ts'
import { openOfflineTill } from '../../support/offline-till.ts'
import { keepCopy } from '../../support/province-copy.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'

/** The province fails over to a replica that lags behind, or is restored from a backup: it lacks the last of what it had acknowledged. */
const members = demoSeniors().filter(({ homeSite }) => homeSite === 'demo-canteen')
const member = (index: number) => {
  const found = members[index]
  if (found === undefined) throw new Error('too few members')
  return found.id
}
let house: ProvinceHouse
let till: Awaited<ReturnType<typeof openOfflineTill>>
let line: ReturnType<typeof cuttableLine>
let name: string
let stick: string

beforeAll(async () => {
  house = await openProvinceHouse({ lunchAllDay: true })
}, 120_000)
afterAll(() => house?.close())
beforeEach(async () => {
  stick = mkdtempSync(join(tmpdir(), 'aixin-stick-'))
  line = cuttableLine()
  const code = await house.code()
  name = code.terminal
  till = await openOfflineTill({ ...code, address: await line.open(code.address) })
  await till.sync.round()
  await till.sell(member(0))
  await till.sync.round()
})
afterEach(async () => {
  await till?.close()
  await line?.cut()
  rmSync(stick, { recursive: true, force: true })
  vi.restoreAllMocks()
})

const recordsAtProvince = async () =>
  (await house.rows('select seq::int as seq from ledger where terminal_id = $1 order by seq', [name])).map(
    ({ seq }) => seq,
  )
const allRecords = () => till.records().map(({ record }) => record.seq)
const codes = () => till.sync.view().notices.map(({ code }) => code)
const told = () => till.sync.view().notices.find(({ code }) => code === 'RECORDS_GIVEN_AGAIN')?.values

/** Two more meals reach the province, which then loses them. */
async function loseTwoMeals(): Promise<void> {
  const goBack = await keepCopy(house)
  await till.sell(member(1))
  await till.sell(member(2))
  await till.sync.round()
  expect(await recordsAtProvince()).toEqual(allRecords())
  await goBack()
  expect(await recordsAtProvince()).not.toEqual(allRecords())
}

it('comes to hold every record again with the next sale, and the screen says how many it was given once more', async () => {
  await loseTwoMeals()
  await till.sell(member(3))
  await till.sync.round()
  expect(await recordsAtProvince()).toEqual(allRecords())
  expect(
    await house.number("select count(*) from ledger where terminal_id = $1 and verdict = 'rejected'", [name]),
  ).toBe(0)
  expect(till.sync.view()).toMatchObject({ network: { state: 'online' }, unsent: { count: 0 } })
  expect(told()).toEqual({ count: 2 })
  expect(codes()).not.toContain('RECORD_REFUSED')
})

it('comes to hold them from a till that sells nothing more, once it was out of reach', async () => {
  await loseTwoMeals()
  await line.cut()
  await till.sync.round()
  await line.mend()
  await till.sync.round()
  expect(await recordsAtProvince()).toEqual(allRecords())
  expect(told()).toEqual({ count: 2 })
})

it('comes to hold them from a stick: the first trip tells the till, the second brings them', async () => {
  vi.spyOn(console, 'log').mockReturnValue()
  await loseTwoMeals()
  await line.cut()
  await till.sell(member(3))
  for (let trip = 0; trip < 2; trip += 1) {
    expect((await till.usb.out(stick)).ok).toBe(true)
    expect(await usbCommand([stick, '--database-url', house.databaseUrl])).toBe(0)
    expect((await till.usb.back(stick)).ok).toBe(true)
  }
  expect(await recordsAtProvince()).toEqual(allRecords())
  expect(till.acknowledged()).toBe(till.head())
  expect(told()).toEqual({ count: 2 })
})

it('does not read as in good order while it misses records that the till does not hold either', async () => {
  const goBack = await keepCopy(house)
  await till.sell(member(1))
  await till.sync.round()
  await goBack()
  const lost = till.head()
  await till.sell(member(2))
  till.db.exec('drop trigger record_no_delete')
  till.db.prepare('delete from record where seq = ?').run(lost)
  await till.sync.round()
  expect(codes()).toContain('RECORDS_MISSED')
})
