import { expect, test } from 'vitest'
import { addDays } from '../../../shared/business-day.ts'
import { plannedOrder } from '../../../shared/visit/order.ts'
import { houseSeniors } from '../../support/sale-house.ts'
import { openVisitDeskHouse, type VisitDeskHouse, visitCarers } from '../../support/visit-desk-house.ts'

const [chen] = houseSeniors.map(({ senior }) => senior.id)
const [wu] = visitCarers
if (chen === undefined || wu === undefined) throw new Error('nobody')
const done = { result: 'done' }

const bath = plannedOrder.parse({
  ...{ order: 'o-1', senior: chen, service: 'bath', date: '2026-01-01', at: '08:00' },
  ...{ minutes: null, carer: null, state: 'planned', note: null },
})

async function openHouseWithOrder(): Promise<VisitDeskHouse> {
  const now = await openVisitDeskHouse()
  now.house.orders.apply([{ ...bath, date: now.house.today() }])
  return now
}

/** Comes for the order; the visit. */
async function comeForIt({ desk, house }: VisitDeskHouse) {
  await desk.choose(bath.senior)
  expect(await desk.chooseOrder(bath.order)).toEqual(done)
  if (wu) await desk.carer(wu, '305917')
  const begun = await desk.begin(null, null)
  return { begun, visit: house.openVisits.all().at(-1)?.id ?? null }
}

async function giveIt(now: VisitDeskHouse, minutes: number, early: 'other' | null) {
  const { begun, visit } = await comeForIt(now)
  expect(begun).toEqual(done)
  if (visit === null) throw new Error('it did not begin')
  now.pass(minutes)
  await now.desk.leave(visit, early)
  const { desk } = now.view()
  const digest = desk.state === 'leaving' ? (desk.visit.price?.digest ?? null) : null
  expect(await now.desk.finish(visit, digest)).toEqual({ result: 'recorded', visit })
  await now.desk.back()
  return visit
}

const dueOf = (now: VisitDeskHouse) => now.view().day.filter(({ state }) => state === 'due').length

test('an order is due until somebody is signed in for it, and once it was given it is not given again', async () => {
  const now = await openHouseWithOrder()
  expect(dueOf(now)).toBe(1)
  await giveIt(now, 30, null)
  expect(dueOf(now)).toBe(0)
  expect((await comeForIt(now)).begun).toMatchObject({ notice: { code: 'ORDER_DONE' } })
  now.close()
})

test('an order whose visit was taken back is due again', async () => {
  const now = await openHouseWithOrder()
  const visit = await giveIt(now, 30, null)
  expect(await now.desk.takeBack(visit)).toEqual(done)
  expect(dueOf(now)).toBe(1)
  await now.desk.choose(bath.senior)
  expect(now.view().desk).toMatchObject({ state: 'arriving', orders: [{ order: bath.order }] })
  await giveIt(now, 30, null)
  expect(dueOf(now)).toBe(0)
  now.close()
})

test('an order for which somebody was signed in by mistake is due again', async () => {
  const now = await openHouseWithOrder()
  await giveIt(now, 1, 'other')
  expect(dueOf(now)).toBe(1)
  await giveIt(now, 30, null)
  expect(dueOf(now)).toBe(0)
  now.close()
})

test('an order that was given today and is moved to tomorrow after it is not due again', async () => {
  const now = await openHouseWithOrder()
  await giveIt(now, 30, null)
  now.house.orders.apply([{ ...bath, date: addDays(now.house.today(), 1) }])
  now.pass(24 * 60)
  expect(dueOf(now)).toBe(0)
  expect((await comeForIt(now)).begun).toMatchObject({ notice: { code: 'ORDER_DONE' } })
  now.close()
})
