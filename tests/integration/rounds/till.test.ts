import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { openDatabase } from '../../../province/database.ts'
import { type DemoSenior, demoSeniors } from '../../../province/demo-people.ts'
import { siteOf } from '../../../province/leases/caps.ts'
import { prepareDueRounds } from '../../../province/rounds/day-ahead.ts'
import { putRoute, takeMealOrders } from '../../../province/rounds/meal-orders.ts'
import { addDays, businessDateOf } from '../../../shared/business-day.ts'
import { fromBase64Url } from '../../../shared/bytes.ts'
import { siteId } from '../../../shared/ids.ts'
import type { LedgerRecord } from '../../../shared/record.ts'
import { proofOf } from '../../../shared/round/proof.ts'
import type { TillRound } from '../../../shared/round/round.ts'
import type { RoundsView } from '../../../shared/round-api.ts'
import { uuidV7 } from '../../../shared/uuid.ts'
import { type DemoHouse, openDemoHouse } from '../../support/demo-house.ts'
import { present } from '../../support/people.ts'
import { readLedger } from '../../support/read-ledger.ts'
import { codesOf, handed, nobody, ordered, phoneOf, prepare } from '../../support/rounds.ts'
import type { Till } from '../../support/till.ts'

let house: DemoHouse
let till: Till
let view: RoundsView | null = null
const members = demoSeniors().filter(
  ({ homeSite, cards, expected }) => homeSite === 'demo-canteen' && cards.length === 1 && expected.fen === 600,
)
let next = 20
const patience = { timeout: 30_000, interval: 50 }

function somebody(): DemoSenior {
  const member = members[next++]
  if (!member) throw new Error('no demo members left')
  return member
}

async function records<K extends LedgerRecord['kind']>(kind: K): Promise<Extract<LedgerRecord, { kind: K }>[]> {
  const { records: all, findings } = await readLedger(house.dataDir)
  expect(findings).toEqual([])
  return all.filter((record): record is Extract<LedgerRecord, { kind: K }> => record.kind === kind)
}
const deliveriesOf = async ({ round }: TillRound) =>
  (await records('delivery')).filter(({ payload }) => payload.round === round)
const soldIn = async (round: TillRound) => {
  const of = (await deliveriesOf(round)).map(({ payload }) => payload.of)
  return (await records('sale')).filter(({ id }) => of.includes(id))
}

const shown = ({ round }: TillRound) => view?.rounds.find(one => one.round === round)
const untilStates = (round: TillRound, states: readonly string[]) =>
  vi.waitFor(() => expect(shown(round)?.stops.map(({ state }) => state)).toEqual(states), patience)
const untilHere = (round: TillRound) => vi.waitFor(() => expect(shown(round)).toBeDefined(), patience)

async function show(codes: readonly string[]): Promise<void> {
  for (const text of codes) {
    const eventId = uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)))
    await till.client.codeSeen({ camera: 'camera', eventId, text })
  }
}

const phone = (round: TillRound) => phoneOf(house.province.province.address, round)

beforeAll(async () => {
  house = await openDemoHouse()
  till = await house.openTill()
  void (async () => {
    for await (const newest of await till.client.round.watch()) view = newest
  })().catch(() => undefined)
})
afterAll(async () => {
  till?.close()
  await house?.close()
})

