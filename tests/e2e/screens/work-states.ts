import { businessDate } from '../../../shared/business-day.ts'
import { operatorId, proxyId } from '../../../shared/ids.ts'
import { setMeal } from '../../../shared/site.ts'
import type { CashierView, ParkedView, PricedView, TerminalView } from '../../../shared/terminal-api.ts'
import { faceView, limitView, menu, noon, pricedView, sale } from './fixtures.ts'

const parked = (change: Partial<ParkedView> = {}): ParkedView => ({
  checkIn: pricedView().checkIn,
  at: noon - 300_000,
  name: '刘＊明',
  set: sale().set,
  means: 'card',
  earlier: false,
  ...change,
})
const three = [
  parked(),
  parked({ name: null, means: null, at: noon - 180_000, set: menu[2]?.name ?? sale().set }),
  parked({ name: '欧＊＊英', earlier: true }),
]

const extra = setMeal.parse({
  ...{ id: 'extra', key: 8, name: { zh: '加菜', en: 'Extra dish' }, dish: { zh: '单点', en: 'À la carte' } },
  ...{ priceFen: 50, soldOut: false, open: { mostFen: 5000, stepFen: 50 } },
})
const withExtra = [...menu, extra]
const soupAndDish = [
  { name: menu[6]?.name ?? extra.name, quantity: 2, fen: 600 },
  { name: extra.name, quantity: 1, fen: 600 },
]

const cashThenCard = {
  dueFen: 250,
  parts: [
    { kind: 'cash' as const, fen: 500 },
    { kind: 'account' as const, fen: 250 },
  ],
}
const offered = ['周建平', '林晓燕'].map((name, place) => ({
  ...{ name, proxy: proxyId.parse(String(place + 1).repeat(32)), until: businessDate.parse('2026-12-31') },
}))
const mayCollect: PricedView['proxy'] = { offered, chosen: null, obstacle: null, leads: null }
const collected = pricedView({
  ...{ channel: 'takeaway', entry: { seconds: null, held: true } },
  proxy: { ...mayCollect, chosen: { name: '周建平', portion: 2 } },
})
const beyondLimit = pricedView({
  ...{ channel: 'takeaway', entry: { seconds: null, held: true } },
  attention: [{ code: 'PROXY_MAX', values: { count: 3 } }],
  proxy: {
    ...mayCollect,
    chosen: { name: '周建平', portion: 4 },
    leads: [{ operator: operatorId.parse('sun'), name: '孙敏' }],
  },
})
const another = pricedView({ another: noon, entry: { seconds: null, held: true } })
const english = { search: '?camera=off&lang=en' }

const listed = (name: string | null, dueFen: number, changed = false, earlier = false) => ({
  ...{ checkIn: pricedView().checkIn, name, guest: name === null, set: sale().set, dueFen, changed, earlier },
})
const together: NonNullable<TerminalView['group']> = {
  ...{ tender: 'cash', digest: 'digest-of-this-list', sumFen: 3790 },
  members: [listed('王＊国', 750), listed('李＊兰', 480), listed('欧＊＊英', 1060, true), listed(null, 1500)],
}
const fromYesterday = {
  ...together,
  members: [listed('王＊国', 750, false, true), listed('李＊兰', 750)],
  sumFen: 1500,
}
const nine = {
  ...together,
  members: [...together.members, ...Array.from({ length: 5 }, () => listed('王＊国', 750))],
  sumFen: 7540,
}

