import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { businessDate } from '../../../shared/business-day.ts'
import { type RecordId, recordId, type SeniorId } from '../../../shared/ids.ts'
import { readLedger } from '../../support/read-ledger.ts'
import { carer, memberOf, openStationHouse, type StationHouse } from '../../support/station-house.ts'
import { handOver } from '../../support/till.ts'

/** What must not happen at a station and does: each is said in a word, leads on, and costs nobody anything twice. */

const bather = memberOf(1, '陈桂英', { categories: [{ id: 'disability_moderate' }] })
const sleeper = memberOf(2, '王秀兰', { categories: [{ id: 'disability_moderate' }] })
const mover = memberOf(3, '李凤珍', { categories: [{ id: 'disability_moderate' }] })
const dead = memberOf(4, '张玉梅', { categories: [{ id: 'disability_moderate' }] })
const day = businessDate.parse('2026-11-25')
const done = { result: 'done' }

let house: StationHouse
beforeAll(async () => {
  house = await openStationHouse(day, [bather, sleeper, mover, dead])
  await house.synced()
}, 240_000)
afterAll(() => house.close())

const visit = () => house.client().visit
const refusedAs = (code: string) => ({ result: 'refused', notice: { code } })
const lineOf = (id: RecordId) => house.view().day.find(({ visit: of }) => of === id)

async function kinds(): Promise<string[]> {
  const { records, findings } = await readLedger(house.dataDir)
  expect(findings).toEqual([])
  return records.map(({ kind }) => kind)
}

test('a visit that nobody signed in to cannot be signed out of', async () => {
  const before = await kinds()
  const unknown = recordId.parse('019a0000-0000-7000-8000-000000000000')
  expect(await visit().leave({ visit: unknown, early: null })).toMatchObject(refusedAs('VISIT_GONE'))
  expect(await visit().finish({ visit: unknown, digest: null })).toMatchObject(refusedAs('VISIT_GONE'))
  expect(await visit().pause({ visit: unknown })).toMatchObject(refusedAs('VISIT_GONE'))
  expect(await kinds()).toEqual(before)
})

test('a senior is not given to two carers at once: whoever is in a visit is looked at, and the carer changes', async () => {
  const first = await house.signIn('08:00', bather.id, 'bathing', 'wu-cuilan')
  expect(await visit().choose({ senior: bather.id })).toEqual(done)
  expect((await house.step('visit')).visit.visit).toBe(first)
  expect(await visit().chooseService({ service: 'rehab-massage' })).toMatchObject(refusedAs('VISIT_GONE'))
  expect(await visit().begin({ seen: null, note: null })).toMatchObject(refusedAs('VISIT_GONE'))
  await house.signIn('08:01', mover.id, 'bathing', 'zheng-xiuying')
  expect(await visit().look({ visit: first })).toEqual(done)
  const taken = { carer: carer('zheng-xiuying'), pin: house.carerPin }
  expect(await visit().carer(taken)).toMatchObject(refusedAs('CARER_BUSY'))
  expect((await house.signOut('08:30', first)).carer).toMatchObject({ name: '吴翠兰', changes: 0 })
})

test('whoever moves away or dies in the middle of a visit is signed out of it at the price that was agreed to', async () => {
  const moving = house.view().day.find(({ state }) => state === 'running')?.visit ?? fail()
  const dying = await house.signIn('08:31', dead.id, 'bathing', 'wu-cuilan')
  await house.province.rows(
    "update senior set home_site = 'demo-riverside', change = nextval('feed_change') where senior_id = $1",
    [mover.id],
  )
  await house.province.rows("update senior set gone = true, change = nextval('feed_change') where senior_id = $1", [
    dead.id,
  ])
  await house.synced()
  const isUnknown = refusedAs('SENIOR_UNKNOWN')
  await vi.waitFor(async () => expect(await visit().choose({ senior: dead.id })).toMatchObject(isUnknown), 20_000)
  expect(lineOf(dying)).toMatchObject({ state: 'running', name: '张＊梅' })
  const [moved, died] = [await house.signOut('09:00', moving), await house.signOut('09:01', dying)]
  expect(moved).toMatchObject({ minutes: 59, price: { subsidyFen: 4800, ownPayFen: 7200 } })
  expect(died).toMatchObject({ minutes: 30, price: { subsidyFen: 4800, ownPayFen: 7200 } })
  await house.synced()
  expect(await house.verdicts()).toEqual([])
  for (const { id } of [mover, dead]) expect(await claimsOf(id)).toEqual([{ fund: 'state', fen: 4800, held: false }])
})

