import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { demoSeniors } from '../../../province/demo-people.ts'
import type { SeniorId } from '../../../shared/ids.ts'
import type { PricedView } from '../../../shared/terminal-api.ts'
import { type DemoHouse, openDemoHouse } from '../../support/demo-house.ts'
import { findInFiles } from '../../support/find-in-files.ts'
import { eat, present } from '../../support/people.ts'
import { isPriced, type Till } from '../../support/till.ts'

let house: DemoHouse
let till: Till
const members = demoSeniors().filter(
  ({ homeSite, cards, expected }) => homeSite === 'demo-canteen' && cards.length === 1 && expected.fen === 600,
)
let next = 20

function somebody(): SeniorId {
  const member = members[next++]
  if (!member) throw new Error('no demo members left')
  return member.id
}

const parked = () => till.terminal().parked
const untilParked = (count: number) => till.untilTerminal(view => view.parked.length === count)

async function park(senior = somebody()): Promise<PricedView> {
  const priced = await present(till, senior, 'card')
  expect(await till.client.park({ checkIn: priced.checkIn })).toEqual({ result: 'done' })
  return priced
}

async function takeBack({ checkIn }: { checkIn: PricedView['checkIn'] }): Promise<PricedView> {
  expect(await till.client.takeBack({ checkIn })).toEqual({ result: 'done' })
  return await till.untilCashier(isPriced)
}

beforeAll(async () => {
  house = await openDemoHouse()
  till = await house.openTill()
})
afterEach(async () => {
  await till.client.dismiss()
  for (const { checkIn } of parked()) await till.client.dropParked({ checkIn })
  await untilParked(0)
})
afterAll(() => house?.close())

it('leaves the till free for the next person, and is recorded once when it comes back', async () => {
  const priced = await park()
  expect(till.cashier().state).toBe('ready')
  await eat(till, somebody())
  const again = await takeBack(priced)
  expect(again).toMatchObject({ checkIn: priced.checkIn, ownPayFen: 750, entry: { held: true } })
  await untilParked(0)
  const question = { checkIn: again.checkIn, digest: again.digest }
  expect(await till.client.confirm(question)).toMatchObject({ result: 'recorded', repeated: false })
  expect(await till.client.confirm(question)).toMatchObject({ result: 'recorded', repeated: true })
})

it('keeps its set, whatever the next person was asked for, and can be given another one', async () => {
  const priced = await park()
  await till.client.chooseSet({ set: 'C' })
  expect((await takeBack(priced)).set.id).toBe('A')
  await till.client.chooseSet({ set: 'C' })
  const other = await till.untilCashier((view): view is never => isPriced(view) && view.set.id === 'C')
  expect(other).toMatchObject({ listFen: 1200 })
})

it('stands in the list of staff by its masked name alone', async () => {
  const senior = somebody()
  await park(senior)
  const name = members.find(({ id }) => id === senior)?.name ?? ''
  expect(parked()).toMatchObject([{ set: { zh: '套餐 A' }, means: 'card', earlier: false }])
  expect(parked()[0]?.name).toContain('＊')
  expect(JSON.stringify(parked())).not.toContain(name)
})

it('outlives a restart, and so does one that was taken back', async () => {
  const first = await park()
  const second = await park()
  await takeBack(second)
  await house.restart()
  till = await house.openTill()
  expect(parked().map(({ checkIn }) => checkIn)).toEqual([first.checkIn])
  expect(await till.untilCashier(isPriced)).toMatchObject({ checkIn: second.checkIn, entry: { held: true } })
})

it('lies on the disk encrypted', async () => {
  const senior = somebody()
  await park(senior)
  expect(findInFiles(house.dataDir, [{ what: 'the senior', text: senior }])).toMatchObject({ findings: [] })
})

it('goes on where the same person comes again, and does not become two meals', async () => {
  const senior = somebody()
  await till.client.chooseSet({ set: 'C' })
  await park(senior)
  const again = await present(till, senior, 'dynamic-code')
  expect(again).toMatchObject({ set: { id: 'C' }, entry: { held: true } })
  await untilParked(0)
})

it('is not taken back over a person who is still on the screen', async () => {
  const waiting = await park()
  const priced = await present(till, somebody(), 'card')
  await till.client.hold({ checkIn: priced.checkIn })
  expect(await till.client.takeBack({ checkIn: waiting.checkIn })).toMatchObject({ notice: { code: 'ONE_AT_A_TIME' } })
  expect(parked()).toHaveLength(1)
})

it('has room for six', async () => {
  for (let place = 0; place < 6; place++) await park()
  const seventh = await present(till, somebody(), 'card')
  expect(await till.client.park({ checkIn: seventh.checkIn })).toMatchObject({ notice: { code: 'PARK_FULL' } })
  expect(till.cashier()).toMatchObject({ state: 'priced', checkIn: seventh.checkIn })
})

it('stands in the way of a close until it is settled', async () => {
  const priced = await park()
  const date = till.terminal().businessDate
  expect(await till.client.close.look({ date })).toMatchObject({
    blocked: { code: 'CLOSE_PARKED', values: { count: 1 } },
  })
  await till.client.dropParked({ checkIn: priced.checkIn })
  expect(await till.client.close.look({ date })).toMatchObject({ blocked: null })
})

it('is served what it was promised where the set sold out meanwhile, while nobody new gets it', async () => {
  const priced = await park()
  const set = priced.set.id
  expect(await till.client.settings.sellOut({ set, soldOut: true })).toEqual({ result: 'done' })
  const again = await takeBack(priced)
  expect(again).toMatchObject({ set: { id: set }, ownPayFen: 750 })
  expect(await till.client.confirm({ checkIn: again.checkIn, digest: again.digest })).toMatchObject({
    result: 'recorded',
  })
  const other = await present(till, somebody(), 'card')
  expect(other.set.id).not.toBe(set)
  expect(await till.client.settings.sellOut({ set, soldOut: false })).toEqual({ result: 'done' })
})
