import { afterAll, beforeAll, expect, test } from 'vitest'
import { statementOf } from '../../../province/statement.ts'
import { businessDate } from '../../../shared/business-day.ts'
import { memberOf, openStationHouse, type StationHouse } from '../../support/station-house.ts'
import { handOver } from '../../support/till.ts'

const chen = memberOf(1, '陈桂英', {})
const day = businessDate.parse('2026-11-25')
const done = { result: 'done' }
let house: StationHouse
beforeAll(async () => {
  house = await openStationHouse(day, [chen])
  await house.synced()
}, 240_000)
afterAll(() => house?.close())

test('a stay that nobody signed out of stands in the statement on the day that it began, without minutes', async () => {
  const { visit } = house.client()
  house.at('11:00')
  await house.arrive(chen.id, 'day-care', null)
  expect(await visit.begin({ seen: null, note: null })).toEqual(done)
  const stay = await house.until(({ day: lines }) => lines.find(({ state }) => state === 'present')?.visit ?? null)
  await handOver(house.till())
  house.nextDay()
  house.at('09:00')
  await house.opened()
  expect(await visit.leave({ visit: stay, early: 'other' })).toEqual(done)
  expect(await visit.finish({ visit: stay, digest: null })).toMatchObject({ result: 'recorded' })
  await house.synced()
  expect(await house.verdicts()).toEqual([])
  const { entries } = await statementOf(house.database, chen.id, '2026-11')
  expect(entries).toMatchObject([{ kind: 'attendance', date: day, minutes: null }])
})