it('sells each stop once, whichever way it is handed in, and how often', async () => {
  const round = await prepare(house.province, [ordered(somebody()), ordered(somebody()), ordered(somebody())])
  await untilHere(round)
  const results = [handed(round, 1), nobody(2), handed(round, 3, { seen: 'not-seen' })]
  const codes = codesOf(round, results)
  await phone(round).handIn(codes)
  await untilStates(round, ['handed', 'nobody', 'handed'])
  await show([...codes, ...codes])
  await phone(round).handIn(codes)
  await till.client.syncNow()
  const deliveries = await deliveriesOf(round)
  expect(deliveries.map(({ payload }) => [payload.stop, payload.outcome, payload.seen])).toEqual([
    [1, 'handed', 'well'],
    [2, 'nobody', 'not-seen'],
    [3, 'handed', 'not-seen'],
  ])
  const sales = await soldIn(round)
  expect(sales.map(({ payload }) => [payload.channel, payload.ownPayFen, payload.meal])).toEqual([
    ['delivery', 750, 'lunch'],
    ['delivery', 750, 'lunch'],
  ])
  await till.untilTerminal(({ unsent }) => unsent.count === 0)
  const judged = await house.province.rows(
    "select verdict, count(*)::int as n from ledger where kind in ('delivery', 'sale') and record_id = any($1) group by 1",
    [[...deliveries, ...sales].map(({ id }) => id)],
  )
  expect(judged).toEqual([{ verdict: 'accepted', n: 5 }])
})

it('waits for nothing of a stop that was cancelled, and keeps it where it was handed over all the same', async () => {
  const round = await prepare(house.province, [ordered(somebody()), ordered(somebody()), ordered(somebody())])
  await untilHere(round)
  const change = "update delivery_round set cancelled = $2, change = nextval('feed_change') where round_id = $1"
  await phone(round).handIn(codesOf(round, [handed(round, 1)]))
  await untilStates(round, ['handed', 'open', 'open'])
  await house.province.rows(change, [round.round, [2, 3]])
  await untilStates(round, ['handed', 'cancelled', 'cancelled'])
  await phone(round).handIn(codesOf(round, [handed(round, 1), handed(round, 3)]))
  await untilStates(round, ['handed', 'cancelled', 'handed'])
  expect((await soldIn(round)).length).toBe(2)
})

it('takes a round by its codes alone where there was no network, and says which of them it has', async () => {
  const stops = Array.from({ length: 12 }, () => ordered(somebody()))
  const round = await prepare(house.province, stops)
  await untilHere(round)
  const codes = codesOf(
    round,
    stops.map((_, at) => handed(round, at + 1)),
  )
  await show(codes.slice(1))
  await vi.waitFor(() => expect(view?.scan).toEqual({ round: round.round, got: [2], of: 2 }), patience)
  await show(codes.slice(0, 1))
  await vi.waitFor(() => expect(view?.scan?.got).toEqual([1, 2]), patience)
  await untilStates(
    round,
    stops.map(() => 'handed'),
  )
  expect(await soldIn(round)).toHaveLength(12)
})

it('lets no other code count as one of a round, and no code of a round as an elder code', async () => {
  const round = await prepare(house.province, [ordered(somebody())])
  await untilHere(round)
  const isProblem = (code: string) => (state: { state: string; notice?: { code: string } | null }) =>
    state.state === 'problem' && state.notice?.code === code
  await show(codesOf({ ...round, key: 'A'.repeat(43) }, [handed(round, 1)]))
  await vi.waitFor(() => expect(isProblem('ROUND_CODE_FORGED')(till.cashier())).toBe(true), patience)
  const [code = ''] = codesOf(round, [handed(round, 1)])
  await show([`${code.slice(0, -1)}A`.replace(/.$/, 'B')])
  await vi.waitFor(() => expect(isProblem('ROUND_CODE_DAMAGED')(till.cashier())).toBe(true), patience)
  await till.client.dismiss()
  expect(await deliveriesOf(round)).toEqual([])
})

