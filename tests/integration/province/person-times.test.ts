import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../../province/database.ts'
import { demoSeniors } from '../../../province/demo-people.ts'
import { personTimesOf } from '../../../province/person-times.ts'
import { businessDateOf } from '../../../shared/business-day.ts'
import { paperStation } from '../../support/paper-station.ts'
import type { PaperTerminal } from '../../support/paper-terminal.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'

/** Person-times count what somebody got, once: tests/long counts whole months a second time. */

const now = { date: businessDateOf(Date.now()), clock: Date.now() - 7_200_000 }
const [chen] = demoSeniors().filter(({ homeSite, expected }) => homeSite === 'demo-canteen' && expected.fen > 0)
if (chen === undefined) throw new Error('nobody')
let house: ProvinceHouse
let database: Database
let till: PaperTerminal
let station: Awaited<ReturnType<typeof paperStation>>
beforeAll(async () => {
  house = await openProvinceHouse()
  database = await openDatabase(house.databaseUrl)
  till = await house.terminal()
  station = await paperStation(house, till)
})
afterAll(async () => {
  await database?.close()
  await house?.close()
})

const timesOf = async (kind: string) => {
  const found = await personTimesOf(database.pool, now.date.slice(0, 7), 'site')
  return found.filter(one => one.kind === kind).reduce((sum, { times, held }) => sum + times + held, 0)
}

it('leave out a visit that ended before its time for nothing', async () => {
  await till.push([...(await station.visit(chen, 'bathing', now, 'other'))])
  expect(await timesOf('bathing')).toBe(0)
  await till.push([...(await station.visit(chen, 'bathing', { ...now, clock: now.clock + 600_000 }))])
  expect(await timesOf('bathing')).toBe(1)
})

it('count one meal of a stop whose result was put right afterwards', async () => {
  const sale = await till.sale(chen)
  const stop = { round: '00000000000000a1' }
  await till.push([sale, await station.deliveredLongAgo(chen, now, { ...stop, of: sale.id })])
  await till.push([await station.deliveredLongAgo(chen, now, stop)])
  expect(await timesOf('meals')).toBe(1)
})

it('count one meal of a stop that came too late to be entered, however often it is told', async () => {
  const stop = { round: '00000000000000a2' }
  const before = await timesOf('meals')
  await till.push([await station.deliveredLongAgo(chen, now, stop)])
  await till.push([await station.deliveredLongAgo(chen, { ...now, clock: now.clock + 1000 }, stop)])
  expect(await timesOf('meals')).toBe(before + 1)
})
