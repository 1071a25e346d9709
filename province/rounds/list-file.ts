import { bytesToHex, sha256, utf8ToBytes } from '../../shared/bytes.ts'
import { type SeniorId, seniorId } from '../../shared/ids.ts'
import type { Site } from '../../shared/site.ts'
import { orderId } from '../../shared/visit/order.ts'
import { type LineFault, readTable, type TableLine } from '../table-file.ts'
import type { OrderedStop } from './prepare-round.ts'

/** Columns of a list of meals that are brought, by either heading. */
export const stopColumns = {
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

const payments = new Map<string, OrderedStop['pays']>([
  ['', 'cash'],
  ['现金', 'cash'],
  ['cash', 'cash'],
  ['卡', 'account'],
  ['account', 'account'],
])

/** Finds a member by name and last four signs; null for nobody, or more than one. */
export type FindMember = (name: string, tail: string) => Promise<SeniorId | null>

/** The senior of a line, by name or id. */
export async function seniorOfLine(
  { cell }: Pick<TableLine<'name' | 'tail'>, 'cell'>,
  find: FindMember,
): Promise<SeniorId | null> {
  const named = seniorId.safeParse(cell('name'))
  return named.success ? named.data : await find(cell('name'), cell('tail'))
}

export const nobodyFound = {
  zh: '没有找到这位老人，或不止一位：请加尾号',
  en: 'nobody, or more than one, has this name: add the last four signs',
} as const

/**
 * Reads one door of a list, or says all that is wrong with it: 姓名 and 门牌 are needed, the set is the site's own where none is named.
 * @param list with the line it numbers an order that has no number
 */
export async function readStop(
  { line, cell }: TableLine<keyof typeof stopColumns>,
  site: Site,
  find: FindMember,
  list = 'list',
): Promise<{ ok: true; stop: OrderedStop } | { ok: false; faults: LineFault[] }> {
  const faults: LineFault[] = []
  const fault = (zh: string, en: string) => faults.push({ line, zh, en })
  const lineOfMenu = (word: string) =>
    site.menu.find(item => !item.open && [item.id, item.name.zh, item.name.en].includes(word))?.id
  const senior = await seniorOfLine({ cell }, find)
  const set = lineOfMenu(cell('set') === '' ? site.defaultSet : cell('set'))
  const portions = Number(cell('portions') || '1')
  const pays = payments.get(cell('pays'))
  const also = cell('also')
    .split(/[+、]/)
    .filter(word => word !== '')
  const more = also.map(lineOfMenu)
  const order = orderId.safeParse(cell('order') || `${list}-${line}`)
  const phone = cell('phone') === '' ? null : cell('phone')
  if (senior === null) fault(nobodyFound.zh, nobodyFound.en)
  if (cell('door') === '' || cell('door').length > 80) fault('门牌不对', 'the door is missing, or too long')
  if (set === undefined || more.includes(undefined)) fault('菜单上没有这一样', 'it is not on the menu')
  if (more.length > 4) fault('另加最多 4 样', 'at most four things come along')
  if (!Number.isInteger(portions) || portions < 1 || portions > 9) fault('份数要在 1 到 9', 'portions are 1 to 9')
  if (pays === undefined) fault('付款写“现金”或“卡”', 'pays is cash or account')
  if (!order.success) fault('订单号不对', 'this is no number of an order')
  if (phone !== null && !/^[\d +-]{3,20}$/.test(phone)) fault('电话不对', 'this is no telephone number')
  if (faults.length > 0 || senior === null || set === undefined || pays === undefined || !order.success)
    return { ok: false, faults }
  const extras = more.flatMap(id => (id === undefined ? [] : [{ set: id, quantity: 1 }]))
  const about = { order: order.data, senior, door: cell('door'), phone, set, portions, pays, more: extras }
  return { ok: true, stop: about }
}

/**
 * Reads a list as it was written at the telephone, in route order; with one fault in it, it is no list.
 * @param meal date and meal: orders without a number get one by it and by the list, the same whenever the same list is read
 */
export async function readList(
  text: string,
  site: Site,
  find: FindMember,
  meal: string,
): Promise<{ ok: true; stops: OrderedStop[] } | { ok: false; faults: LineFault[] }> {
  const table = readTable(text, stopColumns, ['name', 'door'])
  if (!table.ok) return { ok: false, faults: [table.fault] }
  const list = `list-${bytesToHex(sha256(utf8ToBytes(`${meal}|${text}`)).slice(0, 8))}`
  const stops: OrderedStop[] = []
  const faults: LineFault[] = []
  for (const line of table.lines) {
    const read = await readStop(line, site, find, list)
    if (read.ok) stops.push(read.stop)
    else faults.push(...read.faults)
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, stops }
}
