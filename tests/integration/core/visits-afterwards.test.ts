import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoSites } from '../../../province/demo-people.ts'
import { putSite } from '../../../province/sites.ts'
import { businessDate } from '../../../shared/business-day.ts'
import { operatorId, recordId } from '../../../shared/ids.ts'
import { carer, memberOf, openStationHouse, type StationHouse } from '../../support/station-house.ts'

const chen = memberOf(1, '陈桂英', { categories: [{ id: 'disability_moderate' }] })
const wang = memberOf(2, '王秀兰', { categories: [{ id: 'disability_moderate' }] })
const li = memberOf(3, '李凤珍', { categories: [{ id: 'disability_moderate' }] })
const day = businessDate.parse('2026-11-25')
const done = { result: 'done' }

let house: StationHouse
beforeAll(async () => {
  house = await openStationHouse(day, [chen, wang, li])
  await house.synced()
}, 240_000)
afterAll(() => house.close())

const visit = () => house.client().visit
const late = {
  ...{ senior: chen.id, service: 'bathing', carer: carer('wu-cuilan'), servedOn: day, from: '08:00', until: '08:40' },
  ...{ tender: 'cash' as const, reason: '停电', approval: null },
}

/** An escort that is entered late too: at the price of its hour, and taken back again. */
const way = {
  ...{ ...late, senior: li.id, service: 'mobility', carer: carer('xu-guoqiang') },
  ...{ from: '09:00', until: '09:30' },
}

test('a visit that was given without the terminal is priced, and held where nobody else says so', async () => {
  house.at('10:00')
  const priced = await visit().priceLate(late)
  expect(priced).toMatchObject({ result: 'priced', minutes: 40, price: { subsidyFen: 4800, ownPayFen: 7200 } })
  const digest = priced.result === 'priced' ? priced.price.digest : null
  expect(await visit().late({ ...late, digest })).toEqual(done)
  await house.synced()
  expect(await house.verdicts()).toEqual([])
  expect(await house.claims()).toEqual([{ fund: 'state', served: 0, back: 0, held: 4800 }])
})

test('the same hour is not given twice, neither to the senior nor by the carer, nor in the future', async () => {
  expect(await visit().late({ ...late, digest: null })).toMatchObject({ notice: { code: 'LATE_VISIT_OVERLAP' } })
  const another = { ...late, senior: wang.id, from: '08:30', until: '09:10' }
  expect(await visit().late(another)).toMatchObject({ notice: { code: 'LATE_VISIT_OVERLAP' } })
  expect(await visit().late({ ...late, from: '11:00', until: '12:00' })).toMatchObject({
    notice: { code: 'LATE_VISIT_TIMES' },
  })
})

test('an order that is taken back while somebody stands here is said so, and goes on without it', async () => {
  const order = { order: 'o-1', at: '10:00', senior: wang.id, service: 'bathing' }
  await house.order(order)
  await house.until(({ counts }) => (counts.due === 1 ? true : null))
  await house.arrive(wang.id, { order: 'o-1' }, 'wu-cuilan')
  await house.order({ ...order, state: 'cancelled' })
  await house.until(({ day: lines }) => (lines.some(({ state }) => state === 'cancelled') ? true : null))
  expect(await visit().begin({ seen: null, note: null })).toMatchObject({ notice: { code: 'ORDER_CANCELLED' } })
  house.at('10:05')
  const begun = await house.begin()
  expect((await house.step('visit')).visit.order).toBeNull()
  expect((await house.signOut('10:35', begun)).minutes).toBe(30)
})

