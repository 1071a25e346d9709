import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../../province/database.ts'
import { demoSeniors } from '../../../province/demo-people.ts'
import { siteOf } from '../../../province/leases/caps.ts'
import { takeOrders } from '../../../province/service-orders.ts'
import { addDays, businessDateOf } from '../../../shared/business-day.ts'
import { siteId } from '../../../shared/ids.ts'
import type { PlannedOrder } from '../../../shared/visit/order.ts'
import { runProvince } from '../../support/claims-of-house.ts'
import type { PaperTerminal } from '../../support/paper-terminal.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'

const folder = mkdtempSync(join(tmpdir(), 'aixin-orders-'))
const members = demoSeniors().filter(({ homeSite }) => homeSite === 'demo-canteen')
const [first, second] = members
if (!first || !second) throw new Error('too few members')
const day = addDays(businessDateOf(Date.now()), 3)

let house: ProvinceHouse
let till: PaperTerminal
let database: Database
beforeAll(async () => {
  house = await openProvinceHouse()
  database = await openDatabase(house.databaseUrl)
  await house.rows('delete from visit_order')
  till = await house.terminal()
})
afterAll(async () => {
  await database.close()
  await house.close()
  rmSync(folder, { recursive: true })
})

async function put(text: string, name = 'demo-canteen') {
  const site = await siteOf(database.pool, siteId.parse(name))
  if (site === null) throw new Error('no site')
  const { faults, ...counts } = await takeOrders(database, site, text, businessDateOf(Date.now()))
  return { ...counts, faults: faults.map(({ line, zh }) => `${line} ${zh}`).join() }
}
const heading = '订单,姓名,尾号,服务,日期,时间,分钟,人员,备注,状态'
const told = async (): Promise<PlannedOrder[]> => {
  const page = await till.pull('orders', null)
  return page.feed === 'orders' ? [...page.items] : []
}
const good = `${heading}\nA-1,${first.name},${first.numberTail},助浴,${day},09:30,45,郑秀英,怕冷,\nA-2,${second.id},,doctor,${day},10:00,,shen-jianhua,,\n`