/** What a cashier does beside the ordinary sale. `keys` are pressed once the page stands. */
export const workStates: {
  name: string
  terminal?: Partial<TerminalView>
  view?: CashierView
  shows: string
  search?: string
  keys?: readonly string[]
}[] = [
  { name: 'cashier-delivery-next', terminal: { chosenChannel: 'delivery' }, shows: '这一份送餐' },
  { name: 'cashier-delivery', view: pricedView({ channel: 'delivery' }), shows: '送餐' },
  {
    name: 'cashier-takeaway-limit',
    view: limitView({
      channel: 'takeaway',
      week: { used: 2, cap: 5 },
      attention: [{ code: 'CHANNEL', values: { covered: 'dine-in' } }],
    }),
    shows: '补贴只限堂食',
  },
  {
    name: 'cashier-delivery-english',
    view: pricedView({ channel: 'delivery' }),
    shows: 'Delivery',
    search: '?camera=off&lang=en',
  },
  {
    name: 'cashier-all-keys',
    terminal: { simulator: true, fictional: true, parked: three, face: faceView() },
    view: pricedView(),
    shows: '模拟器',
  },
  {
    name: 'cashier-all-keys-english',
    terminal: { simulator: true, fictional: true, parked: three, face: faceView() },
    view: pricedView(),
    shows: 'Simulator',
    search: '?camera=off&lang=en',
  },
  {
    name: 'cashier-beside',
    terminal: { menu: withExtra },
    view: pricedView({ beside: soupAndDish, listFen: 2700, ownPayFen: 1830, entry: { seconds: 1.5, held: true } }),
    shows: '汤品 ×2',
  },
  {
    name: 'cashier-adding',
    terminal: { menu: withExtra },
    view: pricedView({ entry: { seconds: 1.5, held: true } }),
    keys: ['NumpadAdd'],
    shows: '加哪一样',
  },
  {
    name: 'cashier-amount',
    terminal: { menu: withExtra },
    view: pricedView({ entry: { seconds: 1.5, held: true } }),
    keys: ['Digit8', 'Digit6'],
    shows: '加菜多少钱',
  },
  {
    name: 'cashier-amount-english',
    terminal: { menu: withExtra },
    view: pricedView({ beside: soupAndDish, entry: { seconds: 1.5, held: true } }),
    keys: ['Digit8'],
    shows: 'how much',
    search: '?camera=off&lang=en',
  },
  { name: 'cashier-cash-notes', view: pricedView({ tender: 'cash', ownPayFen: 1350 }), shows: '收现金 13.50 元' },
  {
    name: 'cashier-cash-beside',
    view: pricedView({ tender: 'cash', beside: soupAndDish, listFen: 2700, ownPayFen: 1830 }),
    shows: '收现金 18.30 元',
  },
  { name: 'cashier-cash-limit', view: limitView({ tender: 'cash' }), shows: '本周补贴 5 次已用完' },
  {
    name: 'cashier-cash-english',
    view: pricedView({ tender: 'cash' }),
    shows: 'Take 7.50 in cash',
    search: '?camera=off&lang=en',
  },
  {
    name: 'cashier-split',
    view: pricedView({ ...cashThenCard, entry: { seconds: 1.5, held: true } }),
    shows: '现金 5.00',
  },
  { name: 'cashier-split-limit', view: limitView(cashThenCard), shows: '现金 5.00' },
  {
    name: 'cashier-split-pad',
    view: pricedView({ ownPayFen: 1350, entry: { seconds: 1.5, held: true } }),
    keys: ['KeyF', 'Digit5'],
    shows: '先收多少',
  },
  {
    name: 'cashier-split-pad-english',
    view: pricedView({ ownPayFen: 1350, entry: { seconds: 1.5, held: true } }),
    keys: ['KeyF'],
    shows: 'How much first',
    search: '?camera=off&lang=en',
  },
  {
    name: 'cashier-split-english',
    view: pricedView({ ...cashThenCard, beside: soupAndDish, entry: { seconds: 1.5, held: true } }),
    shows: 'cash 5.00',
    search: '?camera=off&lang=en',
  },
  { name: 'cashier-outside', view: pricedView({ tender: 'outside' }), shows: '付款单号' },
  {
    name: 'cashier-outside-split',
    view: pricedView({
      ...{ tender: 'outside', reference: '4200778201', dueFen: 250 },
      parts: [
        { kind: 'cash', fen: 500 },
        { kind: 'outside', fen: 250 },
      ],
    }),
    shows: '尾号 8201，已确认',
  },
  {
    name: 'cashier-reference-pad-english',
    view: pricedView({ tender: 'outside' }),
    keys: ['KeyR', 'Digit5'],
    shows: 'Payment reference',
    search: '?camera=off&lang=en',
  },
  { name: 'cashier-another', view: another, shows: '又读到一张卡或码' },
  { name: 'cashier-another-english', view: another, shows: 'Another card or code', ...english },
  { name: 'cashier-proxy', view: collected, shows: '代领：周建平' },
  { name: 'cashier-proxy-english', view: collected, shows: 'Proxy: ', ...english },
  { name: 'cashier-proxy-choose', view: pricedView({ proxy: mayCollect }), keys: ['F4'], shows: '谁来代领' },
  {
    ...{ name: 'cashier-proxy-choose-english', view: pricedView({ proxy: mayCollect }), keys: ['F4'] },
    ...{ shows: 'Who collects it', ...english },
  },
  { name: 'cashier-proxy-limit', view: beyondLimit, shows: '这位今天已代领 3 份' },
  { name: 'cashier-proxy-limit-english', view: beyondLimit, shows: 'has collected 3 portions', ...english },
  { name: 'cashier-group', terminal: { group: together }, shows: '价格变了' },
  { name: 'cashier-group-english', terminal: { group: together }, shows: 'New price', ...english },
  { name: 'cashier-group-nine', terminal: { group: nine }, shows: '9 位' },
  { name: 'cashier-group-nine-english', terminal: { group: nine }, shows: '9 people', ...english },
  { name: 'cashier-group-earlier', terminal: { group: fromYesterday }, shows: '前一天的' },
  { name: 'cashier-group-earlier-english', terminal: { group: fromYesterday }, shows: 'Earlier day', ...english },
  {
    name: 'cashier-group-given',
    terminal: { group: together },
    keys: ['KeyN', 'Digit1', 'Digit0', 'Digit0'],
    shows: '找零',
  },
  { name: 'cashier-given', view: pricedView({ tender: 'cash' }), keys: ['KeyN'], shows: '应收 7.50 元' },
  {
    name: 'cashier-given-english',
    view: pricedView({ tender: 'cash' }),
    keys: ['KeyN'],
    shows: '7.50 yuan are due',
    ...english,
  },
  {
    ...{ name: 'cashier-group-empty', terminal: { group: { ...together, members: [], sumFen: 0 } } },
    shows: '请一位一位刷卡',
  },
  { name: 'cashier-group-priced', terminal: { group: together }, view: collected, shows: '一起付：已有 4 位' },
  {
    ...{ name: 'cashier-group-priced-english', terminal: { group: together }, view: collected },
    ...{ shows: 'Paid together: 4', ...english },
  },
  { name: 'cashier-parked', terminal: { parked: three }, shows: '搁置 3' },
  { name: 'cashier-parked-list', terminal: { parked: three }, shows: '按数字取回', keys: ['F8'] },
  {
    name: 'cashier-parked-english',
    terminal: { parked: three },
    shows: 'A digit takes one back',
    search: '?camera=off&lang=en',
    keys: ['F8'],
  },
]
