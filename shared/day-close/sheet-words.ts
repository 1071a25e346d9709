import type { Meal } from '../business-day.ts'
import type { Bilingual, TenderKind } from '../site.ts'
import type { differenceReasons } from './close-reasons.ts'

const words = (zh: string, en: string): Bilingual => ({ zh, en })

/** The words of the day slip and of the day's table. */
export const sheetWords = {
  day: words('日结', 'Day close'),
  notClosed: words('未日结', 'Not closed yet'),
  people: words('用餐人次', 'Meals'),
  guests: words('其中访客', 'of them guests'),
  unknown: words('其中待查', 'of them not known yet'),
  persons: words('登记老人（人数）', 'Registered persons'),
  list: words('原价合计', 'List price'),
  discount: words('本店优惠', 'Site discount'),
  own: words('个人实付', 'Own payment'),
  rounding: words('现金抹零（本店承担）', 'Cash rounded off, borne by the site'),
  operatorPart: words('运营补贴', "Operator's part"),
  claims: words('待核补贴', 'Claims that wait'),
  voids: words('撤销', 'Voids'),
  refunds: words('退款（本人）', 'Refunds to persons'),
  refundOf: words('退款冲回', 'Refund back to'),
  madeGood: words('补差付出', 'Made good'),
  phoneWaiting: words('扫码付待确认', 'Phone payments not confirmed'),
  phoneSettled: words('扫码付后来到账', 'Phone payments confirmed later'),
  phoneNotPaid: words('扫码付没到账（本店承担）', 'Phone payments not paid (the site bears them)'),
  late: words('其中补录', 'of them late entries'),
  held: words('补录待核', 'Late entries held'),
  overrides: words('人工核准', 'Overrides'),
  shift: words('班次', 'Shift'),
  float: words('备用金', 'Float'),
  expected: words('应有现金', 'Cash expected'),
  counted: words('实点现金', 'Cash counted'),
  difference: words('差额', 'Difference'),
  outsideExpected: words('应有扫码付', 'Phone payments expected'),
  outsideCounted: words('收款设备合计', 'Payment device says'),
  outsideDifference: words('收款设备差额', 'Payment device difference'),
  notCounted: words('没有点钱', 'Not counted'),
  corrected: words('后来更正过', 'Corrected later'),
  elsewhere: words('别台抽屉', 'Drawer of another till'),
  records: words('流水号', 'Records'),
  unsent: words('未上传', 'Unsent'),
  unreadable: words('读不出的记录', 'Unreadable records'),
  terminal: words('终端', 'Terminal'),
  closedBy: words('日结人', 'Closed by'),
  head: words('末位校验', 'Chain head'),
  quarter: words('每 15 分钟', 'Quarter of an hour'),
  services: words('上门服务', 'Home services'),
  terminalItself: words('终端自动', 'The terminal'),
} as const satisfies Record<string, Bilingual>

export const sheetMeals: Readonly<Record<Meal, Bilingual>> = {
  breakfast: words('早餐', 'Breakfast'),
  lunch: words('午餐', 'Lunch'),
  dinner: words('晚餐', 'Dinner'),
}

export const sheetTenders: Readonly<Record<TenderKind, Bilingual>> = {
  account: words('社保卡', 'Card account'),
  cash: words('现金', 'Cash'),
  outside: words('扫码付', 'Phone'),
  agreement: words('协议单位', 'Agreement'),
}

export const sheetReasons: Readonly<Record<(typeof differenceReasons)[number], Bilingual>> = {
  'wrong change': words('找零有出入', 'Change given wrongly'),
  'taken to the bank': words('中途取走存银行', 'Taken to the bank'),
  'not found': words('没找到原因', 'Not found'),
  other: words('别的原因', 'Another reason'),
}
