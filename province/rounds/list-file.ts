import { csvRows } from '../../shared/csv-rows.ts'
import { type SeniorId, seniorId } from '../../shared/ids.ts'
import type { Site } from '../../shared/site.ts'
import { orderId } from '../../shared/visit/order.ts'
import type { OrderedStop } from './prepare-round.ts'

/** Columns of a list of orders, by either heading. */
const columns = {
  name: ['姓名', 'name'],
  tail: ['尾号', 'tail'],
  door: ['门牌', 'door'],
  phone: ['电话', 'phone'],
  set: ['套餐', 'set'],
  portions: ['份数', 'portions'],
  pays: ['付款', 'pays'],
  also: ['另加', 'also'],
  order: ['订单', 'order'],
} as const
type Column = keyof typeof columns

const payments = new Map<string, OrderedStop['pays']>([
  ['', 'cash'],
  ['现金', 'cash'],
  ['cash', 'cash'],
  ['卡', 'account'],
  ['account', 'account'],
])

/** What is wrong with a line of the list, as spreadsheets number it. */
export interface ListFault {
  readonly line: number
  readonly zh: string
  readonly en: string
}

/**
 * Reads a list as it was written at the telephone, in route order: 姓名 and 门牌 are needed, the set is the site's own where none is named.
 * @param find a member by name and last four signs, or by id; null for nobody, or more than one
 */
export async function readList(
  text: string,
  site: Site,
  find: (name: string, tail: string) => Promise<SeniorId | null>,
): Promise<{ ok: true; stops: OrderedStop[] } | { ok: false; faults: ListFault[] }> {
  const [head = [], ...lines] = csvRows(text)
  const placeOf = (column: Column) => columns[column].map(title => head.indexOf(title)).find(at => at >= 0) ?? -1
  if (placeOf('name') < 0 || placeOf('door') < 0)
    return {
      ok: false,
      faults: [{ line: 1, zh: '要有“姓名”和“门牌”两列', en: 'the columns name and door are needed' }],
    }
  const stops: OrderedStop[] = []
  const faults: ListFault[] = []
  for (const [at, cells] of lines.entries()) {
    const line = at + 2
    const cell = (column: Column) => cells[placeOf(column)] ?? ''
    const fault = (zh: string, en: string) => faults.push({ line, zh, en })
    const lineOfMenu = (word: string) =>
      site.menu.find(item => !item.open && [item.id, item.name.zh, item.name.en].includes(word))?.id
    const named = seniorId.safeParse(cell('name'))
    const senior = named.success ? named.data : await find(cell('name'), cell('tail'))
    const set = lineOfMenu(cell('set') === '' ? site.defaultSet : cell('set'))
    const portions = Number(cell('portions') || '1')
    const pays = payments.get(cell('pays'))
    const also = cell('also')
      .split(/[+、]/)
      .filter(word => word !== '')
    const more = also.map(lineOfMenu)
    const order = orderId.safeParse(cell('order') || `list-${line}`)
    const phone = cell('phone') === '' ? null : cell('phone')
    if (senior === null)
      fault(
        '没有找到这位老人，或不止一位：请加尾号',
        'nobody, or more than one, has this name: add the last four signs',
      )
    if (cell('door') === '' || cell('door').length > 80) fault('门牌不对', 'the door is missing, or too long')
    if (set === undefined || more.includes(undefined)) fault('菜单上没有这一样', 'it is not on the menu')
    if (!Number.isInteger(portions) || portions < 1 || portions > 9) fault('份数要在 1 到 9', 'portions are 1 to 9')
    if (pays === undefined) fault('付款写“现金”或“卡”', 'pays is cash or account')
    if (!order.success) fault('订单号不对', 'this is no number of an order')
    if (phone !== null && !/^[\d +-]{3,20}$/.test(phone)) fault('电话不对', 'this is no telephone number')
    if (senior === null || set === undefined || pays === undefined || !order.success) continue
    stops.push({
      ...{ order: order.data, senior, door: cell('door'), phone, set, portions, pays },
      more: more.flatMap(id => (id === undefined ? [] : [{ set: id, quantity: 1 }])),
    })
  }
  if (lines.length === 0) faults.push({ line: 1, zh: '名单是空的', en: 'the list is empty' })
  return faults.length > 0 ? { ok: false, faults } : { ok: true, stops }
}