it('knows the one-time code of a third party by the proof, and makes it a pending claim where it is another one or none', async () => {
  const round = await prepare(house.province, [ordered(somebody()), ordered(somebody()), ordered(somebody())], {
    courier: { name: '外卖', kind: 'third-party' },
  })
  await untilHere(round)
  const proof = (stop: number, code: string) =>
    ({ kind: 'hand-code', hash: proofOf(fromBase64Url(round.key), 'hand-code', stop, code) }) as const
  await show(
    codesOf(round, [
      handed(round, 1, { proof: proof(1, round.stops[0]?.handCode ?? '') }),
      handed(round, 2, { proof: proof(2, '000000') }),
      handed(round, 3, { proof: null }),
    ]),
  )
  await untilStates(round, ['handed', 'handed', 'handed'])
  const deliveries = await deliveriesOf(round)
  expect(deliveries.map(({ payload }) => payload.proof?.holds)).toEqual([true, false, undefined])
  expect(deliveries.map(({ payload }) => payload.collectedFen)).toEqual([750, 750, 750])
  const [one, two, three] = await soldIn(round)
  expect(one?.payload).toMatchObject({ ownPayFen: 750, claimPending: false })
  expect(two?.payload).toMatchObject({ claimPending: true, subsidies: [] })
  expect(three?.payload).toMatchObject({ claimPending: true, subsidies: [] })
})

it('asks nobody for more than they were told: where the right is used meanwhile the claim waits, and the site bears the rest', async () => {
  const senior = somebody()
  const round = await prepare(house.province, [ordered(senior)])
  await untilHere(round)
  const { checkIn, digest } = await present(till, senior.id, 'card')
  expect(await till.client.confirm({ checkIn, digest })).toMatchObject({ result: 'recorded' })
  await till.client.dismiss()
  await show(codesOf(round, [handed(round, 1)]))
  await untilStates(round, ['handed'])
  const [delivery] = await deliveriesOf(round)
  expect(delivery?.payload).toMatchObject({ toldFen: 750, collectedFen: 750, carriedFen: 600 })
  const [sale] = await soldIn(round)
  expect(sale?.payload).toMatchObject({
    ...{ ownPayFen: 1350, subsidies: [] },
    tenders: [
      { kind: 'cash', fen: 750 },
      { kind: 'agreement', fen: 600 },
    ],
  })
})

it("dates yesterday's round by its own day, and holds it until somebody has looked", async () => {
  const yesterday = addDays(businessDateOf(Date.now()), -1)
  const round = await prepare(house.province, [ordered(somebody())], { date: yesterday })
  await phone(round).handIn(codesOf(round, [handed(round, 1, { at: Math.floor(Date.now() / 1000) - 86_400 })]))
  await vi.waitFor(async () => expect(await deliveriesOf(round)).toHaveLength(1), patience)
  const [delivery] = await deliveriesOf(round)
  const late = (await records('late-entry')).find(({ id }) => id === delivery?.payload.of)
  expect(late?.payload).toMatchObject({
    servedOn: yesterday,
    held: true,
    sale: { channel: 'delivery', ownPayFen: 750 },
  })
})

it('records nothing of a round before its day, and shows the round of today first', async () => {
  const today = businessDateOf(Date.now())
  const round = await prepare(house.province, [ordered(somebody()), ordered(somebody())], { date: addDays(today, 2) })
  await untilHere(await prepare(house.province, [ordered(somebody())]))
  await untilHere(round)
  expect(view?.rounds[0]?.date).toBe(today)
  const result = { outcome: 'handed', seen: 'well', collected: true } as const
  expect(await till.client.round.enter({ round: round.round, stop: 1, result })).toMatchObject({
    notice: { code: 'ROUND_NOT_YET' },
  })
  await show(codesOf(round, [handed(round, 2)]))
  const waits = { code: 'ROUND_WAITS_DAY', values: { count: 1 } }
  await vi.waitFor(() => expect(shown(round)?.waits).toEqual(waits), patience)
  expect(shown(round)?.stops.map(({ state }) => state)).toEqual(['open', 'waiting'])
  expect(await deliveriesOf(round)).toEqual([])
})