test('pauses are taken off, and a sign-out that nobody made is not counted', async () => {
  const first = await house.signIn('11:00', li.id, 'bathing', 'wu-cuilan')
  house.at('11:10')
  expect(await visit().pause({ visit: first })).toEqual(done)
  house.at('11:25')
  expect(await visit().goOn({ visit: first })).toEqual(done)
  expect((await house.signOut('11:40', first)).minutes).toBe(25)
  const forgotten = await house.signIn('12:00', li.id, 'bathing', 'wu-cuilan')
  house.at('23:59')
  await visit().leave({ visit: forgotten, early: null })
  await visit().back()
  expect(await house.client().visit.finish({ visit: forgotten, digest: null })).toMatchObject({ result: 'refused' })
  await visit().leave({ visit: forgotten, early: 'other' })
  expect(house.view().desk).toMatchObject({ state: 'leaving' })
})

test('whoever was not seen at a call stays on the list until somebody has seen them', async () => {
  house.at('23:59')
  await house.arrive(wang.id, 'calling', 'feng-yu')
  expect(await visit().begin({ seen: 'not-seen', note: '门没开' })).toEqual(done)
  const [missing] = await house.until(({ followUps }) => (followUps.length === 1 ? followUps : null))
  expect(missing).toMatchObject({ name: '王＊兰', kind: 'calling' })
  if (missing === undefined) throw new Error('nobody is missing')
  const seen = { of: missing.of, seen: 'well' as const, by: operatorId.parse('sun-min'), note: '在女儿家' }
  expect(await visit().followUp(seen)).toEqual(done)
  expect(await visit().followUp(seen)).toMatchObject({ notice: { code: 'FOLLOW_UP_GONE' } })
  await house.until(({ followUps }) => (followUps.length === 0 ? true : null))
  await house.synced()
  expect(await house.verdicts()).toEqual([])
})

test('a visit that was paid by phone waits to be confirmed in the same list as meals', async () => {
  const byPhone = { ...late, from: '06:00', until: '06:40', tender: 'outside' as const }
  const priced = await visit().priceLate(byPhone)
  if (priced.result !== 'priced') throw new Error('it has no price')
  expect(await visit().late({ ...byPhone, digest: priced.price.digest })).toEqual(done)
  const { afterwards } = house.client()
  const waiting = await afterwards.waitingPayments()
  expect(waiting).toMatchObject([{ what: { zh: '上门服务' }, fen: priced.price.ownPayFen, tender: 0 }])
  for (const { of, tender } of waiting)
    expect(await afterwards.sayPayment({ of, tender, outcome: 'settled', reference: null })).toEqual(done)
  expect(await afterwards.waitingPayments()).toEqual([])
  await house.synced()
  expect(await house.verdicts()).toEqual([])
})

test('a visit that is entered late costs what the list said when it was given', async () => {
  const [canteen] = demoSites().filter(({ id }) => id === house.site)
  if (canteen?.station === undefined) throw new Error('it gives no services')
  const services = canteen.station.services.map(one =>
    one.id === 'mobility' && one.price ? { ...one, price: { ...one.price, fen: 6600 } } : one,
  )
  await putSite(house.database.pool, { ...canteen, station: { ...canteen.station, services } })
  await house.synced()
  await house.until(({ station }) => (station?.services.some(({ fen }) => fen === 6600) ? true : null))
  expect(await visit().priceLate(way)).toMatchObject({ result: 'priced', price: { listFen: 3000 } })
  const held = { ...way, digest: null }
  expect(await visit().late(held)).toEqual(done)
  await house.synced()
  expect(await house.verdicts()).toEqual([])
})

test('what was entered late by mistake is taken back in its shift, once, and its hour is free again', async () => {
  const line = house.view().day.find(({ state, at }) => state === 'late' && at === '09:00')
  const wrong = { visit: line?.visit ?? fail() }
  expect(await visit().takeBack(wrong)).toEqual(done)
  expect(await visit().takeBack(wrong)).toMatchObject({ notice: { code: 'SALE_ALREADY_VOID' } })
  await house.until(({ day: lines }) =>
    lines.some(({ key, state }) => key === line?.key && state === 'void') ? true : null,
  )
  expect(await visit().priceLate(way)).toMatchObject({ result: 'priced' })
  await house.synced()
  expect(await house.verdicts()).toEqual([])
})

