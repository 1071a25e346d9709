import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { type Database, openDatabase } from '../../../province/database.ts'
import { demoSeniors } from '../../../province/demo-people.ts'
import { siteOf } from '../../../province/leases/caps.ts'
import { prepareDueRounds } from '../../../province/rounds/day-ahead.ts'
import { forgetRounds } from '../../../province/rounds/forget-rounds.ts'
import { cancelMealOrder, mealOrdersOn, takeMealOrders } from '../../../province/rounds/meal-orders.ts'
import { addDays, businessDate, businessDateOf } from '../../../shared/business-day.ts'
import { siteId } from '../../../shared/ids.ts'
import type { TillRound } from '../../../shared/round/round.ts'
import { orderId } from '../../../shared/visit/order.ts'
import { runProvince } from '../../support/claims-of-house.ts'
import type { PaperTerminal } from '../../support/paper-terminal.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'
import { ordered, phoneOf, prepare } from '../../support/rounds.ts'

const folder = mkdtempSync(join(tmpdir(), 'aixin-meal-orders-'))
const members = demoSeniors().filter(({ homeSite }) => homeSite === 'demo-canteen')
const [first, second, third] = members
if (!first || !second || !third) throw new Error('too few members')
const page = 'https://province.example/round/'
const today = businessDateOf(Date.now())
const day = (days: number) => addDays(today, days)
/** A clock time (ms) of the day before a date. */
const dayBefore = (date: ReturnType<typeof day>, clock: string) => Date.parse(`${addDays(date, -1)}T${clock}:00+08:00`)

let house: ProvinceHouse
let till: PaperTerminal
let database: Database
beforeAll(async () => {
  house = await openProvinceHouse()
  till = await house.terminal()
  database = await openDatabase(house.databaseUrl)
  const east = ['meal-orders', 'route', '东线', '--site', 'demo-canteen', '--courier', '小周', '--page', page]
  expect(await runProvince(house, ...east)).toMatchObject({ code: 0, out: expect.stringContaining('16:00') })
})
afterAll(async () => {
  await database.close()
  await house.close()
  rmSync(folder, { recursive: true })
})

const heading = '订单,姓名,门牌,日期,路线,顺序,餐段,套餐,份数,付款,状态'
const canteen = siteId.parse('demo-canteen')
async function put(...lines: string[]) {
  const site = await siteOf(database.pool, canteen)
  if (site === null) throw new Error('no site')
  return await takeMealOrders(database, site, [heading, ...lines].join('\n'), Date.now())
}
const faultsOf = async (...lines: string[]) =>
  (await put(...lines)).faults.map(({ line, zh }) => `${line} ${zh}`).join()
const cancel = (order: string) => cancelMealOrder(database, orderId.parse(order))
async function rounds(date: string): Promise<TillRound[]> {
  const pulled = await till.pull('rounds', null)
  const items = pulled.feed === 'rounds' ? pulled.items : []
  return items.flatMap(item => (item.what === 'round' && item.round.date === date ? [item.round] : []))
}