it('keeps whoever was not seen on a list until somebody has seen them', async () => {
  const round = await prepare(house.province, [ordered(somebody()), ordered(somebody())])
  await untilHere(round)
  await show(codesOf(round, [nobody(1), handed(round, 2, { seen: 'unwell' })]))
  await untilStates(round, ['nobody', 'handed'])
  const open = () => (view?.followUps ?? []).filter(({ door }) => door === '2 号楼 3 单元 401')
  const mine = await vi.waitFor(async () => {
    const ids = (await deliveriesOf(round)).map(({ id }) => id)
    const found = open().filter(({ of }) => ids.includes(of))
    expect(found).toHaveLength(2)
    return found
  }, patience)
  const [one] = mine
  if (!one) throw new Error('nobody to see to')
  expect(await till.client.round.followUp({ of: one.of, seen: 'well' })).toEqual({ result: 'done' })
  expect(await till.client.round.followUp({ of: one.of, seen: 'well' })).toMatchObject({
    notice: { code: 'FOLLOW_UP_GONE' },
  })
  expect((await records('follow-up')).map(({ payload }) => payload.of)).toEqual([one.of])
  await vi.waitFor(() => expect(open().map(({ of }) => of)).not.toContain(one.of), patience)
})

it('counts a meal that was handed over, however fast a phone’s clock went when nobody was there', async () => {
  const round = await prepare(house.province, [ordered(somebody())])
  await untilHere(round)
  const early = { ...nobody(1), at: nobody(1).at + 600 }
  await phone(round).handIn(codesOf(round, [early]))
  await untilStates(round, ['nobody'])
  await phone(round).handIn(codesOf(round, [handed(round, 1)]))
  await untilStates(round, ['handed'])
  expect(await soldIn(round)).toHaveLength(1)
})

it('records at once what staff enter, whatever a phone’s clock said', async () => {
  const round = await prepare(house.province, [ordered(somebody())])
  await untilHere(round)
  await show(codesOf(round, [{ ...nobody(1), at: nobody(1).at + 600 }]))
  await untilStates(round, ['nobody'])
  const result = { outcome: 'handed', seen: 'well', collected: true } as const
  expect(await till.client.round.enter({ round: round.round, stop: 1, result })).toEqual({ result: 'done' })
  expect(await soldIn(round)).toHaveLength(1)
})

it('keeps the sale where a courier puts right how somebody was, and has them on the list', async () => {
  const round = await prepare(house.province, [ordered(somebody()), ordered(somebody())])
  await untilHere(round)
  const slip = { at: nobody(1).at - 60 }
  await show(codesOf(round, [handed(round, 1, slip), handed(round, 2, slip)]))
  await untilStates(round, ['handed', 'handed'])
  await show(
    codesOf(round, [{ ...nobody(1), outcome: 'nobody', takesBack: true }, handed(round, 2, { seen: 'unwell' })]),
  )
  await vi.waitFor(async () => expect(await deliveriesOf(round)).toHaveLength(4), patience)
  const [, , ...after] = await deliveriesOf(round)
  expect(after.map(({ payload }) => [payload.stop, payload.outcome, payload.seen, payload.of])).toEqual([
    [1, 'nobody', 'not-seen', null],
    [2, 'handed', 'unwell', null],
  ])
  expect(after.map(({ payload }) => payload.collectedFen)).toEqual([0, 0])
  expect(await soldIn(round)).toHaveLength(2)
  const listed = () => view?.followUps.map(({ of }) => of)
  await vi.waitFor(() => expect(listed()).toEqual(expect.arrayContaining(after.map(({ id }) => id))), patience)
  expect(shown(round)?.stops.map(({ state }) => state)).toEqual(['handed', 'handed'])
})

it('has on the list whoever was not seen after a phone of the future saw them well', async () => {
  const senior = somebody()
  const one = await prepare(house.province, [ordered(senior)])
  await untilHere(one)
  await show(codesOf(one, [handed(one, 1, { at: nobody(1).at + 7200 })]))
  await untilStates(one, ['handed'])
  const other = await prepare(house.province, [ordered(senior)], { meal: 'dinner' })
  await untilHere(other)
  await show(codesOf(other, [nobody(1)]))
  await untilStates(other, ['nobody'])
  const [missed] = await deliveriesOf(other)
  await vi.waitFor(() => expect(view?.followUps.map(({ of }) => of)).toContain(missed?.id), patience)
})

