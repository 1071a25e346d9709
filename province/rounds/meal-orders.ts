import { z } from 'zod'
import { type BusinessDate, businessDate, businessDateOf, businessMinuteOf, meal } from '../../shared/business-day.ts'
import { type SiteId, seniorId, siteId, terminalId } from '../../shared/ids.ts'
import { tillRound } from '../../shared/round/round.ts'
import type { Site } from '../../shared/site.ts'
import { type OrderId, orderId } from '../../shared/visit/order.ts'
import { type Database, type Queryable, select, transaction } from '../database.ts'
import { type LineFault, readTable, type TableLine } from '../table-file.ts'
import { readStop, stopColumns } from './list-file.ts'
import type { OrderedStop } from './prepare-round.ts'
import { cancelStop } from './rounds.ts'
import { memberNamed, seniorsNamed } from './seniors-named.ts'

/** Columns of a list of meals that were ordered ahead, beside those of a stop. */
const columns = {
  ...stopColumns,
  date: ['日期', 'date'],
  meal: ['餐段', 'meal'],
  route: ['路线', 'route'],
  place: ['顺序', 'place'],
  state: ['状态', 'state'],
} as const

const meals = new Map<string, MealOrder['meal']>([
  ...meal.options.map(name => [name, name] as const),
  ...([
    ['早餐', 'breakfast'],
    ['午餐', 'lunch'],
    ['晚餐', 'dinner'],
    ['', 'lunch'],
  ] as const),
])
const cancels = new Map<string, boolean>([
  ...(['', '计划', 'planned'] as const).map(word => [word, false] as const),
  ...(['取消', 'cancelled'] as const).map(word => [word, true] as const),
])

const stop = z.object({
  order: orderId,
  senior: seniorId,
  door: z.string(),
  phone: z.string().nullable(),
  set: z.string(),
  more: z.array(z.object({ set: z.string(), quantity: z.int() })),
  portions: z.int(),
  pays: z.enum(['cash', 'account']),
}) satisfies z.ZodType<OrderedStop>

/** Why a round cannot have an order: the senior is gone, the menu has the meal no more, or a round has an order of this number already. */
const trouble = z.enum(['senior', 'set', 'order'])

const row = z.object({
  order_id: orderId,
  site_id: siteId,
  business_date: businessDate,
  meal,
  route: z.string(),
  place: z.int(),
  body: z.string().transform(text => stop.parse(JSON.parse(text))),
  cancelled: z.boolean(),
  round_terminal: terminalId.nullable(),
  round_id: z.string().nullable(),
  trouble: trouble.nullable(),
})

/** A meal that was ordered ahead, to be brought on a route. */
export type MealOrder = z.infer<typeof row>
export const mealOrderColumns = Object.keys(row.shape).join(', ')
export const mealOrderRow = row

export interface DeliveryRoute {
  readonly route: string
  readonly courier: string
  readonly thirdParty: boolean
  /** Where the couriers' page is, with a slash at the end; null: the link is made nowhere. */
  readonly page: string | null
  /** Clock time of the day before, `HH:MM`, from which rounds are made. */
  readonly ready: string
}

const routeRow = z
  .object({
    ...{ route: z.string(), courier: z.string(), third_party: z.boolean() },
    ...{ page: z.string().nullable(), ready: z.string() },
  })
  .transform(({ third_party: thirdParty, ...rest }): DeliveryRoute => ({ ...rest, thirdParty }))

/** The routes of a site. */
export async function routesOf(client: Queryable, site: SiteId): Promise<DeliveryRoute[]> {
  return await select(
    client,
    routeRow,
    'select route, courier, third_party, page, ready from delivery_route where site_id = $1 order by route',
    [site],
  )
}

/** Writes a route; rounds that are made already stay as they are. */
export async function putRoute(client: Queryable, site: SiteId, one: DeliveryRoute): Promise<void> {
  await client.query(
    `insert into delivery_route (site_id, route, courier, third_party, page, ready) values ($1, $2, $3, $4, $5, $6)
      on conflict (site_id, route) do update set courier = excluded.courier, third_party = excluded.third_party,
        page = excluded.page, ready = excluded.ready`,
    [site, one.route, one.courier, one.thirdParty, one.page, one.ready],
  )
}

