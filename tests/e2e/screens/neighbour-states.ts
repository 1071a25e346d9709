import type { CloseView } from '../../../shared/close-api.ts'
import { seniorId } from '../../../shared/ids.ts'
import type { NeighbourView } from '../../../shared/neighbour-api.ts'
import type { CashierView, PricedView, TerminalView } from '../../../shared/terminal-api.ts'
import { views } from './close-states.ts'
import { guestView, limitView, noon, pricedView, sale } from './fixtures.ts'

const names = [
  ...['陈桂花', '邓大山', '方小满', '高玉珍', '韩福生', '何秀英', '胡铁柱', '蒋兰', '李建国', '林月娥', '刘德明'],
  ...['欧阳秀英', '潘长根', '钱阿妹', '沈国强', '王淑芬', '吴金凤', '徐水生', '张淑芬', '周宝山'],
]

/** So many neighbours, of whom the first few have eaten. */
export function neighbours(count = 14, eaten = 5): NonNullable<NeighbourView> {
  return {
    people: Array.from({ length: count }, (_, at) => ({
      senior: seniorId.parse(String(at + 1).padStart(32, '0')),
      name: names[at % names.length] ?? '',
      ate: at < eaten ? noon - (9 - at) * 240_000 : null,
    })),
    more: 0,
    chosen: null,
  }
}

/** The household's own name, its one operator, and the day so far. */
export const householdTerminal: Partial<TerminalView> = {
  siteName: '陈家爱心户',
  lastSales: ['韩＊生', '高＊珍', '方＊满', '邓＊山', '陈＊花'].map((name, at) =>
    sale({ name, means: 'manual', ownPayFen: [300, 450, 300, 750, 300][at] ?? 300, at: noon - (4 + at * 4) * 60_000 }),
  ),
  unsent: { count: 7, oldestAt: noon - 26 * 3_600_000 },
  network: { state: 'offline', since: noon - 86_400_000 },
}

const byName: Partial<PricedView> = {
  ...{ means: 'manual', credentialTail: null, device: null, tender: 'cash' },
  entry: { seconds: null, held: false },
}
const named = (change: Partial<PricedView> = {}) => pricedView({ ...byName, ...change })

export interface NeighbourState {
  name: string
  household: NonNullable<NeighbourView>
  view?: CashierView
  terminal?: Partial<TerminalView>
  closing?: CloseView
  shows: string
  keys?: readonly string[]
  english?: boolean
  /** Whose tile is the one on the screen. */
  place?: number
}

const emptyDrawer = { floatFen: null, takenFen: 3450, voidedFen: 0, refundedFen: 0, madeGoodFen: 0 }
const sums = { ...emptyDrawer, expectedFen: 3450, outsideFen: 0, accountFen: 0 }

function checking(differenceFen: number): CloseView {
  const shift = { ...views.fits.shift, sums, differenceFen, outsideDifferenceFen: 0 }
  return { ...views.fits, shift, throughFirst: 0 }
}

const { figures } = views.closed.day
const closed: CloseView = {
  ...views.closed,
  day: {
    ...views.closed.day,
    figures: { ...figures, people: 6, late: { count: 1, held: 1, ownPayFen: 750 } },
    shifts: [{ ...views.fits.shift, sums, differenceFen: 0, outsideDifferenceFen: 0 }],
  },
}

/** States of a neighbour household's one screen. */
export const neighbourStates: readonly NeighbourState[] = [
  { name: 'neighbour-ready', household: neighbours(), shows: '谁来吃饭' },
  { name: 'neighbour-few', household: neighbours(5, 2), shows: '谁来吃饭' },
  { name: 'neighbour-twelve', household: neighbours(11, 2), shows: '谁来吃饭' },
  { name: 'neighbour-full', household: { ...neighbours(24, 9), more: 6 }, shows: '还有 6 位' },
  { name: 'neighbour-nobody', household: neighbours(0, 0), terminal: { lastSales: [] }, shows: '名单还没有到' },
  {
    name: 'neighbour-not-meal-time',
    household: neighbours(14, 0),
    terminal: { meal: null, nextMeal: { name: 'dinner', startsAt: Date.parse('2026-11-20T16:30:00+08:00') } },
    shows: '晚餐 16:30 开始',
  },
  { name: 'neighbour-priced', household: neighbours(20), view: named(), place: 18, shows: '收现金 7.50 元' },
  {
    name: 'neighbour-limit',
    household: neighbours(20),
    view: limitView({ ...byName }),
    place: 10,
    shows: '收现金 13.50 元',
  },
  {
    name: 'neighbour-why',
    household: neighbours(20),
    view: limitView({ ...byName }),
    place: 10,
    keys: ['KeyI'],
    shows: '本周补贴 5 次已用完',
  },
  {
    name: 'neighbour-why-plain',
    household: neighbours(20),
    view: named(),
    place: 18,
    keys: ['KeyI'],
    shows: '街道补贴',
  },
  {
    name: 'neighbour-second',
    household: neighbours(20),
    view: limitView({
      ...byName,
      attention: [{ code: 'DUPLICATE_TAP', values: { time: '11:06' } }],
      person: { name: '陈桂花', sex: 'female', age: 76, entitledUntil: null, home: true },
    }),
    place: 0,
    shows: '这一餐 11:06 已登记',
  },
  {
    name: 'neighbour-made-good',
    household: neighbours(20),
    view: named({ attention: [{ code: 'MADE_GOOD_NOW', values: { yuan: '6.00' } }] }),
    place: 18,
    shows: '要补给本人 6.00 元',
  },
  {
    name: 'neighbour-surer',
    household: neighbours(20),
    view: named({
      attention: [{ code: 'ASSURANCE_LOW', values: {} }],
      needs: { assurance: 'verified', ways: ['staff', 'pin'] },
    }),
    place: 18,
    shows: '核对过，是本人',
  },
  { name: 'neighbour-guest', household: neighbours(20), view: guestView(), shows: '访客' },
  {
    name: 'neighbour-problem',
    household: neighbours(20),
    view: {
      ...{ state: 'problem', notice: { code: 'NOT_ON_ROSTER', values: {} }, means: 'card', at: noon },
      ...{ stranger: pricedView().checkIn, already: null },
    },
    shows: '名单里还没有这位',
  },
  { name: 'neighbour-ready-english', household: neighbours(), english: true, shows: 'Who eats?' },
  {
    name: 'neighbour-priced-english',
    household: neighbours(20),
    view: named(),
    place: 18,
    english: true,
    shows: 'Not them',
  },
  {
    name: 'neighbour-close-fits',
    household: neighbours(),
    closing: checking(0),
    keys: ['F12'],
    shows: '结束今天',
  },
  {
    name: 'neighbour-close-short',
    household: neighbours(),
    closing: checking(-500),
    keys: ['F12', 'Digit1'],
    shows: '现金少了 5.00 元',
  },
  {
    name: 'neighbour-closed',
    household: neighbours(),
    closing: closed,
    keys: ['F12'],
    shows: '今天收摊了',
  },
  {
    name: 'neighbour-close-english',
    household: neighbours(),
    closing: checking(200),
    keys: ['F12'],
    english: true,
    shows: 'End the day',
  },
]