describe('meals that were ordered ahead', () => {
  it('become a round of forty stops on the day before, in the order of the route, which nobody types', async () => {
    const date = day(2)
    const lines = members
      .slice(0, 40)
      .map(({ id }, at) => `M-${at},${id},${at + 1} 号楼,${date},东线,${40 - at},,,1,卡,`)
    expect(await put(...lines)).toEqual({ fresh: 40, changed: 0, unchanged: 0, cancelled: 0, faults: [] })
    expect(await prepareDueRounds(database, dayBefore(date, '15:59'))).toMatchObject({ rounds: 0 })
    expect(await rounds(date)).toEqual([])
    const made = { rounds: 1, stops: 40, troubled: 0, blocked: 0 }
    expect(await prepareDueRounds(database, dayBefore(date, '16:00'))).toEqual(made)
    const [round] = await rounds(date)
    expect(round).toMatchObject({ meal: 'lunch', courier: { name: '小周', kind: 'own' }, page })
    expect(round?.stops.map(({ order }) => order)).toEqual(lines.map((_, at) => `M-${39 - at}`))
    expect(round?.stops[0]).toMatchObject({ stop: 1, door: '40 号楼', pays: 'account', set: 'A' })
  })

  it('are in one round however often somebody looks, and when several do at once; what comes later is in a further one', async () => {
    const date = day(3)
    const line = (number: number) => `N-${number},${members[number]?.id},1 号楼,${date},东线,,午餐,A,1,,`
    await put(...[1, 2, 3].map(line))
    const at = dayBefore(date, '17:00')
    const other = await openDatabase(house.databaseUrl)
    onTestFinished(() => other.close())
    const made = await Promise.all([database, other, database, other].map(one => prepareDueRounds(one, at)))
    expect(made.reduce((sum, { stops }) => sum + stops, 0)).toBe(3)
    expect(await rounds(date)).toHaveLength(1)
    expect(await put(...[1, 2, 3, 4].map(line))).toMatchObject({ unchanged: 3, fresh: 1 })
    expect(await prepareDueRounds(database, at)).toMatchObject({ rounds: 1, stops: 1 })
    expect((await rounds(date)).map(({ stops }) => stops.map(({ order }) => order))).toEqual([
      ['N-1', 'N-2', 'N-3'],
      ['N-4'],
    ])
  })

  it('are in no round once they were cancelled, and one that a round has is said to be there', async () => {
    const date = day(4)
    const line = (order: string, set = 'A', state = '') =>
      `${order},${first.id},1 号楼,${date},东线,,,${set},1,,${state}`
    await put(line('C-1'), line('C-2').replace(first.id, second.id), line('C-3').replace(first.id, third.id))
    expect([await cancel('C-1'), await cancel('C-9')]).toEqual(['cancelled', 'unknown'])
    expect(await faultsOf(line('C-1'))).toContain('2 这张订单已经取消')
    await prepareDueRounds(database, dayBefore(date, '20:00'))
    const [round] = await rounds(date)
    expect(round?.stops.map(({ order }) => order)).toEqual(['C-2', 'C-3'])
    expect(await cancel('C-3')).toMatchObject({ zh: expect.stringContaining(`已在送餐单 ${round?.round} 第 2 户`) })
    expect(await cancel('C-3')).toBe('already')
    expect(await faultsOf(line('C-2', 'soft').replace(first.id, second.id))).toContain('第 1 户')
    expect((await mealOrdersOn(database.pool, canteen, date)).map(one => [one.cancelled, one.round_id])).toEqual([
      [true, null],
      [false, round?.round],
      [true, round?.round],
    ])
  })

  it('that are cancelled once a round has them are said to its till, and to the one phone that opened it', async () => {
    const line = (order: string, senior: string) => `${order},${senior},1 号楼,${today},东线,,晚餐,,1,,`
    const east = { route: '东线', meal: 'dinner' }
    await put(line('P-1', first.id).replace(today, day(9)), line('P-2', second.id).replace(today, day(9)))
    await house.rows("update meal_order set business_date = $1 where order_id like 'P-%'", [today])
    await prepareDueRounds(database, Date.now())
    const [round] = (await rounds(today)).filter(({ meal }) => meal === east.meal)
    if (round === undefined) throw new Error('no round')
    const phone = phoneOf(house.province.address, round)
    expect((await phone.news()).status).toBe(404)
    await phone.open()
    expect(await phone.news()).toEqual({ status: 200, body: { cancelled: [] } })
    const cursor = (await till.pull('rounds', null)).cursor
    expect(await cancel('P-2')).toMatchObject({ zh: expect.stringContaining('第 2 户') })
    expect(await phone.news()).toEqual({ status: 200, body: { cancelled: [2] } })
    expect((await phone.news({ device: 'A'.repeat(22) })).status).toBe(404)
    const [told] = (await till.pull('rounds', cursor)).items
    expect(told).toMatchObject({ round: { round: round.round, stops: [{ stop: 1 }, { stop: 2, cancelled: true }] } })
  })

  it('are in no round where one of a list has their number already', async () => {
    const date = day(11)
    await prepare(house, [ordered(first, { order: orderId.parse('taken-1') })], { date: businessDate.parse(date) })
    const line = (order: string, senior: string) => `${order},${senior},1 号楼,${date},东线,,,,1,,`
    await put(line('taken-1', first.id), line('taken-2', second.id))
    const made = await prepareDueRounds(database, dayBefore(date, '18:00'))
    expect(made).toEqual({ rounds: 1, stops: 1, troubled: 1, blocked: 0 })
    expect((await rounds(date)).map(({ stops }) => stops.map(({ order }) => order))).toEqual([['taken-1'], ['taken-2']])
  })

  it('hold up no other where one cannot be brought any more, and go on once it is changed', async () => {
    const date = day(5)
    const line = (order: string, senior: string, set: string) => `${order},${senior},1 号楼,${date},东线,,,${set},1,,`
    await put(line('T-1', first.id, 'C'), line('T-2', second.id, 'A'), line('T-3', third.id, 'A'))
    const menu = "update site set body = replace(body, $1, $2) where site_id = 'demo-canteen'"
    await house.rows(menu, ['"id":"C"', '"id":"D"'])
    await house.rows('update senior set gone = true where senior_id = $1', [second.id])
    const made = await prepareDueRounds(database, dayBefore(date, '18:00'))
    await house.rows(menu, ['"id":"D"', '"id":"C"'])
    await house.rows('update senior set gone = false where senior_id = $1', [second.id])
    expect(made).toEqual({ rounds: 1, stops: 1, troubled: 2, blocked: 0 })
    expect((await mealOrdersOn(database.pool, canteen, date)).map(({ trouble }) => trouble)).toEqual([
      ...['set', 'senior', null],
    ])
    await put(line('T-1', first.id, 'soft'))
    expect(await prepareDueRounds(database, dayBefore(date, '18:01'))).toMatchObject({
      rounds: 1,
      stops: 1,
      troubled: 0,
    })
  })

  it.each([
    [`X-1,${first.id},1 号楼,${day(6)},西线,,,,1,,`, '站点没有这条路线'],
    [`X-1,${first.id},,${day(6)},东线,,,,1,,`, '门牌不对'],
    [`,${first.id},1 号楼,${day(6)},东线,,,,1,,`, '要有订单号'],
    [`X-1,${first.id},1 号楼,${day(-1)},东线,,,,1,,`, '这一餐已经过了'],
    [`X-1,${first.id},1 号楼,明天,东线,,,,1,,`, '日期要写作'],
    [`X-1,${first.id},1 号楼,${day(6)},东线,一,,,1,,`, '顺序要是整数'],
    [`X-1,${first.id},1 号楼,${day(6)},东线,,夜宵,,1,,`, '餐段写'],
    [`X-1,${first.id},1 号楼,${day(6)},东线,,,,1,,改`, '状态写'],
    [`X-1,${'0'.repeat(32)},1 号楼,${day(6)},东线,,,,1,,`, '不在名单里'],
    [`Y-1,${first.id},1 号楼,${day(6)},东线,,,,1,,`, '和第 2 行是同一个订单号'],
  ])('say what is wrong with a line, and take the others: %s', async (line, words) => {
    const { faults } = await put(`Y-1,${first.id},1 号楼,${day(6)},东线,,,,1,,`, line)
    expect(faults.map(fault => [fault.line, fault.zh])).toEqual([[3, expect.stringContaining(words)]])
    expect(await house.number("select count(*) from meal_order where order_id like 'X%'")).toBe(0)
  })

  it('are put, listed and cancelled by the command, which makes rounds of what is due already', async () => {
    const date = day(8)
    const file = join(folder, 'meals.csv')
    const run = (verb: string, ...words: string[]) =>
      runProvince(house, 'meal-orders', verb, '--site', 'demo-canteen', ...words)
    writeFileSync(
      file,
      `${heading}\nK-1,${first.name},1 号楼,${date},东线,,,,1,,\nK-2,${first.name},,${date},东线,,,,1,,\n`,
    )
    expect(await run('put', '--list', file)).toMatchObject({
      ...{ code: 1, out: expect.stringContaining('新增 1，改动 0，取消 0，原样 0，没收下 1 行') },
      complained: expect.stringContaining('第 3 行：门牌不对'),
    })
    expect((await run('list', '--date', date)).out).toContain(`1 号楼  A ×1  等着做送餐单 waits for its round  K-1`)
    expect(await run('cancel', 'K-1', 'K-9')).toMatchObject({
      code: 1,
      out: expect.stringMatching(/K-1：已取消.*\nK-9：没有/),
    })
    expect((await run('put')).code).toBe(2)
    expect((await run('route', '西线', '--courier', '小李', '--page', 'http://plain.example/')).complained).toContain(
      '--page',
    )
  })

  it('become a round by themselves while the province runs, and are forgotten two months after their day', async () => {
    const date = day(7)
    await put(`S-1,${first.id},1 号楼,${date},东线,,,,1,,`)
    await house.rows("update meal_order set business_date = $1 where order_id = 'S-1'", [today])
    await house.rows("update meal_order set business_date = $1 where order_id = 'M-1'", [day(-63)])
    const other = await house.start({ roundsEvery: 20 })
    try {
      await vi.waitFor(async () => expect(await rounds(today)).toHaveLength(1), 20_000)
      const kept = "select count(*) from meal_order where order_id = 'M-1'"
      await vi.waitFor(async () => expect(await house.number(kept)).toBe(0), 20_000)
    } finally {
      await other.close()
    }
  })

  it('are in rounds that are forgotten two months after their day, and not before the till recorded each stop', async () => {
    const [done, lacking, cancelled] = [
      await prepare(house, [ordered(first)]),
      await prepare(house, [ordered(second)]),
      await prepare(house, [ordered(third)]),
    ]
    const left = async () =>
      (await house.rows('select round_id from delivery_round where business_date = $1', [day(-63)])).map(
        row => row.round_id,
      )
    const old = 'update delivery_round set business_date = $2, cancelled = $3 where round_id = $1'
    for (const { round } of [done, lacking]) await house.rows(old, [round, day(-63), []])
    await house.rows(old, [cancelled.round, day(-63), [1]])
    const payload = {
      ...{
        site: done.site,
        senior: 'A'.repeat(43),
        round: done.round,
        stop: 1,
        order: 'order-1',
        result: 'a'.repeat(16),
      },
      ...{
        outcome: 'nobody',
        proof: null,
        seen: 'not-seen',
        servedAt: Date.now(),
        courier: '小周',
        portions: 1,
        of: null,
      },
      ...{ toldFen: 0, collectedFen: 0, carriedFen: 0, operator: null },
    }
    const made = await till.sign('delivery', payload, null)
    await till.push([made])
    expect(await forgetRounds(database, today)).toBe(2)
    expect(await left()).toEqual([lacking.round])
    await house.rows(old, [lacking.round, day(-367), []])
    expect(await forgetRounds(database, today)).toBe(1)
  })
})