describe('orders of services at the province', () => {
  it('are taken from a list, by names or ids, and reach the terminals of the site', async () => {
    expect(await put(good)).toEqual({ fresh: 2, changed: 0, unchanged: 0, cancelled: 0, faults: '' })
    expect(await told()).toEqual([
      {
        ...{ order: 'A-1', senior: first.id, service: 'bathing', date: day, at: '09:30', minutes: 45 },
        ...{ carer: 'zheng-xiuying', state: 'planned', note: '怕冷' },
      },
      {
        ...{ order: 'A-2', senior: second.id, service: 'doctor', date: day, at: '10:00', minutes: null },
        ...{ carer: 'shen-jianhua', state: 'planned', note: null },
      },
    ])
  })

  it('are the same when they come again, as another kind of file too, and tell the terminals nothing new', async () => {
    const cursor = (await till.pull('orders', null)).cursor
    expect(await put(good)).toMatchObject({ fresh: 0, changed: 0, unchanged: 2 })
    const list = [{ order: 'A-2', name: second.id, service: '家庭医生', date: day, at: '10:00', carer: '沈建华' }]
    expect(await put(JSON.stringify(list))).toEqual({ fresh: 0, changed: 0, unchanged: 1, cancelled: 0, faults: '' })
    expect((await till.pull('orders', cursor)).items).toEqual([])
    expect(await put(`${heading}\nA-2,${second.id},,doctor,${day},11:00,,沈建华,,\n`)).toMatchObject({ changed: 1 })
    expect((await till.pull('orders', cursor)).items).toMatchObject([{ order: 'A-2', at: '11:00' }])
  })

  it.each([
    ['B 1', first.id, '助浴', day, '09:30', '', '', '', '订单号不对'],
    ['B-1', '没有这人', '助浴', day, '09:30', '', '', '', '没有找到这位老人'],
    ['B-1', '0'.repeat(32), '助浴', day, '09:30', '', '', '', '不在名单里'],
    ['B-1', first.id, '按摩椅', day, '09:30', '', '', '', '站点目录里没有这项服务'],
    ['B-1', first.id, '助浴', '11月3日', '09:30', '', '', '', '日期要写作'],
    ['B-1', first.id, '助浴', '2020-01-01', '09:30', '', '', '', '日期已经过去'],
    ['B-1', first.id, '助浴', day, '9点', '', '', '', '时间要写作'],
    ['B-1', first.id, '助浴', day, '09:30', '0', '', '', '分钟要在'],
    ['B-1', first.id, '助浴', day, '09:30', '', '王二', '', '站点没有这位服务人员'],
    ['B-1', first.id, '助浴', day, '09:30', '', '冯雨', '', '不能做这项服务'],
    ['B-1', first.id, '助浴', day, '09:30', '', '', '改期', '状态写'],
    ['A-1', first.id, '助浴', day, '09:30', '', '', '', '和第 2 行是同一个订单号'],
  ])('say what is wrong with a line, and take the others: %s %s %s %s %s %s %s %s', async (...cells) => {
    const [order, name, service, date, at, minutes, carer, state, words] = cells
    const bad = `${order},${name},,${service},${date},${at},${minutes},${carer},,${state}`
    expect((await put(`${good}${bad}\n`)).faults).toMatch(new RegExp(`^4 .*${words}`))
    expect(await house.number('select count(*) from visit_order')).toBe(2)
  })

  it('are of one site: another site cannot take the number, and has another catalogue', async () => {
    const at = `,${day},09:30,,,,\n`
    const theirs = async () => (await put(`${heading}\nA-1,${first.id},,助浴${at}`, 'demo-riverside')).faults
    expect(await theirs()).toContain('站点目录里没有这项服务')
    await house.rows(
      "update site set body = jsonb_set(body::jsonb, '{station}', (select body::jsonb -> 'station' from site where site_id = 'demo-canteen'))::text where site_id = 'demo-riverside'",
    )
    expect(await theirs()).toContain('订单号已在站点 demo-canteen 用过')
  })

  it('are cancelled by their number or by a line, once, and stay so', async () => {
    const cancel = (...orders: string[]) => runProvince(house, 'orders', 'cancel', ...orders)
    expect(await cancel('A-1', 'nothing')).toMatchObject({
      code: 1,
      out: expect.stringMatching(/A-1：已取消.*\nnothing：没有/),
    })
    expect(await cancel('A-1')).toMatchObject({ code: 0, out: expect.stringContaining('早已取消') })
    expect((await put(good)).faults).toContain('2 这张订单已经取消')
    expect(await put(`${heading}\nA-2,${second.id},,doctor,${day},11:00,,沈建华,,取消\n`)).toMatchObject({
      cancelled: 1,
    })
    expect((await told()).map(({ state }) => state)).toEqual(['cancelled', 'cancelled'])
  })

  it('are put and listed by the command', async () => {
    const file = join(folder, 'orders.csv')
    writeFileSync(
      file,
      `${heading}\nD-1,${second.name},,助浴,${day},14:00,,,,\nD-2,${second.name},,助浴,${day},14,,,,\n`,
    )
    const said = await runProvince(house, 'orders', 'put', '--site', 'demo-canteen', '--list', file)
    expect(said).toMatchObject({ code: 1, complained: expect.stringContaining('第 3 行：时间要写作 09:30') })
    expect(said.out).toContain('新增 1，改动 0，取消 0，原样 0，没收下 1 行')
    const { out } = await runProvince(house, 'orders', 'list', '--site', 'demo-canteen', '--date', day)
    expect(out).toContain(`09:30  ${first.name}  bathing  45 分钟 min  zheng-xiuying  已取消 cancelled  A-1`)
    expect((await runProvince(house, 'orders', 'put')).code).toBe(2)
  })

  it('are in no file that is none', async () => {
    expect((await put('[1, 2')).faults).toContain('文件读不懂')
    expect((await put('订单,姓名\nA-9,x\n')).faults).toContain('缺这些列：服务、日期、时间')
    expect((await put(heading)).faults).toContain('名单是空的')
  })
})