test('the province holds the claim of a visit whose price its catalogue never had', async () => {
  await house.province.rows("delete from service_price where service = 'emergency'")
  const alone = await house.signIn('23:59', chen.id, 'emergency', 'xu-guoqiang')
  house.at('23:59')
  await visit().leave({ visit: alone, early: 'called-away' })
  const { visit: shown } = await house.step('leaving')
  expect(await visit().finish({ visit: alone, digest: shown.price?.digest ?? null })).toMatchObject({
    result: 'recorded',
  })
  await house.synced()
  expect(await house.verdicts()).toEqual([{ kind: 'visit-out', code: 'PRICE_UNKNOWN', n: 1 }])
})

test('a visit of yesterday is found by its day and by its senior, and its money is given back once', async () => {
  const before = await house.verdicts()
  house.nextDay()
  house.at('08:00')
  await house.opened()
  const { afterwards } = house.client()
  const found = await afterwards.find({ date: day })
  const bath = found.find(({ kind, name }) => kind === 'visit-out' && name === '王＊兰')
  expect(bath).toMatchObject({ set: { zh: '助浴' }, ownPayFen: 7200, backFen: 7200, standing: 'open' })
  expect((await afterwards.find({ senior: wang.id })).map(({ record }) => record)).toContain(bath?.record)
  expect(found.some(({ kind }) => kind === 'late-visit')).toBe(true)
  const request = { sale: bath?.record ?? fail(), reason: 'charged by mistake' as const }
  const visited = await house.province.rows("select record_id from ledger where kind = 'visit-in' order by seq limit 1")
  const begun = recordId.parse(visited[0]?.record_id)
  expect(await visit().takeBack({ visit: begun })).toMatchObject({ notice: { code: 'VISIT_COUNTED' } })
  expect(await afterwards.refund(request)).toEqual(done)
  expect(await afterwards.refund(request)).toMatchObject({ notice: { code: 'SALE_ALREADY_REFUNDED' } })
  await house.synced()
  expect(await house.verdicts()).toEqual(before)
  expect((await house.claims()).find(({ fund }) => fund === 'state')).toMatchObject({ back: -4800 })
})

test('what was entered late today of another day stands in the list with its date, to be taken back', async () => {
  const yesterday = {
    ...late,
    senior: wang.id,
    carer: carer('zheng-xiuying'),
    from: '17:00',
    until: '17:40',
    digest: null,
  }
  expect(await visit().late(yesterday)).toEqual(done)
  const { visit: entered } = await house.until(({ day: lines }) => lines.find(({ date }) => date === day) ?? null)
  expect(house.view().counts.done).toBe(0)
  expect(await visit().takeBack({ visit: entered ?? fail() })).toEqual(done)
  await house.until(({ day: lines }) =>
    lines.some(({ date, state }) => date === day && state === 'void') ? true : null,
  )
})

test('whoever was not seen stays on the list for two months, as after a delivery', async () => {
  house.at('23:59')
  await house.arrive(wang.id, 'calling', 'feng-yu')
  expect(await visit().begin({ seen: 'not-seen', note: '门没开' })).toEqual(done)
  const [missing] = await house.until(({ followUps }) => (followUps.length === 1 ? followUps : null))
  for (let days = 0; days < 30; days++) house.nextDay()
  house.at('08:00')
  await house.opened()
  const later = await house.until(({ date, followUps }) => (date === missing?.date ? null : followUps))
  expect(later).toEqual([missing])
  const seen = { seen: 'well' as const, by: operatorId.parse('sun-min'), note: '' }
  if (missing !== undefined) expect(await visit().followUp({ ...seen, of: missing.of })).toEqual(done)
  await house.until(({ followUps }) => (followUps.length === 0 ? true : null))
})

function fail(): never {
  throw new Error('there is none')
}
