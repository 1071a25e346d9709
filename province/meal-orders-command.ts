import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { type BusinessDate, businessDate, businessDateOf } from '../shared/business-day.ts'
import { type SiteId, siteId } from '../shared/ids.ts'
import { clockText } from '../shared/policy/facts.ts'
import { orderId } from '../shared/visit/order.ts'
import { complain, onDatabase, readWords } from './command-words.ts'
import type { Database } from './database.ts'
import { siteOf } from './leases/caps.ts'
import { sayFaults } from './orders-command.ts'
import { prepareDueRounds } from './rounds/day-ahead.ts'
import {
  cancelMealOrder,
  type DeliveryRoute,
  type MealOrder,
  mealOrdersOn,
  putRoute,
  routesOf,
  takeMealOrders,
} from './rounds/meal-orders.ts'
import { seniorsNamed } from './rounds/seniors-named.ts'

export const mealOrdersUsage = `node province/main.ts meal-orders route ROUTE --database-url URL --site SITE --courier NAME [--page https://HOST/round/] [--ready 16:00] [--third-party]
node province/main.ts meal-orders put --database-url URL --site SITE --list FILE
node province/main.ts meal-orders cancel --database-url URL ORDER ...
node province/main.ts meal-orders list --database-url URL --site SITE [--date 2026-11-24]
  meals that seniors ordered ahead, to be brought: from the time --ready of the day before (16:00 where left out) each route becomes a delivery round by itself (预订送餐：前一天到点自动按路线做成送餐单)
  --list  CSV or a JSON list: 订单,姓名,尾号,门牌,日期,路线,顺序,餐段,电话,套餐,份数,付款,另加,状态 (order,name,tail,door,date,route,place,meal,phone,set,portions,pays,also,state); good lines are taken, the others said
          订单、姓名、门牌、日期、路线必填；同一订单号再交一次不会重复，状态写“取消”即撤回`

const options = {
  'database-url': { type: 'string' },
  site: { type: 'string' },
  list: { type: 'string' },
  date: { type: 'string' },
  courier: { type: 'string' },
  page: { type: 'string' },
  ready: { type: 'string', default: '16:00' },
  'third-party': { type: 'boolean', default: false },
} as const

const way = z.object({
  route: z.string().trim().min(1).max(32),
  courier: z.string().trim().min(1).max(32),
  thirdParty: z.boolean(),
  page: z
    .url({ protocol: /^https$/ })
    .refine(text => text.endsWith('/'))
    .nullable(),
  ready: clockText,
}) satisfies z.ZodType<DeliveryRoute>

/** The words after `meal-orders`. Resolves to the exit code: 0 done, 1 something of it was not, 2 nothing was looked at. */
export async function mealOrdersCommand(words: readonly string[]): Promise<number> {
  const read = readWords(words, options)
  if (typeof read === 'string') return complain(`用法不对：${read}`, `wrong use: ${read}\n${mealOrdersUsage}`, 2)
  const { values, positionals } = read
  const [verb, ...named] = positionals
  const on = (work: (database: Database) => Promise<number>) =>
    onDatabase(values['database-url'], mealOrdersUsage, work)
  const wrong = (zh: string, en: string) => complain(zh, `${en}\n${mealOrdersUsage}`, 2)
  if (verb === 'cancel' && named.length > 0) return await on(database => cancelAll(database, named))
  const site = siteId.safeParse(values.site)
  const date = businessDate.safeParse(values.date ?? businessDateOf(Date.now()))
  const { list } = values
  if (!site.success) return wrong('请用 --site 写明站点', 'say the site')
  if (verb === 'route' && named.length === 1) {
    const { courier, page = null, ready, 'third-party': thirdParty } = values
    const read = way.safeParse({ route: named[0], courier, page, ready, thirdParty })
    if (!read.success) {
      const what = read.error.issues.map(({ path }) => `--${String(path[0])}`).join(', ')
      return wrong(`请看看 ${what}`, `look at ${what}`)
    }
    return await on(database => setRoute(database, site.data, read.data))
  }
  if (verb === 'put' && list !== undefined) return await on(database => put(database, site.data, list))
  if (verb === 'list' && date.success) return await on(database => show(database, site.data, date.data))
  return wrong('请写 route、put、cancel 或 list', 'say route, put, cancel or list')
}