/** What came of a file of meals, line by line. */
export interface MealsTaken {
  readonly fresh: number
  readonly changed: number
  readonly unchanged: number
  readonly cancelled: number
  readonly faults: readonly LineFault[]
}

type Wanted = Omit<MealOrder, 'round_terminal' | 'round_id' | 'trouble'>

/**
 * Takes the good lines of a file of meals that were ordered ahead, and says what is wrong with the others. Safe to repeat: an order is known by its
 * number. What a round has already is changed no more.
 * @param now ms
 */
export async function takeMealOrders(database: Database, site: Site, text: string, now: number): Promise<MealsTaken> {
  const counts = { fresh: 0, changed: 0, unchanged: 0, cancelled: 0 }
  const table = readTable(text, columns, ['order', 'name', 'door', 'date', 'route'])
  if (!table.ok) return { ...counts, faults: [table.fault] }
  const routes = new Set((await routesOf(database.pool, site.id)).map(({ route }) => route))
  const faults: LineFault[] = []
  const seen = new Map<string, number>()
  for (const line of table.lines) {
    const read = await readMeal(line, database.pool, site, routes)
    const before = seen.get(line.cell('order'))
    if (!read.ok) faults.push(...read.faults)
    else if (before !== undefined)
      faults.push({ line: line.line, zh: `和第 ${before} 行是同一个订单号`, en: `the same number as line ${before}` })
    else {
      seen.set(line.cell('order'), line.line)
      const outcome = await putMeal(database, read.wanted, site, now)
      if (typeof outcome === 'string') counts[outcome] += 1
      else faults.push({ line: line.line, ...outcome })
    }
  }
  return { ...counts, faults }
}

async function readMeal(
  line: TableLine<keyof typeof columns>,
  client: Queryable,
  site: Site,
  routes: ReadonlySet<string>,
): Promise<{ ok: true; wanted: Wanted } | { ok: false; faults: LineFault[] }> {
  const { cell } = line
  const read = await readStop(line, site, (name, tail) => memberNamed(client, site.id, name, tail))
  const faults: LineFault[] = read.ok ? [] : [...read.faults]
  const fault = (zh: string, en: string) => faults.push({ line: line.line, zh, en })
  const date = businessDate.safeParse(cell('date'))
  const name = meals.get(cell('meal'))
  const place = cell('place') === '' ? line.line : Number(cell('place'))
  const cancelled = cancels.get(cell('state'))
  if (read.ok && !(await seniorsNamed(client, [read.stop.senior])).has(read.stop.senior))
    fault('这位老人不在名单里，或已去世、迁出', 'this senior is not on the roster, or died or moved')
  if (cell('order') === '') fault('要有订单号', 'the number of the order is needed')
  if (!date.success) fault('日期要写作 2026-11-24', 'write the date like 2026-11-24')
  if (name === undefined) fault('餐段写早餐、午餐或晚餐', 'the meal is breakfast, lunch or dinner')
  if (!routes.has(cell('route'))) fault('站点没有这条路线，先用 route 设好', 'the site has no such route: set it first')
  if (!Number.isInteger(place) || place < 1 || place > 100_000) fault('顺序要是整数', 'the place is a whole number')
  if (cancelled === undefined) fault('状态写“计划”或“取消”', 'the state is planned or cancelled')
  if (faults.length > 0 || !read.ok || !date.success || name === undefined || cancelled === undefined)
    return { ok: false, faults }
  const about = { order_id: read.stop.order, site_id: site.id, business_date: date.data, meal: name }
  return { ok: true, wanted: { ...about, route: cell('route'), place, body: stop.parse(read.stop), cancelled } }
}

type Words = { readonly zh: string; readonly en: string }

