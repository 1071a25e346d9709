import { afterAll, beforeAll, expect, test } from 'vitest'
import { businessDate } from '../../../shared/business-day.ts'
import type { DayLine } from '../../../shared/visit-api.ts'
import { carer, memberOf, openStationHouse, type StationHouse } from '../../support/station-house.ts'

/** The day's list offers to take back what the till would take back, and nothing else. */

const chen = memberOf(1, '陈桂英', { categories: [{ id: 'disability_moderate' }] })
const wang = memberOf(2, '王秀兰', { categories: [{ id: 'disability_moderate' }] })
const day = businessDate.parse('2026-11-25')
const done = { result: 'done' }

let house: StationHouse
beforeAll(async () => {
  house = await openStationHouse(day, [chen, wang])
  await house.synced()
}, 240_000)
afterAll(() => house.close())

/** The line of what was given at a time of the day. */
async function lineAt(clock: string, isSo: (line: DayLine) => boolean): Promise<DayLine> {
  return await house.until(view => view.day.find(line => line.at === clock && isSo(line)) ?? null)
}
const offered = (clock: string) => lineAt(clock, ({ takesBack }) => takesBack)
const notOffered = (clock: string) => lineAt(clock, ({ takesBack }) => !takesBack)

async function closeShift(): Promise<void> {
  const { client, terminal, untilTerminal } = house.till()
  const { shift, operator } = terminal()
  if (!shift || !operator) throw new Error('no shift is open')
  const closing = { shift: shift.record, operator: operator.id }
  expect(await client.close.count({ ...closing, cashFen: 0, outsideFen: 0 })).toEqual(done)
  const check = await client.close.look({ date: null })
  if (check.step !== 'check' || !check.shift.count) throw new Error(check.step)
  const count = check.shift.count.record
  expect(await client.close.closeShift({ ...closing, count, reason: 'other', note: '' })).toEqual(done)
  await untilTerminal(view => view.shift === null)
}

test('a visit of today is offered once it is counted, until it was taken back', async () => {
  const visit = await house.signIn('08:00', chen.id, 'bathing', 'wu-cuilan')
  expect((await notOffered('08:00')).state).toBe('running')
  await house.signOut('08:40', visit)
  await offered('08:00')
  expect(await house.client().visit.takeBack({ visit })).toEqual(done)
  expect((await notOffered('08:00')).state).toBe('void')
})

test('a visit whose money was given back is not offered, nor a note of attendance', async () => {
  const visit = await house.signIn('09:00', chen.id, 'bathing', 'wu-cuilan')
  await house.signOut('09:40', visit)
  const line = await offered('09:00')
  const { afterwards } = house.client()
  const sale = (await afterwards.find({ senior: chen.id })).find(({ standing }) => standing === 'open')
  if (sale === undefined) throw new Error('not found')
  expect(await afterwards.refund({ sale: sale.record, reason: 'charged by mistake' })).toEqual(done)
  expect((await notOffered('09:00')).state).toBe(line.state)
  house.at('09:50')
  await house.arrive(wang.id, 'calling', 'feng-yu')
  expect(await house.client().visit.begin({ seen: 'well', note: null })).toEqual(done)
  await notOffered('09:50')
})

test('what was entered late is offered in the shift that entered it, and not after that', async () => {
  house.at('11:00')
  const late = {
    ...{ senior: wang.id, service: 'bathing', carer: carer('wu-cuilan'), servedOn: day, from: '10:00', until: '10:40' },
    ...{ tender: 'cash' as const, reason: '停电', approval: null, digest: null },
  }
  expect(await house.client().visit.late(late)).toEqual(done)
  const { visit } = await offered('10:00')
  await closeShift()
  await house.opened()
  await notOffered('10:00')
  if (visit === null) throw new Error('no visit')
  expect(await house.client().visit.takeBack({ visit })).toMatchObject({ notice: { code: 'VISIT_COUNTED' } })
})
