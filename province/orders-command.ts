import { readFileSync } from 'node:fs'
import { businessDate, businessDateOf } from '../shared/business-day.ts'
import { type SiteId, siteId } from '../shared/ids.ts'
import { orderId } from '../shared/visit/order.ts'
import { complain, onDatabase, readWords } from './command-words.ts'
import type { Database } from './database.ts'
import { siteOf } from './leases/caps.ts'
import { seniorsNamed } from './rounds/seniors-named.ts'
import { cancelOrder, ordersOn, takeOrders } from './service-orders.ts'
import type { LineFault } from './table-file.ts'

export const ordersUsage = `node province/main.ts orders put --database-url URL --site SITE --list FILE
node province/main.ts orders cancel --database-url URL ORDER ...
node province/main.ts orders list --database-url URL --site SITE [--date 2026-11-24]
  services that seniors ordered ahead, for the site that gives them (线上点单、线下派单)；收下的订单随即下发到站点，同一订单号再交一次不会重复
  --list  CSV or a JSON list: 订单,姓名,尾号,服务,日期,时间,分钟,人员,备注,状态 (order,name,tail,service,date,at,minutes,carer,note,state); good lines are taken, the others said
          订单、姓名、服务、日期、时间必填；姓名可写编号，服务和人员写名称或编号，状态写“取消”即撤回`

/** The words after `orders`. Resolves to the exit code: 0 done, 1 something of it was not, 2 nothing was looked at. */
export async function ordersCommand(words: readonly string[]): Promise<number> {
  const read = readWords(words, {
    'database-url': { type: 'string' },
    site: { type: 'string' },
    list: { type: 'string' },
    date: { type: 'string' },
  })
  if (typeof read === 'string') return complain(`用法不对：${read}`, `wrong use: ${read}\n${ordersUsage}`, 2)
  const { values, positionals } = read
  const [verb, ...named] = positionals
  const on = (work: (database: Database) => Promise<number>) => onDatabase(values['database-url'], ordersUsage, work)
  if (verb === 'cancel' && named.length > 0) return await on(database => cancelAll(database, named))
  const site = siteId.safeParse(values.site)
  const date = businessDate.safeParse(values.date ?? businessDateOf(Date.now()))
  const { list } = values
  if (site.success && named.length === 0) {
    if (verb === 'put' && list !== undefined) return await on(database => put(database, site.data, list))
    if (verb === 'list' && date.success) return await on(database => show(database, site.data, date.data))
  }
  return complain('请写 put、cancel 或 list', `say put, cancel or list\n${ordersUsage}`, 2)
}

async function put(database: Database, id: SiteId, list: string): Promise<number> {
  const site = await siteOf(database.pool, id)
  if (site === null) return complain('没有这个站点', 'there is no such site', 1)
  const text = readFileSync(list, 'utf8')
  const { fresh, changed, cancelled, unchanged, faults } = await takeOrders(
    ...([database, site, text, businessDateOf(Date.now())] as const),
  )
  const lines = sayFaults(faults)
  console.log(`新增 ${fresh}，改动 ${changed}，取消 ${cancelled}，原样 ${unchanged}，没收下 ${lines} 行`)
  console.log(`new ${fresh}, changed ${changed}, cancelled ${cancelled}, unchanged ${unchanged}, not taken ${lines}`)
  return lines === 0 ? 0 : 1
}

/** Says what is wrong with each line. Gives how many lines those are. */
export function sayFaults(faults: readonly LineFault[]): number {
  for (const { line, zh, en } of faults) console.error(`第 ${line} 行：${zh}\nline ${line}: ${en}`)
  return new Set(faults.map(({ line }) => line)).size
}

const cancelWords = {
  cancelled: '已取消，站点随即知道 / cancelled; the site is told',
  already: '早已取消 / was cancelled before',
  unknown: '没有这张订单 / there is no such order',
} as const

async function cancelAll(database: Database, named: readonly string[]): Promise<number> {
  let lacking = 0
  for (const name of named) {
    const id = orderId.safeParse(name)
    const outcome = id.success ? await cancelOrder(database, id.data) : 'unknown'
    if (outcome === 'unknown') lacking += 1
    console.log(`${name}：${cancelWords[outcome]}`)
  }
  return lacking === 0 ? 0 : 1
}

async function show(database: Database, site: SiteId, date: Parameters<typeof ordersOn>[2]): Promise<number> {
  const orders = await ordersOn(database.pool, site, date)
  const people = await seniorsNamed(
    database.pool,
    orders.map(({ senior }) => senior),
  )
  for (const { order, senior, service, at, minutes, carer, state } of orders) {
    const who = people.get(senior)?.name ?? senior
    const lasts = minutes === null ? '' : `  ${minutes} 分钟 min`
    const word = state === 'cancelled' ? '已取消 cancelled' : '计划 planned'
    console.log(`${at}  ${who}  ${service}${lasts}  ${carer ?? '未派 nobody yet'}  ${word}  ${order}`)
  }
  if (orders.length === 0) console.log(`${date} 没有订单 / no orders on ${date}`)
  return 0
}
