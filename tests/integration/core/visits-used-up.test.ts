import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { businessDate, businessDateOf } from '../../../shared/business-day.ts'
import { operatorId } from '../../../shared/ids.ts'
import type { StationView } from '../../../shared/visit-api.ts'
import { carer, memberOf, openStationHouse, type StationHouse } from '../../support/station-house.ts'
import { openTerminalInProcess } from '../../support/terminal-in-process.ts'

/** The insurance pays three visits a week, then the voucher: also where a sister till gave some of them. */

const chen = memberOf(1, '陈桂英', { categories: [{ id: 'disability_moderate' }], careGrade: 2 })
const day = businessDate.parse('2026-11-25')
const done = { result: 'done' }
const folder = mkdtempSync(join(tmpdir(), 'aixin-sister-'))
let house: StationHouse
let sister: Awaited<ReturnType<typeof openTerminalInProcess>>
let view: StationView | null = null

beforeAll(async () => {
  house = await openStationHouse(day, [chen])
  await house.synced()
  sister = await openTerminalInProcess({ dataDir: folder, enrolmentCode: await house.province.code() })
  const { client, untilTerminal } = sister.till
  await untilTerminal(({ roster, menu }) => roster.members > 0 && menu.length > 0 && !roster.stale)
  await client.openShift({ operator: operatorId.parse('sun-min'), date: businessDateOf(Date.now()) })
  const stream = await client.visit.watch()
  void (async () => {
    for await (const newest of stream) view = newest
  })().catch(() => undefined)
  expect(await client.visit.open()).toEqual(done)
  await client.afterwards.setPin({ pin: house.approval.pin })
  const { approval } = house
  expect(await client.visit.setCarerPin({ carer: carer('jiang-min'), pin: house.carerPin, approval })).toEqual(done)
}, 240_000)
afterAll(async () => {
  await sister?.stop()
  await house?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Care of an hour at the sister till. @param from clock time */
async function careThere(from: string, until: string): Promise<void> {
  const { client, untilTerminal } = sister.till
  house.at(from)
  await client.visit.choose({ senior: chen.id })
  await client.visit.chooseService({ service: 'home-care' })
  await client.visit.carer({ carer: carer('jiang-min'), pin: house.carerPin })
  expect(await client.visit.begin({ seen: null, note: null })).toEqual(done)
  const visit = await vi.waitFor(() => (view?.desk.state === 'visit' ? view.desk.visit.visit : fail()), 20_000)
  house.at(until)
  // The right lies with the first till, which may take longer to give it back than somebody waits here.
  const price = await vi.waitFor(async () => {
    expect(await client.visit.leave({ visit, early: null })).toEqual(done)
    await client.visit.chooseTender({ tender: 'cash' })
    const shown = view?.desk.state === 'leaving' ? view.desk.visit.price : null
    return shown?.tender === 'cash' && shown.subsidyFen === 5850 ? shown : fail()
  }, 20_000)
  expect(await client.visit.finish({ visit, digest: price.digest })).toMatchObject({ result: 'recorded' })
  await client.visit.rate({ visit, rating: null })
  await client.syncNow()
  await untilTerminal(({ unsent }) => unsent.count === 0)
}

/** The same here: what the insurance or the voucher bears of 65 yuan. */
async function careHere(from: string, until: string) {
  const visit = await house.signIn(from, chen.id, 'home-care', 'zheng-xiuying')
  await house.synced()
  const { price } = await house.signOut(until, visit)
  await house.synced()
  return [price?.subsidyFen, price?.pendingFen, price?.ownPayFen]
}

test('the voucher pays the visit for which other tills left nothing of the insurance', async () => {
  expect(await careHere('08:00', '09:05')).toEqual([5850, 0, 650])
  await careThere('10:00', '11:05')
  await careThere('12:00', '13:05')
  expect(await careHere('14:00', '15:05')).toEqual([2600, 0, 3900])
  expect(await house.verdicts()).toEqual([])
  expect(await house.province.rows('select state from claim')).toEqual([])
})

test('a late visit of that week is paid by the voucher too', async () => {
  house.at('17:30')
  const late = { senior: chen.id, service: 'home-care', carer: carer('zheng-xiuying'), servedOn: day }
  const times = { from: '16:00', until: '17:05', tender: 'cash' as const }
  const priced = await house.client().visit.priceLate({ ...late, ...times })
  expect(priced).toMatchObject({ result: 'priced', price: { subsidyFen: 2600, pendingFen: 0 } })
})

test('a visit that waits as a claim, since nobody could ask, is taken back that day and entered late: the voucher pays its hour', async () => {
  const visit = await house.signIn('18:00', chen.id, 'home-care', 'zheng-xiuying')
  await house.line.cut()
  const { price } = await house.signOut('19:05', visit)
  expect(price).toMatchObject({ subsidyFen: 0, pendingFen: 5850, ownPayFen: 6500 })
  await house.line.mend()
  house.at('19:30')
  await house.synced()
  expect(await house.province.rows('select state from claim')).toEqual([{ state: 'nothing-due' }])
  const late = {
    ...{ senior: chen.id, service: 'home-care', carer: carer('zheng-xiuying'), servedOn: day, from: '18:00' },
    ...{ until: '19:05', tender: 'cash' as const },
  }
  const station = house.client().visit
  expect(await station.priceLate(late)).toMatchObject({ notice: { code: 'LATE_VISIT_OVERLAP' } })
  expect(await station.takeBack({ visit })).toEqual(done)
  expect(await station.priceLate(late)).toMatchObject({ price: { subsidyFen: 2600, pendingFen: 0, ownPayFen: 3900 } })
})

function fail(): never {
  throw new Error('not yet')
}