it('does not count codes of other results as the rest of those that were shown', async () => {
  const stops = Array.from({ length: 12 }, () => ordered(somebody()))
  const round = await prepare(house.province, stops)
  await untilHere(round)
  const first = stops.map((_, at) => nobody(at + 1))
  await show(codesOf(round, first).slice(0, 1))
  await vi.waitFor(() => expect(view?.scan).toEqual({ round: round.round, got: [1], of: 2 }), patience)
  const changed = codesOf(round, [...first.slice(0, 9), ...stops.slice(9).map((_, at) => handed(round, at + 10))])
  await show(changed.slice(1))
  await vi.waitFor(() => expect(view?.scan?.got).toEqual([2]), patience)
  await show(changed.slice(0, 1))
  await vi.waitFor(() => expect(view?.scan?.got).toEqual([1, 2]), patience)
})

it('takes what a courier wrote on paper, and prints the list by route', async () => {
  const round = await prepare(house.province, [ordered(somebody()), ordered(somebody(), { portions: 2 })])
  await untilHere(round)
  const enter = (stop: number) =>
    till.client.round.enter({
      ...{ round: round.round, stop },
      result: { outcome: 'handed', seen: 'well', collected: true },
    })
  expect(await enter(1)).toEqual({ result: 'done' })
  expect(await enter(1)).toMatchObject({ notice: { code: 'ROUND_STOP_DONE' } })
  expect(await enter(2)).toEqual({ result: 'done' })
  const [, two] = await soldIn(round)
  expect(two?.payload.items).toEqual([{ set: 'A', quantity: 2, fen: 3000 }])
  expect(await till.client.round.print({ round: round.round })).toMatchObject({ notice: { code: 'PRINTER_NONE' } })
})

it('has tomorrow’s round of the meals that were ordered ahead, as soon as the province made it, with the link for the courier', async () => {
  const [one, other] = [somebody(), somebody()]
  const tomorrow = addDays(businessDateOf(Date.now()), 1)
  const database = await openDatabase(house.province.databaseUrl)
  try {
    const site = await siteOf(database.pool, siteId.parse('demo-canteen'))
    if (site === null) throw new Error('no site')
    const page = 'https://rounds.example/round/'
    const route = { route: '东线', courier: '小周', thirdParty: false, page, ready: '16:00' }
    await putRoute(database.pool, site.id, route)
    const list = [other, one].map(({ id: name }, at) => {
      return { order: `day-ahead-${at}`, name, door: `${at + 1} 号楼`, date: tomorrow, route: '东线', place: 2 - at }
    })
    expect(await takeMealOrders(database, site, JSON.stringify(list), Date.now())).toMatchObject({ fresh: 2 })
    await prepareDueRounds(database, Date.parse(`${tomorrow}T00:00:00+08:00`))
  } finally {
    await database.close()
  }
  const here = () => view?.rounds.find(({ date }) => date === tomorrow)
  await vi.waitFor(() => expect(here()?.stops.map(({ door }) => door)).toEqual(['2 号楼', '1 号楼']), patience)
  expect(here()).toMatchObject({ courier: '小周', link: expect.stringContaining('https://rounds.example/round/#') })
  expect(here()?.stops.map(({ toldFen, state }) => [toldFen, state])).toEqual([
    [750, 'open'],
    [750, 'open'],
  ])
})

it('knows over a restart what it recorded', async () => {
  const round = await prepare(house.province, [ordered(somebody())])
  await untilHere(round)
  await show(codesOf(round, [handed(round, 1)]))
  await untilStates(round, ['handed'])
  till.close()
  await house.restart()
  till = await house.openTill()
  const again = await till.client.round.watch()
  for await (const newest of again) {
    expect(newest.rounds.find(one => one.round === round.round)?.stops.map(({ state }) => state)).toEqual(['handed'])
    break
  }
  expect(await soldIn(round)).toHaveLength(1)
})
