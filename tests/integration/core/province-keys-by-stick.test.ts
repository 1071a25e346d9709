import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { demoSeniors } from '../../../province/demo-people.ts'
import { keysCommand } from '../../../province/keys-command.ts'
import { usbCommand } from '../../../province/usb-command.ts'
import { openOfflineTill } from '../../support/offline-till.ts'
import { shippedPack } from '../../support/policy-kit.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'

const [member] = demoSeniors().filter(({ homeSite }) => homeSite === 'demo-canteen')
if (!member) throw new Error('no demo member')
let house: ProvinceHouse
let till: Awaited<ReturnType<typeof openOfflineTill>>
let folder: string

beforeAll(async () => {
  vi.spyOn(console, 'log').mockReturnValue()
  house = await openProvinceHouse({ lunchAllDay: true })
}, 120_000)
afterAll(async () => {
  await house?.close()
  vi.restoreAllMocks()
})
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'aixin-stick-'))
  till = await openOfflineTill(await house.code())
  await till.sync.round()
  await till.sell(member.id)
})
afterEach(async () => {
  await till?.close()
  rmSync(folder, { recursive: true, force: true })
})

const atProvince = async (stick: string) =>
  expect(await usbCommand([stick, '--database-url', house.databaseUrl])).toBe(0)
const rotate = async () => expect(await keysCommand(['rotate', '--database-url', house.databaseUrl])).toBe(0)
async function out(stick = folder): Promise<void> {
  expect(await till.usb.out(stick)).toMatchObject({ ok: true })
}
async function back(stick = folder) {
  const result = await till.usb.back(stick)
  if (!result.ok) throw new Error(`nothing was taken: ${result.notice.code}`)
  return result.brought
}
async function trip() {
  await out()
  await atProvince(folder)
  return await back()
}
/** The key that the province lets everybody seal to by now. */
async function newestSealingKey(): Promise<string> {
  const [row] = await house.rows(
    "select public_key from province_key where name = 'sealing' order by number desc limit 1",
  )
  if (!(row?.public_key instanceof Buffer)) throw new Error('the province has no key')
  return row.public_key.toString('base64url')
}

it('the stick that brings new keys of the province brings rules signed by them too, and the till is up to date', async () => {
  const before = till.sync.view().rosterSyncedAt
  await rotate()
  const afresh = await house.start()
  await afresh.publishPolicy(
    JSON.stringify({ ...shippedPack('DEMO'), title: { zh: '换钥匙后的规则', en: 'Rules after the exchange' } }),
  )
  await afresh.close()
  expect(await trip()).toMatchObject({ upToDate: true })
  expect(till.policy()?.pack.title.zh).toBe('换钥匙后的规则')
  expect(till.sync.view().rosterSyncedAt).toBeGreaterThan(before ?? 0)
  expect(till.sync.view().notices).toEqual([])
})

it('packs come once more with the stick after it, as they do over a network', async () => {
  await rotate()
  await trip()
  const { items } = await trip()
  expect(items).toBeGreaterThan(0)
  expect((await trip()).items).toBe(0)
})

it('what goes out after it is sealed to the new keys', async () => {
  await rotate()
  await trip()
  expect(till.sync.enrolment()?.province.keys.sealing).toBe(await newestSealingKey())
  await till.sell(member.id)
  expect(await trip()).toMatchObject({ acknowledged: 1, upToDate: true })
})

it('a stick that went out under the former keys is still read when it comes back after another that brought the new ones', async () => {
  const second = mkdtempSync(join(folder, 'second-'))
  await out()
  await till.sell(member.id)
  await out(second)
  await rotate()
  await atProvince(folder)
  await atProvince(second)
  await back()
  expect(await back(second)).toMatchObject({ acknowledged: 1 })
})