const noSite = () => complain('没有这个站点', 'there is no such site', 1)

async function setRoute(database: Database, site: SiteId, route: DeliveryRoute): Promise<number> {
  if ((await siteOf(database.pool, site)) === null) return noSite()
  await putRoute(database.pool, site, route)
  for (const one of await routesOf(database.pool, site))
    console.log(
      `${one.route}  ${one.courier}  前一天 day before ${one.ready}  ${one.thirdParty ? '外单位 third party  ' : ''}${one.page ?? '没有网页 no page'}`,
    )
  return 0
}

async function put(database: Database, id: SiteId, list: string): Promise<number> {
  const site = await siteOf(database.pool, id)
  if (site === null) return noSite()
  const now = Date.now()
  const { fresh, changed, cancelled, unchanged, faults } = await takeMealOrders(
    ...([database, site, readFileSync(list, 'utf8'), now] as const),
  )
  const lines = sayFaults(faults)
  console.log(`新增 ${fresh}，改动 ${changed}，取消 ${cancelled}，原样 ${unchanged}，没收下 ${lines} 行`)
  console.log(`new ${fresh}, changed ${changed}, cancelled ${cancelled}, unchanged ${unchanged}, not taken ${lines}`)
  // What is due already need not wait for the province's next look.
  const { rounds, stops } = await prepareDueRounds(database, now)
  if (rounds > 0) console.log(`随即做成送餐单 ${rounds} 张，${stops} 户 / ${rounds} rounds of ${stops} stops were made`)
  return lines === 0 ? 0 : 1
}

const cancelWords = {
  cancelled: '已取消 / cancelled',
  already: '早已取消 / was cancelled before',
  unknown: '没有这张订单 / there is no such order',
} as const

async function cancelAll(database: Database, named: readonly string[]): Promise<number> {
  let left = 0
  for (const name of named) {
    const id = orderId.safeParse(name)
    const outcome = id.success ? await cancelMealOrder(database, id.data) : 'unknown'
    if (outcome !== 'cancelled' && outcome !== 'already') left += 1
    console.log(`${name}：${typeof outcome === 'string' ? cancelWords[outcome] : `${outcome.zh} / ${outcome.en}`}`)
  }
  return left === 0 ? 0 : 1
}

async function show(database: Database, site: SiteId, date: BusinessDate): Promise<number> {
  const orders = await mealOrdersOn(database.pool, site, date)
  const people = await seniorsNamed(
    database.pool,
    orders.map(({ body }) => body.senior),
  )
  for (const order of orders) {
    const { senior, set, portions, door } = order.body
    const who = people.get(senior)?.name ?? senior
    console.log(
      `${order.meal}  ${order.route} ${order.place}  ${who}  ${door}  ${set} ×${portions}  ${stateOf(order)}  ${order.order_id}`,
    )
  }
  if (orders.length === 0) console.log(`${date} 没有预订 / no meals were ordered for ${date}`)
  return 0
}

const troubles = {
  senior: '做不进送餐单：老人已不在名单里 no round: the senior is not on the roster any more',
  set: '做不进送餐单：菜单上已没有这一样，请改订单 no round: it is not on the menu any more, change the order',
  order: '做不进送餐单：已有送餐单用了这个订单号 no round: another round has an order of this number',
} as const

function stateOf({ cancelled, round_id: round, trouble }: MealOrder): string {
  const made = round === null ? '' : `送餐单 round ${round}`
  if (cancelled) return `已取消 cancelled ${made}`.trim()
  return trouble === null ? made || '等着做送餐单 waits for its round' : troubles[trouble]
}