/** Writes one order, or says why not. */
async function putMeal(
  database: Database,
  wanted: Wanted,
  site: Site,
  now: number,
): Promise<'fresh' | 'changed' | 'unchanged' | 'cancelled' | Words> {
  return await transaction(database, async client => {
    const known = await mealOrderOf(client, wanted.order_id, 'for update')
    if (known !== null && known.site_id !== site.id)
      return { zh: `订单号已在站点 ${known.site_id} 用过`, en: `this number is an order of the site ${known.site_id}` }
    if (known !== null && isSame(known, wanted)) return 'unchanged'
    if (known !== null && wanted.cancelled) return await cancelIn(client, known)
    if (known?.cancelled)
      return {
        zh: '这张订单已经取消；再订请用新的订单号',
        en: 'this order was cancelled; order anew under another number',
      }
    if (known?.round_id) return inRound(known, await stopIn(client, known))
    if (isOver(wanted, site, now)) return { zh: '这一餐已经过了', en: 'this meal is over' }
    await client.query(
      `insert into meal_order (order_id, site_id, business_date, meal, route, place, body, cancelled)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict (order_id) do update set business_date = excluded.business_date, meal = excluded.meal, route = excluded.route,
          place = excluded.place, body = excluded.body, cancelled = excluded.cancelled, trouble = null`,
      [
        ...[wanted.order_id, wanted.site_id, wanted.business_date, wanted.meal, wanted.route, wanted.place],
        ...[JSON.stringify(wanted.body), wanted.cancelled],
      ],
    )
    return known === null ? 'fresh' : 'changed'
  })
}

/** Where in a route it stands says nothing any more once a round has it; what no round could have is looked at anew. */
const isSame = (known: MealOrder, { body, ...wanted }: Wanted) =>
  known.trouble === null &&
  JSON.stringify(known.body) === JSON.stringify(body) &&
  (known.round_id !== null || known.place === wanted.place) &&
  known.business_date === wanted.business_date &&
  known.meal === wanted.meal &&
  known.route === wanted.route &&
  known.cancelled === wanted.cancelled

function isOver({ business_date: date, meal: name }: Wanted, { mealPeriods }: Site, now: number): boolean {
  const today = businessDateOf(now)
  return date < today || (date === today && businessMinuteOf(now) >= mealPeriods[name].to)
}

export async function mealOrderOf(client: Queryable, id: OrderId, lock = ''): Promise<MealOrder | null> {
  const [found] = await select(client, row, `select ${mealOrderColumns} from meal_order where order_id = $1 ${lock}`, [
    id,
  ])
  return found ?? null
}

/** The place of an order in the round that has it. */
async function stopIn(client: Queryable, { order_id, round_id, round_terminal }: MealOrder): Promise<number | null> {
  const [found] = await select(
    client,
    z.object({ body: z.string().transform(text => tillRound.parse(JSON.parse(text))) }),
    'select body from delivery_round where terminal_id = $1 and round_id = $2',
    [round_terminal, round_id],
  )
  return found?.body.stops.find(({ order }) => order === order_id)?.stop ?? null
}

function inRound({ round_id: round, round_terminal: till }: MealOrder, place: number | null): Words {
  return {
    zh: `已在送餐单 ${round} 第 ${place ?? '?'} 户（终端 ${till}），请马上告诉站里和送餐员`,
    en: `it is stop ${place ?? '?'} of round ${round} at ${till} already: tell the station and the courier now`,
  }
}

async function cancelIn(client: Queryable, known: MealOrder): Promise<'cancelled' | Words> {
  await client.query('update meal_order set cancelled = true where order_id = $1', [known.order_id])
  const { round_id: round, round_terminal: terminal } = known
  if (round === null || terminal === null) return 'cancelled'
  const stop = await stopIn(client, known)
  if (stop !== null) await cancelStop(client, { terminal, round, stop })
  return inRound(known, stop)
}

/** Takes an order back. Words: it is taken back, but a round has it, so that somebody has to be told. */
export async function cancelMealOrder(
  database: Database,
  id: OrderId,
): Promise<'cancelled' | 'already' | 'unknown' | Words> {
  return await transaction(database, async client => {
    const known = await mealOrderOf(client, id, 'for update')
    if (known === null) return 'unknown'
    return known.cancelled ? 'already' : await cancelIn(client, known)
  })
}

/** The meals of a site on a date, by route. */
export async function mealOrdersOn(client: Queryable, site: SiteId, date: BusinessDate): Promise<MealOrder[]> {
  return await select(
    client,
    row,
    `select ${mealOrderColumns} from meal_order where site_id = $1 and business_date = $2
      order by meal, route, place, order_id`,
    [site, date],
  )
}
