import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase } from '../../../province/database.ts'
import { openKeyring } from '../../../province/keys.ts'
import { drawSample } from '../../../province/sample.ts'
import { statementOf } from '../../../province/statement.ts'
import type { SeniorId } from '../../../shared/ids.ts'
import { sumsOf } from '../../../shared/statement-sums.ts'
import {
  another,
  day,
  hefei,
  insured,
  nobody,
  orders,
  people,
  table,
  voucher,
  walkIns,
  zhejiang,
} from '../../support/station-day.ts'
import { carer, openStationHouse, type StationHouse } from '../../support/station-house.ts'

describe('a day at a station', () => {
  let house: StationHouse
  const running = new Map<string, Awaited<ReturnType<StationHouse['signIn']>>>()
  beforeAll(async () => {
    house = await openStationHouse(day, people)
    await house.order(...orders.map(({ order, at, of, service }) => ({ order, at, senior: of.id, service })))
    await house.synced()
    await house.until(({ counts }) => (counts.due === orders.length ? true : null))
  }, 240_000)
  afterAll(() => house.close())

  const visit = () => house.client().visit
  const planned = (order: string) => {
    const found = orders.find(one => one.order === order)
    if (found === undefined) throw new Error(`no order ${order}`)
    return found
  }

  async function start(order: string): Promise<void> {
    const { at, of, by } = planned(order)
    running.set(order, await house.signIn(at, of.id, { order }, by))
  }

  async function end(order: string): Promise<void> {
    const { until, own } = planned(order)
    const of = running.get(order)
    if (of === undefined) throw new Error(`${order} did not begin`)
    const shown = await house.signOut(until, of)
    expect(shown.price, order).toMatchObject({ ownPayFen: own, pendingFen: 0 })
  }

  /** Whoever is here for the day cannot be served at home meanwhile. */
  async function leavesTheStay(): Promise<void> {
    await house.arrive(another.id, { order: 'o-11' }, 'feng-yu')
    expect(await visit().begin({ seen: null, note: null })).toMatchObject({
      notice: { code: 'SENIOR_IN_VISIT', values: { time: '09:11', service: '日间照料' } },
    })
    const stay = house.view().day.find(({ state, name }) => state === 'present' && name === '赵＊芬')
    const shown = await house.signOut('14:00', stay?.visit ?? fail())
    expect(shown).toMatchObject({ minutes: 289, price: null })
  }

  async function note(senior: SeniorId, service: string, by: string, seen: 'well' | 'unwell' | 'not-seen' | null) {
    await house.arrive(senior, service, by)
    expect(await visit().begin({ seen, note: seen === null ? null : '血压平稳' })).toEqual({ result: 'done' })
  }

  test('the morning: orders begin side by side, and nobody is in two places', async () => {
    await start('o-01')
    await start('o-02')
    house.at('08:12')
    await house.arrive(nobody.id, 'cleaning', 'wu-cuilan')
    expect(await visit().begin({ seen: null, note: null })).toMatchObject({
      ...{ result: 'refused', notice: { code: 'CARER_BUSY', values: { carer: '吴翠兰', time: '08:00' } } },
    })
    house.at('08:15')
    await house.arrive(zhejiang.id, { order: 'o-03' }, 'jiang-min')
    const shown = house.view().station?.code.text ?? ''
    expect(await visit().stationCode({ text: shown })).toEqual({ result: 'done' })
    running.set('o-03', await house.begin())
    expect(house.view().desk).toMatchObject({ visit: { place: { evidence: 'rotating-code' } }, attention: [] })
    await end('o-03')
    await end('o-01')
    await end('o-02')
  })

  test('people come and go without money', async () => {
    house.at('09:11')
    await note(nobody.id, 'day-care', 'feng-yu', null)
    await note(another.id, 'day-care', 'feng-yu', null)
    await note(voucher.id, 'activity', 'feng-yu', null)
    await note(insured.id, 'activity', 'feng-yu', null)
    await note(hefei.id, 'doctor', 'shen-jianhua', 'well')
    await note(zhejiang.id, 'doctor', 'shen-jianhua', 'unwell')
    expect(house.view().counts.present).toBe(2)
  })

  test('without a network from ten to three the same rights are here', async () => {
    await start('o-04')
    await start('o-05')
    await end('o-04')
    await house.line.cut()
    await end('o-05')
    await start('o-06')
    await start('o-07')
    await start('o-08')
    await end('o-06')
    house.at('11:30')
    expect(await visit().look({ visit: running.get('o-08') ?? fail() })).toEqual({ result: 'done' })
    expect(await visit().carer({ carer: carer('zheng-xiuying'), pin: house.carerPin })).toEqual({ result: 'done' })
    expect((await house.step('visit')).visit.carer).toMatchObject({ name: '郑秀英', changes: 1 })
    await end('o-08')
    await end('o-07')
  })

  test('a power cut in the middle of a visit loses nothing of it', async () => {
    await start('o-09')
    house.at('13:05')
    await house.restart()
    expect(house.view().day.find(({ key }) => key === running.get('o-09'))).toMatchObject({
      state: 'running',
      minutes: 5,
    })
    await start('o-10')
    await end('o-10')
    await end('o-09')
    await leavesTheStay()
    await start('o-11')
    await end('o-11')
    await start('o-12')
    await house.line.mend()
    await end('o-12')
  })

  test('the afternoon: walk-ins, and one who is unwell pays nothing', async () => {
    for (const { at, of, service, by } of walkIns) running.set(of.id, await house.signIn(at, of.id, service, by))
    for (const { of, until, own } of walkIns) {
      const shown = await house.signOut(until, running.get(of.id) ?? fail())
      expect(shown.price).toMatchObject({ ownPayFen: own, pendingFen: 0 })
    }
    const third = await house.signIn('16:00', zhejiang.id, 'bathing', 'jiang-min')
    expect((await house.step('visit')).attention).toEqual([{ code: 'VISIT_UNPROVEN', values: {} }])
    house.at('16:08')
    await visit().leave({ visit: third, early: null })
    expect((await house.step('leaving')).early).toBe('needed')
    expect(await visit().finish({ visit: third, digest: null })).toMatchObject({ notice: { code: 'VISIT_EARLY' } })
    const shown = await house.signOut('16:08', third, 'unwell')
    expect(shown.price).toMatchObject({ listFen: 0, ownPayFen: 0, subsidyFen: 0 })
    expect(house.view().day.find(({ key }) => key === third)).toMatchObject({ state: 'unproven', minutes: 8 })
  })

  test('what each fund is asked for is the table written by hand', async () => {
    await house.synced()
    expect(await house.verdicts()).toEqual([])
    const asked = Object.entries(table).map(([fund, served]) => ({ fund, served, back: 0, held: 0 }))
    expect(await house.claims()).toEqual(asked)
    expect(house.view().counts).toMatchObject({ due: 0, present: 1 })
    const kinds = await house.province.rows(
      "select kind, count(*)::int as n from ledger where kind in ('visit-in', 'visit-out', 'attendance') group by 1 order by 1",
    )
    expect(kinds).toEqual([
      { kind: 'attendance', n: 7 },
      { kind: 'visit-in', n: 15 },
      { kind: 'visit-out', n: 15 },
    ])
  })

  test('the statements of all who were here add up to it, at the till and at the province', async () => {
    const database = await openDatabase(house.province.databaseUrl)
    try {
      const claimed: Record<string, number> = {}
      for (const { id } of people) {
        const sums = sumsOf((await statementOf(database, id, '2026-11')).entries)
        const told = await house.till().client.statement.read({ senior: id, month: '2026-11' })
        if (told.result === 'refused') throw new Error(told.notice.code)
        expect(sumsOf(told.statement.entries)).toEqual(sums)
        for (const { fund, fen } of sums.claimed) claimed[fund] = (claimed[fund] ?? 0) + fen
      }
      expect(claimed).toEqual(Object.fromEntries(Object.entries(table)))
      const order = { month: '2026-11', site: null, sites: null, size: 100, seed: 'a', inspectors: [], perSite: 2 }
      const { records } = await drawSample(database, await openKeyring(database), order)
      const kinds = records.map(({ entry }) => entry.kind)
      expect([
        kinds.filter(kind => kind === 'visit-out').length,
        kinds.filter(kind => kind === 'attendance').length,
      ]).toEqual([15, 5])
      for (const record of records) {
        expect(record).toMatchObject({ signature: 'good', chain: 'whole', doubt: null })
        expect(record.carer).toMatch(/\p{Script=Han}{2,}/u)
      }
      expect(records.filter(({ location }) => location === 'rotating-code')).toHaveLength(1)
    } finally {
      await database.close()
    }
  })

  test('a visit that is taken back gives its right and its money back, once', async () => {
    const first = running.get('o-05') ?? fail()
    expect(await visit().takeBack({ visit: first })).toEqual({ result: 'done' })
    expect(await visit().takeBack({ visit: first })).toMatchObject({ notice: { code: 'SALE_ALREADY_VOID' } })
    await house.synced()
    expect(await house.verdicts()).toEqual([])
    expect((await house.claims()).find(({ fund }) => fund === 'state')).toMatchObject({ served: 15800, back: -4800 })
  })
})

function fail(): never {
  throw new Error('it did not begin')
}
