import { z } from 'zod'
import { type BusinessDate, businessDate } from '../shared/business-day.ts'
import { type SiteId, siteId } from '../shared/ids.ts'
import { clockText } from '../shared/policy/facts.ts'
import type { Site } from '../shared/site.ts'
import { type OrderId, orderId, type PlannedOrder, plannedOrder } from '../shared/visit/order.ts'
import { mayGive } from '../shared/visit/service.ts'
import { type Database, type Queryable, select } from './database.ts'
import { type FindMember, nobodyFound, seniorOfLine } from './rounds/list-file.ts'
import { memberNamed, seniorsNamed } from './rounds/seniors-named.ts'
import { type LineFault, readTable, type TableLine } from './table-file.ts'
import { putOrders } from './visit-orders.ts'

/** Columns of a list of services that were ordered ahead, by either heading. */
const columns = {
  order: ['订单', 'order'],
  name: ['姓名', 'name'],
  tail: ['尾号', 'tail'],
  service: ['服务', 'service'],
  date: ['日期', 'date'],
  at: ['时间', 'at'],
  minutes: ['分钟', 'minutes'],
  carer: ['人员', 'carer'],
  note: ['备注', 'note'],
  state: ['状态', 'state'],
} as const

const states = new Map<string, PlannedOrder['state']>([
  ...(['', '计划', 'planned'] as const).map(word => [word, 'planned'] as const),
  ...(['取消', 'cancelled'] as const).map(word => [word, 'cancelled'] as const),
])

/** What came of a file of orders, line by line. */
export interface OrdersTaken {
  readonly fresh: number
  readonly changed: number
  readonly unchanged: number
  readonly cancelled: number
  readonly faults: readonly LineFault[]
}

/**
 * Takes the good lines of a file of services that were ordered ahead, and says what is wrong with the others. Safe to repeat: an order is known by
 * its number, and one that was taken back stays so.
 */
export async function takeOrders(
  database: Database,
  site: Site,
  text: string,
  today: BusinessDate,
): Promise<OrdersTaken> {
  const counts = { fresh: 0, changed: 0, unchanged: 0, cancelled: 0 }
  const table = readTable(text, columns, ['order', 'name', 'service', 'date', 'at'])
  if (!table.ok) return { ...counts, faults: [table.fault] }
  const faults: LineFault[] = []
  const orders = new Map<OrderId, PlannedOrder>()
  const seen = new Map<string, number>()
  for (const line of table.lines) {
    const before = line.cell('order') === '' ? undefined : seen.get(line.cell('order'))
    const read =
      before === undefined
        ? await readOrder(line, database.pool, site)
        : faultsAt(line.line, [[`和第 ${before} 行是同一个订单号`, `the same number as line ${before}`]])
    seen.set(line.cell('order'), before ?? line.line)
    if (!read.ok) {
      faults.push(...read.faults)
      continue
    }
    const { order } = read
    const known = await orderOf(database.pool, order.order)
    const refused = whyNot(order, known, site.id, today)
    if (refused !== null) {
      faults.push({ line: line.line, zh: refused[0], en: refused[1] })
      continue
    }
    if (known !== null && JSON.stringify(known.order) === JSON.stringify(order)) counts.unchanged += 1
    else if (known !== null && order.state === 'cancelled') counts.cancelled += 1
    else if (known === null) counts.fresh += 1
    else counts.changed += 1
    orders.set(order.order, order)
  }
  await putOrders(database, site.id, [...orders.values()])
  return { ...counts, faults }
}

type Words = readonly [zh: string, en: string]
const faultsAt = (line: number, said: readonly Words[]) => ({
  ok: false as const,
  faults: said.map(([zh, en]) => ({ line, zh, en })),
})