test('a terminal that restarts while somebody signs out goes on where it was, and records it once', async () => {
  const begun = await house.signIn('09:10', bather.id, 'bathing', 'wu-cuilan')
  house.at('09:40')
  expect(await visit().leave({ visit: begun, early: null })).toEqual(done)
  house.at('09:55')
  await house.restart()
  const { visit: shown } = await house.step('leaving')
  expect(shown).toMatchObject({ visit: begun, minutes: 30 })
  const ending = { visit: begun, digest: shown.price?.digest ?? null }
  const recorded = { result: 'recorded', visit: begun }
  expect(await visit().finish(ending)).toEqual(recorded)
  await house.restart()
  expect(await visit().finish(ending)).toEqual(recorded)
  expect((await kinds()).filter(kind => kind === 'visit-out')).toHaveLength(4)
})

test('a visit that nobody signed out of overnight keeps its day open, counts for nothing, and its true times are entered late', async () => {
  const forgotten = await house.signIn('15:00', sleeper.id, 'bathing', 'zheng-xiuying')
  await handOver(house.till())
  const closing = await house.client().close.look({ date: day })
  expect(closing).toMatchObject({ step: 'day', blocked: { code: 'CLOSE_VISITS', values: { count: 1 } } })
  house.nextDay()
  house.at('08:00')
  await house.opened()
  await house.synced()
  expect(await visit().leave({ visit: forgotten, early: null })).toEqual(done)
  const asked = await house.step('leaving')
  expect(asked).toMatchObject({
    early: 'needed',
    attention: [{ code: 'VISIT_FORGOTTEN', values: { time: '15:00', hours: 12 } }, { code: 'VISIT_UNPROVEN' }],
  })
  const digest = asked.visit.price?.digest ?? null
  expect(await visit().finish({ visit: forgotten, digest })).toMatchObject(refusedAs('VISIT_FORGOTTEN'))
  const shown = await house.signOut('08:00', forgotten, 'other')
  expect(shown.price).toMatchObject({ listFen: 0, subsidyFen: 0, ownPayFen: 0 })
  // The answer was lost: once more, and nothing is recorded twice.
  expect(await visit().finish({ visit: forgotten, digest })).toEqual({ result: 'recorded', visit: forgotten })
  const late = {
    ...{ senior: sleeper.id, service: 'bathing', carer: carer('zheng-xiuying'), servedOn: day, from: '15:00' },
    ...{ until: '15:40', tender: 'cash' as const, reason: '忘了签退', approval: null, digest: null },
  }
  expect(await visit().late(late)).toEqual(done)
  expect(await visit().late(late)).toMatchObject(refusedAs('LATE_VISIT_OVERLAP'))
  await house.synced()
  expect(await house.verdicts()).toEqual([])
  const own = await claimsOf(sleeper.id)
  expect(own).toEqual([{ fund: 'state', fen: 4800, held: true }])
  expect((await kinds()).filter(kind => kind === 'visit-out')).toHaveLength(5)
})

test('a clock that was set back in the middle of a visit binds nobody beyond its end', async () => {
  const begun = await house.signIn('11:00', bather.id, 'bathing', 'wu-cuilan')
  const shown = await house.signOut('09:00', begun, 'other')
  expect(shown).toMatchObject({ minutes: 0, price: { listFen: 0 } })
  const again = await house.signIn('09:05', bather.id, 'bathing', 'wu-cuilan')
  expect((await house.signOut('09:35', again)).minutes).toBe(30)
  await house.synced()
  expect(await house.verdicts()).toEqual([{ kind: 'visit-out', code: 'VISIT_DOUBTFUL', n: 1 }])
})

async function claimsOf(senior: SeniorId) {
  return await house.province.rows('select fund, fen::int as fen, held from claim_line where senior_id = $1', [senior])
}

function fail(): never {
  throw new Error('it did not begin')
}
