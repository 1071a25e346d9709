import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { demoSeniors } from '../../../province/demo-people.ts'
import { operatorId } from '../../../shared/ids.ts'
import { carerId } from '../../../shared/visit/service.ts'
import type { StationView } from '../../../shared/visit-api.ts'
import { type DemoHouse, openDemoHouse } from '../../support/demo-house.ts'
import { present } from '../../support/people.ts'
import type { Till } from '../../support/till.ts'

const members = demoSeniors().filter(({ homeSite, cards }) => homeSite === 'demo-canteen' && cards.length === 1)
const [eater, bather] = [members[20], members[21]]
const wu = carerId.parse('wu-cuilan')
const pin = '305917'
const done = { result: 'done' }

let house: DemoHouse
let till: Till
beforeAll(async () => {
  house = await openDemoHouse()
  till = await house.openTill()
}, 240_000)
afterAll(() => house?.close())

const visit = () => till.client.visit
async function view(): Promise<StationView> {
  for await (const first of await visit().watch()) return first
  throw new Error('the stream ended')
}
const until = <T>(look: (now: StationView) => T) => vi.waitFor(async () => look(await view()), 20_000)

test('the station’s screen takes the cards, and a meal that is open makes way', async () => {
  if (eater === undefined) throw new Error('no member')
  const meal = await present(till, eater.id, 'card')
  await till.client.hold({ checkIn: meal.checkIn })
  expect(await visit().open()).toEqual(done)
  await till.untilTerminal(({ parked }) => parked.length === 1)
  expect(await till.client.simulate({ senior: bather?.id ?? eater.id, present: 'card' })).toMatchObject(done)
  await until(({ desk }) =>
    expect(desk).toMatchObject({ state: 'arriving', means: 'card', person: { name: bather?.name } }),
  )
  expect(till.cashier().state).not.toBe('priced')
})

test('a core that is killed in the middle of a visit goes on with it', async () => {
  const approval = { operator: operatorId.parse('sun-min'), pin: '840215' }
  expect(await till.client.afterwards.setPin({ pin: approval.pin })).toEqual(done)
  expect(await visit().setCarerPin({ carer: wu, pin, approval })).toEqual(done)
  expect(await visit().chooseService({ service: 'bathing' })).toEqual(done)
  expect(await visit().carer({ carer: wu, pin: '111111' })).toMatchObject({ notice: { code: 'CARER_PIN_WRONG' } })
  expect(await visit().carer({ carer: wu, pin })).toEqual(done)
  expect(await visit().begin({ seen: null, note: null })).toEqual(done)
  const { desk } = await view()
  if (desk.state !== 'visit') throw new Error(`not begun: ${desk.state}`)
  expect(desk.visit.place.evidence).toBe('reader')
  process.kill(house.host.coreProcessId() ?? 0, 'SIGKILL')
  await till.closed
  till = await vi.waitFor(() => house.openTill(), 60_000)
  const running = await until(({ day }) => {
    const line = day.find(({ visit: id }) => id === desk.visit.visit)
    expect(line).toMatchObject({ state: 'running' })
    return line
  })
  expect(running?.name).toBe(`${bather?.name[0]}\uFF0A${(bather?.name.length ?? 0) > 2 ? bather?.name.at(-1) : ''}`)
})

test('whoever shows themselves again at once has only just come, and can be signed out at no charge', async () => {
  expect(await visit().open()).toEqual(done)
  if (bather === undefined) throw new Error('no member')
  await till.client.simulate({ senior: bather.id, present: 'card' })
  const id = await until(({ desk, notice }) => {
    expect(desk.state).toBe('visit')
    expect(notice?.code).toBe('VISIT_JUST_BEGUN')
    return desk.state === 'visit' ? desk.visit.visit : null
  })
  if (id === null) throw new Error('no visit')
  await visit().leave({ visit: id, early: 'other' })
  const { desk } = await view()
  if (desk.state !== 'leaving') throw new Error(`not leaving: ${desk.state}`)
  const digest = desk.visit.price?.digest ?? null
  const ends = [visit().finish({ visit: id, digest }), visit().finish({ visit: id, digest })]
  expect(await Promise.all(ends)).toEqual([
    { result: 'recorded', visit: id },
    { result: 'recorded', visit: id },
  ])
  await till.untilTerminal(({ unsent }) => unsent.count === 0)
  const outs = await house.province.rows("select verdict, subsidy_fen::int as fen from ledger where kind = 'visit-out'")
  expect(outs).toEqual([{ verdict: 'accepted', fen: 0 }])
  expect(await visit().close()).toEqual(done)
})