async function readOrder(
  { line, cell }: TableLine<keyof typeof columns>,
  client: Queryable,
  site: Site,
): Promise<{ ok: true; order: PlannedOrder } | { ok: false; faults: LineFault[] }> {
  const said: Words[] = []
  const find: FindMember = (name, tail) => memberNamed(client, site.id, name, tail)
  const senior = await seniorOfLine({ cell }, find)
  const isHere = senior !== null && (await seniorsNamed(client, [senior])).has(senior)
  const services = site.station?.services ?? []
  const service = services.find(({ id, name }) => [id, name.zh, name.en].includes(cell('service')))
  const carers = (site.station?.carers ?? []).filter(({ id, name }) => [id, name].includes(cell('carer')))
  const [carer] = carers
  const state = states.get(cell('state'))
  const minutes = cell('minutes') === '' ? null : Number(cell('minutes'))
  if (!orderId.safeParse(cell('order')).success) said.push(['订单号不对', 'this is no number of an order'])
  if (senior === null) said.push([nobodyFound.zh, nobodyFound.en])
  else if (!isHere)
    said.push(['这位老人不在名单里，或已去世、迁出', 'this senior is not on the roster, or died or moved'])
  if (service === undefined) said.push(['站点目录里没有这项服务', "it is not in the site's catalogue of services"])
  if (!businessDate.safeParse(cell('date')).success)
    said.push(['日期要写作 2026-11-24', 'write the date like 2026-11-24'])
  if (!clockText.safeParse(cell('at')).success) said.push(['时间要写作 09:30', 'write the time like 09:30'])
  if (!plannedOrder.shape.minutes.safeParse(minutes).success) said.push(['分钟要在 1 到 1440', 'minutes are 1 to 1440'])
  if (cell('carer') !== '' && carers.length !== 1)
    said.push(['站点没有这位服务人员，或不止一位同名', 'the site has no such carer, or more than one of this name'])
  else if (service && carer && !mayGive(service, carer))
    said.push(['这位服务人员不能做这项服务', 'this carer may not give this service'])
  if (cell('note').length > 200) said.push(['备注最多 200 字', 'a note has at most 200 letters'])
  if (state === undefined) said.push(['状态写“计划”或“取消”', 'the state is planned or cancelled'])
  if (said.length > 0) return faultsAt(line, said)
  const order = plannedOrder.parse({
    ...{ order: cell('order'), senior, service: service?.id, date: cell('date'), at: cell('at'), minutes },
    ...{ carer: carer?.id ?? null, state, note: cell('note') === '' ? null : cell('note') },
  })
  return { ok: true, order }
}

/** What an order that is known already, or lies behind, does not let be done. */
function whyNot(order: PlannedOrder, known: KnownOrder | null, site: SiteId, today: BusinessDate): Words | null {
  if (known !== null && known.site !== site)
    return [`订单号已在站点 ${known.site} 用过`, `this number is an order of the site ${known.site}`]
  if (known?.order.state === 'cancelled' && order.state === 'planned')
    return ['这张订单已经取消；再约请用新的订单号', 'this order was cancelled; order anew under another number']
  const isSame = known !== null && JSON.stringify(known.order) === JSON.stringify(order)
  if (!isSame && order.state === 'planned' && order.date < today) return ['日期已经过去', 'the date is over']
  return null
}

interface KnownOrder {
  readonly site: SiteId
  readonly order: PlannedOrder
}

async function orderOf(client: Queryable, id: OrderId): Promise<KnownOrder | null> {
  const [row] = await select(
    client,
    z.object({ site_id: siteId, body: z.string() }),
    'select site_id, body from visit_order where order_id = $1',
    [id],
  )
  return row === undefined ? null : { site: row.site_id, order: plannedOrder.parse(JSON.parse(row.body)) }
}

/** The orders of a site on a date, by their time. */
export async function ordersOn(client: Queryable, site: SiteId, date: BusinessDate): Promise<PlannedOrder[]> {
  const rows = await select(
    client,
    z.object({ body: z.string() }),
    `select body from visit_order where site_id = $1 and body::jsonb ->> 'date' = $2
      order by body::jsonb ->> 'at', order_id`,
    [site, date],
  )
  return rows.map(({ body }) => plannedOrder.parse(JSON.parse(body)))
}

/** Takes an order back, so that nobody sets out for it. */
export async function cancelOrder(database: Database, id: OrderId): Promise<'cancelled' | 'already' | 'unknown'> {
  const known = await orderOf(database.pool, id)
  if (known === null) return 'unknown'
  if (known.order.state === 'cancelled') return 'already'
  await putOrders(database, known.site, [{ ...known.order, state: 'cancelled' }])
  return 'cancelled'
}
